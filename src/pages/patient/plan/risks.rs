//! Alerts, and the score that put the person into the programme: with its date, method and origin, never a traffic
//! light.

use leptos::prelude::*;

use super::state::Part;
use super::write::{Begin, Desk, Written, edit_link};
use crate::domain::alert::Alert;
use crate::domain::risk::Risk;
use crate::domain::section::Section;
use crate::domain::{Topic, When};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{date, risk};
use crate::ui::Panel;
use crate::ui::nhs::Details;

#[component]
pub fn Risks() -> impl IntoView {
    let it = opened();
    let alerts = Memo::new(move |_| {
        it.facts.with(|facts| {
            let real = facts
                .alerts
                .iter()
                .filter(|it| it.status.as_deref() != Some("entered-in-error"))
                .cloned();
            real.partition::<Vec<Alert>, _>(|alert| alert.is_current(it.now()))
        })
    });
    let risks = Memo::new(move |_| {
        let mut all = it.facts.with(|facts| facts.risks.clone());
        all.retain(|it| !matches!(it.status.as_deref(), Some("entered-in-error" | "cancelled")));
        all.sort_by_key(|it| std::cmp::Reverse(it.at.as_ref().and_then(When::earliest)));
        all
    });
    let desk = Desk::new(it, Part::Risks, &[Section::Alert]);
    let always = Signal::stored(true);
    let alert_lines = move || {
        alerts.with(|(current, past)| {
            let now = if current.is_empty() { said::none_of(&[Topic::Alerts], "No alerts are in force") } else { lines(current, desk) };
            let (count, past) = (past.len(), lines(past, desk));
            view! {
                <h4>"Alerts"</h4>
                {now}
                {(count > 0).then(|| view! { <Details summary=format!("Past alerts ({count})")>{past}</Details> })}
            }
        })
    };
    let risk_lines = move || {
        risks.with(|all| {
            let scores = if all.is_empty() {
                said::none_of(&[Topic::Risk], "No risk score is recorded")
            } else {
                scores(all)
            };
            view! { <h4>"Risk of admission and other assessments"</h4> {scores} }
        })
    };
    let topics = Part::Risks.topics();
    view! {
        <Panel
            title=Part::Risks.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No risks are recorded"
        >
            <Written desk>
                {alert_lines}
                <Begin desk section=Section::Alert topic=Topic::Alerts label="Add an alert" wanted=always/>
                {risk_lines}
            </Written>
        </Panel>
    }
}

fn lines(all: &[Alert], desk: Desk) -> AnyView {
    let all = all
        .iter()
        .map(|it| view! { <li>{alert(it, desk)}</li> })
        .collect_view();
    view! { <ul class="app-lines app-lines--bare">{all}</ul> }.into_any()
}

fn alert(alert: &Alert, desk: Desk) -> AnyView {
    let what = said::label(&alert.what).unwrap_or_else(|| "Alert without words".to_owned());
    let author = alert.author.as_ref().map(|it| {
        opened()
            .facts
            .with(|facts| said::who(facts, &alert.origin.source, it))
    });
    let has_period = alert.period.start.is_some() || alert.period.end.is_some();
    let parts = [
        said::labels(&alert.categories).and_then(said::part),
        has_period.then(|| said::num(date::period(&alert.period))),
        author.and_then(said::part),
        Some(said::source(&alert.origin.source)),
    ];
    let change = edit_link(
        desk,
        Section::Alert,
        &alert.origin,
        ("Change", what.clone()),
    );
    view! { <div class="app-row"><span>{what} " " {change}</span>{said::quiet(parts)}</div> }
        .into_any()
}

fn scores(all: &[Risk]) -> AnyView {
    let all = all
        .iter()
        .map(|it| view! { <li>{score(it)}</li> })
        .collect_view();
    view! { <ul class="app-lines app-lines--bare">{all}</ul> }.into_any()
}

fn score(it: &Risk) -> AnyView {
    let words = risk::words(it);
    let lines = words
        .lines
        .iter()
        .map(|it| view! { <p>{it.clone()}</p> })
        .collect_view();
    let by = it.performer.as_ref().map(|by| {
        opened()
            .facts
            .with(|facts| said::who(facts, &it.origin.source, by))
    });
    let by = by.filter(|it| !words.origin.contains(it));
    let parts = [
        Some(said::num(words.origin)),
        by.and_then(said::part),
        words.status.and_then(said::part),
        Some(said::source(&it.origin.source)),
    ];
    view! { <div class="app-row"><div>{lines} {said::list(&words.mitigation)}</div>{said::quiet(parts)}</div> }.into_any()
}
