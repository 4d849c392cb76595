//! My patients: the first screen. A list of people with where they are, what changed, how their plan stands.

mod head;
mod line;
mod picker;
mod rows;
mod told;

use leptos::prelude::*;

use crate::pages::Arrival;
use crate::pages::later::{self, Later};
use crate::routes::{Listing, ORDERS, Order, Page, name_of};
use crate::state::Remote;
use crate::store::roster::Cursor;
use crate::store::{place, roster, use_store};
use crate::ui::{Direction, Skeleton, WorkTable};
use line::Line;
pub use picker::PickerPart;
use rows::Rows;
pub use told::ToldPart;

/// What comes later needs of the list that is open.
#[derive(Clone, Copy)]
struct Ground {
    rows: Rows,
    cursor: RwSignal<Option<Cursor>>,
}

#[component]
pub fn WorklistPage() -> impl IntoView {
    let store = use_store();
    let listing = Memo::new(move |before: Option<&Listing>| {
        store.place.with(|it| match &it.page {
            Some(Page::Worklist(listing)) => listing.clone(),
            // The reader is leaving: what is on the screen stays as it is until it is gone.
            _ => before.cloned().unwrap_or_default(),
        })
    });
    let list = Memo::new(move |_| listing.with(|it| it.list.clone()));
    // Another list is a new subtree, so that nobody of the last one is left on the screen.
    move || {
        // Read, not only tracked: a memo that nobody reads is never worked out, and so never changes.
        list.with(|_| ());
        view! { <List listing/> }
    }
}

#[component]
fn List(listing: Memo<Listing>) -> impl IntoView {
    let store = use_store();
    let list = listing.with_untracked(|it| it.list.clone());
    let cursor = roster::open(store, list.clone());
    let rows = Rows::new(store, listing);
    provide_context(Ground { rows, cursor });
    if let Some(arrival) = use_context::<Arrival>() {
        arrival.at("My patients", "page-heading");
    }
    let go = Callback::new(move |listing: Listing| place::go(store, &Page::Worklist(listing)));
    let reload_list = list.clone();
    let retry = Callback::new(move |()| roster::reload(store, reload_list.clone(), cursor));
    view! {
        <main class="app-main" id="maincontent" tabindex="-1">
            <head::Head listing rows go/>
            <Later part=later::told lines=0/>
            <Body listing rows go retry/>
            <More rows cursor/>
        </main>
    }
}

/// The table, or what stands in its place. People stay on the screen while the list refreshes.
#[component]
fn Body(
    listing: Memo<Listing>,
    rows: Rows,
    go: Callback<Listing>,
    retry: Callback<()>,
) -> impl IntoView {
    let store = use_store();
    let waiting = Memo::new(move |_| {
        store
            .roster
            .with(|it| matches!(it.load(), Remote::Idle | Remote::Loading))
    });
    let failed = Memo::new(move |_| {
        store.roster.with(|it| {
            let failed = it.load().failed();
            failed.map(|(problem, since)| (problem.clone(), since))
        })
    });
    let empty = Memo::new(move |_| rows.shown.with(|it| it.is_empty()));
    move || {
        if waiting.get() {
            view! { <Skeleton lines=10/> }.into_any()
        } else if let Some((problem, since)) = failed.get() {
            view! { <head::Failed problem since retry/> }.into_any()
        } else if empty.get() {
            view! { <head::Nobody listing rows go/> }.into_any()
        } else {
            view! { <Table listing rows go/> }.into_any()
        }
    }
}

#[component]
fn Table(listing: Memo<Listing>, rows: Rows, go: Callback<Listing>) -> impl IntoView {
    let sort = Signal::derive(move || {
        let order = listing.with(|it| it.order);
        let way = if order == Order::Name {
            Direction::Ascending
        } else {
            Direction::Descending
        };
        Some((name_of(&ORDERS, &order).to_owned(), way))
    });
    let on_sort = Callback::new(move |key: String| {
        let found = ORDERS
            .iter()
            .find(|(_, name)| *name == key)
            .map(|(order, _)| *order);
        let now = listing.get_untracked();
        // Pressing the order that is on goes back to the usual one.
        let order = found.filter(|it| *it != now.order).unwrap_or_default();
        go.run(Listing { order, ..now });
    });
    view! {
        <WorkTable
            caption="People"
            columns=line::columns()
            rows=rows.shown
            key=|row: &Line| row.key()
            hot=Callback::new(|row: Line| row.is_hot())
            sort
            on_sort
        />
    }
}

/// The next page of people: asked for when the end of the list comes near, or by hand.
#[component]
fn More(rows: Rows, cursor: RwSignal<Option<crate::store::roster::Cursor>>) -> impl IntoView {
    let store = use_store();
    let near = window_event_listener(leptos::ev::scroll, move |_| {
        let height = document()
            .document_element()
            .map_or(0, |it| it.scroll_height());
        let seen = window().scroll_y().unwrap_or(0.0)
            + window()
                .inner_height()
                .ok()
                .and_then(|it| it.as_f64())
                .unwrap_or(0.0);
        if f64::from(height) - seen < 1500.0 && cursor.with_untracked(Option::is_some) {
            roster::more(store, cursor);
        }
    });
    on_cleanup(move || near.remove());
    let there_is = Memo::new(move |_| {
        store
            .roster
            .with(super::super::state::roster::Roster::has_more)
    });
    move || {
        there_is.get().then(|| {
            view! {
                <p class="app-more">
                    {move || rows.loaded_words()} " "
                    <button type="button" class="nhsuk-link" on:click=move |_| roster::more(store, cursor)>
                        "Load more people"
                    </button>
                </p>
            }
        })
    }
}
