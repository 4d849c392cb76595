//! Colleagues who edit this section just now. They keep nobody from writing: what two write comes together.

use leptos::prelude::*;

use super::{Desk, steady};
use crate::domain::presence::place;
use crate::present::presence::lines;
use crate::store::presence::Colleagues;

/// One line for each, where there are any.
#[component]
pub fn AtWork(desk: Desk) -> impl IntoView {
    let store = desk.it().store;
    let shown = use_context::<Colleagues>().map(|it| {
        let places = StoredValue::new(desk.sections().into_iter().map(place).collect::<Vec<_>>());
        let words = Memo::new(move |_| {
            let mine = desk.mine.get();
            let all = places.with_value(|own| it.present.with(|it| it.at(own)));
            lines(&all, mine.as_ref(), store.now.get())
        });
        let before = StoredValue::new(None);
        move || {
            let words = words.get();
            // Where the reader opens or closes something here, what stands under it is another anyway.
            let mine = Some(desk.mine.get_untracked());
            if before.get_value() == mine {
                steady::hold();
            }
            before.set_value(mine);
            let line = |it| view! { <p class="app-notice app-colleague">{it}</p> };
            words.into_iter().map(line).collect_view()
        }
    });
    view! { <div class="app-colleagues" role="status">{shown}</div> }
}

/// What is wrong with `presence` in the configuration.
#[component]
pub fn WrongPresence() -> impl IntoView {
    let wrong = use_context::<Colleagues>().and_then(|it| it.wrong.get_value());
    wrong.map(|(place, what)| {
        let words = format!("config.json, {place}: {what}.");
        view! { <div class="app-notice app-notice--failed" role="status"><p>{words}</p></div> }
    })
}
