//! The main plan with its reviews, and what the person says about themselves.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use serde_json::{Value, json};

use super::goals::{goal_key, task_key};
use crate::{
    organisations::member_reference,
    person::Person,
    plan::Plan,
    programme::Options,
    source::Source,
    wire::{SNOMED, coding, day, instant, link, profiled, reference, spoken, text, with},
};

pub(crate) fn main_id(options: &Options, person: &Person) -> String {
    person.id(options, Source::Shared, "CarePlan", "main")
}

/// When the plan was last gone through: its last review, else its beginning.
pub(crate) fn touched(plan: &Plan) -> NaiveDateTime {
    plan.reviews.last().map_or(plan.created, |review| {
        review.and_time(NaiveTime::MIN) + TimeDelta::hours(14)
    })
}

pub(crate) fn write(options: &Options, person: &Person, plan: &Plan) -> Value {
    let id = |kind: &str, key: &str| person.id(options, Source::Shared, kind, key);
    let needs: Vec<Value> = person
        .problems
        .iter()
        .map(|problem| {
            reference(
                "Condition",
                &id("Condition", problem.condition.key),
                problem.condition.name,
            )
        })
        .collect();
    let goals: Vec<Value> = plan
        .goals
        .iter()
        .enumerate()
        .map(|(at, goal)| reference("Goal", &id("Goal", &goal_key(at)), &goal.words))
        .collect();
    with(
        profiled("CarePlan", &main_id(options, person)),
        json!({
            "status": if person.died.is_some() { "completed" } else { "active" },
            "intent": "plan",
            "category": [text("Personalised care and support plan")],
            "title": format!("Personalised care and support plan for {}", person.identity.full_name()),
            "subject": reference("Patient", &person.patient_id(options, Source::Shared), &person.identity.listed()),
            "period": { "start": day(plan.created.date()) },
            "created": instant(plan.created),
            "author": member_reference(options, plan.author),
            "careTeam": [reference("CareTeam", &id("CareTeam", ""), &format!("Team around {}", person.identity.full_name()))],
            "addresses": needs,
            "goal": goals,
            "activity": activities(options, person, plan),
            "note": [{ "time": instant(touched(plan)), "text": agreed(person, plan) }],
        }),
    )
}

fn agreed(person: &Person, plan: &Plan) -> String {
    let with = person
        .contacts
        .first()
        .map(|contact| format!(" with {} ({})", contact.full_name(), contact.relation.1))
        .unwrap_or_default();
    format!(
        "Agreed with {}{with}, {}",
        person.identity.called(),
        spoken(touched(plan).date())
    )
}

/// Actions as tasks, some as received, and the reviews: past ones completed, the next one scheduled.
fn activities(options: &Options, person: &Person, plan: &Plan) -> Vec<Value> {
    let mut activities = Vec::new();
    for (at, goal) in plan.goals.iter().enumerate() {
        for (nth, action) in goal.actions.iter().enumerate() {
            let id = person.id(options, Source::Shared, "Task", &task_key(at, nth));
            activities.push(json!({ "reference": reference("Task", &id, &action.words) }));
        }
    }
    for words in &plan.received {
        activities.push(json!({ "detail": { "status": "completed", "description": words, "performer": [{ "display": crate::organisations::COUNCIL }] } }));
    }
    let code =
        json!({ "coding": [coding(SNOMED, "425268008", "Plan review")], "text": "Plan review" });
    let who = member_reference(options, plan.reviewer);
    for review in &plan.reviews {
        activities.push(json!({ "detail": { "code": code, "status": "completed", "scheduledPeriod": { "start": day(*review), "end": day(*review) }, "performer": [who] } }));
    }
    if let Some(next) = plan.next_review {
        activities.push(json!({ "detail": { "code": code, "status": "scheduled", "scheduledPeriod": { "start": day(next) }, "performer": [who] } }));
    }
    activities
}

pub(crate) fn about_me(options: &Options, person: &Person, plan: &Plan) -> Option<Value> {
    if plan.about.is_empty() {
        return None;
    }
    let items: Vec<Value> = plan
        .about
        .iter()
        .enumerate()
        .map(|(at, (heading, words))| json!({ "linkId": format!("about-{}", at + 1), "text": heading, "answer": [{ "valueString": words }] }))
        .collect();
    let patient = person.patient_id(options, Source::Shared);
    Some(with(
        profiled(
            "QuestionnaireResponse",
            &person.id(options, Source::Shared, "QuestionnaireResponse", "about-me"),
        ),
        json!({
            "basedOn": [reference("CarePlan", &main_id(options, person), "Personalised care and support plan")],
            "questionnaire": "urn:alongside:about-me",
            "status": "completed",
            "subject": link("Patient", &patient),
            "authored": instant(touched(plan)),
            "author": member_reference(options, plan.author),
            "source": reference("Patient", &patient, &person.identity.full_name()),
            "item": items,
        }),
    ))
}

/// Who last wrote the plan and its crisis plan. For people in full detail only.
pub(crate) fn provenance(options: &Options, person: &Person, plan: &Plan) -> Vec<Value> {
    if !person.full {
        return Vec::new();
    }
    let mut all = vec![super::provenance(
        options,
        person,
        "plan",
        &link("CarePlan", &main_id(options, person)),
        plan.reviewer,
        touched(plan),
    )];
    if !plan.crisis.is_empty() {
        let target = link(
            "CarePlan",
            &person.id(options, Source::Shared, "CarePlan", "crisis"),
        );
        all.push(super::provenance(
            options,
            person,
            "crisis",
            &target,
            plan.author,
            touched(plan),
        ));
    }
    all
}
