//! Stays, attendances and what did not happen, in words.

use super::*;
use crate::domain::{Coding, Origin, ResourceRef, SourceId, When};

fn now() -> DateTime<Utc> {
    "2026-11-24T14:05:00Z".parse().unwrap()
}

fn party(name: &str) -> Party {
    Party {
        name: Some(name.to_owned()),
        reference: None,
    }
}

fn code(code: &str) -> Concept {
    Concept::new(
        None,
        vec![Coding {
            code: Some(code.to_owned()),
            ..Coding::default()
        }],
    )
}

fn period(start: &str, end: &str) -> Period {
    let when = |raw: &str| (!raw.is_empty()).then(|| When::parse(raw));
    Period {
        start: when(start),
        end: when(end),
    }
}

fn stay(setting: Setting, status: EncounterStatus) -> Encounter {
    Encounter {
        origin: Origin {
            source: SourceId::new("rm2"),
            resource: ResourceRef::new("Encounter", "1"),
            updated: None,
        },
        identifier: None,
        setting: Coded::Known(setting),
        status: Some(Coded::Known(status)),
        period: period("2026-11-21T23:40:00Z", ""),
        places: Vec::new(),
        specialty: Some(Concept::from_text("Respiratory medicine")),
        types: Vec::new(),
        reasons: vec![Concept::from_text("Chest infection")],
        professionals: Vec::new(),
        provider: Some(party("South Manchester FT")),
        admission_method: None,
        admission_source: None,
        discharge_method: None,
        discharge_destination: None,
        outcome: None,
        part_of: None,
    }
}

#[test]
fn an_emergency_admission_that_goes_on() {
    let mut it = stay(Setting::Inpatient, EncounterStatus::InProgress);
    it.admission_method = Some(code("21"));
    let ward = |name: &str, start: &str, end: &str| Place {
        location: party(name),
        status: None,
        period: period(start, end),
    };
    it.places = vec![
        ward("AMU", "2026-11-21T23:40:00Z", "2026-11-22T09:40:00Z"),
        ward("Ward F7", "2026-11-22T09:40:00Z", ""),
    ];
    it.professionals = vec![
        (Some(code("ADM")), party("Dr A Khan")),
        (Some(code("CON")), party("Dr L Fenn")),
    ];
    let words = words(&it, now());
    assert_eq!(words.standing, Standing::Now);
    assert_eq!(words.headline, "Admitted as an emergency");
    assert_eq!(words.when, "21-Nov-2026 23:40");
    assert_eq!(words.place.as_deref(), Some("Ward F7, South Manchester FT"));
    assert_eq!(words.length.as_deref(), Some("3 days so far"));
    assert_eq!(words.method.as_deref(), Some("emergency, through A&E"));
    assert_eq!(words.consultant.as_deref(), Some("Dr L Fenn"));
    assert_eq!(words.others, ["Dr A Khan, admitted"]);
    assert_eq!(
        words.moves,
        [
            "AMU, from 21-Nov-2026 23:40 to 22-Nov-2026 09:40",
            "Ward F7, from 22-Nov-2026 09:40"
        ]
    );
    // The end that was expected has passed: she has not left.
    it.period.end = Some(When::At(now()));
    assert_eq!(standing(&it, now()), Standing::Now);
    it.setting = Coded::Known(Setting::Ambulatory);
    assert_eq!(standing(&it, now()), Standing::Over);
}

#[test]
fn a_discharge_says_where_to() {
    let mut it = stay(Setting::Inpatient, EncounterStatus::Finished);
    it.period = period("2026-11-21T08:00:00Z", "2026-11-21T13:30:00Z");
    it.discharge_destination = Some(code("19"));
    it.discharge_method = Some(code("1"));
    let over = words(&it, now());
    assert_eq!(
        over.discharge.as_deref(),
        Some("Discharged to usual place of residence")
    );
    assert_eq!(over.length.as_deref(), Some("5 h"));
    assert_eq!(over.when, "21-Nov-2026 08:00 to 13:30");
    it.discharge_method = Some(code("4"));
    assert_eq!(discharge(&it).as_deref(), Some("Died"));
}

#[test]
fn what_did_not_happen_never_looks_as_if_it_had() {
    let of = |status| stay(Setting::Ambulatory, status);
    let said = |it: &Encounter| headline(it, now());
    assert_eq!(
        said(&of(EncounterStatus::Finished)),
        "Outpatient attendance"
    );
    assert_eq!(
        said(&of(EncounterStatus::Cancelled)),
        "Cancelled: outpatient attendance"
    );
    assert_eq!(
        said(&of(EncounterStatus::Planned)),
        "Planned: outpatient attendance"
    );
    assert_eq!(
        said(&of(EncounterStatus::EnteredInError)),
        "Entered in error: outpatient attendance"
    );
    let mut missed = of(EncounterStatus::Cancelled);
    missed.outcome = Some(Concept::from_text(
        "Did not attend - no advance warning given",
    ));
    assert_eq!(said(&missed), "Did not attend: Respiratory medicine");
    let emergency = stay(Setting::Emergency, EncounterStatus::Cancelled);
    assert_eq!(said(&emergency), "Cancelled: A&E attendance");
}

#[test]
fn an_unknown_class_is_kept_in_words() {
    let mut it = stay(Setting::Field, EncounterStatus::Finished);
    it.setting = Coded::Unknown("PRENC".to_owned());
    assert_eq!(headline(&it, now()), "Hospital contact (PRENC)");
    it.types = vec![Concept::from_text("Day care")];
    assert_eq!(headline(&it, now()), "Day care");
    it.period = period("", "");
    assert_eq!(words(&it, now()).when, "Not recorded");
}
