//! The styles of what loads later: `index.html` says where they are, and the first part that needs them asks for them.

use std::cell::RefCell;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static ASKED: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Waits until they are there, or cannot be had: a part without its looks is better than none, and the next one asks
/// again.
pub async fn load() {
    let asked = ASKED.with_borrow_mut(|asked| asked.get_or_insert_with(ask).clone());
    if JsFuture::from(asked).await.is_err() {
        ASKED.set(None);
    }
}

fn ask() -> Promise {
    let place = document().query_selector("meta[name=later-styles]");
    let place = place
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("content"));
    let (Some(place), Some(head)) = (place, document().head()) else {
        return Promise::resolve(&JsValue::NULL);
    };
    Promise::new(&mut |resolve, reject| {
        if let Ok(link) = document().create_element("link") {
            let _ = link.set_attribute("rel", "stylesheet");
            let _ = link.set_attribute("href", &place);
            let _ = link.add_event_listener_with_callback("load", &resolve);
            let _ = link.add_event_listener_with_callback("error", &reject);
            let _ = head.append_child(&link);
        }
    })
}
