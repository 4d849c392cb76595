//! Waiting. The only place with timers; a dropped wait is cancelled.

use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// A timer that is under way, and what ends its promise. A promise that never ends would keep its listeners for ever.
struct Timeout {
    handle: i32,
    end: Function,
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
        let _ = self.end.call0(&JsValue::UNDEFINED);
    }
}

/// Ends after `time`.
pub async fn sleep(time: Duration) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let milliseconds = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let mut timeout = None;
    let promise = Promise::new(&mut |end, _| {
        timeout = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&end, milliseconds)
            .ok()
            .map(|handle| Timeout { handle, end });
    });
    let _cancelled_when_dropped = timeout;
    let _: Result<JsValue, JsValue> = JsFuture::from(promise).await;
}

/// Both ends of a way on which a word comes back at once.
struct Echo(MessageChannel);

impl Drop for Echo {
    fn drop(&mut self) {
        self.0.port1().close();
    }
}

/// Lets the screen be drawn and a hand be heard. A timer that follows others waits four milliseconds at least
/// (<https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers>), a message does not.
pub async fn breathe() {
    let Ok(channel) = MessageChannel::new() else {
        return sleep(Duration::ZERO).await;
    };
    let echo = Echo(channel);
    let came = Promise::new(&mut |end, _| echo.0.port1().set_onmessage(Some(&end)));
    let _ = echo.0.port2().post_message(&JsValue::NULL);
    let _: Result<JsValue, JsValue> = JsFuture::from(came).await;
}

/// Whether the page is on the screen: what is not looked at is not refreshed.
pub fn is_visible() -> bool {
    web_sys::window()
        .and_then(|it| it.document())
        .is_none_or(|it| !it.hidden())
}
