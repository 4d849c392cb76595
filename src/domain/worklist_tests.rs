//! Rows: what is known, and what is not.

use super::super::activity::Setting;
use super::super::plan::Review;
use super::super::risk::Risk;
use super::*;
use crate::domain::medicine::MedicineStatus;
use crate::domain::sample::{
    encounter, medicine, member, now, origin, party, patient, period, plan, source, team, time,
    when,
};
use crate::domain::{Issue, IssueOf};

fn row(family: &str, facts: &Facts, missing: &[SourceId]) -> Row {
    let person = patient("shared", "9434765919", family, "Jane", "1945-07-14");
    Row::of(
        &Arc::new(person),
        facts,
        Some(time("2026-11-21T00:00:00Z")),
        now(),
        |_| missing.to_vec(),
    )
}

fn with_review(due: &str) -> Facts {
    let mut it = plan(PlanKind::Main);
    it.reviews = vec![
        Review::Done {
            on: when("2026-03-01"),
            by: Vec::new(),
        },
        Review::Due {
            on: when(due),
            by: Vec::new(),
        },
    ];
    Facts {
        plans: vec![it],
        ..Facts::default()
    }
}

#[test]
fn no_plan_is_not_the_same_as_a_plan_that_could_not_be_read() {
    assert_eq!(row("A", &Facts::default(), &[]).plan, PlanStanding::None);
    assert_eq!(
        row("A", &Facts::default(), &[source("shared")]).plan,
        PlanStanding::Unknown
    );
    assert!(
        row("A", &with_review("2026-09-01"), &[])
            .brief()
            .shows(Show::ReviewOverdue)
    );
    assert!(
        !row("A", &with_review("2026-11"), &[])
            .brief()
            .shows(Show::ReviewOverdue),
        "due in November is not overdue on the 22nd"
    );
}

#[test]
fn who_is_in_hospital_comes_first_then_who_changed_then_by_name() {
    let stay = Facts {
        encounters: vec![encounter("rm2", Setting::Inpatient, "2026-10-01", "").into()],
        ..Facts::default()
    };
    let left = Facts {
        encounters: vec![encounter("rm2", Setting::Inpatient, "2026-10-01", "2026-11-22").into()],
        ..Facts::default()
    };
    let mut rows = vec![
        row("Adams", &Facts::default(), &[]).brief(),
        row("Brown", &left, &[]).brief(),
        row("Clark", &stay, &[]).brief(),
    ];
    sort(&mut rows, Order::Attention);
    let names = |rows: &[Brief]| {
        rows.iter()
            .filter_map(|it| it.patient.name()?.family.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&rows), ["Clark", "Brown", "Adams"]);
    sort(&mut rows, Order::Name);
    assert_eq!(names(&rows), ["Adams", "Brown", "Clark"]);
    assert_eq!(
        rows.iter()
            .map(|it| it.shows(Show::InHospital))
            .collect::<Vec<_>>(),
        [false, false, true]
    );
    assert_eq!(
        rows.iter()
            .map(|it| it.shows(Show::Changed))
            .collect::<Vec<_>>(),
        [false, true, false]
    );
}

#[test]
fn a_row_has_its_key_worker_the_newest_risk_and_is_found_by_text() {
    let risk = |percent: &str, at: &str| Risk {
        origin: origin("shared", "RiskAssessment", at),
        status: Some("final".to_owned()),
        at: when(at),
        method: Some(Concept::from_text("GP model")),
        performer: None,
        mitigation: None,
        predictions: vec![Prediction {
            outcome: None,
            probability: Decimal::parse(percent),
            qualitative: None,
            horizon: Some("12 months".to_owned()),
        }],
    };
    let facts = Facts {
        risks: vec![risk("0.41", "2026-11-01"), risk("0.30", "2026-05-01")],
        teams: vec![team(
            "shared",
            "North 3",
            vec![member(
                party("Tom Achebe", "", ""),
                &["Key worker", "District nurse"],
            )],
        )],
        ..Facts::default()
    };
    let row = row("O’Brien", &facts, &[]);
    assert_eq!(
        row.risk
            .as_ref()
            .unwrap()
            .probability
            .as_ref()
            .unwrap()
            .as_str(),
        "0.41"
    );
    assert_eq!(
        row.key_worker.as_ref().unwrap().name.as_deref(),
        Some("Tom Achebe")
    );
}

#[test]
fn what_a_row_is_made_from_is_little() {
    let jane = Arc::new(patient(
        "shared",
        "9434765919",
        "Smith",
        "Jane",
        "1945-07-14",
    ));
    let mut old = medicine("shared", "Furosemide 40mg tablets", "1 tablet once a day");
    old.effective = period("2024-01-01", "2026-11-20");
    old.status = Some(Coded::Known(MedicineStatus::Completed));
    let mut new = medicine("shared", "Furosemide 40mg tablets", "1 tablet twice a day");
    new.effective = period("2026-11-21", "");
    let mut long = medicine("shared", "Apixaban 5mg tablets", "1 tablet twice a day");
    long.effective = period("2023-05-01", "");
    let facts = Facts {
        patients: vec![(*jane).clone()],
        medicines: vec![old, long, new],
        ..Facts::default()
    };
    let whole = row("Smith", &facts, &[]);
    let since = time("2026-11-10T00:00:00Z");
    let mut unread = facts.clone();
    for of in [IssueOf::Element, IssueOf::Unread, IssueOf::Record] {
        let (resource, path, what) = <_>::default();
        unread.issues.push(Issue {
            resource,
            path,
            what,
            of,
        });
    }
    let (_, in_part) = belonging(unread, &[Arc::clone(&jane)], since, now()).expect("hers");
    assert!(
        !in_part.is_whole(),
        "a row of which something was not read does not say that there is nothing"
    );
    assert_eq!(in_part.issues.len(), 1);
    let (id, kept) = belonging(facts, &[Arc::clone(&jane)], since, now()).expect("hers");
    assert_eq!((&id, kept.medicines.len()), (&jane.id, 2));
    let from_little = row("Smith", &kept, &[]);
    assert_eq!(
        (from_little.changes, from_little.newest),
        (1, whole.newest),
        "a dose that changed, not a start"
    );
}

#[test]
fn a_source_with_somebody_else_under_the_number_tells_only_that() {
    let jane = Arc::new(patient(
        "shared",
        "9434765919",
        "Smith",
        "Jane",
        "1945-07-14",
    ));
    let there = |number, birth| Facts {
        patients: vec![patient("rw3", number, "Smith", "Jane", birth)],
        encounters: vec![encounter("rw3", Setting::Inpatient, "2026-11-21", "").into()],
        ..Facts::default()
    };
    let of = |facts| belonging(facts, &[Arc::clone(&jane)], now(), now());
    let (id, facts) = of(there("9434765919", "1954-07-14")).expect("under her number");
    assert!(id == jane.id && facts.encounters.is_empty());
    assert_eq!(row("Smith", &facts, &[]).conflicts, [source("rw3")]);
    assert!(of(there("9434765870", "1945-07-14")).is_none());
    let (_, facts) = of(there("9434765919", "1945-07-14")).expect("she herself");
    assert!(facts.patients.is_empty() && facts.encounters.len() == 1);
    // Whoever is watched is told apart in the same way.
    let known = [Arc::clone(&jane)];
    for (number, birth, is_own, is_mistaken) in [
        ("9434765919", "1945-07-14", true, false),
        ("9434765919", "1954-07-14", false, true),
        ("9434765870", "1954-07-14", false, false),
    ] {
        let facts = there(number, birth);
        assert_eq!(mistaken(&facts, &known).is_some(), is_mistaken);
        assert_eq!(whose(facts, &known).is_some(), is_own);
    }
    // Without a birth date the family name has to agree: nobody is known by the number alone.
    for (family, is_own) in [("SMITH", true), ("Brown", false)] {
        let mut facts = there("9434765919", "1945");
        facts.patients[0].birth = None;
        facts.patients[0].names[0].family = Some(family.to_owned());
        assert_eq!(mistaken(&facts, &known).is_some(), !is_own);
        let (_, told) = of(facts.clone()).expect("under her number");
        assert_eq!(told.encounters.len(), usize::from(is_own), "{family}");
        assert_eq!(whose(facts, &known).is_some(), is_own);
    }
    // Of herself only that she has died.
    let mut facts = there("9434765919", "1945-07-14");
    assert!(whose(facts.clone(), &known).unwrap().1.patients.is_empty());
    facts.patients[0].deceased = Some(crate::domain::patient::Deceased::Yes);
    assert_eq!(whose(facts, &known).unwrap().1.patients.len(), 1);
}

#[test]
fn a_trust_that_knows_somebody_else_under_the_number_tells_nothing_about_this_person() {
    let mut stranger = patient("rw3", "9434765919", "Smith", "Jane", "1954-07-14");
    stranger.deceased = Some(crate::domain::patient::Deceased::Yes);
    let facts = Facts {
        patients: vec![stranger],
        encounters: vec![encounter("rw3", Setting::Inpatient, "2026-11-21", "").into()],
        ..Facts::default()
    };
    let row = row("Smith", &facts, &[]);
    assert_eq!(row.conflicts, [source("rw3")]);
    assert_eq!(
        row.whereabouts.at,
        At::Unknown,
        "neither dead, nor there, nor home"
    );
    assert_eq!((row.deceased, row.changes), (false, 0));
}

#[test]
fn a_draft_is_no_plan_in_force() {
    let mut draft = plan(PlanKind::Main);
    draft.status = Some(Coded::Known(PlanStatus::Draft));
    let facts = Facts {
        plans: vec![draft],
        ..Facts::default()
    };
    assert_eq!(row("A", &facts, &[]).plan, PlanStanding::Draft);
    assert_eq!(
        row("A", &facts, &[source("shared")]).plan,
        PlanStanding::Unknown
    );
}
