//! Boot, providers, router; what belongs to the whole page and not to one of its pages.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::api::{Config, ConfigError};
use crate::pages::frame::Frame;
use crate::pages::patient::PatientPage;
use crate::pages::start::{ConfigProblem, PickReader};
use crate::pages::worklist::WorklistPage;
use crate::pages::{Arrival, NotFound};
use crate::store::health::learn_abilities;
use crate::store::{Store, keep_time};
use crate::transport::fetch;

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
    learn_abilities(store);
    let known = Memo::new(move |_| store.reader.with(Option::is_some));
    view! {
        <Router>
            <Frame>
                {move || {
                    if known.get() {
                        view! { <Pages/> }.into_any()
                    } else {
                        view! { <PickReader/> }.into_any()
                    }
                }}
            </Frame>
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFound>
            <Route path=path!("/") view=WorklistPage/>
            <Route path=path!("/patient/:id") view=PatientPage/>
            <Route path=path!("/patient/:id/:section") view=PatientPage/>
        </Routes>
    }
}
