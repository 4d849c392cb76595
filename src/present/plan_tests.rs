//! Reviews, goals and actions in words.

use super::*;
use crate::domain::plan::{PlanKind, Review, Target, Task, TaskStatus};
use crate::domain::{Concept, Origin, Party, Period, ResourceRef, SourceId};

fn now() -> DateTime<Utc> {
    "2026-11-21T14:05:00Z".parse().unwrap()
}

fn origin(kind: &str) -> Origin {
    Origin {
        source: SourceId::new("shared"),
        resource: ResourceRef::new(kind, "1"),
        updated: None,
    }
}

fn somebody(name: &str) -> Party {
    Party {
        name: Some(name.to_owned()),
        reference: None,
    }
}

fn plan(reviews: Vec<Review>) -> Plan {
    Plan {
        origin: origin("CarePlan"),
        kind: PlanKind::Main,
        status: Some(Coded::Known(PlanStatus::Active)),
        categories: Vec::new(),
        title: None,
        description: None,
        period: Period::default(),
        created: Some(When::parse("2026-01-05")),
        author: Some(somebody("Dr S Ahmed")),
        needs: Vec::new(),
        goals: Vec::new(),
        actions: Vec::new(),
        part_of: None,
        reviews,
        teams: Vec::new(),
        supporting: Vec::new(),
        notes: Vec::new(),
        written: None,
    }
}

fn done(on: &str) -> Review {
    Review::Done {
        on: Some(When::parse(on)),
        by: Vec::new(),
    }
}

fn due(on: &str) -> Review {
    Review::Due {
        on: Some(When::parse(on)),
        by: vec![somebody("Dr S Ahmed")],
    }
}

#[test]
fn a_plan_says_when_it_was_and_will_be_reviewed() {
    let reviewed = standing(
        Some(&plan(vec![done("2026-10-12"), due("2027-01-12")])),
        now(),
    );
    assert_eq!(reviewed.words, "Reviewed 12-Oct-2026");
    assert_eq!(
        reviewed.next.as_deref(),
        Some("Next review 12-Jan-2027, Dr S Ahmed")
    );
    let late = standing(
        Some(&plan(vec![done("2026-03-01"), due("2026-09-01")])),
        now(),
    );
    assert_eq!(late.words, "Review overdue, due 01-Sep-2026");
    assert!(late.overdue && late.next.is_none());
    assert_eq!(
        standing(Some(&plan(vec![])), now()).words,
        "Not reviewed yet"
    );
    assert_eq!(standing(None, now()).words, "No plan yet");
}

#[test]
fn who_wrote_it_is_from_provenance_else_the_author() {
    let mut it = plan(vec![]);
    assert_eq!(author_line(&it).as_deref(), Some("Dr S Ahmed, 05-Jan-2026"));
    it.written = Some(Written {
        by: Some("Priya Nair".to_owned()),
        role: Some("social worker".to_owned()),
        organisation: None,
        at: Some(When::parse("2026-11-02T09:00:00Z")),
    });
    assert_eq!(
        author_line(&it).as_deref(),
        Some("Priya Nair, social worker, 02-Nov-2026")
    );
    it.status = Some(Coded::Unknown("paused".to_owned()));
    assert_eq!(status(&it), "Status: paused");
}

#[test]
fn a_goal_says_how_important_and_how_far() {
    let it = Goal {
        origin: origin("Goal"),
        what: Concept::from_text("walk Bess to the park and back"),
        lifecycle: Some("active".to_owned()),
        achievement: Some(Concept::from_text("In Progress")),
        importance: Some("9 of 10".to_owned()),
        start: None,
        due: Some(When::parse("2026-11")),
        status_date: None,
        expressed_by: Some(somebody("Jane")),
        targets: vec![Target {
            measure: None,
            detail: Some("400 m".to_owned()),
            due: Some(When::parse("2027-01-12")),
        }],
        outcomes: Vec::new(),
        needs: Vec::new(),
        notes: Vec::new(),
    };
    let words = goal(&it, now());
    assert_eq!(words.importance.as_deref(), Some("Importance 9 of 10"));
    assert_eq!(
        (words.status.as_str(), words.overdue),
        ("in progress", false)
    );
    assert_eq!(words.targets, ["400 m, by 12-Jan-2027"]);
    let given_up = Goal {
        lifecycle: Some("cancelled".to_owned()),
        ..it
    };
    let words = goal(&given_up, now());
    assert_eq!(
        (words.status.as_str(), words.is_over),
        ("given up, in progress", true)
    );
}

#[test]
fn an_action_says_who_and_by_when_and_that_it_is_late() {
    let it = Task {
        origin: origin("Task"),
        what: Some("Home oxygen check".to_owned()),
        status: Some(Coded::Known(TaskStatus::Accepted)),
        status_reason: None,
        priority: Some("stat".to_owned()),
        requester: None,
        owner: None,
        due: Some(When::parse("2026-11-15")),
        authored: None,
        modified: None,
        based_on: Vec::new(),
        focus: None,
        notes: Vec::new(),
    };
    let words = task(&it, now());
    assert_eq!(
        (words.owner.as_str(), words.due.as_deref()),
        ("Nobody yet", Some("due 15-Nov-2026"))
    );
    assert!(words.overdue && words.is_open);
    assert_eq!(words.priority.as_deref(), Some("at once"));
    let rejected = Task {
        status: Some(Coded::Known(TaskStatus::Rejected)),
        status_reason: Some(Concept::from_text("no transport")),
        ..it
    };
    let words = task(&rejected, now());
    assert_eq!(
        (words.status.as_str(), words.overdue),
        ("rejected: no transport", false)
    );
}

#[test]
fn the_editor_calls_a_status_of_an_action_as_the_plan_does() {
    use crate::domain::section::{Field, Part, words_of};
    use TaskStatus as S;
    for (code, status) in [
        ("draft", S::Draft),
        ("requested", S::Requested),
        ("received", S::Received),
        ("accepted", S::Accepted),
        ("rejected", S::Rejected),
        ("ready", S::Ready),
        ("cancelled", S::Cancelled),
        ("in-progress", S::InProgress),
        ("on-hold", S::OnHold),
        ("failed", S::Failed),
        ("completed", S::Completed),
        ("entered-in-error", S::EnteredInError),
    ] {
        let offered = words_of(Part::Field(Field::ActionStatus), code);
        let offered = offered.map(str::to_lowercase);
        assert_eq!(offered.as_deref(), Some(known_task_status(status)));
    }
}
