//! Waiting. The only place with timers; a dropped wait is cancelled.

use std::time::Duration;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

struct Timeout(i32);

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.0);
        }
    }
}

/// Ends after `time`.
pub async fn sleep(time: Duration) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let milliseconds = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let mut handle = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        handle = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .ok();
    });
    let _cancelled_when_dropped = handle.map(Timeout);
    let _: Result<JsValue, JsValue> = JsFuture::from(promise).await;
}

/// Whether the page is on the screen: what is not looked at is not refreshed.
pub fn is_visible() -> bool {
    web_sys::window()
        .and_then(|it| it.document())
        .is_none_or(|it| !it.hidden())
}
