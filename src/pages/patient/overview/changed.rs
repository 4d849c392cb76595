//! What changed since I last looked, newest first.

use leptos::prelude::*;

use crate::domain::{Topic, change};
use crate::pages::patient::opened::opened;
use crate::present;
use crate::routes::{Page, Section};
use crate::ui::{Badge, BadgeTone, Moment, Panel, PanelSpan, Words};

const TOPICS: &[Topic] = &[
    Topic::Activity,
    Topic::Appointments,
    Topic::Results,
    Topic::Medicines,
    Topic::Plans,
    Topic::Alerts,
    Topic::Documents,
];
const SHOWN: usize = 4;

#[component]
pub fn Changed() -> impl IntoView {
    let it = opened();
    let changes = Memo::new(move |_| {
        it.facts
            .with(|facts| change::since(facts, it.since.get(), it.now()))
    });
    let count = Memo::new(move |_| changes.with(Vec::len));
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Timeline).path());
    let title = if it.looked_before {
        "Changed since you last looked"
    } else {
        "Changed in the last 7 days"
    };
    let lines = move || {
        let names = |id: &crate::domain::SourceId| it.source_name(id);
        changes.with(|all| {
            let line = |change: &change::Change| {
                let words = present::change::words(change, &names, it.now());
                let class = if change.is_unplanned() || change.is_abnormal() { "app-strong" } else { "" };
                view! { <li><span class=class><Words text=words.what/></span> " — " <Moment text=words.when on=words.on/></li> }
            };
            all.iter().take(SHOWN).map(line).collect_view()
        })
    };
    let body = move || {
        if count.get() == 0 {
            view! { <div class="app-quiet">{it.none(TOPICS, "Nothing new")}</div> }.into_any()
        } else {
            view! { <ul class="app-lines">{lines}</ul> }.into_any()
        }
    };
    let head = move || {
        view! { {move || (count.get() > 0).then(|| view! { <Badge tone=BadgeTone::New text=count.get().to_string()/> })} }
    };
    view! {
        <Panel
            title
            span=PanelSpan::Two
            words=it.panel_always(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="Nothing new"
            lines=4
            head
            more=move || view! { <a class="nhsuk-link" href=href.clone()>"Timeline"</a> }
        >
            {body}
        </Panel>
    }
}
