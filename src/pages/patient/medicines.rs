//! Medicines, current then past, one line a product with its sources; and the allergies in full.

use leptos::prelude::*;

use super::opened::opened;
use crate::domain::allergy::{self, AllergyLine};
use crate::domain::medicine::{self, MedicineLine};
use crate::domain::problem;
use crate::domain::{SourceId, Topic};
use crate::present::medicine::{DOSE, LineParts, Part};
use crate::present::{self, date, name};
use crate::ui::nhs::Details;
use crate::ui::{Badge, BadgeTone, Panel, PanelGrid, PanelSpan, SourceTags, Words};

const MEDICINES: &[Topic] = &[Topic::Medicines];
const ALLERGIES: &[Topic] = &[Topic::Allergies];
const PROBLEMS: &[Topic] = &[Topic::Problems];

#[component]
pub fn MedicinesSection() -> impl IntoView {
    view! {
        <PanelGrid>
            <Medicines/>
            <Allergies/>
            <Problems/>
        </PanelGrid>
    }
}

#[component]
fn Medicines() -> impl IntoView {
    let it = opened();
    let lines = Memo::new(move |_| {
        it.facts
            .with(|facts| medicine::lines(&facts.medicines, it.now()))
    });
    let errors = Memo::new(move |_| {
        it.facts
            .with(|facts| facts.medicines.iter().filter(|it| it.is_error()).count())
    });
    let current = move || {
        let all: Vec<_> = lines.with(|all| all.iter().filter(|it| it.current).cloned().collect());
        if all.is_empty() {
            return view! { <p class="app-panel__empty">"No current medicines are recorded."</p> }
                .into_any();
        }
        view! { <ul class="app-medicines">{all.into_iter().map(|line| view! { <Medicine line/> }).collect_view()}</ul> }
            .into_any()
    };
    let past = move || {
        let all: Vec<_> = lines.with(|all| all.iter().filter(|it| !it.current).cloned().collect());
        if all.is_empty() {
            return view! { <p class="app-quiet">"No past medicines are recorded."</p> }.into_any();
        }
        let summary = format!("Past medicines ({})", all.len());
        view! {
            <Details summary>
                <ul class="app-medicines">{all.into_iter().map(|line| view! { <Medicine line/> }).collect_view()}</ul>
            </Details>
        }
        .into_any()
    };
    let wrong = move || {
        let count = errors.get();
        (count > 0).then(
            || view! { <p class="app-quiet">{format!("{count} entered in error, not shown")}</p> },
        )
    };
    view! {
        <Panel
            title="Current medicines"
            level=3
            span=PanelSpan::Full
            words=it.panel(MEDICINES)
            on_retry=it.retry(MEDICINES)
            empty="No medicines are recorded"
            lines=8
        >
            {current}
            {past}
            {wrong}
        </Panel>
    }
}

#[component]
fn Medicine(line: MedicineLine) -> impl IntoView {
    let it = opened();
    let names = |id: &SourceId| it.source_name(id);
    let words = present::medicine::words(&line, &names);
    let held = line.held || line.do_not_give;
    let marks = words.marks.into_iter().map(|text| {
        let tone = if held {
            BadgeTone::Warn
        } else {
            BadgeTone::Info
        };
        view! { <Badge tone text/> " " }
    });
    let others = words.others.into_iter().map(|(source, line)| {
        view! { <div class="app-medicine__other"><span class="app-quiet">{source} ": "</span> {parts(line)}</div> }
    });
    let warnings = words
        .warnings
        .into_iter()
        .map(|it| view! { <div class="app-abnormal"><Words text=it/></div> });
    view! {
        <li class="app-medicine">
            <div class="app-medicine__line">{parts(words.parts)}</div>
            <div class="app-medicine__marks">
                {marks.collect_view()} <SourceTags names=Signal::stored(words.sources)/>
            </div>
            {others.collect_view()}
            {warnings.collect_view()}
        </li>
    }
}

/// A line by the rules for medicines: wraps, is never cut.
fn parts(line: LineParts) -> impl IntoView {
    line.into_iter()
        .enumerate()
        .map(|(at, part)| {
            let dash = (at > 0).then_some(" \u{2014} ");
            let part = match part {
                Part::Drug(text) => view! { <b><Words text/></b> }.into_any(),
                Part::Dose(text) => {
                    view! { <span class="app-quiet">{DOSE}</span> " " <b><Words text/></b> }
                        .into_any()
                }
                Part::Plain(text) => view! { <Words text/> }.into_any(),
            };
            view! { {dash} {part} }
        })
        .collect_view()
}

#[component]
fn Allergies() -> impl IntoView {
    let it = opened();
    let strip = Memo::new(move |_| {
        let answers = it.answers(Topic::Allergies);
        it.facts.with(|facts| allergy::strip(facts, &answers))
    });
    let body = move || {
        let strip = strip.get();
        let names = |id: &SourceId| it.source_name(id);
        let spoken = present::allergy::spoken(&strip, &names, &|id| it.why(Topic::Allergies, id));
        let inactive = (!strip.inactive.is_empty()).then(|| {
            let summary = format!("No longer active ({})", strip.inactive.len());
            let lines = strip.inactive.clone();
            view! { <Details summary><ul class="app-lines">{lines.into_iter().map(|line| view! { <Allergy line/> }).collect_view()}</ul></Details> }
        });
        view! {
            <p><Words text=spoken/></p>
            <ul class="app-lines">{strip.lines.into_iter().map(|line| view! { <Allergy line/> }).collect_view()}</ul>
            {inactive}
        }
    };
    view! {
        <Panel
            title="Allergies and intolerances"
            level=3
            span=PanelSpan::Half
            words=it.panel(ALLERGIES)
            on_retry=it.retry(ALLERGIES)
            empty="Allergies not recorded"
        >
            {body}
        </Panel>
    }
}

#[component]
fn Allergy(line: AllergyLine) -> impl IntoView {
    let it = opened();
    let words = present::allergy::line(&line);
    let sources: Vec<String> = line.sources().iter().map(|id| it.source_name(id)).collect();
    let notes = line
        .entries
        .iter()
        .flat_map(|it| it.notes.iter())
        .map(|it| name::clean(it))
        .collect::<Vec<_>>();
    let recorded = line
        .entries
        .iter()
        .filter_map(|it| it.recorded.as_ref())
        .map(date::when_day)
        .next();
    view! {
        <li>
            <b>{words.substance}</b>
            {words.rest}
            " "
            <SourceTags names=Signal::stored(sources)/>
            {recorded.map(|it| view! { <div class="app-quiet">"Recorded " <span class="app-num">{it}</span></div> })}
            {notes.into_iter().map(|it| view! { <div class="app-quiet">{it}</div> }).collect_view()}
        </li>
    }
}

#[component]
fn Problems() -> impl IntoView {
    let it = opened();
    let lines = Memo::new(move |_| it.facts.with(|facts| problem::lines(&facts.problems)));
    let item = move |line: problem::ProblemLine| {
        let what = line
            .what()
            .and_then(|it| it.label())
            .map_or_else(|| "Problem without a name".to_owned(), name::clean);
        let onset = line.onset().map(date::when_day);
        let doubt = line.doubt();
        let sources: Vec<String> = line.sources().iter().map(|id| it.source_name(id)).collect();
        view! {
            <li>
                <b>{what}</b>
                {doubt.map(|it| view! { " \u{2014} " {it} })}
                {onset.map(|it| view! { " \u{2014} since " <span class="app-num">{it}</span> })}
                " "
                <SourceTags names=Signal::stored(sources)/>
            </li>
        }
    };
    let body = move || {
        let (active, past): (Vec<_>, Vec<_>) = lines.get().into_iter().partition(|it| it.active);
        let none = active
            .is_empty()
            .then(|| view! { <p class="app-quiet">"No active problems are recorded."</p> });
        let past = (!past.is_empty()).then(|| {
            let summary = format!("Past problems ({})", past.len());
            view! { <Details summary><ul class="app-lines">{past.clone().into_iter().map(item).collect_view()}</ul></Details> }
        });
        view! {
            {none}
            <ul class="app-lines">{active.into_iter().map(item).collect_view()}</ul>
            {past}
        }
    };
    view! {
        <Panel
            title="Problems"
            level=3
            span=PanelSpan::Half
            words=it.panel(PROBLEMS)
            on_retry=it.retry(PROBLEMS)
            empty="No problems are recorded"
        >
            {body}
        </Panel>
    }
}
