//! Hospital activity: what happens to the reader's people at every trust, as it happens, newest first.

mod alert_settings;
mod alerts;
mod coming;
mod head;
mod row;

pub use alert_settings::AlertSettings;
pub use alerts::Alerts;

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::SourceId;
use crate::domain::stream::Event;
use crate::domain::time::london;
use crate::pages::Arrival;
use crate::pages::frame::Beside;
use crate::pages::listing::{Item, Under, stream};
use crate::present::feed as words;
use crate::routes::{About, Page, View, Watching};
use crate::state::feed::Knows;
use crate::store::feed::{self, Live};
use crate::store::{Store, place, use_store};
use crate::ui::nhs::{Button, ButtonVariant};
use crate::ui::{Skeleton, Waiting};

const STEP: usize = 50;
const TITLE: &str = "Hospital activity";

/// What every part of the page sees.
#[derive(Clone, Copy)]
struct Hospital {
    store: Store,
    live: Live,
    watching: Memo<Watching>,
}

impl Hospital {
    /// Which events the filters let through.
    fn shows(&self) -> impl Fn(&Event) -> bool {
        let (about, from) = self.watching.with(|it| (it.about, it.source.clone()));
        move |event| {
            let from = from.as_ref();
            event.is_about(about) && from.is_none_or(|it| it == event.change.source())
        }
    }

    /// How much is known of what the chosen source, or all of them, would tell.
    fn knows(self) -> Memo<Knows> {
        Memo::new(move |_| {
            let from = self.watching.with(|it| it.source.clone());
            self.live.feed.with(|feed| feed.knows(from.as_ref()))
        })
    }

    /// Whether one source is chosen.
    fn one(self) -> bool {
        self.watching.with(|it| it.source.is_some())
    }

    fn go(&self, watching: Watching) {
        place::go(self.store, &Page::Hospital(watching));
    }
}

#[component]
pub fn HospitalPage() -> impl IntoView {
    let store = use_store();
    let watching = Memo::new(move |before: Option<&Watching>| {
        store.place.with(|it| match &it.page {
            Some(Page::Hospital(watching)) => watching.clone(),
            // The reader is leaving: what is on the screen stays as it is until it is gone.
            _ => before.cloned().unwrap_or_default(),
        })
    });
    let it = Hospital {
        store,
        live: feed::of(store),
        watching,
    };
    if store.beside.with_untracked(Option::is_none) {
        store.beside.set(Some(|| view! { <Beside/> }.into_any()));
    }
    // Nothing is under the finger yet.
    it.live.feed.update(crate::state::Feed::release);
    if let Some(arrival) = use_context::<Arrival>() {
        arrival.at(TITLE, "page-heading");
    }
    view! {
        <main class="app-main" id="maincontent" tabindex="-1">
            <head::Head it/>
            <Body it/>
        </main>
    }
}

/// The stream, or what stands in its place.
#[component]
fn Body(it: Hospital) -> impl IntoView {
    let people = Memo::new(move |_| {
        it.live.people.with(|it| match it.failed() {
            Some((problem, since)) => Err((problem.clone(), since)),
            None => Ok(it.seen().is_some()),
        })
    });
    let nobody = Memo::new(move |_| it.live.feed.with(|feed| feed.people().next().is_none()));
    let waits = Memo::new(move |_| {
        // What one trust tells stands between what others told: they are shown together, unless one is slow.
        it.live
            .feed
            .with(|feed| !feed.is_steady() && !feed.has_begun())
    });
    move || {
        match people.get() {
        Err((problem, since)) => {
            let said = move || {
                let (name, now) = (it.store.shared_name(), it.store.now.get());
                crate::present::problem::words(&name, &problem, since, None, now)
            };
            let retry = Callback::new(move |()| feed::retry(it.store, it.live));
            view! {
                <div class="app-notice app-notice--failed" role="alert">
                    <h2>"Your patients could not be loaded"</h2>
                    <p>{said}</p>
                    <Button variant=ButtonVariant::Secondary on_press=retry>"Try again"</Button>
                </div>
            }
            .into_any()
        }
        Ok(true) if nobody.get() => view! {
            <p class="app-panel__empty">
                "You are in nobody\u{2019}s care team in the shared record, so there is nobody to watch."
            </p>
        }
        .into_any(),
        Ok(known) if !known || waits.get() => {
            view! { <div aria-busy="true"><Skeleton lines=10/></div> }.into_any()
        }
        Ok(_) => view! { <Shown it/> }.into_any(),
    }
    }
}

/// What has happened, or what is to come.
#[component]
fn Shown(it: Hospital) -> impl IntoView {
    provide_context(it);
    // One week and another are the same view.
    let view = Memo::new(move |_| {
        it.watching.with(|it| match it.view {
            View::Week(_) => View::Week(None),
            other => other,
        })
    });
    view! {
        <New it/>
        {move || match view.get() {
            View::Happened => view! { <Events it/> }.into_any(),
            View::Coming => view! { <coming::List it/> }.into_any(),
            View::Week(_) => view! { <coming::Week it/> }.into_any(),
        }}
    }
}

#[component]
fn Events(it: Hospital) -> impl IntoView {
    let shown = RwSignal::new(STEP);
    let rows = Memo::new(move |_| {
        let now = it.store.now.get();
        let events = it.live.feed.with(crate::state::Feed::shown);
        let mut day = (None, String::new());
        let item = |event: &Arc<Event>| {
            // Those of one day follow each other.
            let date = Some(london(event.change.at).date());
            if day.0 != date {
                day = (date, words::day(event.change.at, now));
            }
            Item {
                heading: day.1.clone(),
                it: Arc::clone(event),
            }
        };
        let shows = it.shows();
        let events = events.iter().filter(|event| shows(event));
        events.map(item).collect::<Vec<_>>()
    });
    // Another filter begins at its newest.
    let filter = Memo::new(move |_| it.watching.get());
    Effect::new(move |before: Option<Watching>| {
        let filter = filter.get();
        if before.is_some_and(|it| it != filter) {
            shown.set(STEP);
        }
        filter
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let dropped = Memo::new(move |_| it.live.feed.with(crate::state::Feed::dropped));
    let older = move || words::dropped(dropped.get());
    view! {
        {move || none.get().then(|| view! { <Nothing it/> })}
        {stream(Under::Page, (TITLE, "earlier"), rows, shown, STEP, row::row)}
        {move || older().map(|it| view! { <p class="app-quiet">{it}</p> })}
    }
}

/// What has come since waits here, so that nothing moves under the reader's finger.
#[component]
fn New(it: Hospital) -> impl IntoView {
    let waiting = Memo::new(move |_| {
        it.live.feed.with(|feed| {
            let (all, shows) = (feed.waiting(), it.shows());
            let here = all.iter().filter(|event| shows(event)).count();
            (here, all.len() - here)
        })
    });
    let text = Memo::new(move |_| {
        let (here, hidden) = waiting.get();
        words::waiting(here, hidden)
    });
    let there_is = Memo::new(move |_| text.with(Option::is_some));
    let knows = it.knows();
    let answered = move || matches!(knows.get(), Knows::Part | Knows::All);
    let show = Callback::new(move |()| {
        if waiting.get_untracked().0 == 0 {
            it.go(Watching::default());
        }
        it.live.feed.update(crate::state::Feed::release);
        // The button is gone with what waited.
        if let Some(heading) = document().get_element_by_id("page-heading") {
            use wasm_bindgen::JsCast;
            let _ = heading
                .dyn_into::<web_sys::HtmlElement>()
                .map(|it| it.focus());
        }
    });
    view! {
        <div class="app-stream__new" role="status">
            {move || {
                let text = Signal::derive(move || text.get().unwrap_or_default());
                if there_is.get() {
                    view! { <Waiting text on_show=show/> }.into_any()
                } else if answered() {
                    view! { <span class="app-quiet">"Nothing new"</span> }.into_any()
                } else {
                    ().into_any()
                }
            }}
        </div>
    }
}

/// Nothing to show is told apart from what is not known, which stands above it.
#[component]
fn Nothing(it: Hospital) -> impl IntoView {
    let filtered = Memo::new(move |_| it.watching.with(|it| *it != Watching::default()));
    let knows = it.knows();
    let everything = move |_| it.go(Watching::default());
    let said = Memo::new(move |_| words::nothing(knows.get(), it.one(), filtered.get()));
    view! {
        <p class="app-panel__empty">
            {move || said.get().0}
            {move || {
                said.get()
                    .1
                    .then(|| view! { <button type="button" class="nhsuk-link" on:click=everything>"Show everything"</button> })
            }}
        </p>
    }
}

/// The short name of a source.
fn source_name(it: Hospital, id: &SourceId) -> String {
    it.store.source_name(id)
}

/// The filters that can be pressed.
const CHIPS: [(About, &str); 5] = [
    (About::Everything, "Everything"),
    (About::Unplanned, "Unplanned"),
    (About::Stays, "Stays and visits"),
    (About::Appointments, "Appointments"),
    (About::Results, "Results"),
];
