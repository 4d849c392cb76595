//! What is printed says whose it is on every page, when it was printed and by whom: the styles put it there
//! (`style/_print.scss`), and the moment is known here only.

use leptos::ev;
use leptos::prelude::*;

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
        // Where nobody is open there is no banner.
        let head = document().query_selector(".app-banner, body:not(:has(.app-banner))");
        if let Some(head) = head.ok().flatten() {
            let _ = head.set_attribute("data-printed", &words);
        }
    });
    let after = window_event_listener(ev::afterprint, move |_| {
        only(None);
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
