//! `CarePlan`: <https://hl7.org/fhir/R4/careplan.html>.

use crate::domain::code::SNOMED;
use crate::domain::plan::{ActionDetail, Plan, PlanAction, PlanKind, PlanStatus, Review};
use crate::domain::{Concept, Origin, Period};

use super::super::element::Element;
use super::super::review::REVIEW;
use super::super::{timing, words};

/// The National Record Locator's pointer types for plans that are wanted in a crisis (record-model.md).
const CRISIS: [&str; 8] = [
    "736253002",        // mental health crisis plan
    "887701000000100",  // emergency healthcare plan
    "325691000000100",  // contingency plan
    "735324008",        // treatment escalation plan
    "736366004",        // advance care plan
    "736373009",        // end of life care plan
    "861421000000109",  // end of life coordination summary
    "1382601000000107", // ReSPECT form
];

/// With what it addresses and builds on.
pub fn whole(it: Element<'_>, origin: Origin) -> Plan {
    let linked = |name, kind| it.list(name).filter_map(|it| it.as_linked(kind)).collect();
    Plan {
        needs: linked("addresses", "Condition"),
        supporting: linked("supportingInfo", ""),
        ..read(it, origin)
    }
}

/// As lists know it.
pub fn read(it: Element<'_>, origin: Origin) -> Plan {
    let categories = it.concepts("category");
    let part_of = it.references("partOf").into_iter().next();
    let is_part = it.value().get("partOf").is_some();
    let mut actions = Vec::new();
    let mut reviews = Vec::new();
    for activity in it.list("activity") {
        match read_activity(activity) {
            Some(Activity::Action(action)) => actions.push(action),
            Some(Activity::Review(review)) => reviews.push(review),
            None => {}
        }
    }
    Plan {
        origin,
        kind: kind(&categories, is_part),
        status: it.coded("status", status),
        categories,
        title: it.string("title"),
        description: it.string("description"),
        period: it.period("period"),
        created: it.when("created"),
        author: it.party("author"),
        needs: Vec::new(),
        goals: it.references("goal"),
        actions,
        part_of,
        reviews,
        teams: it.references("careTeam"),
        supporting: Vec::new(),
        notes: it.notes("note"),
        written: None,
    }
}

fn kind(categories: &[Concept], is_part: bool) -> PlanKind {
    let is_crisis = |it: &Concept| CRISIS.iter().any(|code| it.has(SNOMED, code));
    if categories.iter().any(is_crisis) {
        PlanKind::Crisis
    } else if is_part {
        PlanKind::Other
    } else {
        PlanKind::Main
    }
}

enum Activity {
    Action(PlanAction),
    Review(Review),
}

fn read_activity(it: Element<'_>) -> Option<Activity> {
    let notes = it.notes("progress");
    let mut outcomes = it.concepts("outcomeCodeableConcept");
    let reached = it.parties("outcomeReference").into_iter();
    outcomes.extend(
        reached
            .filter_map(|it| it.name)
            .map(|it| Concept::from_text(&it)),
    );
    if let Some(detail) = it.object("detail") {
        if let Some(code) = detail.concept("code").filter(|it| it.has(SNOMED, REVIEW)) {
            return Some(Activity::Review(review(detail, &code)));
        }
        let mut action = read_detail(detail);
        action.notes = notes;
        action.outcomes = outcomes;
        return Some(Activity::Action(PlanAction::Detail(Box::new(action))));
    }
    let party = it.party("reference")?;
    // What cannot be followed, or has more to say than the resource it names, is kept in words.
    match party.reference {
        Some(to) if notes.is_empty() && outcomes.is_empty() => {
            Some(Activity::Action(PlanAction::Task(to, party.name)))
        }
        reference => {
            let named = party.name.or_else(|| reference.map(|it| it.to_string()));
            Some(Activity::Action(PlanAction::Detail(Box::new(
                ActionDetail {
                    description: named,
                    notes,
                    outcomes,
                    ..ActionDetail::default()
                },
            ))))
        }
    }
}

fn read_detail(it: Element<'_>) -> ActionDetail {
    let (scheduled, scheduled_text) = match it.choice("scheduled") {
        Some(("Period", it)) => (it.as_period(), None),
        Some(("Timing", it)) => (Period::default(), timing::timing(it)),
        Some((_, it)) => (Period::default(), it.as_text().map(str::to_owned)),
        None => (Period::default(), None),
    };
    ActionDetail {
        heading: it.concept("code"),
        description: description(it),
        status: it.string("status"),
        scheduled,
        scheduled_text,
        // Unreadable counts as "do not": nobody is told to do what was perhaps forbidden.
        do_not: it
            .at("doNotPerform")
            .is_some_and(|it| it.as_flag().unwrap_or(true)),
        goals: it.references("goal"),
        performers: it.parties("performer"),
        ..ActionDetail::default()
    }
}

/// The words, else the product that the action is about with its amounts.
fn description(it: Element<'_>) -> Option<String> {
    let product = match it.choice("product") {
        Some(("CodeableConcept", it)) => {
            it.as_concept().and_then(|it| it.label().map(str::to_owned))
        }
        Some((_, it)) => it.as_party().and_then(|it| it.name),
        None => None,
    };
    let amount = |name: &str, of: &str| {
        let amount = it.amount(name)?;
        Some(format!("{} {of}", words::amount(&amount)))
    };
    let mut parts: Vec<String> = it.string("description").into_iter().collect();
    parts.extend(product);
    parts.extend(amount("dailyAmount", "a day"));
    parts.extend(amount("quantity", "in all"));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Kept when completed; otherwise due, on the day its period starts. One that was called off is due no more, and
/// stays as a review without a day rather than disappear.
fn review(it: Element<'_>, code: &Concept) -> Review {
    let (start, end) = match it.choice("scheduled") {
        Some(("Period", it)) => {
            let period = it.as_period();
            (period.start, period.end)
        }
        Some(("String", it)) => (it.as_when(), None),
        Some((_, it)) => {
            it.wrong("is of a kind that is not read");
            (None, None)
        }
        None => (None, None),
    };
    let by = it.parties("performer");
    match it.text("status") {
        Some("completed") => Review::Done {
            on: end.or(start),
            by,
        },
        Some("cancelled" | "stopped" | "entered-in-error") => Review::Due { on: None, by },
        _ => {
            if start.is_none() && end.is_none() {
                let what = code.label().unwrap_or("the review");
                it.wrong(&format!("{what} has no date"));
            }
            Review::Due {
                on: start.or(end),
                by,
            }
        }
    }
}

fn status(code: &str) -> Option<PlanStatus> {
    Some(match code {
        "draft" => PlanStatus::Draft,
        "active" => PlanStatus::Active,
        "on-hold" => PlanStatus::OnHold,
        "revoked" => PlanStatus::Revoked,
        "completed" => PlanStatus::Completed,
        "entered-in-error" => PlanStatus::EnteredInError,
        "unknown" => PlanStatus::Unknown,
        _ => return None,
    })
}
