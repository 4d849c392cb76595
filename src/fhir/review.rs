//! A review of a plan that was kept: `CarePlan.activity` with SNOMED |Review of care plan|
//! (<https://hl7.org/fhir/R4/careplan.html>). The one that was due is completed, the next one is planned.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Resource;
use super::element::raw_text;
use crate::domain::ResourceRef;
use crate::domain::code::SNOMED;

/// SNOMED |Review of care plan|.
pub(super) const REVIEW: &str = "425268008";

/// A review that somebody kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    pub on: NaiveDate,
    pub by: (&'a ResourceRef, &'a str),
    /// When the next one is due.
    pub next: NaiveDate,
}

/// The plan with this review. Only the review that was due changes, and another is added; who answers for the next one
/// is who answered for this. Of a review that they have kept on that day already, only when the next one is due changes.
#[must_use]
pub fn reviewed(plan: &Resource, kept: Kept<'_>) -> Resource {
    let mut value = plan.value().clone();
    let mut all = match value.get_mut("activity").map(Value::take) {
        Some(Value::Array(all)) => all,
        _ => Vec::new(),
    };
    let (on, next) = (kept.on.to_string(), kept.next.to_string());
    let (who, name) = kept.by;
    let me = json!([{ "reference": who.to_string(), "display": name }]);
    if has_kept(plan, kept) && plan_next(&mut all, &next) {
        return with_activities(plan, value, all);
    }
    let due = all
        .iter_mut()
        .filter(|it| is_due(it))
        .min_by_key(|it| start(it).map(str::to_owned));
    let (mut code, mut responsible) = (review_code(), me.clone());
    if let Some(detail) = due
        .and_then(|it| it.get_mut("detail"))
        .and_then(Value::as_object_mut)
    {
        code = detail.get("code").cloned().unwrap_or(code);
        responsible = detail.get("performer").cloned().unwrap_or(responsible);
        // A plan says in one way when something is.
        detail.shift_remove("scheduledString");
        detail.shift_remove("scheduledTiming");
        detail.insert("status".to_owned(), "completed".into());
        detail.insert(
            "scheduledPeriod".to_owned(),
            json!({ "start": on, "end": on }),
        );
        detail.insert("performer".to_owned(), me);
    } else {
        all.push(json!({ "detail": {
            "code": code, "status": "completed",
            "scheduledPeriod": { "start": on, "end": on }, "performer": me
        } }));
    }
    all.push(json!({ "detail": {
        "code": code, "status": "scheduled",
        "scheduledPeriod": { "start": next }, "performer": responsible
    } }));
    with_activities(plan, value, all)
}

fn with_activities(plan: &Resource, mut value: Value, all: Vec<Value>) -> Resource {
    if let Some(members) = value.as_object_mut() {
        members.insert("activity".to_owned(), Value::Array(all));
    }
    Resource::from_value(value).unwrap_or_else(|| plan.clone())
}

/// The review that was planned last is due on another day. Whether there is one.
fn plan_next(all: &mut [Value], next: &str) -> bool {
    let planned = all.iter_mut().rfind(|it| is_due(it));
    let detail = planned.and_then(|it| it.get_mut("detail")?.as_object_mut());
    let Some(detail) = detail else { return false };
    detail.shift_remove("scheduledString");
    detail.shift_remove("scheduledTiming");
    detail.insert("scheduledPeriod".to_owned(), json!({ "start": next }));
    true
}

/// Whether the plan says that this was done: it had arrived, though nobody was told.
pub fn has_review(plan: &Resource, kept: Kept<'_>) -> bool {
    let next = kept.next.to_string();
    let is_next = |it: &Value| is_due(it) && start(it) == Some(&next);
    has_kept(plan, kept) && activities(plan).any(is_next)
}

/// Whether they have reviewed it on that day, whenever the next one is due.
fn has_kept(plan: &Resource, kept: Kept<'_>) -> bool {
    let (on, who) = (kept.on.to_string(), kept.by.0.to_string());
    activities(plan).any(|it| {
        let by = it.pointer("/detail/performer/0/reference");
        is_review(it)
            && raw_text(&it["detail"], "status") == Some("completed")
            && start(it) == Some(&on)
            && by.and_then(Value::as_str) == Some(&who)
    })
}

fn activities(plan: &Resource) -> impl Iterator<Item = &Value> {
    let all = plan.value().get("activity").and_then(Value::as_array);
    all.into_iter().flatten()
}

/// SNOMED |Review of care plan| as it is written.
pub(super) fn review_code() -> Value {
    json!({
        "coding": [{ "system": SNOMED, "code": REVIEW, "display": "Review of care plan" }],
        "text": "Plan review"
    })
}

fn is_review(activity: &Value) -> bool {
    let codes = activity.pointer("/detail/code/coding");
    codes.and_then(Value::as_array).is_some_and(|all| {
        all.iter().any(|it| {
            raw_text(it, "system") == Some(SNOMED) && raw_text(it, "code") == Some(REVIEW)
        })
    })
}

pub(super) fn is_due(activity: &Value) -> bool {
    let status = activity.pointer("/detail/status").and_then(Value::as_str);
    is_review(activity) && matches!(status, Some("scheduled" | "not-started" | "in-progress"))
}

fn start(activity: &Value) -> Option<&str> {
    activity
        .pointer("/detail/scheduledPeriod/start")
        .and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SourceId;
    use crate::domain::plan::Review;

    fn day(raw: &str) -> NaiveDate {
        raw.parse().unwrap_or_default()
    }

    fn plan() -> Resource {
        let code = json!({ "coding": [{ "system": SNOMED, "code": REVIEW }] });
        let review = |status: &str, start: &str| json!({ "id": "theirs", "detail": { "code": code, "status": status, "scheduledPeriod": { "start": start }, "performer": [{ "display": "Dr Ahmed" }], "extension": [{ "url": "urn:x" }] } });
        let plan = json!({
            "resourceType": "CarePlan", "id": "c1", "status": "active", "intent": "plan",
            "subject": { "reference": "Patient/p" },
            "activity": [
                review("scheduled", "2027-06-01"),
                { "reference": { "reference": "Task/1" } },
                review("scheduled", "2026-10-01"),
                review("completed", "2026-04-01"),
            ],
            "note": [{ "text": "keep" }]
        });
        Resource::from_value(plan).unwrap_or_else(|| Resource::nothing("CarePlan"))
    }

    #[test]
    fn the_review_that_was_due_is_kept_and_the_next_one_is_planned() {
        let me = ResourceRef::new("PractitionerRole", "r1");
        let kept = Kept {
            on: day("2026-11-22"),
            by: (&me, "Asha Rahman"),
            next: day("2027-02-22"),
        };
        assert!(!has_review(&plan(), kept));
        let after = reviewed(&plan(), kept);
        assert!(has_review(&after, kept));
        let (mut before, mut now) = (plan().into_value(), after.value().clone());
        let added = now["activity"].as_array_mut().and_then(Vec::pop);
        assert_eq!(
            added.map(|it| it["detail"]["performer"][0]["display"].clone()),
            Some("Dr Ahmed".into())
        );
        let changed = before["activity"][2]["detail"].as_object_mut();
        if let Some(it) = changed {
            it.insert("status".to_owned(), "completed".into());
            it.insert(
                "scheduledPeriod".to_owned(),
                json!({ "start": "2026-11-22", "end": "2026-11-22" }),
            );
            it.insert(
                "performer".to_owned(),
                json!([{ "reference": "PractitionerRole/r1", "display": "Asha Rahman" }]),
            );
        }
        assert_eq!(now.to_string(), before.to_string(), "nothing else");
        let facts = crate::fhir::facts(&SourceId::new("shared"), [after.value()]);
        let due = facts
            .plans
            .first()
            .and_then(|it| it.review_due().map(|it| it.0.clone()));
        assert_eq!(due, Some(crate::domain::When::Day(day("2027-02-22"))));
        // Another day for the next one is no second review.
        let later = Kept {
            next: day("2027-05-22"),
            ..kept
        };
        assert!(!has_review(&after, later));
        let moved = reviewed(&after, later);
        assert!(has_review(&moved, later) && !has_review(&moved, kept));
        assert_eq!(activities(&moved).count(), activities(&after).count());
        let done = facts.plans.first().map(|it| {
            it.reviews
                .iter()
                .filter(|it| matches!(it, Review::Done { .. }))
                .count()
        });
        assert_eq!(done, Some(2));
    }

    #[test]
    fn a_plan_that_was_never_reviewed_gets_both() {
        let me = ResourceRef::new("PractitionerRole", "r1");
        let kept = Kept {
            on: day("2026-11-22"),
            by: (&me, "Asha Rahman"),
            next: day("2027-02-22"),
        };
        let bare = Resource::nothing("CarePlan");
        let after = reviewed(&bare, kept);
        assert!(has_review(&after, kept));
    }
}
