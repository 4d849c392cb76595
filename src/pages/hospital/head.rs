//! Above the stream: the filters, how live each trust is, and what is missing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{CHIPS, Hospital, source_name};
use crate::domain::SourceId;
use crate::present::feed as words;
use crate::present::panel::together;
use crate::routes::{About, View, Watching};
use crate::state::Remote;
use crate::store::feed;
use crate::ui::{Chip, Chips, Notes};

#[component]
pub fn Head(it: Hospital) -> impl IntoView {
    let marks = Memo::new(move |_| {
        let now = it.store.now.get();
        let marks = it.live.feed.with(|feed| {
            let channels = feed.channels().iter();
            let marks = channels.map(|one| words::mark(one, source_name(it, &one.source), now));
            marks.collect::<Vec<_>>()
        });
        // Its line stands from the beginning.
        let awaited = marks.is_empty() && it.live.people.with(Remote::is_waiting);
        let all = awaited.then(|| feed::sources(it.store));
        let loading = all.unwrap_or_default().into_iter();
        let loading = loading.map(|(id, _)| words::loading(source_name(it, &id)));
        together(marks.into_iter().chain(loading).collect())
    });
    let happened = Memo::new(move |_| it.watching.with(|it| it.view == View::Happened));
    Effect::new(move |_| {
        it.watching.track();
        request_animation_frame(show_pressed);
    });
    view! {
        <div class="app-head app-head--live">
            <h1 id="page-heading" tabindex="-1">"Hospital activity"</h1>
            <Chips label="View">{VIEWS.map(|(view, text)| view_chip(it, view, text)).into_iter().collect_view()}</Chips>
            {move || {
                happened.get().then(|| {
                    let kinds = CHIPS.map(|(about, text)| kind(it, about, text));
                    view! { <Chips label="Show">{kinds.into_iter().collect_view()}</Chips> }
                })
            }}
            <Sources it/>
        </div>
        <div class="app-live"><Notes notes=marks/></div>
        <Missing it/>
    }
}

/// On a phone the filters of a kind are in one line that can be swiped: those that are on are in sight.
fn show_pressed() {
    let Ok(pressed) = document().query_selector_all(".app-head--live [aria-pressed=true]") else {
        return;
    };
    for at in 0..pressed.length() {
        let chip = pressed
            .item(at)
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let Some((chip, line)) = chip.and_then(|it| Some((it.clone(), it.parent_element()?)))
        else {
            continue;
        };
        let (own, all) = (
            chip.get_bounding_client_rect(),
            line.get_bounding_client_rect(),
        );
        if own.left() < all.left() || own.right() > all.right() {
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
            line.set_scroll_left(line.scroll_left() + (own.left() - all.left()) as i32);
        }
    }
}

const VIEWS: [(View, &str); 3] = [
    (View::Happened, "What happened"),
    (View::Coming, "Appointments to come"),
    (View::Week(None), "Week"),
];

fn view_chip(it: Hospital, view: View, text: &'static str) -> AnyView {
    let same = std::mem::discriminant(&view);
    let pressed = Signal::derive(move || {
        it.watching
            .with(|it| std::mem::discriminant(&it.view) == same)
    });
    let press = move |()| {
        let now = it.watching.get_untracked();
        it.go(Watching { view, ..now });
    };
    view! { <Chip text pressed on_press=press/> }.into_any()
}

/// A filter with how many it shows; pressing the one that is on goes back to everything.
fn kind(it: Hospital, about: About, text: &'static str) -> AnyView {
    let number = Memo::new(move |_| {
        it.live.feed.with(|feed| {
            let from = it.watching.with(|it| it.source.clone());
            let shown = feed.shown();
            let here = shown.iter().filter(|event| event.is_about(about));
            here.filter(|event| from.as_ref().is_none_or(|it| it == event.change.source()))
                .count()
        })
    });
    let awaited = Memo::new(move |_| {
        it.live.people.with(Remote::is_waiting) || it.live.feed.with(|feed| !feed.has_begun())
    });
    let knows = it.knows();
    let text =
        Signal::derive(move || words::counted(text, number.get(), knows.get(), awaited.get()));
    let pressed = Signal::derive(move || it.watching.with(|it| it.about == about));
    let press = move |()| {
        let now = it.watching.get_untracked();
        let about = if now.about == about {
            About::Everything
        } else {
            about
        };
        it.go(Watching { about, ..now });
    };
    view! { <Chip text pressed on_press=press/> }.into_any()
}

/// One trust alone.
#[component]
fn Sources(it: Hospital) -> impl IntoView {
    let sources = Memo::new(move |_| {
        let known = it.live.feed.with(|feed| {
            let channels = feed.channels().iter();
            channels.map(|it| it.source.clone()).collect::<Vec<_>>()
        });
        // While it is asked who is watched, those stand there that will be asked: nothing moves when it is known.
        if known.is_empty() && it.live.people.with(Remote::is_waiting) {
            let all = feed::sources(it.store).into_iter();
            return all.map(|(source, _)| source).collect();
        }
        known
    });
    let chip = move |source: SourceId| {
        let name = source_name(it, &source);
        let own = source.clone();
        let pressed =
            Signal::derive(move || it.watching.with(|it| it.source.as_ref() == Some(&own)));
        let press = move |()| {
            let now = it.watching.get_untracked();
            let chosen = Some(source.clone());
            let source = if now.source == chosen { None } else { chosen };
            it.go(Watching { source, ..now });
        };
        view! { <Chip text=name pressed on_press=press/> }
    };
    move || {
        let all = sources.get();
        (all.len() > 1).then(|| {
            view! { <Chips label="Trust">{all.into_iter().map(chip).collect_view()}</Chips> }
        })
    }
}

/// What the stream cannot show.
#[component]
fn Missing(it: Hospital) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let now = it.store.now.get();
        it.live.feed.with(|feed| {
            let channels = feed.channels().iter();
            let missing =
                channels.filter_map(|one| words::missing(one, &source_name(it, &one.source), now));
            let missing = missing.chain(words::unwatched(feed));
            let mistaken = feed
                .channels()
                .iter()
                .filter_map(|one| words::mistaken_at(feed, one, &source_name(it, &one.source)));
            missing
                .chain(mistaken)
                .chain(words::unnamed(feed, &it.store.shared_name()))
                .collect::<Vec<_>>()
        })
    });
    move || {
        let notice = |line| view! { <p class="app-notice" role="alert">{line}</p> };
        lines.get().into_iter().map(notice).collect_view()
    }
}
