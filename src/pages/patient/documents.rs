//! Letters, forms and other documents, newest first. Plain text opens in place, as text; nothing that came in a record
//! is ever run as a page.

use leptos::prelude::*;

use super::opened::opened;
use super::said;
use crate::domain::document::{Attachment, Document};
use crate::domain::{Topic, When};
use crate::present::document::ContentWords;
use crate::present::{date, document};
use crate::ui::nhs::Details;
use crate::ui::{Badge, Panel, PanelSpan, Words};

const TOPICS: &[Topic] = &[Topic::Documents];

#[component]
pub fn DocumentsSection() -> impl IntoView {
    let it = opened();
    let found = Memo::new(move |_| {
        it.facts.with(|facts| {
            let (errors, mut real): (Vec<Document>, Vec<Document>) = facts
                .documents
                .iter()
                .cloned()
                .partition(Document::is_error);
            real.sort_by_key(|it| {
                std::cmp::Reverse(
                    it.date
                        .as_ref()
                        .and_then(When::earliest)
                        .or(it.origin.updated),
                )
            });
            (real, errors.len())
        })
    });
    let body = move || {
        found.with(|(all, errors)| {
            let lines = all
                .iter()
                .map(|it| view! { <li>{document(it)}</li> })
                .collect_view();
            let errors = (*errors > 0).then(|| format!("{errors} entered in error, not shown"));
            view! {
                <ul class="app-lines app-lines--bare app-documents">{lines}</ul>
                {errors.map(|it| view! { <p class="app-quiet">{it}</p> })}
            }
        })
    };
    let count = move || view! { <span class="app-quiet">{move || it.counted(TOPICS, found.with(|it| it.0.len()))}</span> };
    view! {
        <Panel
            title="Letters and other documents"
            level=3
            span=PanelSpan::Full
            words=it.panel(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="No documents are recorded"
            lines=8
            head=count
        >
            {body}
        </Panel>
    }
}

fn document(it: &Document) -> AnyView {
    let words = document::words(it);
    let (authors, custodian) = opened().facts.with(|facts| {
        let source = &it.origin.source;
        let authors = said::everybody(facts, source, &it.authors);
        (
            authors,
            it.custodian.as_ref().map(|it| said::who(facts, source, it)),
        )
    });
    let parts = [
        Some(said::num(
            it.date
                .as_ref()
                .map_or_else(|| words.date.clone(), date::when),
        )),
        words.kind.and_then(said::part),
        authors.and_then(said::part),
        custodian
            .map(|it| format!("kept by {it}"))
            .and_then(said::part),
        said::part(words.security.join(", ")),
        Some(said::source(&it.origin.source)),
    ];
    let title = words.title;
    let heading = if it.status.as_deref() == Some("superseded") {
        view! { <s>{title.clone()}</s> }.into_any()
    } else {
        view! { <b>{title.clone()}</b> }.into_any()
    };
    let status = words.status.map(|it| view! { " " <Badge text=it/> });
    let contents = it.contents.iter().zip(&words.contents);
    let contents = contents
        .map(|(content, words)| attachment(it, &title, content, words))
        .collect_view();
    view! {
        <div>{heading} {status}</div>
        {said::quiet(parts)}
        {contents}
        {it.contents.is_empty().then(|| said::none("The source gives nothing to open"))}
    }
    .into_any()
}

/// Opened in place when it is plain text; a link only to an address of its own on the web, since what the record
/// holds needs the reader's authority.
fn attachment(document: &Document, title: &str, it: &Attachment, words: &ContentWords) -> AnyView {
    let own = if words.title == title {
        String::new()
    } else {
        format!("{}: ", words.title)
    };
    if !words.lines.is_empty() {
        let lines = words
            .lines
            .iter()
            .map(|it| view! { <p><Words text=it.clone()/></p> })
            .collect_view();
        let summary = if own.is_empty() {
            "Read".to_owned()
        } else {
            format!("Read: {}", words.title)
        };
        return view! { <Details summary><div class="app-text">{lines}</div></Details> }.into_any();
    }
    let held = opened().source_name(&document.origin.source);
    let size = it.size.is_none().then_some(", size not recorded");
    let words = format!(
        "{own}held at {held}, {}{}",
        words.kind,
        size.unwrap_or_default()
    );
    let link = it.url.as_deref().filter(|it| is_web(it)).map(|url| {
        let url = url.trim().to_owned();
        view! { ". " <a href=url target="_blank" rel="noreferrer noopener">"Open in a new tab"</a> }
    });
    view! { <p class="app-quiet">{words} {link}</p> }.into_any()
}

fn is_web(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}
