use super::super::activity::Setting;
use super::super::{Coded, Concept};
use super::*;
use crate::domain::appointment::AppointmentStatus;
use crate::domain::plan::{PlanKind, Review};
use crate::domain::result::Judgement;
use crate::domain::sample::{
    appointment, coded, encounter, finding, medicine, now, period, place, plan, time, when,
};

fn yesterday() -> DateTime<Utc> {
    time("2026-11-21T14:00:00Z")
}

fn kinds(facts: &Facts) -> Vec<&'static str> {
    since(facts, yesterday(), now())
        .iter()
        .map(|it| match it.what {
            Happening::ArrivedInEd(_) => "arrived",
            Happening::LeftEd(_) => "left",
            Happening::Admitted(_) => "admitted",
            Happening::MovedWard { .. } => "moved",
            Happening::Discharged(_) => "discharged",
            Happening::Died(_) => "died",
            Happening::Attended(_) => "attended",
            Happening::DidNotAttend(..) => "did not attend",
            Happening::Booked(_) => "booked",
            Happening::Rescheduled { .. } => "moved appointment",
            Happening::Cancelled(_) => "cancelled",
            Happening::Abnormal(_) => "abnormal",
            Happening::Reported(_) => "reported",
            Happening::NormalResults(_) => "normal",
            Happening::Medicine { .. } => "medicine",
            Happening::PlanReviewed { .. } => "reviewed",
            Happening::PlanWritten(_) => "written",
            Happening::NewAlert(_) => "alert",
            Happening::NewDocument(_) => "document",
        })
        .collect()
}

#[test]
fn a_stay_is_told_step_by_step_newest_first() {
    let ed = encounter(
        "rm2",
        Setting::Emergency,
        "2026-11-21T19:05:00Z",
        "2026-11-21T23:40:00Z",
    );
    let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-21T23:40:00Z", "");
    stay.admission_method = Some(coded(
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdmissionMethodEngland",
        "21",
        "Emergency",
    ));
    stay.places = vec![
        place("AMU", "2026-11-21T23:40:00Z", ""),
        place("ward F7", "2026-11-22T09:40:00Z", ""),
    ];
    let facts = Facts {
        encounters: vec![ed.into(), stay.into()],
        ..Facts::default()
    };
    assert_eq!(kinds(&facts), ["moved", "admitted", "arrived"]);
    let unplanned: Vec<_> = since(&facts, yesterday(), now())
        .iter()
        .map(Change::is_unplanned)
        .collect();
    assert_eq!(unplanned, [false, true, true]);
}

#[test]
fn abnormal_results_are_listed_and_normal_ones_counted() {
    let mut high = finding("rm2", "CRP", "112", "mg/L", "2026-11-22T06:15:00Z");
    high.judgement = Some(Coded::Known(Judgement::High));
    let facts = Facts {
        findings: vec![
            finding("rm2", "Sodium", "140", "mmol/L", "2026-11-22T06:15:00Z"),
            finding("rm2", "Potassium", "4.0", "mmol/L", "2026-11-22T06:15:00Z"),
            finding("rm2", "Potassium", "4.1", "mmol/L", "2026-10-22T06:15:00Z"),
            high,
        ],
        ..Facts::default()
    };
    let changes = since(&facts, yesterday(), now());
    assert_eq!(changes.iter().filter(|it| it.is_abnormal()).count(), 1);
    assert!(
        changes
            .iter()
            .any(|it| it.what == Happening::NormalResults(2))
    );
}

#[test]
fn what_lies_ahead_or_before_the_last_look_is_no_change() {
    let mut booked = appointment("rm2", "2026-12-03T10:20:00Z");
    booked.created = when("2026-06-01");
    let facts = Facts {
        appointments: vec![booked],
        encounters: vec![
            encounter("rm2", Setting::Inpatient, "2026-12-24", "").into(),
            encounter("rm2", Setting::Inpatient, "2025-01-01", "2025-01-04").into(),
        ],
        ..Facts::default()
    };
    assert_eq!(kinds(&facts), [""; 0]);
}

#[test]
fn a_missed_and_a_cancelled_appointment_are_told() {
    let mut missed = appointment("rw3", "2026-11-21T15:00:00Z");
    missed.status = Some(Coded::Known(AppointmentStatus::NoShow));
    let mut cancelled = appointment("rw3", "2026-12-21T14:00:00Z");
    cancelled.status = Some(Coded::Known(AppointmentStatus::Cancelled));
    cancelled.origin.updated = Some(time("2026-11-22T10:00:00Z"));
    let facts = Facts {
        appointments: vec![missed, cancelled],
        ..Facts::default()
    };
    assert_eq!(kinds(&facts), ["cancelled", "did not attend"]);
    assert!(since(&facts, yesterday(), now())[0].by_update);
}

#[test]
fn medicines_plans_and_days_without_a_time_count() {
    let mut started = medicine("gp", "Doxycycline", "100 mg");
    started.effective = period("2026-11-21", "");
    let mut reviewed = plan(PlanKind::Main);
    reviewed.created = when("2026-01-01");
    reviewed.reviews = vec![Review::Done {
        on: when("2026-11-22"),
        by: Vec::new(),
    }];
    let mut vague = medicine("gp", "Statin", "1");
    vague.effective = period("2026", "");
    vague.product = Concept::from_text("Statin");
    let facts = Facts {
        medicines: vec![started, vague],
        plans: vec![reviewed],
        ..Facts::default()
    };
    assert_eq!(kinds(&facts), ["reviewed", "medicine"]);
}

/// A trust that writes what happened before somebody looked, after they did.
#[test]
fn what_a_hospital_tells_late_is_news_and_what_goes_on_is_not_again() {
    let told = |mut it: crate::domain::activity::Encounter, at: &str| {
        it.origin.updated = Some(time(at));
        let facts = Facts {
            encounters: vec![it.into()],
            ..Facts::default()
        };
        kinds(&facts)
    };
    let ed = |start: &str| encounter("rm2", Setting::Emergency, start, "");
    let (before, after) = ("2026-11-21T13:59:00Z", "2026-11-21T14:01:00Z");
    assert_eq!(told(ed("2026-11-21T13:15:00Z"), after), ["arrived"]);
    assert_eq!(told(ed("2026-11-21T13:15:00Z"), before), [""; 0]);
    assert_eq!(told(ed("2026-11-18T13:15:00Z"), after), [""; 0], "too old");
    let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-20T23:40:00Z", "");
    stay.places = vec![
        place("AMU", "2026-11-20T23:40:00Z", ""),
        place("ward F7", "2026-11-21T20:40:00Z", ""),
    ];
    assert_eq!(told(stay, after), ["moved"], "she was seen to be in");
    // A clock that is an hour ahead: it is told when it was recorded, not never.
    assert_eq!(told(ed("2026-11-22T15:00:00Z"), after), ["arrived"]);
}

/// One stay with an episode for each consultant, as the NHS counts them.
#[test]
fn another_consultant_is_no_discharge_and_no_new_admission() {
    let spell = encounter("rm2", Setting::Inpatient, "2026-11-21T18:00:00Z", "");
    let episode = |start: &str, end: &str, ward: &str| {
        let mut it = encounter("rm2", Setting::Inpatient, start, end);
        it.origin.resource = crate::domain::ResourceRef::new("Encounter", start);
        it.part_of = Some(spell.origin.resource.clone());
        it.places = vec![place(ward, "", "")];
        it
    };
    let all = [
        spell.clone(),
        episode("2026-11-21T18:00:00Z", "2026-11-21T20:00:00Z", "AMU"),
        episode("2026-11-21T20:00:00Z", "2026-11-22T09:00:00Z", "AMU"),
        episode("2026-11-22T09:00:00Z", "", "F7"),
    ];
    let told = |all: &[crate::domain::activity::Encounter]| {
        kinds(&Facts {
            encounters: all.iter().cloned().map(Into::into).collect(),
            ..Facts::default()
        })
    };
    assert_eq!(told(&all), ["moved", "admitted"]);
    // Without the stay itself an episode is all there is to tell.
    assert_eq!(told(&all[3..]), ["admitted"]);
    // Parts that go round in a circle stand for themselves.
    let mut round = all[..2].to_vec();
    round[0].part_of = Some(round[1].origin.resource.clone());
    assert_eq!(told(&round).len(), 3);
    // A stay that was cancelled does not stand for its parts.
    let mut off = all.clone();
    off[0].status = Some(Coded::Known(
        crate::domain::activity::EncounterStatus::Cancelled,
    ));
    assert!(told(&off).contains(&"discharged"));
    // ED as a part of the admission: nobody left it for home.
    let mut ed = encounter(
        "rm2",
        Setting::Emergency,
        "2026-11-21T18:00:00Z",
        "2026-11-21T21:00:00Z",
    );
    ed.part_of = Some(spell.origin.resource.clone());
    assert!(!told(&[ed, spell]).contains(&"left"));
}

#[test]
fn who_was_not_admitted_after_all_has_left_ed() {
    use crate::domain::activity::EncounterStatus as S;
    let ed = encounter(
        "rm2",
        Setting::Emergency,
        "2026-11-21T19:05:00Z",
        "2026-11-21T23:40:00Z",
    );
    for (status, expected) in [
        (S::InProgress, vec!["admitted", "arrived"]),
        (S::Cancelled, vec!["left", "arrived"]),
        (S::Planned, vec!["left", "arrived"]),
    ] {
        let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-21T23:40:00Z", "");
        stay.status = Some(Coded::Known(status));
        let facts = Facts {
            encounters: vec![ed.clone().into(), stay.into()],
            ..Facts::default()
        };
        assert_eq!(kinds(&facts), expected, "{status:?}");
    }
}

#[test]
fn a_bed_that_is_kept_or_meant_for_somebody_is_no_move() {
    let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-21T18:00:00Z", "");
    let to = |ward: &str, start: &str, status: &str| {
        let mut it = place(ward, start, "");
        it.status = Some(status.to_owned());
        it
    };
    stay.places = vec![
        to("F9", "", "planned"),
        to("AMU", "2026-11-21T18:00:00Z", ""),
        to("F7", "2026-11-22T09:00:00Z", "reserved"),
        to("F8", "2026-11-22T10:00:00Z", "planned"),
    ];
    let at = |it: &crate::domain::activity::Encounter| {
        let place = it.place().and_then(|it| it.location.name.clone());
        place.unwrap()
    };
    let told = |it: &crate::domain::activity::Encounter| {
        kinds(&Facts {
            encounters: vec![it.clone().into()],
            ..Facts::default()
        })
    };
    assert_eq!(
        (told(&stay), at(&stay)),
        (vec!["admitted"], "AMU".to_owned())
    );
    stay.places[2].status = Some("active".to_owned());
    assert_eq!(
        (told(&stay), at(&stay)),
        (vec!["moved", "admitted"], "F7".to_owned())
    );
}

#[test]
fn nobody_is_discharged_before_the_source_says_so_whatever_end_it_expected() {
    use crate::domain::activity::EncounterStatus as S;
    for setting in [Setting::Inpatient, Setting::Emergency] {
        for end in ["2026-11-22", "2026-11-22T13:00:00Z"] {
            let mut stay = encounter("rm2", setting, "2026-11-21T18:00:00Z", end);
            let told = |it: &crate::domain::activity::Encounter| {
                let facts = Facts {
                    encounters: vec![it.clone().into()],
                    ..Facts::default()
                };
                kinds(&facts).len()
            };
            assert_eq!(told(&stay), 2, "it is over");
            stay.status = Some(Coded::Known(S::InProgress));
            assert_eq!(told(&stay), 1, "{end}");
            stay.status = Some(Coded::Known(S::Unknown));
            assert_eq!(told(&stay), 2, "nobody says that it goes on");
        }
    }
}
