//! How up to date the sources are, on every page.

use leptos::prelude::*;

use crate::domain::SourceId;
use crate::pages::later::{self, Later};
use crate::present::source;
use crate::store::{self, use_store};
use crate::ui::{SourceLine, SourcesButton, SourcesList};

/// The button, and the list once it is opened.
#[component]
pub fn Sources() -> impl IntoView {
    let store = use_store();
    let open = RwSignal::new(false);
    let summary = Signal::derive(move || store.health.with(source::summary));
    let worst = Signal::derive(move || store.health.with(source::worst));
    view! {
        <SourcesButton summary worst open>
            <Show when=move || open.get()>
                <Later part=later::sources lines=3/>
            </Show>
        </SourcesButton>
    }
}

/// The list: what each source says, and what it does not say now.
#[component]
pub fn SourcesPart() -> impl IntoView {
    let store = use_store();
    let words = Memo::new(move |_| {
        let name = |id: &SourceId| store.source_name(id);
        store.chart().with(|chart| {
            store
                .health
                .with(|health| source::list(health, name, chart.parts(), store.now.get()))
        })
    });
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
    let on_retry = Callback::new(move |id: String| store::retry_source(store, &SourceId::new(&id)));
    view! { <SourcesList sources on_retry/> }
}
