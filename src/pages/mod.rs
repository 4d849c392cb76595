//! One folder for each page: signals of the store → words → components. No HTTP, no FHIR, no rules about facts.

pub mod frame;
pub mod hospital;
pub mod later;
mod later_styles;
pub mod listing;
pub mod patient;
pub mod start;
#[cfg(styleguide)]
pub mod styleguide;
pub mod worklist;

use leptos::prelude::*;

use crate::routes::{Listing, Page};

/// What follows a navigation: title, focus and announcement, in one place, because the router does none of them.
#[derive(Clone, Copy)]
pub struct Arrival {
    pub announced: RwSignal<String>,
    title: StoredValue<String>,
    first: StoredValue<bool>,
}

impl Arrival {
    pub fn new() -> Self {
        Self {
            announced: RwSignal::new(String::new()),
            title: StoredValue::new(String::new()),
            first: StoredValue::new(true),
        }
    }

    /// Sets the title of the document: what is new is told while the page is in another tab, `(4) My patients –
    /// Alongside`.
    pub fn show_title(&self, store: crate::store::Store) {
        let news = match store.news.get_untracked() {
            0 => String::new(),
            number => format!("({number}) "),
        };
        let (title, product) = (self.title.get_value(), store.config().title.clone());
        document().set_title(&format!("{news}{title} – {product}"));
    }

    /// A page (or a section of one) is there: its title is set and announced, and its heading gets the focus, except
    /// on the very first page, where the browser has put the reader at the top already.
    pub fn at(&self, title: &str, heading_id: &'static str) {
        self.title.set_value(title.to_owned());
        self.show_title(crate::store::use_store());
        self.announced.set(title.to_owned());
        if self.first.get_value() {
            self.first.set_value(false);
            return;
        }
        request_animation_frame(move || {
            use wasm_bindgen::JsCast;
            let heading = document().get_element_by_id(heading_id);
            if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
            {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = heading.focus_with_options(&options);
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
}

#[component]
pub fn NotFound() -> impl IntoView {
    if let Some(arrival) = use_context::<Arrival>() {
        arrival.at("Page not found", "page-heading");
    }
    let home = Page::Worklist(Listing::default()).path();
    view! {
        <main class="app-main" id="maincontent">
            <h1 id="page-heading" tabindex="-1">"Page not found"</h1>
            <p>"There is no page at this address. It may have been typed or copied with a mistake."</p>
            <p><a href=home>"My patients"</a></p>
        </main>
    }
}
