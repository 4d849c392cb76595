//! One report: what, when, from where, what it concludes, and its values.

use std::sync::Arc;

use leptos::prelude::*;

use super::Open;
use super::previous::Previous;
use crate::domain::SourceId;
use crate::domain::result::{Finding, ResultGroup, TestKey};
use crate::pages::listing::fingerprint;
use crate::pages::patient::opened::opened;
use crate::present::result::{self, GroupWords, ResultWords, Tone};
use crate::ui::nhs::{Head, Table};
use crate::ui::{Badge, BadgeTone, SourceTags, Words};

/// A row of the stream.
pub fn group(
    own: Arc<ResultGroup>,
    previous: Memo<Previous>,
    open: RwSignal<Option<Open>>,
) -> AnyView {
    let it = opened();
    let names = move |id: &SourceId| it.source_name(id);
    let said = {
        let own = Arc::clone(&own);
        Memo::new(move |_| result::group(&own, &names))
    };
    let caption = said.with_untracked(|it| it.title.clone());
    let source = own.source.clone();
    let tags = Signal::derive(move || vec![it.source_name(&source)]);
    let any = !own.findings.is_empty();
    let rows = move || {
        own.findings
            .iter()
            .map(|it| row(&own, it, previous, open))
            .collect()
    };
    view! {
        <li class="app-result">
            {move || head(said.get(), tags)}
            {any.then(|| view! { <Table caption caption_hidden=true head=heads() rows/> })}
        </li>
    }
    .into_any()
}

fn head(words: GroupWords, tags: Signal<Vec<String>>) -> impl IntoView {
    let by = words.from.split_once(" · ").map(|(_, by)| by.to_owned());
    let conclusions = words
        .conclusions
        .into_iter()
        .map(|it| view! { <p class="app-result__said">{it}</p> });
    view! {
        <div class="app-result__head">
            <h4>{words.title}</h4>
            <span class="app-num">{words.when}</span>
            {words.status.map(|text| view! { <Badge tone=BadgeTone::Warn text/> })}
            {words.abnormal.map(|text| view! { <Badge tone=BadgeTone::Alert text/> })}
            <SourceTags names=tags/>
            {by.map(|it| view! { <span class="app-quiet">{it}</span> })}
        </div>
        {conclusions.collect_view()}
    }
}

fn heads() -> Vec<Head> {
    ["Test", "Result", "Usual range", "Before"]
        .map(|text| Head {
            text: text.to_owned(),
            numeric: false,
            ..Head::default()
        })
        .into()
}

fn row(
    group: &ResultGroup,
    it: &Finding,
    previous: Memo<Previous>,
    open: RwSignal<Option<Open>>,
) -> Vec<AnyView> {
    let words = result::words(it);
    let before = previous.with(|all| all.before(it));
    let report = group.report.as_ref().map(|it| &it.origin);
    let id = format!(
        "result-{:x}",
        fingerprint(&(report, &group.when, &it.origin))
    );
    let range = words.range.clone().unwrap_or_default();
    vec![
        test(it, &words, id, open),
        value(&words),
        view! { <span class="app-num">{range}</span> }.into_any(),
        view! { <span class="app-quiet">{before.map(|text| view! { <Words text/> })}</span> }
            .into_any(),
    ]
}

/// The name opens the trend; under it what else is said.
fn test(it: &Finding, words: &ResultWords, id: String, open: RwSignal<Option<Open>>) -> AnyView {
    let name = words.test.clone();
    let name = match TestKey::of(&it.test) {
        Some(test) => {
            let button = id.clone();
            let own = name.clone();
            let press = move |_| {
                open.set(Some(Open {
                    test: test.clone(),
                    name: own.clone(),
                    button: button.clone(),
                }));
            };
            view! {
                <button type="button" class="app-result__test" id=id on:click=press>
                    {name}
                    <span class="nhsuk-u-visually-hidden">": trend"</span>
                </button>
            }
            .into_any()
        }
        None => name.into_any(),
    };
    let status = words
        .status
        .clone()
        .map(|text| view! { " " <Badge tone=BadgeTone::Warn text/> });
    let notes = words
        .notes
        .iter()
        .cloned()
        .map(|it| view! { <div class="app-quiet">{it}</div> })
        .collect_view();
    view! { {name} {status} {notes} }.into_any()
}

/// Letters of a value that is on one line, whatever the width of its column.
const AMOUNT: usize = 16;

/// The value with its judgement; the parts of a blood pressure a line each, with their ranges.
fn value(words: &ResultWords) -> AnyView {
    let own = (!words.value.is_empty()).then(|| judged(words));
    let parts = words.parts.iter().map(|part| {
        let range = part
            .range
            .clone()
            .map(|it| view! { " " <span class="app-quiet app-num">"(" {it} ")"</span> });
        view! { <div>{part.test.clone()} " " {judged(part)} {range}</div> }
    });
    view! { {own} {parts.collect_view()} }.into_any()
}

fn judged(words: &ResultWords) -> impl IntoView + use<> {
    let class = if words.tone == Tone::Plain {
        ""
    } else {
        "app-abnormal"
    };
    let judgement = words.judgement.clone().map(|it| format!(", {it}"));
    let value = words.value.clone();
    // A number and its unit stay together; a result in words has the room that it needs.
    let together = if value.chars().count() <= AMOUNT {
        "app-num"
    } else {
        ""
    };
    view! { <span class=class><span class=together>{value}</span> {judgement}</span> }
}
