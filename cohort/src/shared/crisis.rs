//! The crisis and contingency plan: a plan of its own, part of the main one.

use serde_json::{Value, json};

use super::care_plan::{main_id, touched};
use crate::{
    organisations::member_reference,
    person::Person,
    plan::Plan,
    programme::Options,
    source::Source,
    wire::{SNOMED, coding, day, instant, profiled, reference, text, with},
};

pub(crate) fn write(options: &Options, person: &Person, plan: &Plan) -> Option<Value> {
    if plan.crisis.is_empty() {
        return None;
    }
    let activities: Vec<Value> = plan
        .crisis
        .iter()
        .map(|(heading, words)| activity(options, person, plan, heading, words))
        .collect();
    Some(with(
        profiled(
            "CarePlan",
            &person.id(options, Source::Shared, "CarePlan", "crisis"),
        ),
        json!({
            "partOf": [reference("CarePlan", &main_id(options, person), "Personalised care and support plan")],
            "status": if person.died.is_some() { "completed" } else { "active" },
            "intent": "plan",
            "category": [{ "coding": [coding(SNOMED, "325691000000100", "Contingency plan")], "text": "Contingency plan" }],
            "title": format!("Crisis plan for {}", person.identity.full_name()),
            "subject": reference("Patient", &person.patient_id(options, Source::Shared), &person.identity.listed()),
            "period": { "start": day(plan.created.date()) },
            "created": instant(touched(plan)),
            "author": member_reference(options, plan.author),
            "activity": activities,
        }),
    ))
}

fn activity(options: &Options, person: &Person, plan: &Plan, heading: &str, words: &str) -> Value {
    let mut performers = Vec::new();
    if heading == "Who should be contacted" {
        performers.push(member_reference(options, plan.ring));
        performers.extend(person.contacts.first().map(|contact| {
            reference(
                "RelatedPerson",
                &person.id(options, Source::Shared, "RelatedPerson", "0"),
                &contact.full_name(),
            )
        }));
    }
    let mut detail = serde_json::Map::new();
    detail.insert("code".into(), text(heading));
    json!({ "detail": with(detail, json!({ "status": "scheduled", "performer": performers, "description": words })) })
}
