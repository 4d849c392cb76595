//! What is printed says whose it is on every page, when it was printed and by whom: the styles put it there
//! (`style/_print.scss`), and the moment is known here only.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use crate::present::printed;
use crate::routes::Page;
use crate::store::Store;

/// Says the moment whenever something is printed, by whatever key or button.
pub fn follow(store: Store) {
    let before = window_event_listener(ev::beforeprint, move |_| {
        let reader = store.reader.get_untracked().map(|it| it.name);
        let mut words = printed::words(store.now.get_untracked(), reader.as_deref());
        if store
            .place
            .with_untracked(|it| matches!(it.page, Some(Page::Worklist(_))))
        {
            let rest = store.roster.with_untracked(|it| {
                it.has_more()
                    .then(|| printed::people(it.people().len(), it.total()))
            });
            words.extend(rest);
        }
        unfold();
        // Where nobody is open there is no banner.
        let head = document().query_selector(".app-banner, body:not(:has(.app-banner))");
        if let Some(head) = head.ok().flatten() {
            let _ = head.set_attribute("data-printed", &words);
        }
    });
    let after = window_event_listener(ev::afterprint, move |_| {
        only(None);
        fold();
        // The next page may be a person's, whose banner says it.
        if let Some(body) = document().body() {
            let _ = body.remove_attribute("data-printed");
        }
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
}

/// What is folded on the screen is facts: on paper nobody can open it. What is over and was replaced stays folded, with how
/// many there are.
fn unfold() {
    each("main details:not([open], .app-replaced)", |it| {
        let _ = it.set_attribute("open", "");
        let _ = it.set_attribute(UNFOLDED, "");
    });
}

fn fold() {
    each(&format!("details[{UNFOLDED}]"), |it| {
        let _ = it.remove_attribute("open");
        let _ = it.remove_attribute(UNFOLDED);
    });
}

const UNFOLDED: &str = "data-unfolded";

fn each(selector: &str, does: impl Fn(&web_sys::Element)) {
    let Ok(all) = document().query_selector_all(selector) else {
        return;
    };
    for at in 0..all.length() {
        if let Some(it) = all.item(at).and_then(|it| it.dyn_into().ok()) {
            does(&it);
        }
    }
}

/// Prints the page, or only the part of this id.
pub fn print(part: Option<&str>) {
    only(part);
    let _ = window().print();
}

fn only(part: Option<&str>) {
    let Some(body) = document().body() else {
        return;
    };
    let _ = match part {
        Some(part) => body.set_attribute("data-print", part),
        None => body.remove_attribute("data-print"),
    };
}
