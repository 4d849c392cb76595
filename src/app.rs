//! Boot, providers, router; what belongs to the whole page and not to one of its pages.

use std::time::Duration;

use leptos::mount::mount_to_body;
use leptos::prelude::*;

use crate::api::{Config, ConfigError};
use crate::pages::frame::Frame;
use crate::pages::later::{self, Later};
use crate::pages::start::ConfigProblem;
use crate::pages::worklist::WorklistPage;
use crate::pages::{Arrival, NotFound};
use crate::routes::Page;
use crate::store::health::restore_abilities;
use crate::store::{Store, keep_time, place, use_store, writing};
use crate::transport::{fetch, timer};

/// Reads `config.json`, then shows the app, or what is wrong with the file.
pub fn start() {
    crate::panic::install();
    #[cfg(styleguide)]
    if window()
        .location()
        .pathname()
        .is_ok_and(|it| it == "/styleguide")
    {
        clear_shell();
        mount_to_body(crate::pages::styleguide::Styleguide);
        return;
    }
    // Leptos has no executor before something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        // What has just been compiled is one task, what it draws another.
        timer::sleep(Duration::ZERO).await;
        let config = match fetch::file("/config.json").await {
            Some(text) => Config::read(&text),
            None => Err(ConfigError {
                place: "config.json".to_owned(),
                what: "could not be loaded from the web server".to_owned(),
            }),
        };
        clear_shell();
        match config {
            Ok(config) => mount_to_body(move || view! { <App config/> }),
            Err(ConfigError { place, what }) => {
                mount_to_body(move || view! { <ConfigProblem place what/> });
            }
        }
    });
}

/// Takes away what stood on the page before it began.
fn clear_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

#[component]
fn App(config: Config) -> impl IntoView {
    let store = Store::new(config);
    provide_context(store);
    provide_context(Arrival::new());
    keep_time(store);
    restore_abilities(store);
    let known = Memo::new(move |_| store.reader.with(Option::is_some));
    place::keep(store);
    load_rest_when_used(store);
    // The bar first, then the page: to make both at once takes a slow processor longer than a finger feels.
    let page = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        timer::sleep(Duration::ZERO).await;
        page.set(true);
    });
    view! {
        <Frame>
            {move || {
                if !page.get() {
                    // As the document has it until then.
                    view! {
                        <main class="app-main" aria-busy="true">
                            <p class="app-quiet">"Loading the page…"</p>
                        </main>
                    }
                    .into_any()
                } else if known.get() {
                    view! { <Pages/> }.into_any()
                } else {
                    view! { <Later part=later::pick_reader/> }.into_any()
                }
            }}
            {move || store.beside.get().filter(|_| known.get()).map(|it| it())}
        </Frame>
    }
}

/// Which of the pages, whatever it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Worklist,
    Patient,
    Hospital,
    Nowhere,
}

#[component]
fn Pages() -> impl IntoView {
    let store = use_store();
    let kind = Memo::new(move |_| {
        store.place.with(|it| match it.page {
            Some(Page::Worklist(_)) => Kind::Worklist,
            Some(Page::Patient(..)) => Kind::Patient,
            Some(Page::Hospital(_)) => Kind::Hospital,
            None => Kind::Nowhere,
        })
    });
    move || match kind.get() {
        Kind::Worklist => view! { <WorklistPage/> }.into_any(),
        Kind::Patient => view! { <Later part=later::record/> }.into_any(),
        Kind::Hospital => view! { <Later part=later::hospital/> }.into_any(),
        Kind::Nowhere => view! { <NotFound/> }.into_any(),
    }
}

/// The rest of the page is loaded at the first sign of a hand, so that what is opened next is there, and is there even
/// when the network is lost.
///
/// Then begins what stands beside every page.
fn load_rest_when_used(store: Store) {
    let begin = move || {
        if !store.hand.get_untracked() {
            store.hand.set(true);
            leptos::task::spawn_local(async move {
                later::load_rest().await;
                // Where it cannot be loaded, every part that is opened says so.
                let beside = later::beside().await.ok();
                if store.beside.with_untracked(Option::is_none) {
                    store.beside.set(beside);
                }
            });
        }
    };
    // What waits to be saved goes on without a hand.
    if writing::waits_here() {
        begin();
    }
    let _ = window_event_listener(leptos::ev::pointermove, move |_| begin());
    let _ = window_event_listener(leptos::ev::pointerdown, move |_| begin());
    let _ = window_event_listener(leptos::ev::keydown, move |_| begin());
}
