//! Appointments as a trust writes them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    activity::Booking,
    organisations::{consultant_id, location_id},
    person::Person,
    places::consultant,
    programme::Options,
    wire::{coding, extension, hl7_codes, instant, profiled, reference, text, uk_definition, with},
};

pub(crate) fn write(options: &Options, person: &Person, booking: &Booking) -> Value {
    let trust = booking.trust;
    let doctor = consultant(trust, booking.specialty);
    let participation = if booking.status == "pending" {
        "needs-action"
    } else {
        "accepted"
    };
    let cancelled = (booking.status == "cancelled").then(|| json!({ "coding": [coding(&hl7_codes("appointment-cancellation-reason"), "pat", "Patient")], "text": "Cancelled by the patient" }));
    with(
        profiled(
            "Appointment",
            &person.id(options, trust, "Appointment", &booking.key),
        ),
        json!({
            "extension": [extension(&uk_definition("Extension-UKCore-DeliveryChannel"), "Code", booking.channel.into())],
            "status": booking.status,
            "cancelationReason": cancelled,
            "specialty": [text(booking.specialty)],
            "description": booking.words,
            "start": instant(booking.start),
            "end": instant(booking.start + TimeDelta::minutes(booking.minutes)),
            "created": instant(booking.created),
            "comment": booking.comment,
            "participant": [
                { "actor": reference("Patient", &person.patient_id(options, trust), &person.identity.listed()), "status": participation },
                { "actor": reference("Practitioner", &consultant_id(options, doctor), doctor), "status": "accepted" },
                { "actor": reference("Location", &location_id(options, trust, booking.site.key), booking.site.name), "status": "accepted" },
            ],
        }),
    )
}
