//! What this device has kept and the record does not have (yet), offered in place.

use leptos::prelude::*;

use super::Desk;
use crate::present::{date, writing as words};
use crate::store::writing::{self, Wanted};

/// Drafts that this device has kept and the record does not have, to go on with.
#[component]
pub fn Drafts(desk: Desk) -> impl IntoView {
    let now = desk.it().store.now;
    // The one that could not be thrown away.
    let in_use = RwSignal::new(None::<String>);
    move || {
        let offered = desk.drafts.get().into_iter().map(|draft| {
            let what = words::kept(draft.section, draft.of.is_none());
            let at = |at| date::clock(at, now.get_untracked());
            let saved = draft.asked.map(at);
            let words = words::draft(what, &at(draft.at), saved.as_deref(), draft.is_stopped);
            let name = draft.name;
            let (thrown, kept) = (name.clone(), name.clone());
            let go_on = move |_| desk.open(Wanted::Draft(name.clone()));
            let discard = Callback::new(move |()| {
                let name = thrown.clone();
                leptos::task::spawn_local(async move {
                    if writing::discard(desk.it().store, &name).await {
                        desk.drafts.try_update(|all| all.retain(|it| it.name != name));
                    } else {
                        in_use.try_set(Some(name));
                    }
                });
            });
            let is_in_use = move || in_use.with(|it| it.as_ref() == Some(&kept));
            view! {
                <div class="app-notice app-write__draft">
                    <p>{words}</p>
                    <div class="app-write__choices">
                        <button type="button" class="nhsuk-link" on:click=go_on>"Go on writing"</button>
                        <ThrowAway label="Throw this draft away" on_sure=discard/>
                    </div>
                    <p role="status">{move || is_in_use().then_some(words::IN_USE)}</p>
                </div>
            }
        });
        offered.collect_view()
    }
}

/// Throws something away, at the second press.
#[component]
pub fn ThrowAway(label: &'static str, on_sure: Callback<()>) -> impl IntoView {
    let asked = RwSignal::new(false);
    view! {
        <Show
            when=move || asked.get()
            fallback=move || {
                view! {
                    <button type="button" class="nhsuk-link" on:click=move |_| asked.set(true)>{label}</button>
                }
            }
        >
            <span class="app-write__choices">
                "Throw away what you wrote?"
                <button type="button" class="nhsuk-link" on:click=move |_| on_sure.run(())>"Yes, throw it away"</button>
                <button type="button" class="nhsuk-link" on:click=move |_| asked.set(false)>"No"</button>
            </span>
        </Show>
    }
}
