//! `Appointment`: <https://hl7.org/fhir/R4/appointment.html>,
//! <https://fhir.hl7.org.uk/StructureDefinition/UKCore-Appointment>.

use crate::domain::appointment::{Appointment, AppointmentStatus};
use crate::domain::{Concept, Origin, Party};

use super::super::element::Element;

const CHANNEL: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeliveryChannel";

pub fn read(it: Element<'_>, origin: Origin) -> Appointment {
    let who = taking_part(it);
    let mut reasons = it.concepts("reasonCode");
    let named = it.parties("reasonReference").into_iter();
    reasons.extend(
        named
            .filter_map(|it| it.name)
            .map(|it| Concept::from_text(&it)),
    );
    Appointment {
        origin,
        status: it.coded("status", status),
        start: it.when("start"),
        end: it.when("end"),
        description: it.string("description"),
        specialty: it.concepts("specialty").into_iter().next(),
        service: service(it),
        reasons,
        cancelled_because: it.concept("cancelationReason"),
        channel: it.extension(CHANNEL).and_then(channel),
        professionals: who.professionals,
        places: who.places,
        others: who.others,
        patient_instruction: it.string("patientInstruction"),
        created: it.when("created"),
        comment: it.string("comment"),
        moves: Vec::new(),
    }
}

fn service(it: Element<'_>) -> Option<Concept> {
    it.concepts("serviceType")
        .into_iter()
        .next()
        .or_else(|| it.concepts("serviceCategory").into_iter().next())
        .or_else(|| it.concept("appointmentType"))
}

/// UK Core gives a `valueCode`; others a concept.
fn channel(it: Element<'_>) -> Option<Concept> {
    match it.choice("value")? {
        ("CodeableConcept", it) => it.as_concept(),
        ("Coding", it) => it.as_coding(),
        (_, it) => it.as_text().map(Concept::from_text),
    }
}

#[derive(Default)]
struct TakingPart {
    professionals: Vec<Party>,
    places: Vec<Party>,
    others: Vec<Party>,
}

/// By what the reference leads to; without one, whoever is only named is taken for a professional.
fn taking_part(it: Element<'_>) -> TakingPart {
    let mut who = TakingPart::default();
    for participant in it.list("participant") {
        let Some(actor) = participant.object("actor") else {
            who.professionals.extend(role_alone(participant));
            continue;
        };
        let Some(party) = actor.as_party() else {
            continue;
        };
        let stated = actor.text("type");
        let kind = party.reference.as_ref().map(|it| it.kind.as_ref());
        match kind.or(stated) {
            Some("Patient") => {}
            Some("Location" | "HealthcareService") => who.places.push(party),
            Some("RelatedPerson" | "Device" | "Group") => who.others.push(party),
            _ => who.professionals.push(party),
        }
    }
    who
}

/// "A translator, whoever it will be": a participant with a type and no actor.
fn role_alone(participant: Element<'_>) -> Option<Party> {
    let role = participant.concepts("type").into_iter().next()?;
    Some(Party {
        name: role.label().map(str::to_owned),
        reference: None,
    })
}

fn status(code: &str) -> Option<AppointmentStatus> {
    Some(match code {
        "proposed" => AppointmentStatus::Proposed,
        "pending" => AppointmentStatus::Pending,
        "booked" => AppointmentStatus::Booked,
        "arrived" => AppointmentStatus::Arrived,
        "fulfilled" => AppointmentStatus::Fulfilled,
        "cancelled" => AppointmentStatus::Cancelled,
        "noshow" => AppointmentStatus::NoShow,
        "entered-in-error" => AppointmentStatus::EnteredInError,
        "checked-in" => AppointmentStatus::CheckedIn,
        "waitlist" => AppointmentStatus::Waitlist,
        _ => return None,
    })
}
