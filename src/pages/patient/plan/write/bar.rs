//! The end of an editor: save, throw away, close.

use leptos::prelude::*;

use super::{Desk, ThrowAway};
use crate::present::writing as words;
use crate::state::editing::{Editing, OnRecord};
use crate::store::writing::{Device, Writing};
use crate::ui::nhs::Button;

/// Save, throw away, close; and where what was typed is.
#[component]
pub fn Bar(writing: Writing, desk: Desk) -> impl IntoView {
    let changed = Memo::new(move |_| {
        writing
            .editing
            .with(|it| it.as_ref().is_some_and(Editing::is_changed))
    });
    // Its writer need not stay.
    let goes_by_itself = Memo::new(move |_| {
        let keeps = writing.device.get() == Device::Keeps;
        let is_waiting =
            |it: &Editing| it.waits().is_some() && matches!(it.on_record(), OnRecord::Waiting(..));
        keeps
            && writing
                .editing
                .with(|it| it.as_ref().is_some_and(is_waiting))
    });
    let waits = Memo::new(move |_| {
        writing
            .editing
            .with(|it| it.as_ref().is_some_and(|it| !it.clashes().is_empty()))
    });
    // What is on its way may have arrived: then it is too late to throw it away.
    let is_sending = Memo::new(move |_| {
        writing.editing.with(|it| {
            it.as_ref()
                .is_some_and(|it| *it.on_record() == OnRecord::Saving)
        })
    });
    let discard = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            writing.discard().await;
            desk.close(None);
        });
    });
    view! {
        <div class="app-write__bar">
            <Button kind="submit" disabled=Signal::from(waits)>"Save to the record"</Button>
            <Show
                when=move || changed.get()
                fallback=move || {
                    view! {
                        <button type="button" class="nhsuk-link" on:click=move |_| desk.close(None)>"Close"</button>
                    }
                }
            >
                <Show when=move || goes_by_itself.get()>
                    <button
                        type="button"
                        class="nhsuk-link"
                        on:click=move |_| desk.close(Some(words::WAITS.to_owned()))
                    >
                        "Close: it is saved by itself"
                    </button>
                </Show>
                <Show when=move || !is_sending.get()>
                    <ThrowAway label="Discard this draft" on_sure=discard/>
                </Show>
            </Show>
            <Where writing desk/>
        </div>
    }
}

/// Where what was typed is: on this device, on its way, in the record.
#[component]
fn Where(writing: Writing, desk: Desk) -> impl IntoView {
    let store = desk.it().store;
    let standing = Memo::new(move |_| {
        let keeps = writing.device.get() != Device::KeepsNothing;
        let source = store.shared_name();
        writing.editing.with(|it| {
            let how = (keeps, writing.is_new());
            let standing = |it| words::standing(it, how, &source, store.now.get());
            it.as_ref().map(standing)
        })
    });
    // Told to who hears it: what comes of saving, not every letter that this device keeps.
    let told = Memo::new(move |_| {
        standing.with(|it| {
            let it = it.as_ref()?;
            it.is_problem.then(|| it.words.clone())
        })
    });
    let class = move || {
        let problem = standing.with(|it| it.as_ref().is_some_and(|it| it.is_problem));
        if problem {
            "app-write__standing app-abnormal"
        } else {
            "app-write__standing app-quiet"
        }
    };
    view! {
        <p class=class>{move || standing.with(|it| it.as_ref().map(|it| it.words.clone()))}</p>
        <div class="nhsuk-u-visually-hidden" role="status">{told}</div>
    }
}
