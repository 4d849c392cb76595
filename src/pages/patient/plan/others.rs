//! Plans beside the current one: others in force, drafts, and those that are over.

use leptos::prelude::*;

use super::state::Part;
use super::{goals, head};
use crate::domain::plan::{Outline, Plan, plans};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{self, date};
use crate::ui::nhs::Details;
use crate::ui::{Badge, Panel};

#[component]
pub fn Others() -> impl IntoView {
    let it = opened();
    let found = Memo::new(move |_| it.facts.with(|facts| plans(facts, it.now())));
    let body = move || {
        found.with(|all| {
            let current: Vec<AnyView> = all.others.iter().map(whole).collect();
            let current = if current.is_empty() { vec![said::none_of(Part::Others.topics(), "No other plan is in force")] } else { current };
            let drafts = (!all.drafts.is_empty()).then(|| {
                let drafts = all.drafts.iter().map(whole).collect_view();
                view! { <h4>"In draft"</h4> {drafts} }
            });
            let count = all.past.len();
            let past = (count > 0).then(|| {
                let past = all.past.iter().map(whole).collect_view();
                view! { <Details summary=format!("History: plans that are over ({count})") classes="app-replaced">{past}</Details> }
            });
            let errors = (all.errors > 0).then(|| format!("{} entered in error, not shown", all.errors));
            view! {
                {current}
                {drafts}
                {past}
                {errors.map(|it| view! { <p class="app-quiet">{it}</p> })}
            }
        })
    };
    let topics = Part::Others.topics();
    view! {
        <Panel
            title=Part::Others.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No other plans"
        >
            {body}
        </Panel>
    }
}

/// One plan with all that it says, folded.
fn whole(plan: &Plan) -> AnyView {
    let title = present::plan::title(plan);
    let (tone, status) = head::status(plan);
    let it = opened();
    let (outline, updated) = it
        .facts
        .with(|facts| (Outline::of(facts, plan, false), head::updated(plan)));
    let due = plan.review_due().map(|it| it.0.clone());
    let has_period = plan.period.start.is_some() || plan.period.end.is_some();
    let parts = [
        Some(view! { <Badge tone text=status/> }.into_any()),
        has_period.then(|| said::num(date::period(&plan.period))),
        said::dated("reviewed", plan.reviewed()),
        said::dated("next review", due.as_ref()),
        Some(said::source(&plan.origin.source)),
    ];
    let content = (!outline.is_empty()).then(|| {
        view! { <Details summary="What it says">{goals::told(&outline)}</Details> }
    });
    view! {
        <div class="app-goal">
            <div class="app-goal__head"><h5>{title}</h5> {said::quiet(parts)}</div>
            {plan.description.as_deref().map(said::text)}
            {said::list(&plan.notes)}
            {content}
            {updated.view()}
        </div>
    }
    .into_any()
}
