//! One event: when, where, what, and who it is.

use std::sync::Arc;

use leptos::prelude::*;

use super::Hospital;
use crate::domain::SourceId;
use crate::domain::stream::Event;
use crate::present::{self, feed as words};
use crate::routes::{Page, Section};
use crate::ui::{StreamEvent, Words};

pub fn row(event: Arc<Event>) -> AnyView {
    let Some(it) = use_context::<Hospital>() else {
        return ().into_any();
    };
    let names = move |id: &SourceId| it.store.source_name(id);
    let change = &event.change;
    let (time, place) = (words::time(change), names(change.source()));
    let hot = change.is_unplanned() || change.is_abnormal();
    let who = it
        .live
        .feed
        .with_untracked(|feed| feed.person(&event.person).cloned());
    let number = who.as_ref().and_then(|it| it.numbers.first().cloned());
    let name = who.map_or_else(
        || "Name not known now".to_owned(),
        |it| present::name::of_patient(&it),
    );
    let section = if change.is_unplanned() {
        // Where what happened stands beside what to do if it goes wrong.
        Section::Overview
    } else if change.is_abnormal() {
        Section::Results
    } else {
        Section::Activity
    };
    let href = Page::Patient(event.person.clone(), section).path();
    let said = Memo::new(move |_| {
        let now = it.store.now.get();
        let all = std::iter::once(&event.change).chain(&event.more);
        all.map(|change| present::change::what(&change.what, &names, now))
            .collect::<Vec<_>>()
    });
    let class = if hot { "app-strong" } else { "" };
    let lines = move || {
        let line = |text| view! { <div class=class><Words text/></div> };
        said.get().into_iter().map(line).collect_view()
    };
    view! {
        <StreamEvent time place hot>
            // Whose it is comes before what it is: a report can be longer than a phone.
            <div class="app-stream__who">
                <a class="nhsuk-link" href=href><bdi>{name}</bdi></a>
                " "
                <span class="app-quiet app-num">{number.map(|it| present::nhs_number::spaced(&it.number))}</span>
            </div>
            {lines}
        </StreamEvent>
    }
    .into_any()
}
