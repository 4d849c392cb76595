//! Goals and the actions that serve them.

use serde_json::{Value, json};

use crate::{
    organisations::member_reference,
    person::Person,
    plan::{Action, Goal, Plan},
    programme::Options,
    source::Source,
    wire::{concept, day, hl7_codes, instant, link, plain, reference, text, with},
};

pub(crate) fn goal_key(at: usize) -> String {
    format!("goal-{at}")
}

pub(crate) fn task_key(goal: usize, action: usize) -> String {
    format!("goal-{goal}-action-{action}")
}

pub(crate) fn write(options: &Options, person: &Person, plan: &Plan) -> Vec<Value> {
    let mut all = Vec::new();
    for (at, goal) in plan.goals.iter().enumerate() {
        all.push(write_goal(options, person, plan, at, goal));
        for (nth, action) in goal.actions.iter().enumerate() {
            all.push(task(options, person, plan, (at, nth), action));
        }
    }
    all
}

fn write_goal(options: &Options, person: &Person, plan: &Plan, at: usize, goal: &Goal) -> Value {
    let need = person.problems.get(goal.problem).map(|problem| {
        json!([reference(
            "Condition",
            &person.id(options, Source::Shared, "Condition", problem.condition.key),
            problem.condition.name
        )])
    });
    let (code, words) = goal.achievement;
    with(
        plain(
            "Goal",
            &person.id(options, Source::Shared, "Goal", &goal_key(at)),
        ),
        json!({
            "lifecycleStatus": goal.lifecycle,
            "achievementStatus": concept(&hl7_codes("goal-achievement"), code, words),
            "priority": text(&format!("{} of 10", goal.importance)),
            "description": text(&goal.words),
            "subject": link("Patient", &person.patient_id(options, Source::Shared)),
            "startDate": day(goal.start),
            "target": [{ "dueDate": day(goal.due) }],
            "statusDate": day(plan.reviews.last().copied().unwrap_or(goal.start)),
            "addresses": need,
        }),
    )
}

fn task(
    options: &Options,
    person: &Person,
    plan: &Plan,
    (goal, nth): (usize, usize),
    action: &Action,
) -> Value {
    let words = plan.goals.get(goal).map_or("", |goal| goal.words.as_str());
    with(
        crate::wire::profiled(
            "Task",
            &person.id(options, Source::Shared, "Task", &task_key(goal, nth)),
        ),
        json!({
            "basedOn": [reference("CarePlan", &person.id(options, Source::Shared, "CarePlan", "main"), "Personalised care and support plan")],
            "status": action.status,
            "intent": "plan",
            "priority": "routine",
            "description": action.words,
            "focus": reference("Goal", &person.id(options, Source::Shared, "Goal", &goal_key(goal)), words),
            "for": reference("Patient", &person.patient_id(options, Source::Shared), &person.identity.listed()),
            "authoredOn": instant(action.asked),
            "lastModified": instant(action.touched),
            "owner": member_reference(options, action.owner),
            "restriction": { "period": { "end": day(action.due) } },
        }),
    )
}
