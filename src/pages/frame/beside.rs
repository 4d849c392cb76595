//! What goes on beside every page, from some moments after the first sign of a hand: whom the reader has looked at is
//! kept for their other devices, what they have asked to be saved goes to the record, and what happens in hospitals is
//! watched.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{outgoing, printing};
use crate::pages::hospital::{AlertSettings, Alerts};
use crate::routes::Page;
use crate::store::health::learn_abilities;
use crate::store::{alerts, feed, looked, pause, use_store, writing};
use crate::ui::Dialog;

#[component]
pub fn Beside() -> impl IntoView {
    let store = use_store();
    looked::keep(store);
    learn_abilities(store);
    alerts::restore(store);
    let waits = writing::keep(store);
    printing::follow(store);
    // Nobody reads any more.
    on_cleanup(move || feed::end(store));
    let watching = RwSignal::new(false);
    let after = Duration::from_secs(u64::from(store.config().limits.watch_after_seconds));
    spawn(async move {
        pause(after).await;
        watching.try_set(true);
    });
    // Where it is shown, it is watched already.
    Effect::new(move |_| {
        if store
            .place
            .with(|it| matches!(it.page, Some(Page::Hospital(_))))
        {
            watching.set(true);
        }
    });
    let is_open = Memo::new(move |_| store.alerts.with(|it| it.is_open));
    view! {
        <outgoing::Waits it=waits/>
        <Show when=move || watching.get()><Alerts/></Show>
        <Dialog title="Alerts" open=is_open on_close=move |()| alerts::open(store, false)>
            <Show when=move || is_open.get()><AlertSettings/></Show>
        </Dialog>
    }
}
