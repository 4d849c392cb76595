//! How up to date the sources are, on every page.

use leptos::prelude::*;

use crate::domain::{PatientId, SourceId};
use crate::pages::Arrival;
use crate::present::{arrived, source};
use crate::store::{self, Store, use_store};
use crate::ui::{SourceLine, SourcesList};

#[component]
pub fn Sources() -> impl IntoView {
    let store = use_store();
    let words = Memo::new(move |_| {
        let name = |id: &SourceId| store.source_name(id);
        store.chart.with(|chart| {
            store
                .health
                .with(|health| source::list(health, name, chart.parts(), store.now.get()))
        })
    });
    let summary = Signal::derive(move || store.health.with(source::summary));
    let sources = Signal::derive(move || {
        words.with(|words| {
            let line = |it: &source::SourceWords| SourceLine {
                id: it.id.as_str().to_owned(),
                name: it.name.clone(),
                standing: it.standing,
                words: it.words.clone(),
                missing: it.missing.clone(),
                can_retry: it.can_retry,
            };
            words.iter().map(line).collect::<Vec<_>>()
        })
    });
    announce_record(store);
    let on_retry = Callback::new(move |id: String| store::retry_source(store, &SourceId::new(&id)));
    view! { <SourcesList summary sources on_retry/> }
}

/// Says when the open person's record has come, and when what is missing of it changes.
fn announce_record(store: Store) {
    let said = Memo::new(move |before: Option<&Option<(PatientId, String)>>| {
        store.chart.with(|chart| {
            let id = chart.id()?;
            match arrived::words(chart.parts(), |it| store.source_name(it)) {
                Some(words) => Some((id.clone(), words)),
                // Who is asked again is no news before the answer.
                None => before.cloned().flatten().filter(|it| it.0 == *id),
            }
        })
    });
    if let Some(arrival) = use_context::<Arrival>() {
        Effect::new(move |_| {
            if let Some((_, words)) = said.get() {
                arrival.announced.set(words);
            }
        });
    }
}
