//! A trust's own record of a person: who it thinks it is, stays, visits, appointments, results.

#[path = "hospital/appointment.rs"]
pub(crate) mod appointment;
#[path = "hospital/encounter.rs"]
pub(crate) mod encounter;
#[path = "hospital/imaging.rs"]
pub(crate) mod imaging;
#[path = "hospital/laboratory.rs"]
pub(crate) mod laboratory;

use chrono::{Datelike, TimeDelta};
use serde_json::{Value, json};

use crate::{
    activity::{EMERGENCY_METHOD, Episode},
    allergies::Allergies,
    chance::Chance,
    letters, mock,
    organisations::organisation_id,
    person::{Person, Taken},
    programme::Options,
    shared::clinical,
    source::Source,
    wire::{
        NHS_NUMBER, coding, day, extension, identifier, link, profiled, reference, text, uk_codes,
        uk_definition, with,
    },
};

/// Everything that a trust has about a person; nothing where it never saw the person.
pub(crate) fn write(options: &Options, person: &Person, trust: Source) -> Vec<Value> {
    let episodes: Vec<_> = person
        .episodes
        .iter()
        .filter(|episode| episode.trust == trust)
        .collect();
    let bookings: Vec<_> = person
        .bookings
        .iter()
        .filter(|booking| booking.trust == trust)
        .collect();
    if episodes.is_empty() && bookings.is_empty() {
        return Vec::new();
    }
    let mut all = vec![patient(options, person, trust)];
    all.extend(
        episodes
            .iter()
            .map(|episode| encounter::write(options, person, episode)),
    );
    all.extend(
        bookings
            .iter()
            .map(|booking| appointment::write(options, person, booking)),
    );
    for episode in &episodes {
        for report in &episode.reports {
            all.extend(laboratory::write(
                options,
                person,
                trust,
                report,
                Some(&episode.key),
            ));
        }
        all.extend(image(options, person, trust, episode));
        all.extend(
            episode
                .letter
                .then(|| letters::hospital(options, person, episode)),
        );
    }
    let stays: Vec<_> = episodes
        .iter()
        .filter(|episode| !episode.moves.is_empty())
        .collect();
    if !stays.is_empty() {
        all.extend(allergies(options, person, trust));
    }
    let discharged = stays.iter().filter_map(|stay| stay.end).max();
    if let Some(discharged) = discharged.filter(|_| person.full) {
        let active = person
            .medicines
            .iter()
            .filter(|taken| taken.status == "active");
        all.extend(active.filter_map(|taken| medicine(options, person, trust, taken, discharged)));
    }
    all
}

/// Half of those who were admitted as an emergency had an image taken two hours later. What the mock's people have is
/// told by the mock alone.
fn image(options: &Options, person: &Person, trust: Source, episode: &Episode) -> Option<Value> {
    let mut chance = Chance::of(options.seed, &format!("image {}", episode.key), person.n);
    let is_one = episode.method == EMERGENCY_METHOD
        && !episode.moves.is_empty()
        && !mock::is_one(person.n)
        && chance.percent(50);
    let (key, at) = (
        format!("image-{}", episode.key),
        episode.start + TimeDelta::hours(2),
    );
    is_one.then(|| {
        let own = Some(episode.key.as_str());
        imaging::write(options, person, trust, (&key, at), own, &mut chance)
    })
}

/// The hospital's index: capitals, one given name, its own number.
pub(crate) fn patient(options: &Options, person: &Person, trust: Source) -> Value {
    let who = &person.identity;
    let (family, given) = if trust == Source::Rw6 {
        (who.family.to_uppercase(), who.given.to_uppercase())
    } else {
        (who.family.clone(), who.given.clone())
    };
    let number = format!(
        "{}{:07}",
        trust.ods_code().unwrap_or("X"),
        1_200_000 + person.n * 31 % 8_000_000
    );
    with(
        profiled("Patient", &person.patient_id(options, trust)),
        json!({
            "identifier": [nhs_number(&who.nhs_number, "01"), { "use": "usual", "type": text("Hospital number"), "system": format!("urn:alongside:{}:hospital-number", trust.id()), "value": number }],
            "active": true,
            "name": [{ "use": "official", "family": family, "given": [given], "prefix": [who.prefix] }],
            "telecom": [{ "system": "phone", "value": who.phone, "use": "home" }],
            "gender": who.gender.code(),
            "birthDate": day(who.birth),
            "address": [{ "use": "home", "line": [who.street], "city": "Manchester", "postalCode": who.postcode }],
            "deceasedDateTime": person.died.map(|died| day(died.date())),
            "managingOrganization": reference("Organization", &organisation_id(options, trust, trust.id()), trust.name()),
        }),
    )
}

/// The NHS number with the status of its verification: `01` present and verified.
pub(crate) fn nhs_number(number: &str, status: &str) -> Value {
    let words = if status == "01" {
        "Number present and verified"
    } else {
        "Number present but not traced"
    };
    let status = json!({ "coding": [coding(&uk_codes("UKCore-NHSNumberVerificationStatusEngland"), status, words)] });
    let mut number = identifier(NHS_NUMBER, number);
    if let Some(members) = number.as_object_mut() {
        members.shift_insert(
            0,
            "extension".into(),
            json!([extension(
                &uk_definition("Extension-UKCore-NHSNumberVerificationStatus"),
                "CodeableConcept",
                status
            )]),
        );
    }
    number
}

fn allergies(options: &Options, person: &Person, trust: Source) -> Vec<Value> {
    let patient = person.patient_id(options, trust);
    match &person.allergies {
        Allergies::NotRecorded | Allergies::NoneKnown => Vec::new(),
        Allergies::Known(known) => known
            .iter()
            .enumerate()
            .filter(|(_, known)| known.in_trust)
            .map(|(at, known)| {
                clinical::allergy(
                    &person.id(options, trust, "AllergyIntolerance", &at.to_string()),
                    &patient,
                    known,
                    known.year.min(options.today.year()),
                )
            })
            .collect(),
    }
}

/// What the patient went home with.
fn medicine(
    options: &Options,
    person: &Person,
    trust: Source,
    taken: &Taken,
    discharged: chrono::NaiveDateTime,
) -> Option<Value> {
    let dose = taken.medicine.doses.get(taken.hospital_dose?)?;
    if taken.start > discharged.date() {
        return None;
    }
    Some(with(
        profiled(
            "MedicationRequest",
            &person.id(options, trust, "MedicationRequest", taken.medicine.key),
        ),
        json!({
            "status": "active",
            "intent": "order",
            "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category", "code": "discharge", "display": "Discharge" }] }],
            "medicationCodeableConcept": clinical::product(taken.medicine),
            "subject": link("Patient", &person.patient_id(options, trust)),
            "authoredOn": crate::wire::instant(discharged),
            "requester": { "display": "Discharging ward" },
            "dosageInstruction": [clinical::dosage(taken.medicine, dose)],
        }),
    ))
}
