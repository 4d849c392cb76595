//! `Task`: <https://hl7.org/fhir/R4/task.html>.

use crate::domain::plan::{Task, TaskStatus};
use crate::domain::{Origin, When};

use super::super::element::Element;

pub fn read(it: Element<'_>, origin: Origin) -> Task {
    let code = it.concept("code");
    Task {
        origin,
        what: it
            .string("description")
            .or_else(|| code.and_then(|it| it.label().map(str::to_owned))),
        status: it.coded("status", status),
        status_reason: it.concept("statusReason"),
        priority: it.string("priority"),
        requester: it.party("requester"),
        owner: it.party("owner"),
        due: due(it),
        authored: it.when("authoredOn"),
        modified: it.when("lastModified"),
        based_on: it.references("basedOn"),
        focus: it.reference("focus"),
        notes: it.notes("note"),
    }
}

/// The end of the restriction; a period of execution is when it was done, not when it is due.
fn due(it: Element<'_>) -> Option<When> {
    it.object("restriction")?.period("period").end
}

fn status(code: &str) -> Option<TaskStatus> {
    Some(match code {
        "draft" => TaskStatus::Draft,
        "requested" => TaskStatus::Requested,
        "received" => TaskStatus::Received,
        "accepted" => TaskStatus::Accepted,
        "rejected" => TaskStatus::Rejected,
        "ready" => TaskStatus::Ready,
        "cancelled" => TaskStatus::Cancelled,
        "in-progress" => TaskStatus::InProgress,
        "on-hold" => TaskStatus::OnHold,
        "failed" => TaskStatus::Failed,
        "completed" => TaskStatus::Completed,
        "entered-in-error" => TaskStatus::EnteredInError,
        _ => return None,
    })
}
