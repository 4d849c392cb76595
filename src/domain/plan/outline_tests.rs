use super::*;
use crate::domain::plan::{
    ActionDetail, PlanKind, PlanStatus, Task, TaskStatus, is_individual_need, plans,
};
use crate::domain::sample::{called, coded, linked, now, origin, plan, problem, source, when};
use crate::domain::{Coded, Concept, Origin};

fn goal(id: &str, needs: &[&str]) -> Goal {
    Goal {
        origin: origin("shared", "Goal", id),
        what: Concept::from_text(id),
        lifecycle: Some("active".to_owned()),
        achievement: None,
        importance: None,
        start: None,
        due: None,
        status_date: None,
        expressed_by: None,
        targets: Vec::new(),
        outcomes: Vec::new(),
        needs: needs
            .iter()
            .map(|it| linked("", &format!("Condition/{it}")))
            .collect(),
        notes: Vec::new(),
    }
}

fn task(id: &str, focus: &str) -> Task {
    Task {
        origin: origin("shared", "Task", id),
        what: Some(id.to_owned()),
        status: Some(Coded::Known(TaskStatus::InProgress)),
        status_reason: None,
        priority: None,
        requester: None,
        owner: None,
        due: when("2026-11-01"),
        authored: None,
        modified: None,
        based_on: Vec::new(),
        focus: (!focus.is_empty()).then(|| ResourceRef::new("Goal", focus)),
        notes: Vec::new(),
    }
}

#[test]
fn needs_have_goals_and_goals_have_actions_and_nothing_is_dropped() {
    let mut main = plan(PlanKind::Main);
    main.needs = vec![linked("Heart failure", "Condition/hf")];
    main.goals = vec![ResourceRef::new("Goal", "walk")];
    main.actions = vec![
        PlanAction::Task(ResourceRef::new("Task", "frame"), None),
        PlanAction::Task(ResourceRef::new("Task", "gone"), None),
        PlanAction::Detail(Box::new(ActionDetail {
            description: Some("meals".to_owned()),
            ..ActionDetail::default()
        })),
    ];
    let facts = Facts {
        goals: vec![goal("stray", &[]), goal("walk", &["hf", "copd"])],
        tasks: vec![task("stray", ""), task("frame", "walk")],
        plans: vec![main.clone()],
        ..Facts::default()
    };
    let outline = Outline::of(&facts, &main, true);
    let walk = &outline.needs[0].goals[0];
    assert_eq!(
        (walk.goal.what.label(), walk.steps.len()),
        (Some("walk"), 1)
    );
    assert!(walk.steps[0].is_overdue(now()));
    assert_eq!(
        outline.needs.len(),
        2,
        "a need that only a goal names is a need"
    );
    assert_eq!((outline.goals.len(), outline.steps.len()), (1, 3));
    assert!(
        outline
            .steps
            .iter()
            .any(|it| matches!(it, Step::Missing(..))),
        "what is missing is said"
    );
}

#[test]
fn what_another_plan_claims_is_not_shown_twice_and_errors_are_counted() {
    let main = plan(PlanKind::Main);
    let mut other = plan(PlanKind::Other);
    other.origin = Origin {
        resource: ResourceRef::new("CarePlan", "other"),
        ..other.origin
    };
    other.goals = vec![ResourceRef::new("Goal", "theirs")];
    let mut wrong = goal("wrong", &[]);
    wrong.lifecycle = Some("entered-in-error".to_owned());
    let facts = Facts {
        goals: vec![goal("theirs", &[]), wrong],
        plans: vec![main.clone(), other.clone()],
        ..Facts::default()
    };
    let outline = Outline::of(&facts, &main, true);
    assert_eq!((outline.goal_count(), outline.errors), (0, 1));
    assert_eq!(Outline::of(&facts, &other, false).goal_count(), 1);
    let facts = Facts {
        goals: vec![goal("alone", &[])],
        ..Facts::default()
    };
    assert_eq!(
        Outline::unclaimed(&facts).goal_count(),
        1,
        "without a plan nothing is lost"
    );
}

#[test]
fn the_current_plan_is_the_one_in_force_that_was_written_last() {
    let of = |id: &str, status, created: &str| {
        let mut it = plan(PlanKind::Main);
        it.origin = origin("shared", "CarePlan", id);
        it.status = Some(Coded::Known(status));
        it.created = when(created);
        it
    };
    let facts = Facts {
        plans: vec![
            of("old", PlanStatus::Active, "2024"),
            of("new", PlanStatus::Active, "2026-01-02"),
            of("draft", PlanStatus::Draft, "2026-11-02"),
            of("done", PlanStatus::Completed, "2023"),
            of("error", PlanStatus::EnteredInError, "2026"),
        ],
        ..Facts::default()
    };
    let found = plans(&facts, now());
    assert_eq!(
        found.current.map(|it| it.origin.resource.id),
        Some("new".into())
    );
    assert_eq!(
        (
            found.others.len(),
            found.drafts.len(),
            found.past.len(),
            found.errors
        ),
        (1, 1, 1, 1)
    );
}

#[test]
fn reasonable_adjustments_are_individual_needs() {
    let flag = coded(crate::domain::code::SNOMED, "1108111000000107", "");
    assert!(is_individual_need(&flag, &[]));
    assert!(is_individual_need(
        &Concept::from_text("Hearing impairment"),
        &[]
    ));
    assert!(!is_individual_need(&Concept::from_text("Key safe"), &[]));
}

#[test]
fn a_need_that_another_source_holds_is_known_by_its_name_there() {
    let mut main = plan(PlanKind::Main);
    main.needs = vec![
        linked("Was called COPD", "Condition?identifier=urn:x|copd"),
        linked("Gone", "Condition?identifier=urn:x|gone"),
        linked("Only named", ""),
    ];
    let mut copd = problem("rw3", "COPD", "2019");
    copd.identifier = called("copd");
    let mut one = goal("walk", &[]);
    one.needs = vec![linked("", "Condition?identifier=urn:x|copd")];
    let mut other = goal("talk", &[]);
    other.needs = vec![linked("Gone", "Condition?identifier=urn:x|gone")];
    main.goals = vec![one.origin.resource.clone(), other.origin.resource.clone()];
    let mut facts = Facts {
        problems: vec![copd],
        goals: vec![one, other],
        plans: vec![main.clone()],
        ..Facts::default()
    };
    let told = |facts: &Facts| {
        let outline = Outline::of(facts, &main, true);
        assert!(outline.goals.is_empty(), "each goal stands under its need");
        let needs = outline.needs.into_iter();
        let needs = needs.map(|it| (it.name.unwrap(), it.source, it.outcome, it.goals.len()));
        needs.collect::<Vec<_>>()
    };
    let need = |name: &str, from: &str, goals| (name.to_owned(), source(from), None, goals);
    let rest = [need("Gone", "shared", 1), need("Only named", "shared", 0)];
    let all = told(&facts);
    assert_eq!(all[0], need("COPD", "rw3", 1), "as its source has it");
    assert_eq!(all[1..], rest, "else as the plan calls it");
    facts.problems[0].verification = Some("entered-in-error".to_owned());
    assert_eq!(told(&facts)[0].2, Some(Outcome::Untrue));
    facts.problems.clear();
    let all = told(&facts);
    assert_eq!(all[0], need("Was called COPD", "shared", 1));
    assert_eq!(all[1..], rest);
}
