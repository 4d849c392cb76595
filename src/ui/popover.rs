//! A disclosure whose content lies over the page and closes on Escape, on a click elsewhere, and on a second press.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// `label` is what the button shows; `button_class` how it looks (`app-top__button`, `app-alerts__button`). The
/// content stays in the document (hidden), so that it needs no second rendering. Escape gives the focus back.
///
/// ```ignore
/// <Popover button_class="app-top__button" label=move || view! { "Asha Rahman" }>
///     <p>"Care coordinator"</p>
/// </Popover>
/// ```
#[component]
pub fn Popover(
    #[prop(into)] label: ViewFn,
    #[prop(into)] button_class: Signal<String>,
    /// What the content is, for a screen reader; the button's words by default.
    #[prop(optional, into)]
    name: Option<String>,
    /// Whether it is open, for content that is only made then.
    #[prop(default = RwSignal::new(false))]
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event
            .target()
            .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        // A dialog that was opened from here gives the focus back to here.
        let in_dialog = target
            .as_ref()
            .is_some_and(|it| matches!(it.closest("dialog"), Ok(Some(_))));
        let inside = in_dialog
            || root
                .try_get_untracked()
                .flatten()
                .is_some_and(|it| it.contains(target.as_deref()));
        if !inside && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            if let Some(it) = button.get_untracked() {
                let _ = it.focus();
            }
        }
    };
    let expanded = move || if open.get() { "true" } else { "false" };
    view! {
        <div class="app-popover" node_ref=root on:keydown=on_key>
            <button
                type="button"
                class=button_class
                node_ref=button
                aria-expanded=expanded
                on:click=move |_| open.update(|it| *it = !*it)
            >
                {label.run()}
                <super::nhs::Icon name=super::nhs::IconName::TURN/>
            </button>
            <div class="app-popover__body" role="group" aria-label=name hidden=move || !open.get()>
                {children()}
            </div>
        </div>
    }
}
