//! The plan's state: title, status, reviewed and next review with who keeps it, who wrote it last.

use leptos::prelude::*;

use super::review::Reviewed;
use super::state::Part;
use super::write::{Begin, Desk, Written, can_write, edit_button};
use crate::domain::plan::{Plan, PlanStatus, Review, plans};
use crate::domain::section::Section;
use crate::domain::section::known::behind;
use crate::domain::{Coded, Facts, Topic};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said::{self, Updated};
use crate::present::{self, date, name};
use crate::ui::{Badge, BadgeTone, Fact, Facts as FactList, Panel};

const TOPICS: &[Topic] = &[Topic::Plans];

#[component]
pub fn Head() -> impl IntoView {
    let it = opened();
    let today = said::day_of(it);
    let found = Memo::new(move |_| it.facts.with(|facts| plans(facts, it.now())));
    let current = Memo::new(move |_| found.with(|all| all.current.clone()));
    let desk = Desk::new(it, Part::Head, &[Section::Plan]);
    let none = Memo::new(move |_| {
        found.with(|all| {
            let drafts = all.current.iter().chain(&all.drafts);
            !drafts.into_iter().any(|plan| can_write(it, &plan.origin))
        })
    });
    let edit = move || {
        let about = || "status, review, needs and agreement".to_owned();
        current.with(|it| edit_button(desk, Section::Plan, &it.as_ref()?.origin, about()))
    };
    let body = move || {
        let today = today.get();
        found.with(|all| match &all.current {
            Some(plan) => it.facts.with(|facts| told(facts, plan, today)),
            None => no_plan(all.drafts.len(), all.past.len()),
        })
    };
    let badges = move || {
        let today = today.get();
        view! {
            {move || {
                found.with(|all| {
                    all.current.as_ref().map(|plan| {
                        let (tone, words) = status(plan);
                        let overdue = plan.is_review_overdue(today);
                        view! {
                            <Badge tone text=words/>
                            {overdue.then(|| view! { <Badge tone=BadgeTone::Warn text="Review overdue"/> })}
                        }
                    })
                })
            }}
        }
    };
    view! {
        <Panel
            title="Patient plan"
            level=3
            words=it.panel_always(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="No plan"
            lines=4
            head=badges
        >
            <Written desk>
                {body}
                <Reviewed plan=current/>
                {edit}
                <Begin desk section=Section::Plan topic=Topic::Plans label="Begin a plan" wanted=none/>
            </Written>
        </Panel>
    }
}

fn no_plan(drafts: usize, past: usize) -> AnyView {
    let drafts = match drafts {
        0 => None,
        1 => Some("One plan is in draft: see other plans and history.".to_owned()),
        many => Some(format!(
            "{many} plans are in draft: see other plans and history."
        )),
    };
    let past = (past > 0).then_some("Earlier plans are under other plans and history.");
    view! {
        {said::lacking(TOPICS, "No plan is in force for this person")}
        {drafts.map(|it| view! { <p>{it}</p> })}
        {past.map(|it| view! { <p>{it}</p> })}
        <p class="app-quiet">"What the sources know is shown below."</p>
    }
    .into_any()
}

fn told(facts: &Facts, plan: &Plan, today: chrono::NaiveDate) -> AnyView {
    let title = present::plan::title(plan);
    let reviewed = match plan.reviewed() {
        Some(on) => said::num(date::when(on)),
        None => "Not recorded".into_any(),
    };
    let done_by = plan.reviews.iter().filter_map(|it| match it {
        Review::Done { on, by } if on.as_ref() == plan.reviewed() => {
            said::everybody(facts, &plan.origin.source, by)
        }
        _ => None,
    });
    let done_by: Vec<String> = done_by.collect();
    let period = said::part(date::period(&plan.period))
        .filter(|_| plan.period.start.is_some() || plan.period.end.is_some());
    let next = next_review(facts, plan, today);
    let notes = plan.notes.iter().map(|it| said::text(it)).collect_view();
    let notes = (!plan.notes.is_empty()).then(|| view! { <Fact label="Notes">{notes}</Fact> });
    let builds_on = builds_on(facts, plan);
    let done_by = (!done_by.is_empty()).then(|| format!(", {}", done_by.join(", ")));
    let description = plan.description.as_deref().and_then(name::shown);
    view! {
        <p class="app-strong">{title}</p>
        {description.map(|it| said::text(&it))}
        <FactList>
            <Fact label="Next review">{next}</Fact>
            <Fact label="Last reviewed">
                {reviewed} {done_by}
            </Fact>
            {period.map(|it| view! { <Fact label="In force"><span class="app-num">{it}</span></Fact> })}
            {builds_on.map(|it| view! { <Fact label="Builds on">{it}</Fact> })}
            {notes}
        </FactList>
        {updated(plan).view()}
    }
    .into_any()
}

/// Each as it is known now, with its source; else as the plan names it.
fn builds_on(facts: &Facts, plan: &Plan) -> Option<AnyView> {
    let it = opened();
    let source = &plan.origin.source;
    let lines = plan.supporting.iter().map(|linked| {
        let live = linked.to.as_ref().and_then(|to| behind(facts, source, to));
        let Some(live) = live else {
            let named = said::who(facts, source, &linked.party());
            return view! { <li>{named}</li> }.into_any();
        };
        let now = it.store.now.get_untracked();
        let (name, about) = present::known::known(&live, it.source_name(&live.source), now);
        view! { <li>{name} " " <span class="app-quiet">{about}</span></li> }.into_any()
    });
    (!plan.supporting.is_empty())
        .then(|| view! { <ul class="app-lines">{lines.collect_view()}</ul> }.into_any())
}

fn next_review(facts: &Facts, plan: &Plan, today: chrono::NaiveDate) -> AnyView {
    let Some((on, by)) = plan.review_due() else {
        return "Not planned".into_any();
    };
    let class = if plan.is_review_overdue(today) {
        "app-num app-abnormal"
    } else {
        "app-num"
    };
    let by = said::everybody(facts, &plan.origin.source, by)
        .unwrap_or_else(|| "nobody named".to_owned());
    view! { <span class=class>{date::when(on)}</span> ", " {by} }.into_any()
}

/// Who wrote it last, as the record of writing says. Its author may not be who changed it since.
pub fn updated(plan: &Plan) -> Updated {
    let source = plan.origin.source.clone();
    let written = plan.written.clone();
    let at = written.as_ref().and_then(|it| it.at.clone());
    Updated {
        by: written.as_ref().and_then(|it| it.by.clone()),
        role: written.as_ref().and_then(|it| it.role.clone()),
        organisation: written.and_then(|it| it.organisation),
        when: at
            .or_else(|| plan.origin.updated.map(crate::domain::When::At))
            .or_else(|| plan.created.clone()),
        source,
    }
}

/// The status in words, with its colour.
pub fn status(plan: &Plan) -> (BadgeTone, String) {
    let tone = match &plan.status {
        Some(Coded::Known(PlanStatus::Active)) => BadgeTone::Good,
        Some(Coded::Known(PlanStatus::Draft)) => BadgeTone::Info,
        Some(Coded::Known(PlanStatus::OnHold)) => BadgeTone::Warn,
        _ => BadgeTone::Plain,
    };
    (tone, present::plan::status(plan))
}
