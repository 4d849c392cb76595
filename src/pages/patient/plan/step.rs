//! One action of a plan: what, who, until when, how it stands.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::write::{Desk, edit_link};
use crate::domain::plan::{ActionDetail, Step, Task, not_given};
use crate::domain::section::Section;
use crate::domain::{Facts, SourceId};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{date, name, plan};
use crate::ui::nhs::Details;
use crate::ui::{Badge, BadgeTone};

/// Open actions in a list; those that are done or called off folded under it.
pub fn steps(all: &[Step]) -> AnyView {
    let (open, over): (Vec<&Step>, Vec<&Step>) = all.iter().partition(|it| it.is_open());
    let line = |it: &&Step| view! { <li>{step(it)}</li> };
    let count = over.len();
    let over = over.iter().map(line).collect_view();
    let open = open.iter().map(line).collect_view();
    view! {
        <ul class="app-lines app-lines--bare app-steps">{open}</ul>
        {(count > 0)
            .then(|| {
                view! {
                    <Details summary=format!("Done or called off ({count})")>
                        <ul class="app-lines app-lines--bare">{over}</ul>
                    </Details>
                }
            })}
    }
    .into_any()
}

fn step(step: &Step) -> AnyView {
    let it = opened();
    let now = it.store.now.get_untracked();
    let overdue = step.is_overdue(now);
    let (what, facts, notes) = it.facts.with(|facts| match step {
        Step::Task(task) => task_words(facts, task, now),
        Step::Told(source, detail) => detail_words(facts, source, detail),
        Step::Missing(_, to, name) => (not_given(to, name.as_deref()), Vec::new(), Vec::new()),
    });
    let overdue =
        overdue.then(|| view! { <Badge tone=BadgeTone::Warn text="Overdue"/> }.into_any());
    let tag = Some(said::source(step.source()));
    let change = match (step, use_context::<Desk>()) {
        (Step::Task(task), Some(desk)) => edit_link(
            desk,
            Section::Action,
            &task.origin,
            ("Change", format!("the action {what}")),
        ),
        _ => None,
    };
    view! {
        <div class="app-row app-step">
            <span>{what}</span>
            {said::quiet(std::iter::once(overdue).chain(facts).chain([tag, change]))}
        </div>
        {said::list(&notes)}
    }
    .into_any()
}

type Words = (String, Vec<Option<AnyView>>, Vec<String>);

fn task_words(facts: &Facts, task: &Task, now: DateTime<Utc>) -> Words {
    let mut task = task.clone();
    said::fill(facts, &task.origin.source, &mut task.owner);
    let words = plan::task(&task, now);
    (
        words.what,
        vec![
            words.priority.and_then(said::part),
            said::part(words.owner),
            words
                .due
                .map(said::num)
                .or_else(|| said::part("no due date")),
            said::part(words.status),
        ],
        words.notes,
    )
}

fn detail_words(facts: &Facts, source: &SourceId, detail: &ActionDetail) -> Words {
    let heading = detail.heading.as_ref().and_then(said::label);
    let described = detail.description.as_deref().and_then(name::shown);
    let what = match (heading, described) {
        (Some(heading), Some(what)) => format!("{heading}: {what}"),
        (heading, what) => heading
            .or(what)
            .unwrap_or_else(|| "Action without a description".to_owned()),
    };
    let has_period = detail.scheduled.start.is_some() || detail.scheduled.end.is_some();
    let outcome = said::labels(&detail.outcomes).map(|it| format!("Outcome: {it}"));
    let mut notes = detail.notes.clone();
    notes.extend(outcome);
    (
        if detail.do_not {
            format!("Do not: {what}")
        } else {
            what
        },
        vec![
            said::part(
                said::everybody(facts, source, &detail.performers)
                    .unwrap_or_else(|| "No owner".to_owned()),
            ),
            has_period.then(|| said::num(date::period(&detail.scheduled))),
            detail.scheduled_text.as_deref().and_then(said::part),
            detail
                .status
                .as_deref()
                .and_then(|it| said::part(if it == "completed" { "done" } else { it })),
        ],
        notes,
    )
}
