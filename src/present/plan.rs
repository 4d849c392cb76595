//! The plan in words: how it stands, who wrote it, goals and actions.

mod task;

pub use self::task::{TaskWords, known_task_status, task};

use chrono::{DateTime, Utc};

use super::date;
use super::name::{lines, shown};
use super::words::{self, label, named};
use crate::domain::plan::{Goal, Plan, PlanStatus, Written};
use crate::domain::problem::Outcome;
use crate::domain::time::london;
use crate::domain::{Coded, When};

/// How a plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `Reviewed 12-Oct-2026`, `Review overdue, due 01-Sep-2026`, `No plan yet`.
    pub words: String,
    /// `Next review 12-Jan-2027, Dr S Ahmed`.
    pub next: Option<String>,
    pub overdue: bool,
}

/// How the plan stands; without one, that there is none (say that only when every source has answered).
pub fn standing(plan: Option<&Plan>, now: DateTime<Utc>) -> Standing {
    let Some(plan) = plan else {
        return Standing {
            words: "No plan yet".to_owned(),
            next: None,
            overdue: false,
        };
    };
    let overdue = plan.is_review_overdue(london(now).date());
    let due = plan.review_due();
    let words = match (plan.reviewed(), &due) {
        (_, Some((on, _))) if overdue => format!("Review overdue, due {}", date::when_day(on)),
        (Some(on), _) => format!("Reviewed {}", date::when_day(on)),
        (None, _) => "Not reviewed yet".to_owned(),
    };
    let next = due.filter(|_| !overdue).map(|(on, by)| {
        let by = by.iter().filter_map(named);
        let parts = std::iter::once(format!("Next review {}", date::when_day(on))).chain(by);
        parts.collect::<Vec<_>>().join(", ")
    });
    Standing {
        words,
        next,
        overdue,
    }
}

/// `Active`, `Draft`; a code that is not known as it was received.
pub fn status(plan: &Plan) -> String {
    let known = match &plan.status {
        None => return "Status not recorded".to_owned(),
        Some(Coded::Unknown(code)) => {
            return shown(code).map_or_else(
                || "Status not known".to_owned(),
                |it| format!("Status: {it}"),
            );
        }
        Some(Coded::Known(it)) => it,
    };
    match known {
        PlanStatus::Draft => "Draft",
        PlanStatus::Active => "Active",
        PlanStatus::OnHold => "On hold",
        PlanStatus::Revoked => "Revoked: do not follow",
        PlanStatus::Completed => "Completed",
        PlanStatus::EnteredInError => "Entered in error",
        PlanStatus::Unknown => "Status not known",
    }
    .to_owned()
}

/// `Patient plan`, or its own title.
pub fn title(plan: &Plan) -> String {
    let own = plan.title.as_deref().and_then(shown);
    own.or_else(|| words::labels(&plan.categories).into_iter().next())
        .unwrap_or_else(|| "Plan without a title".to_owned())
}

/// `Priya Nair, social worker, North 3 team, 02-Nov-2026`.
pub fn written(it: &Written) -> Option<String> {
    let text = |it: &Option<String>| it.as_deref().and_then(shown);
    let by = [text(&it.by), text(&it.role), text(&it.organisation)];
    words::joined(by.into_iter().chain([it.at.as_ref().map(date::when_day)]))
}

/// Who last wrote the plan and when: from Provenance, else its author and when it was made. `None` when neither is
/// known.
pub fn author_line(plan: &Plan) -> Option<String> {
    let provenance = plan.written.as_ref().and_then(written);
    provenance.or_else(|| {
        let by = plan.author.as_ref().and_then(named);
        words::joined([by, plan.created.as_ref().map(date::when_day)])
    })
}

/// A goal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoalWords {
    pub what: String,
    /// `Importance 9 of 10`.
    pub importance: Option<String>,
    /// `in progress`, `achieved`; with the lifecycle where it says more.
    pub status: String,
    /// Stopped, refused or in error: not among the goals that are worked on.
    pub is_over: bool,
    pub due: Option<String>,
    pub overdue: bool,
    /// Whose goal it is.
    pub by: Option<String>,
    /// `Walk 400 m, by 12-Jan-2027`.
    pub targets: Vec<String>,
    pub outcomes: Vec<String>,
    pub notes: Vec<String>,
}

/// Everything about one goal.
pub fn goal(it: &Goal, now: DateTime<Utc>) -> GoalWords {
    let lifecycle = it.lifecycle.as_deref().unwrap_or("");
    let is_over = matches!(
        lifecycle,
        "completed" | "cancelled" | "rejected" | "entered-in-error"
    );
    GoalWords {
        what: label(&it.what).unwrap_or_else(|| "Goal not described".to_owned()),
        importance: it
            .importance
            .as_deref()
            .and_then(shown)
            .map(|it| format!("Importance {it}")),
        status: goal_status(it),
        is_over,
        overdue: !is_over && is_past(it.due.as_ref(), now),
        due: it
            .due
            .as_ref()
            .map(|it| format!("due {}", date::when_day(it))),
        by: it.expressed_by.as_ref().and_then(named),
        targets: it
            .targets
            .iter()
            .filter_map(|it| {
                let measure = it.measure.as_ref().and_then(label);
                let detail = it.detail.as_deref().and_then(shown);
                let due = it
                    .due
                    .as_ref()
                    .map(|it| format!("by {}", date::when_day(it)));
                words::joined([measure, detail, due])
            })
            .collect(),
        outcomes: words::labels(&it.outcomes),
        notes: it.notes.iter().flat_map(|it| lines(it)).collect(),
    }
}

fn is_past(due: Option<&When>, now: DateTime<Utc>) -> bool {
    due.and_then(When::last_day)
        .is_some_and(|day| day < london(now).date())
}

/// What was achieved says more than the lifecycle, unless the goal was given up or never agreed.
fn goal_status(it: &Goal) -> String {
    let lifecycle = it.lifecycle.as_deref().and_then(shown);
    let achieved = it
        .achievement
        .as_ref()
        .and_then(label)
        .map(|it| it.to_lowercase());
    let life = lifecycle.as_deref().map(|it| match it {
        "proposed" => "proposed".to_owned(),
        "planned" | "accepted" => "planned".to_owned(),
        "active" => "active".to_owned(),
        "on-hold" => "on hold".to_owned(),
        "completed" => "completed".to_owned(),
        "cancelled" => "given up".to_owned(),
        "entered-in-error" => "entered in error".to_owned(),
        "rejected" => "not agreed".to_owned(),
        other => other.to_owned(),
    });
    let is_plain = matches!(lifecycle.as_deref(), None | Some("active" | "completed"));
    match (achieved, life) {
        (Some(achieved), _) if is_plain => achieved,
        (Some(achieved), Some(life)) => format!("{life}, {achieved}"),
        (None, Some(life)) => life,
        (achieved, None) => achieved.unwrap_or_else(|| "status not recorded".to_owned()),
    }
}

/// What has become of a need, where it is none any more.
pub const fn outcome(it: Outcome) -> &'static str {
    match it {
        Outcome::Over => "no longer active",
        Outcome::Untrue => "refuted, or entered in error",
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
