use std::sync::Arc;

use super::*;
use crate::domain::activity::{EncounterStatus, Setting};
use crate::domain::appointment::{AppointmentStatus, Moved};
use crate::domain::result::{Judgement, Report};
use crate::domain::sample::{appointment, encounter, finding, now, period, place, report, time};
use crate::domain::{Coded, Facts, When};

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn steps(facts: &Facts) -> Vec<(Step, usize)> {
    let all = events(&jane(), facts, time("2026-11-01T00:00:00Z"), now());
    all.iter().map(|it| (it.key.step, it.key.nth)).collect()
}

fn stay() -> Facts {
    let mut stay = encounter("rm2", Setting::Inpatient, "2026-11-20T10:00:00Z", "");
    stay.places = vec![
        place("AMU", "2026-11-20T10:00:00Z", ""),
        place("ward F7", "2026-11-20T12:00:00Z", ""),
        place("ward F9", "2026-11-21T12:00:00Z", ""),
    ];
    stay.origin.updated = Some(time("2026-11-21T12:00:00Z"));
    Facts {
        encounters: vec![stay.into()],
        ..Facts::default()
    }
}

fn stay_of(facts: &mut Facts) -> &mut Encounter {
    Arc::make_mut(&mut facts.encounters[0])
}

#[test]
fn a_stay_is_one_story_however_often_its_resource_changes() {
    let mut known = stay();
    let moves = [(Step::Moved, 1), (Step::Moved, 0), (Step::Began, 0)];
    assert_eq!(steps(&known), moves);
    let mut home = stay();
    stay_of(&mut home).period = period("2026-11-20T10:00:00Z", "2026-11-22T09:00:00Z");
    stay_of(&mut home).status = Some(Coded::Known(EncounterStatus::Finished));
    stay_of(&mut home).origin.updated = Some(time("2026-11-22T09:01:00Z"));
    renew(&mut known, home.clone());
    assert_eq!(steps(&known)[0], (Step::Ended, 0));
    assert_eq!(&steps(&known)[1..], moves);
    // An older version that comes late changes nothing; the same once more neither.
    renew(&mut known, stay());
    renew(&mut known, home);
    assert_eq!(steps(&known).len(), 4);
    assert_eq!(known.encounters.len(), 1);
}

#[test]
fn what_was_entered_in_error_leaves() {
    let mut known = stay();
    let mut wrong = stay();
    stay_of(&mut wrong).status = Some(Coded::Known(EncounterStatus::EnteredInError));
    stay_of(&mut wrong).origin.updated = Some(time("2026-11-21T13:00:00Z"));
    renew(&mut known, wrong);
    assert!(steps(&known).is_empty());
}

#[test]
fn an_event_with_no_time_stands_at_its_records_last_update() {
    let mut known = stay();
    stay_of(&mut known).period = period("", "");
    stay_of(&mut known).places.clear();
    assert_eq!(steps(&known), [(Step::Began, 0)]);
    let all = events(&jane(), &known, time("2026-11-01T00:00:00Z"), now());
    assert!(all[0].change.by_update, "and says so");
}

#[test]
fn a_stay_that_ends_before_it_starts_is_shown_as_it_was_said() {
    let mut known = stay();
    stay_of(&mut known).period = period("2026-11-20T10:00:00Z", "2026-11-19T10:00:00Z");
    stay_of(&mut known).status = Some(Coded::Known(EncounterStatus::Finished));
    stay_of(&mut known).places.clear();
    assert_eq!(steps(&known), [(Step::Began, 0), (Step::Ended, 0)]);
}

#[test]
fn results_that_are_reported_together_are_one_event_that_may_grow() {
    let result = |test: &str, taken: &str| {
        let mut it = finding("rm2", test, "169", "umol/L", taken);
        it.judgement = Some(Coded::Known(Judgement::High));
        it
    };
    let mut known = Facts {
        findings: vec![
            result("Creatinine", "2026-11-22T02:41:00Z"),
            result("Sodium", "2026-11-22T02:41:00Z"),
            result("Sodium", "2026-11-21T02:41:00Z"),
        ],
        ..Facts::default()
    };
    let told = |facts: &Facts| {
        let all = events(&jane(), facts, time("2026-11-01T00:00:00Z"), now());
        all.into_iter()
            .map(|it| (it.key, it.more.len()))
            .collect::<Vec<_>>()
    };
    let before = told(&known);
    assert_eq!(before.iter().map(|it| it.1).collect::<Vec<_>>(), [1, 0]);
    known
        .findings
        .push(result("Potassium", "2026-11-22T02:41:00Z"));
    let after = told(&known);
    assert_eq!(after[0], (before[0].0.clone(), 2), "the same event");
}

#[test]
fn filters_know_what_an_event_is_about() {
    let mut missed = appointment("rw3", "2026-11-21T14:00:00Z");
    missed.status = Some(Coded::Known(AppointmentStatus::NoShow));
    let ed = encounter("rw3", Setting::Emergency, "2026-11-21T12:52:00Z", "");
    let facts = Facts {
        encounters: vec![ed.into()],
        appointments: vec![missed],
        ..Facts::default()
    };
    let all = events(&jane(), &facts, time("2026-11-01T00:00:00Z"), now());
    let count = |about| all.iter().filter(|it| it.is_about(about)).count();
    assert_eq!(count(About::Everything), 2);
    assert_eq!(count(About::Unplanned), 1);
    assert_eq!(count(About::Stays), 1);
    assert_eq!(count(About::Appointments), 1);
    assert_eq!(count(About::Results), 0);
}

#[test]
fn an_appointment_that_was_moved_is_told_once_for_each_move_and_never_forgotten() {
    let moved = |from: &str, to: &str, at: &str| Moved {
        from: When::parse(from),
        to: When::parse(to),
        at: time(at),
    };
    let mut booked = appointment("rm2", "2026-12-09T10:00:00Z");
    booked.created = Some(When::parse("2026-11-10T10:00:00Z"));
    booked.origin.updated = Some(time("2026-11-20T10:00:00Z"));
    booked.moves = vec![
        moved("2026-12-01", "2026-12-05", "2026-11-12T10:00:00Z"),
        moved("2026-12-05", "2026-12-09", "2026-11-20T10:00:00Z"),
    ];
    let with = |it: &Appointment| Facts {
        appointments: vec![it.clone()],
        ..Facts::default()
    };
    let mut known = with(&booked);
    let told = [
        (Step::Rescheduled, 1),
        (Step::Rescheduled, 0),
        (Step::Booked, 0),
    ];
    assert_eq!(steps(&known), told);
    // It comes again, and its versions could not be read.
    let mut again = booked.clone();
    again.moves.clear();
    renew(&mut known, with(&again));
    assert_eq!(steps(&known), told);
    let mut wrong = booked;
    wrong.status = Some(Coded::Known(AppointmentStatus::EnteredInError));
    assert_eq!(steps(&with(&wrong)), []);
}

#[test]
fn a_stay_and_a_result_without_any_time_are_told_when_they_were_recorded() {
    let mut stay = encounter("rm2", Setting::Inpatient, "", "");
    stay.status = Some(Coded::Known(EncounterStatus::Finished));
    stay.origin.updated = Some(time("2026-11-20T10:00:00Z"));
    let mut high = finding("rm2", "CRP", "112", "mg/L", "");
    (high.taken, high.issued) = (None, None);
    high.judgement = Some(Coded::Known(Judgement::High));
    high.origin.updated = Some(time("2026-11-21T10:00:00Z"));
    let facts = Facts {
        encounters: vec![stay.into()],
        findings: vec![high],
        ..Facts::default()
    };
    assert_eq!(steps(&facts), [(Step::Reported, 0), (Step::Began, 0)]);
    let all = events(&jane(), &facts, time("2026-11-01T00:00:00Z"), now());
    assert!(all.iter().all(|it| it.change.by_update));
}

#[test]
fn a_report_is_told_with_its_findings_or_by_itself_and_never_twice() {
    let mut high = finding("rm2", "CRP", "112", "mg/L", "2026-11-20T08:00:00Z");
    high.judgement = Some(Coded::Known(Judgement::High));
    let plain = report("rm2", "CRP", "2026-11-20T09:30:00Z", &[&high]);
    let mut concluded = plain.clone();
    concluded.conclusion = Some("Likely bacterial".to_owned());
    let head = report("rm2", "CT head", "2026-11-21T10:00:00Z", &[]);
    let mut awaited = report("rm2", "CT chest", "2026-11-21T11:00:00Z", &[]);
    awaited.status = Some("registered".to_owned());
    let mut wrong = report("rm2", "CT spine", "2026-11-21T11:00:00Z", &[]);
    wrong.status = Some("entered-in-error".to_owned());
    let told = |reports: &[&Report]| {
        let facts = Facts {
            findings: vec![high.clone()],
            reports: reports.iter().map(|it| (*it).clone()).collect(),
            ..Facts::default()
        };
        let all = events(&jane(), &facts, time("2026-11-01T00:00:00Z"), now());
        let kinds = all.iter().map(|it| {
            let resource = &it.change.origin.resource;
            (resource.kind.to_string(), it.more.len(), it.key.step)
        });
        kinds.collect::<Vec<_>>()
    };
    let of = |kind: &str, more| (kind.to_owned(), more, Step::Reported);
    assert_eq!(
        told(&[&plain]),
        [of("Observation", 0)],
        "its findings say it"
    );
    assert_eq!(
        told(&[&concluded]),
        [of("Observation", 1)],
        "one event, what is out of range first"
    );
    assert_eq!(
        told(&[&plain, &head, &awaited, &wrong]),
        [of("DiagnosticReport", 0), of("Observation", 0)]
    );
}

#[test]
fn a_report_is_taken_over_corrected_kept_and_counted_like_the_rest() {
    let with = |it: Report| Facts {
        reports: vec![it],
        ..Facts::default()
    };
    let mut first = report("rm2", "CT head", "2026-11-21T10:00:00Z", &[]);
    first.conclusion = Some("No bleed".to_owned());
    first.origin.updated = Some(time("2026-11-21T11:00:00Z"));
    let mut second = first.clone();
    second.conclusion = Some("Small bleed".to_owned());
    second.origin.updated = Some(time("2026-11-21T12:00:00Z"));
    let mut known = with(first.clone());
    renew(&mut known, with(second.clone()));
    renew(&mut known, with(first));
    assert_eq!(known.reports, [second], "an older version that comes late");
    assert_eq!(newest(&known, now()), Some(time("2026-11-21T12:00:00Z")));
    assert_eq!(resources(&known).count(), 1);
    let newer = report("rm2", "CT chest", "2026-11-22T10:00:00Z", &[]);
    known.reports.push(newer.clone());
    assert_eq!(keep_latest([&mut known].into_iter(), 1), [1]);
    assert_eq!(known.reports, [newer]);
}
