//! Individual needs: language and interpreter, reasonable adjustments, impairments.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::state::Part;
use super::write::{Begin, Desk, Written, edit_link};
use crate::domain::plan::is_individual_need;
use crate::domain::section::Section;
use crate::domain::{Facts, Origin, SourceId, Topic, When};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::ui::Panel;

/// One need, in words, with when it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    what: String,
    since: Option<When>,
    sources: Vec<SourceId>,
    /// The alerts that say so, which can be changed.
    alerts: Vec<Origin>,
}

/// Each need once, whoever recorded it.
pub fn found(facts: &Facts, now: DateTime<Utc>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut add = |what: String, since: Option<&When>, source: &SourceId| match all
        .iter_mut()
        .find(|it| it.what.eq_ignore_ascii_case(&what))
    {
        Some(known) => known.sources.push(source.clone()),
        None => all.push(Found {
            what,
            since: since.cloned(),
            sources: vec![source.clone()],
            alerts: Vec::new(),
        }),
    };
    for patient in &facts.patients {
        let languages = said::labels(&patient.languages);
        let source = &patient.origin.source;
        if patient.interpreter_required {
            let language = languages
                .as_ref()
                .map(|it| format!(": {it}"))
                .unwrap_or_default();
            add(format!("Needs an interpreter{language}"), None, source);
        } else if let Some(languages) = languages.filter(|it| !it.eq_ignore_ascii_case("english")) {
            add(format!("Language: {languages}"), None, source);
        }
    }
    for alert in facts
        .alerts
        .iter()
        .filter(|it| it.is_current(now) && is_individual_need(&it.what, &it.categories))
    {
        if let Some(what) = said::label(&alert.what) {
            add(what, alert.period.start.as_ref(), &alert.origin.source);
        }
    }
    for problem in facts
        .problems
        .iter()
        .filter(|it| it.is_active() && is_individual_need(&it.what, &it.categories))
    {
        if let Some(what) = said::label(&problem.what) {
            add(what, problem.onset.as_ref(), &problem.origin.source);
        }
    }
    name_alerts(&mut all, facts, now);
    all
}

/// Which alerts say what was found.
fn name_alerts(all: &mut [Found], facts: &Facts, now: DateTime<Utc>) {
    for alert in facts.alerts.iter().filter(|it| it.is_current(now)) {
        let what = said::label(&alert.what).unwrap_or_default();
        let own = all
            .iter_mut()
            .find(|it| it.what.eq_ignore_ascii_case(&what));
        if let Some(own) = own.filter(|_| is_individual_need(&alert.what, &alert.categories)) {
            own.alerts.push(alert.origin.clone());
        }
    }
}

#[component]
pub fn IndividualNeeds() -> impl IntoView {
    let it = opened();
    let needs = Memo::new(move |_| it.facts.with(|facts| found(facts, it.now())));
    let desk = Desk::new(it, Part::Needs, &[Section::Adjustment]);
    let always = Signal::stored(true);
    let body = move || {
        needs.with(|all| {
            if all.is_empty() {
                return said::none_of(
                    Part::Needs.topics(),
                    "No reasonable adjustments, impairments or language needs are recorded",
                );
            }
            let lines = all.iter().map(|it| {
                let since = said::dated("since", it.since.as_ref());
                let change = |of: &Origin| {
                    edit_link(desk, Section::Adjustment, of, ("Change", it.what.clone()))
                };
                let change = it.alerts.iter().filter_map(change).collect_view();
                view! {
                    <li>
                        {it.what.clone()} " "
                        {since.map(|it| view! { <span class="app-quiet">{it}</span> " " })}
                        {said::sources(&it.sources)} " " {change}
                    </li>
                }
            });
            view! { <ul class="app-lines">{lines.collect_view()}</ul> }.into_any()
        })
    };
    let topics = Part::Needs.topics();
    view! {
        <Panel
            title=Part::Needs.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No individual needs are recorded"
        >
            <Written desk>
                {body}
                <Begin
                    desk
                    section=Section::Adjustment
                    topic=Topic::Alerts
                    label="Add an individual need"
                    wanted=always
                />
            </Written>
        </Panel>
    }
}
