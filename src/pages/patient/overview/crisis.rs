//! The crisis plan in brief: triggers, what to do, who to call; CPR with where the paper is.

use leptos::prelude::*;

use crate::domain::{Topic, crisis};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said::CRISIS;
use crate::present;
use crate::routes::{Page, Section};
use crate::ui::{Panel, PanelKind, Words};

#[component]
pub fn Crisis() -> impl IntoView {
    let it = opened();
    let plans = Memo::new(move |_| it.facts.with(|facts| crisis::plans(facts, it.now())));
    let cpr = Memo::new(move |_| it.facts.with(|facts| crisis::cpr(facts, it.now())));
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Plan).path());
    let body = move || {
        let plans = plans.get();
        if plans.is_empty() {
            let words = it.none(&[Topic::Plans], "No crisis plan");
            return view! { <div><strong>{words}</strong></div> }.into_any();
        }
        plans
            .into_iter()
            .take(2)
            .map(|plan| view! { <Brief plan/> })
            .collect_view()
            .into_any()
    };
    let decision = move || {
        if let Some(standing) = cpr.get() {
            let words = present::crisis::cpr(&standing, |id| it.source_name(id));
            let paper = words
                .notes
                .first()
                .cloned()
                .map(|it| view! { <div class="app-quiet">{it}</div> });
            view! {
            <div>
                <b>"CPR"</b> " " {words.decision} {words.when.map(|it| view! { ", " <Words text=it/> })}
            </div>
            {paper}
            {words.warning.map(|it| view! { <div class="app-abnormal">{it}</div> })}
        }
        .into_any()
        } else {
            let words = it.none(&[Topic::Legal], "CPR decision not recorded");
            view! { <div class="app-quiet">{words}</div> }.into_any()
        }
    };
    view! {
        <Panel
            title="If it goes wrong"
            kind=PanelKind::Crisis
            words=it.panel_always(CRISIS)
            on_retry=it.retry(CRISIS)
            empty="No crisis plan"
            lines=5
            more=move || view! { <a class="nhsuk-link" href=format!("{href}#crisis")>"Open"</a> }
        >
            {body}
            {decision}
        </Panel>
    }
}

#[component]
fn Brief(plan: crisis::Crisis) -> impl IntoView {
    let line = |label: &'static str, words: &[String]| {
        let words = words
            .iter()
            .map(|it| present::name::clean(it))
            .collect::<Vec<_>>()
            .join("; ");
        (!words.is_empty()).then(|| view! { <li><b>{label}</b> " " {words}</li> })
    };
    let calls = plan.contacts.iter().take(2).enumerate().map(|(at, contact)| {
        let name = contact.name.clone().unwrap_or_else(|| "Name not given".to_owned());
        let number = contact.phones.first().and_then(present::contact::tel);
        view! {
            {(at > 0).then_some("; then ")}
            {name} " "
            {number.map(|(href, shown)| view! { <a class="nhsuk-link app-num" href=href>{shown}</a> })}
        }
    });
    let calls = calls.collect_view();
    view! {
        <ul class="app-brief">
            {line("Triggers", &plan.triggers)}
            {line("Do", &plan.to_do)}
            {(!plan.contacts.is_empty()).then(|| view! { <li><b>"Call"</b> " " {calls}</li> })}
            {plan.contacts.is_empty().then(|| line("Call", &plan.contact_words))}
        </ul>
    }
}
