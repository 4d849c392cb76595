use std::sync::Arc;

use super::*;
use crate::domain::SourceId;
use crate::domain::activity::Setting;
use crate::domain::appointment::Moved;
use crate::domain::result::Judgement;
use crate::domain::sample::{
    appointment, coded, encounter, finding, medicine, now, party, place, plan, when,
};
use crate::domain::{Coded, When};

fn names(_: &SourceId) -> String {
    "Wythenshawe".to_owned()
}

fn told(happening: &Happening) -> String {
    what(happening, &names, now())
}

fn stay() -> Encounter {
    let mut it = encounter(
        "rm2",
        Setting::Inpatient,
        "2026-11-16T23:40:00Z",
        "2026-11-22T12:00:00Z",
    );
    it.admission_method = Some(coded(
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdmissionMethodEngland",
        "21",
        "Emergency",
    ));
    it.places = vec![
        place("Wythenshawe, AMU", "2026-11-16T23:40:00Z", "2026-11-17"),
        place("Wythenshawe, ward F7", "2026-11-17", ""),
    ];
    it.reasons = vec![Concept::from_text("Chest infection")];
    it
}

#[test]
fn an_admission_says_how_where_to_and_why() {
    assert_eq!(
        told(&Happening::Admitted(Arc::new(stay()))),
        "Admitted as an emergency to Wythenshawe, AMU: chest infection"
    );
    let mut meant = stay();
    let mut bed = place("Wythenshawe, ward F9", "", "");
    bed.status = Some("planned".to_owned());
    meant.places.insert(0, bed);
    assert_eq!(
        told(&Happening::Admitted(Arc::new(meant))),
        told(&Happening::Admitted(Arc::new(stay())))
    );
    let moved = Happening::MovedWard {
        place: Box::new(stay().places[1].clone()),
        encounter: Arc::new(stay()),
    };
    assert_eq!(told(&moved), "Moved to Wythenshawe, ward F7");
    let mut out = stay();
    out.discharge_destination = Some(coded(
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland",
        "19",
        "Usual place of residence",
    ));
    assert_eq!(
        told(&Happening::Discharged(Arc::new(out))),
        "Discharged to usual place of residence, Wythenshawe, after 6 days"
    );
}

#[test]
fn how_long_it_was_is_said_in_hours_below_a_day_whatever_the_date() {
    let left = |start: &str, end: &str| {
        let it = encounter("rm2", Setting::Emergency, start, end);
        told(&Happening::LeftEd(Arc::new(it)))
    };
    for (start, end, after) in [
        (
            "2026-11-20T23:50:00Z",
            "2026-11-21T00:05:00Z",
            ", after 15 min",
        ),
        (
            "2026-11-20T20:00:00Z",
            "2026-11-21T03:10:00Z",
            ", after 7 h",
        ),
        (
            "2026-11-20T20:00:00Z",
            "2026-11-21T21:00:00Z",
            ", after 1 day",
        ),
        ("2026-11-20", "2026-11-21", ", after 1 day"),
        ("2026-11-20", "2026-11-20", ""),
        ("2026-11-20T20:00:00Z", "2026-11-20T19:00:00Z", ""),
    ] {
        assert_eq!(left(start, end), format!("Left ED, Wythenshawe{after}"));
    }
}

#[test]
fn when_is_close_to_now_in_words_with_the_source() {
    let change = Change {
        when: When::parse("2026-11-21T23:40:00Z"),
        at: now(),
        by_update: false,
        origin: stay().origin,
        what: Happening::NormalResults(2),
    };
    let said = words(&change, &names, now());
    assert_eq!(
        (said.what.as_str(), said.when.as_str()),
        (
            "2 other results, none marked out of range",
            "yesterday 23:40, Wythenshawe"
        )
    );
    assert_eq!(
        words(
            &Change {
                by_update: true,
                ..change
            },
            &names,
            now()
        )
        .when,
        "recorded yesterday 23:40, Wythenshawe"
    );
}

#[test]
fn an_abnormal_result_is_told_with_its_unit_and_judgement() {
    let mut crp = finding("rm2", "CRP", "112", "mg/L", "2026-11-22");
    crp.judgement = Some(Coded::Known(Judgement::High));
    assert_eq!(
        told(&Happening::Abnormal(Box::new(crp))),
        "CRP 112 mg/L, above range"
    );
}

#[test]
fn a_dose_change_says_from_what_to_what() {
    let step = MedicineStep::DoseChanged {
        from: medicine("gp", "", "40 mg once a day").doses,
        to: medicine("gp", "", "40 mg twice a day").doses,
    };
    let it = Happening::Medicine {
        product: Concept::from_text("Furosemide"),
        step,
    };
    assert_eq!(
        told(&it),
        "Furosemide: dose changed, 40 mg once a day → 40 mg twice a day"
    );
}

#[test]
fn appointments_and_plans_say_what_and_who() {
    let mut it = appointment("rm2", "2026-12-03T10:20:00Z");
    it.description = Some("Heart failure clinic".to_owned());
    assert_eq!(
        told(&Happening::Booked(Box::new(it.clone()))),
        "Appointment booked: Heart failure clinic, 03-Dec-2026 10:20"
    );
    let moved = Happening::Rescheduled {
        appointment: Box::new(it.clone()),
        moved: Moved {
            from: When::parse("2026-11-30T09:00:00Z"),
            to: When::parse("2026-12-03T10:20:00Z"),
            at: now(),
        },
    };
    assert_eq!(
        told(&moved),
        "Appointment moved from 30-Nov-2026 09:00 to 03-Dec-2026 10:20: Heart failure clinic"
    );
    assert_eq!(
        told(&Happening::DidNotAttend(None, Box::new(it))),
        "Did not attend: Heart failure clinic"
    );
    let mut crisis = plan(PlanKind::Crisis);
    crisis.created = when("2026");
    let reviewed = Happening::PlanReviewed {
        plan: Box::new(crisis),
        by: vec![party("Dr S Ahmed", "", "")],
    };
    assert_eq!(told(&reviewed), "Crisis plan reviewed by Dr S Ahmed");
}

#[test]
fn who_began_a_plan_is_not_said_to_have_written_what_nobody_signed() {
    use crate::domain::plan::{Plan, PlanKind, Written};
    let mut it = plan(PlanKind::Main);
    it.author = Some(Party {
        name: Some("Fiona Lawal".to_owned()),
        reference: None,
    });
    it.written = None;
    let said = |it: &Plan| told(&Happening::PlanWritten(Box::new(it.clone())));
    assert!(said(&it).contains("Fiona Lawal"));
    it.written = Some(Written::default());
    assert!(!said(&it).contains("Fiona Lawal"), "{}", said(&it));
}
