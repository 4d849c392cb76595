//! Appointments that are booked, moved and cancelled.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    Day, Event,
    trust::{Hospital, as_patient},
};
use crate::{
    activity::a_booking,
    hospital::appointment,
    load::LoadError,
    person::Person,
    wire::{coding, hl7_codes, instant, set},
};

pub(super) fn book(day: &mut Day, hospital: &mut Hospital) -> Result<Option<Event>, LoadError> {
    let n = day.somebody();
    let person = Person::of(hospital.options, n);
    if person.died.is_some() {
        return Ok(None);
    }
    let key = hospital.key(day.now);
    let booking = a_booking(day.chance, day.now, hospital.source, &key);
    let patient = hospital.patient(&person)?;
    let written = appointment::write(hospital.options, &person, &booking);
    let stored = hospital.create(
        written,
        &as_patient(hospital.options, &person, hospital.source, &patient),
    )?;
    hospital.booked.push((n, stored));
    Ok(Some(hospital.event(
        &person,
        day.now,
        format!("Appointment booked: {}", booking.words),
    )))
}

/// Moves or cancels one of those booked while playing.
pub(super) fn change(day: &mut Day, hospital: &mut Hospital) -> Result<Option<Event>, LoadError> {
    if hospital.booked.is_empty() {
        return Ok(None);
    }
    let at = day.chance.below(hospital.booked.len());
    let (n, appointment) = hospital.booked.remove(at);
    let person = Person::of(hospital.options, n);
    if day.chance.percent(50) {
        hospital.change(&appointment, |appointment| {
            set(appointment, &["status"], "cancelled".into());
            set(appointment, &["cancelationReason"], json!({ "coding": [coding(&hl7_codes("appointment-cancellation-reason"), "prov", "Provider")] }));
        })?;
        return Ok(Some(hospital.event(
            &person,
            day.now,
            "Appointment cancelled by the hospital".to_owned(),
        )));
    }
    let start = (day.now + TimeDelta::days(day.chance.between(5, 60)))
        .date()
        .and_hms_opt(10, 40, 0)
        .unwrap_or(day.now);
    hospital.change(&appointment, |appointment| {
        set(appointment, &["start"], Value::from(instant(start)));
        set(
            appointment,
            &["end"],
            Value::from(instant(start + TimeDelta::minutes(30))),
        );
        set(
            appointment,
            &["comment"],
            "Moved from an earlier date by the hospital".into(),
        );
    })?;
    hospital.booked.push((n, appointment));
    Ok(Some(hospital.event(
        &person,
        day.now,
        format!("Appointment moved to {}", crate::wire::spoken(start.date())),
    )))
}
