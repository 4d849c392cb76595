//! How up to date the sources are, on every page.

use leptos::prelude::*;

use crate::domain::SourceId;
use crate::present::source;
use crate::store::{self, use_store};
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
    let on_retry = Callback::new(move |id: String| store::retry_source(store, &SourceId::new(&id)));
    view! { <SourcesList summary sources on_retry/> }
}
