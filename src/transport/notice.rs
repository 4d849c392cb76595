//! Notices of the device itself, outside the page: allowed by the person or not.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether this device has such notices at all: some browsers, and pages inside others, have none.
fn exist() -> bool {
    web_sys::window()
        .and_then(|it| Reflect::get(&it, &"Notification".into()).ok())
        .is_some_and(|it| it.is_function())
}

/// Whether the person has allowed them. `None`: not asked yet; an error: there are none on this device.
pub fn are_allowed() -> Result<Option<bool>, ()> {
    if !exist() {
        return Err(());
    }
    Ok(match Notification::permission() {
        NotificationPermission::Granted => Some(true),
        NotificationPermission::Denied => Some(false),
        _ => None,
    })
}

/// Asks the person, where they have not answered yet. To be called on a press.
pub async fn ask() {
    if are_allowed() == Ok(None)
        && let Ok(answer) = Notification::request_permission()
    {
        let _ = JsFuture::from(answer).await;
    }
}

/// Shows one; it takes the place of the last. A press on it brings the page to the front.
pub fn show(title: &str, words: &str) {
    if are_allowed() != Ok(Some(true)) {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(words);
    options.set_tag("alongside");
    if let Ok(it) = Notification::new_with_options(title, &options) {
        let front = Closure::once_into_js(|| web_sys::window().map(|it| it.focus()).is_some());
        it.set_onclick(front.dyn_ref());
    }
}

/// Whether the reader is at the page.
pub fn has_reader() -> bool {
    web_sys::window()
        .and_then(|it| it.document())
        .is_none_or(|it| !it.hidden() && it.has_focus().unwrap_or(true))
}
