//! Admissions, attendances and discharges, newest first, by source and kind.

use std::cmp::Reverse;
use std::sync::Arc;

use leptos::prelude::*;

use super::kind::Kind;
use super::visit::visit;
use crate::domain::activity::Encounter;
use crate::domain::{Facts, SourceId, Topic};
use crate::pages::listing::{Item, Under, choice, stream};
use crate::pages::patient::opened::{Opened, opened};
use crate::present::words::count;
use crate::ui::{Chips, Panel, PanelSpan};

const TOPICS: &[Topic] = &[Topic::Activity];
const STEP: usize = 50;

#[derive(Clone, Copy)]
struct Choice {
    kind: RwSignal<Kind>,
    source: RwSignal<Option<SourceId>>,
    shown: RwSignal<usize>,
}

#[component]
pub fn Past(span: PanelSpan) -> impl IntoView {
    let it = opened();
    let chosen = Choice {
        kind: RwSignal::default(),
        source: RwSignal::default(),
        shown: RwSignal::new(STEP),
    };
    let rows = Memo::new(move |_| {
        it.facts
            .with(|facts| choose(facts, chosen.kind.get(), chosen.source.get().as_ref()))
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let body = move || {
        view! {
            <Filters chosen/>
            {move || none.get().then(|| view! { <p class="app-panel__empty">"Nothing of this kind"</p> })}
            {stream(Under::Panel, ("Newest first", "more"), rows, chosen.shown, STEP, visit)}
            {errors(it)}
        }
    };
    view! {
        <Panel
            title="Admissions and attendances"
            span
            words=it.panel(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="No admissions or attendances are recorded"
            lines=8
        >
            {body}
        </Panel>
    }
}

/// Newest first; those without a date at the end; those entered in error are counted, not shown.
fn choose(facts: &Facts, kind: Kind, source: Option<&SourceId>) -> Vec<Item<Encounter>> {
    let wanted = |it: &&Arc<Encounter>| {
        !it.is_error() && kind.has(it) && source.is_none_or(|own| *own == it.origin.source)
    };
    let mut all: Vec<&Arc<Encounter>> = facts.encounters.iter().filter(wanted).collect();
    all.sort_by_key(|it| Reverse(it.began().or(it.ended())));
    let when = |it: &Encounter| it.period.start.clone().or_else(|| it.period.end.clone());
    all.into_iter()
        .map(|it| Item::at(when(it).as_ref(), Arc::clone(it)))
        .collect()
}

fn errors(it: Opened) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        it.facts
            .with(|facts| facts.encounters.iter().filter(|it| it.is_error()).count())
    });
    move || {
        let wrong = i64::try_from(wrong.get()).unwrap_or(i64::MAX);
        (wrong > 0).then(|| {
            let words = format!(
                "{} entered in error: not shown",
                count(wrong, "entry was", "entries were")
            );
            view! { <p class="app-quiet">{words}</p> }
        })
    }
}

#[component]
fn Filters(chosen: Choice) -> impl IntoView {
    let it = opened();
    let kinds = Memo::new(move |_| {
        it.facts.with(|facts| {
            let number = |kind: Kind| {
                facts
                    .encounters
                    .iter()
                    .filter(|it| !it.is_error() && kind.has(it))
                    .count()
            };
            Kind::ALL.map(|kind| (kind, number(kind)))
        })
    });
    let sources = Memo::new(move |_| {
        let mut all: Vec<_> = it.facts.with(|facts| {
            facts
                .encounters
                .iter()
                .map(|it| it.origin.source.clone())
                .collect()
        });
        all.sort();
        all.dedup();
        all
    });
    let kind_chips = move || {
        let used = kinds
            .get()
            .into_iter()
            .filter(|(kind, number)| *number > 0 || *kind != Kind::Other);
        used.map(|(kind, number)| {
            choice(
                format!("{} {number}", kind.words()),
                kind,
                chosen.kind,
                chosen.shown,
                STEP,
            )
        })
        .collect_view()
    };
    let source_chips = move || {
        let all = sources.get();
        (all.len() > 1).then(|| {
            let each: Vec<_> = all
                .into_iter()
                .map(|source| {
                    choice(
                        it.source_name(&source),
                        Some(source),
                        chosen.source,
                        chosen.shown,
                        STEP,
                    )
                })
                .collect();
            let any = choice("All sources", None, chosen.source, chosen.shown, STEP);
            view! {
                <Chips label="Source">
                    {any}
                    {each}
                </Chips>
            }
        })
    };
    view! {
        <div class="app-filters">
            <Chips label="Kind">{kind_chips}</Chips>
            {source_chips}
        </div>
    }
}
