//! Legal and end of life: CPR, consents, preferred places, capacity.

use leptos::prelude::*;

use super::cpr;
use super::state::Part;
use crate::domain::When;
use crate::domain::crisis;
use crate::domain::legal::{Consent, Statement};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{date, legal};
use crate::ui::Panel;

#[component]
pub fn Legal() -> impl IntoView {
    let it = opened();
    let decision = Memo::new(move |_| it.facts.with(|facts| crisis::cpr(facts, it.now())));
    let statements = Memo::new(move |_| {
        let mut all = it.facts.with(|facts| facts.statements.clone());
        all.retain(|it| !it.is_error());
        all.sort_by_key(|it| std::cmp::Reverse(it.at.as_ref().and_then(When::earliest)));
        all
    });
    let consents = Memo::new(move |_| {
        let mut all = it.facts.with(|facts| facts.consents.clone());
        all.retain(|it| it.status.as_deref() != Some("entered-in-error"));
        all
    });
    let topics = Part::Legal.topics();
    view! {
        <Panel
            title=Part::Legal.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No decisions, consents or wishes are recorded"
            lines=5
        >
            {move || decision.with(|it| cpr::standing(it.as_ref()))}
            {move || {
                let lines = statements.with(|all| all.iter().map(|it| view! { <li>{statement(it)}</li> }).collect::<Vec<_>>());
                block("Wishes and capacity", "No wishes or assessments of capacity are recorded", lines)
            }}
            {move || {
                let lines = consents.with(|all| all.iter().map(|it| view! { <li>{consent(it)}</li> }).collect::<Vec<_>>());
                block("Consents, decisions and powers", "No consents, advance decisions or powers of attorney are recorded", lines)
            }}
        </Panel>
    }
}

fn block<V: IntoView + 'static>(
    heading: &'static str,
    none: &'static str,
    lines: Vec<V>,
) -> AnyView {
    if lines.is_empty() {
        return view! { <h4>{heading}</h4> {said::none_of(Part::Legal.topics(), none)} }.into_any();
    }
    view! { <h4>{heading}</h4> <ul class="app-lines app-lines--bare">{lines.into_iter().collect_view()}</ul> }.into_any()
}

fn statement(it: &Statement) -> AnyView {
    let words = legal::statement(it);
    let by = opened()
        .facts
        .with(|facts| said::everybody(facts, &it.origin.source, &it.by));
    let status = it.status.as_deref().filter(|it| *it != "final");
    let parts = [
        Some(said::num(date::day_or_not_recorded(it.at.as_ref()))),
        by.and_then(said::part),
        status.and_then(said::part),
        Some(said::source(&it.origin.source)),
    ];
    let value = words.value.join(" ");
    view! {
        <div class="app-row"><span><b>{words.what}</b> ": " {value}</span>{said::quiet(parts)}</div>
        {said::list(&words.notes)}
    }
    .into_any()
}

fn consent(it: &Consent) -> AnyView {
    let words = legal::consent(it, opened().store.now.get_untracked());
    let by = opened()
        .facts
        .with(|facts| said::everybody(facts, &it.origin.source, &it.performers));
    let parts = [
        Some(said::num(words.on)),
        words.period.map(said::num),
        by.and_then(said::part),
        Some(said::source(&it.origin.source)),
    ];
    view! { <div class="app-row"><span><b>{words.what}</b> ": " {words.decision}</span>{said::quiet(parts)}</div> }.into_any()
}
