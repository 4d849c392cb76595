//! Filters that can be pressed.

use leptos::prelude::*;

/// A row of chips with a name: `<Chips label="Show">…</Chips>`.
#[component]
pub fn Chips(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <div class="app-chips" role="group" aria-label=label>{children()}</div> }
}

/// One filter: `<Chip text="In hospital 3" pressed=on on_press=move |()| toggle()/>`.
#[component]
pub fn Chip(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] pressed: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let state = move || if pressed.get() { "true" } else { "false" };
    view! {
        <button type="button" class="app-chip" aria-pressed=state on:click=move |_| on_press.run(())>
            {text}
        </button>
    }
}
