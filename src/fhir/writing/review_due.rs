//! The review of a plan that is due: when, and who answers for it.

use serde_json::{Map, Value, json};

use super::fields::put;
use super::links;
use crate::domain::section::{Chosen, day};
use crate::fhir::review::{is_due, review_code};

fn due(plan: &Value) -> Option<&Value> {
    let all = plan.get("activity").and_then(Value::as_array);
    let due = all.into_iter().flatten().filter(|it| is_due(it));
    due.min_by_key(|it| start(it).map(str::to_owned))?
        .get("detail")
}

fn start(activity: &Value) -> Option<&str> {
    activity
        .pointer("/detail/scheduledPeriod/start")
        .and_then(Value::as_str)
}

/// The day; `None` where the plan says when in another way.
pub(super) fn day_of(plan: &Value) -> Option<String> {
    let Some(detail) = due(plan) else {
        return Some(String::new());
    };
    if detail.get("scheduledTiming").is_some() || detail.get("scheduledString").is_some() {
        return None;
    }
    match detail.pointer("/scheduledPeriod/start") {
        None => Some(String::new()),
        Some(it) => super::fields::day_in(it),
    }
}

/// Who answers for it; `None` where these are several.
pub(super) fn responsible(plan: &Value) -> Option<String> {
    let Some(detail) = due(plan) else {
        return Some(String::new());
    };
    match detail.get("performer").map(Value::as_array) {
        None => Some(String::new()),
        Some(Some(all)) => match all.as_slice() {
            [] => Some(String::new()),
            [one] => links::read(one).map(|it| it.to_string()),
            _ => None,
        },
        Some(None) => None,
    }
}

/// The detail of the review that is due, planned now where none was.
fn detail(plan: &mut Value) -> Option<&mut Map<String, Value>> {
    if due(plan).is_none() {
        let new = json!({ "detail": { "code": review_code(), "status": "scheduled" } });
        links::push(plan, "activity", new);
    }
    let all = plan.get_mut("activity").and_then(Value::as_array_mut)?;
    let due = all.iter_mut().filter(|it| is_due(it));
    due.min_by_key(|it| start(it).map(str::to_owned))?
        .get_mut("detail")?
        .as_object_mut()
}

/// A blank day calls the review off.
pub(super) fn set_day(plan: &mut Value, typed: Option<&str>) {
    let Some(detail) = detail(plan) else { return };
    match typed.and_then(day::read) {
        Some(day) => {
            let when = detail
                .entry("scheduledPeriod")
                .or_insert_with(|| json!({}))
                .as_object_mut();
            if let Some(when) = when {
                put(when, "start", Some(day.to_string().into()));
                // It would end before it starts.
                put(when, "end", None);
            }
        }
        None => put(detail, "status", Some("cancelled".into())),
    }
}

pub(super) fn set_responsible(plan: &mut Value, who: Option<&Chosen>) {
    let Some(detail) = detail(plan) else { return };
    match who {
        Some(who) => {
            detail.insert("performer".to_owned(), json!([links::write(who)]));
        }
        None => _ = detail.shift_remove("performer"),
    }
}
