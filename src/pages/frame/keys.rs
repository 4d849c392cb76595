//! `?` shows the keys; `/` and Ctrl-K go to the finder.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::pages::later::{self, Later};
use crate::ui::{Dialog, Key, Keys};

/// Whether the keys are shown: shared with the part that shows them.
#[derive(Clone, Copy)]
struct Shown(RwSignal<bool>);

#[component]
pub fn KeysHelp() -> impl IntoView {
    let open = RwSignal::new(false);
    provide_context(Shown(open));
    // The dialog stays once it was opened: one that is taken away does not give the focus back.
    let opened = Memo::new(move |before| before == Some(&true) || open.get());
    let pressed = window_event_listener(ev::keydown, move |event| {
        if event.key() == "?" && !is_typing(&event) {
            event.prevent_default();
            open.set(true);
        }
    });
    on_cleanup(move || pressed.remove());
    view! {
        <Show when=move || opened.get()>
            <Later part=later::keys lines=0/>
        </Show>
    }
}

/// The list of keys.
#[component]
pub fn KeysPart() -> impl IntoView {
    let Shown(open) = expect_context();
    let key = |keys: &[&str], does: &str| Key {
        keys: keys.iter().map(|it| (*it).to_owned()).collect(),
        does: does.to_owned(),
    };
    let keys = vec![
        key(&["/", "Ctrl K"], "Find a patient"),
        key(&["j", "\u{2193}"], "Next person or line"),
        key(&["k", "\u{2191}"], "Previous person or line"),
        key(&["Enter"], "Open"),
        key(&["Ctrl S"], "Save what is written"),
        key(&["Esc"], "Close a menu, a list or a window like this"),
        key(&["?"], "These keys"),
    ];
    view! {
        <Dialog title="Keys" open on_close=move |()| open.set(false)>
            <Keys keys/>
        </Dialog>
    }
}

/// Whether a key press goes into a field.
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|it| matches!(it.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
