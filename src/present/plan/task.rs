//! An action of the plan in words.

use chrono::{DateTime, Utc};

use crate::domain::Coded;
use crate::domain::plan::{Task, TaskStatus};
use crate::present::date;
use crate::present::name::{lines, shown};
use crate::present::words::{label, named, party};

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskWords {
    pub what: String,
    /// Who is to do it; `Nobody yet`.
    pub owner: String,
    /// `due 28-Nov-2026`.
    pub due: Option<String>,
    pub overdue: bool,
    pub is_open: bool,
    /// `in progress`, `done`, `rejected: no transport`.
    pub status: String,
    /// `urgent`; `None` for routine ones.
    pub priority: Option<String>,
    pub requester: Option<String>,
    pub modified: Option<String>,
    pub notes: Vec<String>,
}

/// Everything about one action.
pub fn task(it: &Task, now: DateTime<Utc>) -> TaskWords {
    TaskWords {
        what: it
            .what
            .as_deref()
            .and_then(shown)
            .unwrap_or_else(|| "Action not described".to_owned()),
        owner: it
            .owner
            .as_ref()
            .map_or_else(|| "Nobody yet".to_owned(), party),
        due: it
            .due
            .as_ref()
            .map(|it| format!("due {}", date::when_day(it))),
        overdue: it.is_overdue(now),
        is_open: it.is_open(),
        status: task_status(it),
        priority: it
            .priority
            .as_deref()
            .filter(|it| *it != "routine")
            .and_then(shown)
            .map(|it| match it.as_str() {
                "asap" => "as soon as possible".to_owned(),
                "stat" => "at once".to_owned(),
                _ => it,
            }),
        requester: it.requester.as_ref().and_then(named),
        modified: it
            .modified
            .as_ref()
            .or(it.authored.as_ref())
            .map(date::when_day),
        notes: it.notes.iter().flat_map(|it| lines(it)).collect(),
    }
}

fn task_status(it: &Task) -> String {
    let text = match &it.status {
        None => "status not recorded".to_owned(),
        Some(Coded::Unknown(code)) => shown(code).map_or_else(
            || "status not known".to_owned(),
            |it| format!("status: {it}"),
        ),
        Some(Coded::Known(known)) => known_task_status(*known).to_owned(),
    };
    match it.status_reason.as_ref().and_then(label) {
        Some(reason) => format!("{text}: {reason}"),
        None => text,
    }
}

/// The status of an action, also for a choice in a form.
pub const fn known_task_status(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Draft => "draft",
        TaskStatus::Requested => "asked for",
        TaskStatus::Received => "received",
        TaskStatus::Accepted => "accepted",
        TaskStatus::Rejected => "rejected",
        TaskStatus::Ready => "ready to start",
        TaskStatus::Cancelled => "cancelled",
        TaskStatus::InProgress => "in progress",
        TaskStatus::OnHold => "on hold",
        TaskStatus::Failed => "could not be done",
        TaskStatus::Completed => "done",
        TaskStatus::EnteredInError => "entered in error",
    }
}
