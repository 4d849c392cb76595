//! Since when and until when something is said: `period`, which members, names and numbers have alike.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::{Period, When};
use crate::fhir::element::raw_text;

/// When a section was opened. Where it is not known, what has an end is over.
pub(super) type Now = Option<DateTime<Utc>>;

pub(super) fn period(it: &Value) -> Period {
    let end = |name| {
        let text = it.get("period").and_then(|it| raw_text(it, name));
        text.map(When::parse)
    };
    Period {
        start: end("start"),
        end: end("end"),
    }
}

pub(super) fn stays(it: &Value) -> bool {
    it.pointer("/period/end").is_none()
}

/// An end to come has not ended anything.
pub(super) fn is_over(it: &Value, now: Now) -> bool {
    !stays(it) && now.is_none_or(|now| period(it).ended(now))
}
