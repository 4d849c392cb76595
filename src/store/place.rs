//! Where the reader is: the page of the address, as a signal that follows links, "back" and the page's own steps.

use leptos::ev;
use leptos::prelude::*;

use super::Store;
use super::followers::shed;
use crate::routes::Page;
use crate::transport::address;

/// The page of the address and the fragment behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `None`: there is no page at this address.
    pub page: Option<Page>,
    /// Without its `#`.
    pub fragment: String,
}

impl Place {
    /// Where the address says.
    pub fn current() -> Self {
        let (path, query, fragment) = address::current();
        Self {
            page: Page::read(&path, &query),
            fragment,
        }
    }
}

/// Goes to a page of ours.
pub fn go(store: Store, page: &Page) {
    follow(store, &page.path());
}

/// Goes to a part of a page of ours.
pub fn go_to(store: Store, page: &Page, part: &str) {
    follow(store, &format!("{}#{part}", page.path()));
}

fn follow(store: Store, href: &str) {
    address::push(href);
    arrive(store);
}

fn arrive(store: Store) {
    shed(&store.place);
    store.place.set(Place::current());
}

/// Follows links and "back", for as long as the page lives.
pub fn keep(store: Store) {
    let _ = window_event_listener(ev::popstate, move |_| arrive(store));
    let _ = window_event_listener(ev::click, move |click| {
        if let Some(href) = address::followed(&click) {
            click.prevent_default();
            follow(store, &href);
        }
    });
}
