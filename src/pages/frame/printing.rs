//! What is printed says whose it is on every page, and when it was printed: the styles put both there
//! (`style/_print.scss`), and the moment is known here only.

use leptos::ev;
use leptos::prelude::*;

use crate::present::date;
use crate::store::Store;

/// Says the moment whenever something is printed, by whatever key or button.
pub fn follow(store: Store) {
    let before = window_event_listener(ev::beforeprint, move |_| {
        let words = format!(
            "Printed {}. Check the live record.",
            date::instant(store.now.get_untracked())
        );
        let head = document().query_selector(".app-banner").ok().flatten();
        if let Some(head) = head {
            let _ = head.set_attribute("data-printed", &words);
        }
    });
    let after = window_event_listener(ev::afterprint, move |_| only(None));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
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
