//! A native modal dialog, and the list of keys that `?` shows.

use leptos::{html, prelude::*};

use super::nhs::{Icon, IconName};

/// `<Dialog title="Keys" open on_close>…</Dialog>`. The browser keeps the focus inside and gives it back; Escape and
/// the cross call `on_close`, which sets `open` to false.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        if let Some(it) = dialog.get() {
            if wanted && !it.open() {
                let _ = it.show_modal();
            } else if !wanted && it.open() {
                it.close();
            }
        }
    });
    let on_ended = move |_| {
        if open.try_get_untracked() == Some(true) {
            on_close.run(());
        }
    };
    let label = title.clone();
    view! {
        <dialog class="app-dialog" node_ref=dialog aria-label=label on:close=on_ended>
            <div class="app-dialog__head">
                <h2>{title}</h2>
                <button
                    type="button"
                    class="app-dialog__close"
                    aria-label="Close"
                    on:click=move |_| on_close.run(())
                >
                    <Icon name=IconName::CROSS/>
                </button>
            </div>
            {children()}
        </dialog>
    }
}

/// A key (or several that do the same) and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub keys: Vec<String>,
    pub does: String,
}

/// `<Keys keys=vec![Key { keys: vec!["j".into(), "↓".into()], does: "Next person".into() }]/>`.
#[component]
pub fn Keys(keys: Vec<Key>) -> impl IntoView {
    view! {
        <dl class="app-facts app-facts--tight app-keys">
            {keys
                .into_iter()
                .map(|key| {
                    let names = key
                        .keys
                        .into_iter()
                        .map(|name| view! { <kbd>{name}</kbd> " " })
                        .collect_view();
                    view! {
                        <dt>{names}</dt>
                        <dd>{key.does}</dd>
                    }
                })
                .collect_view()}
        </dl>
    }
}
