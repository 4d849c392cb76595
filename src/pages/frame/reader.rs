//! Who I am, and leaving.

use leptos::prelude::*;

use crate::pages::later::{self, Later};
use crate::present;
use crate::store::{alerts, reader, use_store, writing};
use crate::ui::Popover;

#[component]
pub fn WhoIAm() -> impl IntoView {
    let store = use_store();
    let me = Memo::new(move |_| store.reader.get());
    let short = move || {
        me.get().map(|it| {
            [it.name, it.role]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        })
    };
    let initials = move || me.get().map(|it| present::name::initials(&it.name));
    let label = move || {
        view! {
            <span class="app-top__who">{short}</span>
            <span class="app-top__initials" aria-hidden="true">{initials}</span>
        }
    };
    let open = RwSignal::new(false);
    view! {
        <Popover button_class="app-top__button app-top__button--who" label name="Who I am" open>
            <Show when=move || open.get()>
                <Later part=later::who_i_am lines=3/>
            </Show>
        </Popover>
    }
}

/// Who the reader is, in full, and what they can choose.
#[component]
pub fn WhoIAmPart() -> impl IntoView {
    let store = use_store();
    let me = Memo::new(move |_| store.reader.get());
    let organisation = move || {
        me.get()
            .map(|it| it.organisation)
            .filter(|it| !it.is_empty())
    };
    view! {
        <p>
            <strong>{move || me.get().map(|it| it.name)}</strong>
            <br/>
            {move || me.get().map(|it| it.role)}
            {move || organisation().map(|it| view! { <br/> {it} })}
        </p>
        {move || {
            let words = present::looked::kept(store.looked_kept.get(), &store.shared_name());
            words.map(|it| view! { <p class="app-quiet">{it}</p> })
        }}
        <p class="app-popover__act">
            <button type="button" class="nhsuk-link" on:click=move |_| alerts::open(store, true)>
                "Alerts"
            </button>
        </p>
        <Leave/>
    }
}

/// Leaving; told first what would be lost.
#[component]
fn Leave() -> impl IntoView {
    let store = use_store();
    let lost = RwSignal::new(None::<String>);
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            let (waits, drafts) = writing::left_here(store).await;
            match present::outbox::left_here(waits, drafts) {
                Some(words) => _ = lost.try_set(Some(words)),
                None => reader::leave(store),
            }
        });
    };
    let act = |label: &'static str, act: Callback<()>| {
        view! {
            <p class="app-popover__act">
                <button type="button" class="nhsuk-link" on:click=move |_| act.run(())>{label}</button>
            </p>
        }
    };
    let told = move || {
        lost.get().map(|words| {
            view! {
                <div class="app-notice app-notice--failed" role="alert"><p>{words}</p></div>
                {act("Leave, and lose it", Callback::new(move |()| {
                    writing::give_up();
                    reader::leave(store);
                }))}
                {act("Stay", Callback::new(move |()| lost.set(None)))}
            }
        })
    };
    view! {
        {told}
        <Show when=move || lost.with(Option::is_none)>
            <p class="app-popover__act">
                <button type="button" class="nhsuk-link" on:click=ask>"Work as somebody else"</button>
            </p>
        </Show>
    }
}
