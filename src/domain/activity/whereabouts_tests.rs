//! Where somebody is, when trusts disagree, forget to close a stay, or do not answer.

use super::*;
use crate::domain::patient::Deceased;
use crate::domain::sample::{coded, encounter, now, patient, source, when};

fn at(encounters: Vec<Encounter>, missing: &[SourceId]) -> Whereabouts {
    where_now(
        &Facts {
            encounters: encounters.into_iter().map(Arc::new).collect(),
            ..Facts::default()
        },
        now(),
        missing,
    )
}

fn inpatient(from: &str, start: &str, end: &str) -> Encounter {
    encounter(from, Setting::Inpatient, start, end)
}

fn ed(from: &str, start: &str, end: &str) -> Encounter {
    encounter(from, Setting::Emergency, start, end)
}

#[test]
fn an_open_admission_is_believed_over_the_attendance_it_came_from() {
    let (arrival, stay) = (
        ed("rm2", "2026-11-21T19:05:00Z", ""),
        inpatient("rm2", "2026-11-21T23:40:00Z", ""),
    );
    for order in [
        vec![arrival.clone(), stay.clone()],
        vec![stay.clone(), arrival],
    ] {
        let found = at(order, &[]);
        assert_eq!(found.encounter(), Some(&stay));
        assert!(found.doubtful.is_empty(), "they are one visit");
    }
}

#[test]
fn of_two_open_stays_the_newest_is_believed_and_the_other_flagged() {
    let (old, new) = (
        inpatient("rw3", "2026-11-10T08:00:00Z", ""),
        ed("rm2", "2026-11-22T12:52:00Z", ""),
    );
    let found = at(vec![old.clone(), new.clone()], &[]);
    assert_eq!(
        found.at,
        At::InEd {
            encounter: Box::new(new)
        }
    );
    assert_eq!(found.doubtful, [old]);
}

#[test]
fn an_attendance_that_was_never_closed_is_neither_believed_nor_called_home() {
    let stale = ed("rm2", "2026-11-01T12:00:00Z", "");
    let found = at(vec![stale.clone()], &[]);
    assert_eq!(found.at, At::Unknown);
    assert_eq!(found.doubtful, std::slice::from_ref(&stale));
    let later = inpatient("rw3", "2026-11-05", "2026-11-09");
    let found = at(vec![stale, later.clone()], &[]);
    let last = Some(Box::new(later));
    assert_eq!(
        (found.at, found.doubtful),
        (At::Home { last }, Vec::new()),
        "a later discharge settles it"
    );
}

#[test]
fn who_left_ed_for_a_ward_that_does_not_say_how_it_stands_is_not_at_home() {
    for left in ["2026-11-21T23:40:00Z", "2026-11-21T23:55:00Z"] {
        let mut arrival = ed("rm2", "2026-11-21T19:05:00Z", left);
        let mut stay = inpatient("rm2", "2026-11-21T23:40:00Z", "");
        for it in [&mut arrival, &mut stay] {
            it.status = Some(Coded::Unknown("a word of tomorrow".to_owned()));
        }
        let found = at(vec![arrival, stay.clone()], &[]);
        assert_eq!((found.at, found.doubtful), (At::Unknown, vec![stay]));
    }
}

#[test]
fn a_stay_that_goes_on_and_begins_later_is_in_doubt() {
    for begins in ["2026-12-20T09:00:00Z", "9999-12-31"] {
        let odd = inpatient("rm2", begins, "");
        let found = at(vec![odd.clone()], &[]);
        assert_eq!((found.at, found.doubtful), (At::Unknown, vec![odd.clone()]));
        let mut planned = odd;
        planned.status = Some(Coded::Known(EncounterStatus::Planned));
        assert!(matches!(at(vec![planned], &[]).at, At::Home { .. }));
    }
}

#[test]
fn a_stay_of_more_than_400_days_or_of_an_unknown_class_is_in_doubt() {
    let mut unknown = inpatient("rm2", "2026-11-20", "");
    unknown.setting = Coded::Unknown("WARD".to_owned());
    for open in [inpatient("rm2", "2025-01-01", ""), unknown] {
        assert_eq!(at(vec![open], &[]).at, At::Unknown);
    }
    assert!(at(vec![inpatient("rm2", "2025-11-01", "")], &[]).is_in_hospital());
}

#[test]
fn an_expected_date_of_discharge_is_not_a_discharge() {
    let mut stay = inpatient("rm2", "2026-11-20", "");
    stay.period.end = when("2026-11-25");
    assert!(at(vec![stay.clone()], &[]).is_in_hospital());
    // It has passed, and the source still says that she is in.
    for end in ["2026-11-21", "2026-11-22T13:00:00Z"] {
        stay.period.end = when(end);
        assert!(at(vec![stay.clone()], &[]).is_in_hospital(), "{end}");
    }
    stay.period.start = when("2026-11-10");
    stay.period.end = when("2026-11-18");
    let found = at(vec![stay.clone()], &[]);
    assert_eq!((found.at, found.doubtful), (At::Unknown, vec![stay]));
}

#[test]
fn a_source_that_knows_somebody_else_says_nothing_about_home() {
    let rw3 = vec![source("rw3")];
    assert_eq!(at(vec![], &[]).without(rw3.clone()).at, At::Unknown);
    assert_eq!(
        at(vec![], &[]).without(Vec::new()).at,
        At::Home { last: None }
    );
    let stay = inpatient("rm2", "2026-11-21", "");
    assert!(at(vec![stay], &[]).without(rw3).is_in_hospital());
}

#[test]
fn nobody_is_called_at_home_while_a_trust_could_not_be_asked() {
    assert_eq!(at(vec![], &[source("rw3")]).at, At::Unknown);
    let stay = inpatient("rm2", "2026-11-21T23:40:00Z", "");
    let found = at(vec![stay], &[source("rw3")]);
    assert!(found.is_in_hospital() && found.missing == [source("rw3")]);
    assert_eq!(at(vec![], &[]).at, At::Home { last: None });
}

#[test]
fn home_knows_the_last_discharge() {
    let (a, b) = (
        inpatient("rm2", "2026-01-01", "2026-01-09"),
        ed("rw3", "2026-06-01", "2026-06-01"),
    );
    let clinic = encounter("rm2", Setting::Ambulatory, "2026-07-01", "2026-07-01");
    assert_eq!(
        at(vec![a, b.clone(), clinic], &[]).at,
        At::Home {
            last: Some(Box::new(b))
        }
    );
}

#[test]
fn a_death_in_any_source_or_in_hospital_comes_first() {
    let mut person = patient("rm2", "9434765919", "Smith", "Jane", "1945");
    person.deceased = Some(Deceased::Yes);
    let facts = Facts {
        patients: vec![person],
        encounters: vec![inpatient("rm2", "2026-11-21", "").into()],
        ..Facts::default()
    };
    assert_eq!(where_now(&facts, now(), &[]).at, At::Deceased);
    let mut stay = inpatient("rm2", "2026-11-01", "2026-11-09");
    stay.discharge_method = Some(coded(
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeMethodEngland",
        "4",
        "Died",
    ));
    assert_eq!(at(vec![stay.clone()], &[]).at, At::Deceased);
    // Nobody closed it.
    stay.status = Some(Coded::Known(super::super::EncounterStatus::InProgress));
    assert_eq!(at(vec![stay], &[]).at, At::Deceased);
}

#[test]
fn what_is_planned_cancelled_or_in_error_is_not_a_stay() {
    use super::super::EncounterStatus as S;
    for status in [S::Planned, S::Cancelled, S::EnteredInError, S::Finished] {
        let mut it = inpatient("rm2", "2026-11-21", "");
        it.status = Some(Coded::Known(status));
        assert!(!at(vec![it], &[]).is_in_hospital(), "{status:?}");
    }
    assert!(
        !at(vec![inpatient("rm2", "2026-12-24", "")], &[]).is_in_hospital(),
        "not before it begins"
    );
}

#[test]
fn an_admission_with_its_episodes_is_one_stay_since_it_began_where_the_last_of_them_is() {
    use crate::domain::sample::place;
    let spell = inpatient("rm2", "2026-11-18T10:00:00Z", "");
    let episode = |start: &str, end: &str, ward: &str| {
        let mut it = inpatient("rm2", start, end);
        it.origin.resource = crate::domain::ResourceRef::new("Encounter", start);
        it.part_of = Some(spell.origin.resource.clone());
        it.places = vec![place(ward, "", "")];
        it
    };
    let first = episode("2026-11-18T10:00:00Z", "2026-11-20T10:00:00Z", "AMU");
    let second = episode("2026-11-20T10:00:00Z", "", "F7");
    let found = at(vec![second.clone(), first.clone(), spell.clone()], &[]);
    let now = found.encounter().unwrap();
    assert_eq!(now.period, spell.period);
    assert_eq!(now.place().unwrap().location.name.as_deref(), Some("F7"));
    assert!(found.doubtful.is_empty());
    // The admission itself did not come: each stands for itself.
    let found = at(vec![first.clone(), second.clone()], &[]);
    assert_eq!(found.encounter(), Some(&second));
    // Home is said of the whole.
    let mut over = spell.clone();
    over.period.end = when("2026-11-21T12:00:00Z");
    over.status = Some(Coded::Known(super::super::EncounterStatus::Finished));
    let found = at(vec![over.clone(), first, second], &[]);
    let At::Home { last: Some(last) } = found.at else {
        panic!("{found:?}");
    };
    assert_eq!(last.origin, over.origin);
}

#[test]
fn who_is_in_a_stay_whose_status_is_not_said_is_not_called_at_home() {
    use crate::domain::activity::EncounterStatus;
    for status in [
        None,
        Some(Coded::Known(EncounterStatus::Unknown)),
        Some(Coded::Unknown("boarding".to_owned())),
    ] {
        let mut stay = inpatient("rw3", "2026-11-21T09:00:00Z", "");
        stay.status = status;
        let found = at(vec![stay.clone()], &[]);
        assert_eq!(
            (found.at, found.doubtful),
            (At::Unknown, vec![stay.clone()])
        );
        // What has ended, or began years ago, keeps nobody.
        for (start, end) in [
            ("2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z"),
            ("2020-11-21T09:00:00Z", ""),
        ] {
            let mut over = inpatient("rw3", start, end);
            over.status.clone_from(&stay.status);
            assert!(matches!(at(vec![over], &[]).at, At::Home { .. }), "{start}");
        }
    }
}
