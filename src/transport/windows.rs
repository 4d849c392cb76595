//! Other windows of the same browser with this page: they take turns, and tell each other things
//! (<https://w3c.github.io/web-locks/>, <https://html.spec.whatwg.org/multipage/web-messaging.html#broadcastchannel>).

use futures::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

/// It is this window's turn until this is dropped, or the window is gone.
pub struct Turn {
    end: Function,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = self.end.call0(&JsValue::UNDEFINED);
    }
}

/// Leaves the queue when it is dropped before its turn. A promise that never ends would keep its listeners for ever.
struct InQueue {
    abort: AbortController,
    begin: Function,
}

impl Drop for InQueue {
    fn drop(&mut self) {
        self.abort.abort();
        let _ = self.begin.call0(&JsValue::UNDEFINED);
    }
}

/// Waits until no other window has the turn of this name. `None` at once where a browser has no turns: then every window
/// is on its own.
pub async fn turn(name: &str) -> Option<Turn> {
    ask(name, &Object::new()).await
}

/// The turn of this name, where nobody has it now, in this window or another.
pub async fn free_turn(name: &str) -> Option<Turn> {
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;
    ask(name, &options).await
}

async fn ask(name: &str, options: &Object) -> Option<Turn> {
    let locks = Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let abort = AbortController::new().ok()?;
    let waits = Reflect::get(options, &"ifAvailable".into())
        .ok()?
        .is_undefined();
    if waits {
        Reflect::set(options, &"signal".into(), &abort.signal()).ok()?;
    }
    let (mut end, mut grant) = (None, None);
    let held = Promise::new(&mut |resolve, _| end = Some(resolve));
    let begun = Promise::new(&mut |resolve, _| grant = Some(resolve));
    let grant = grant?;
    // From here on: who leaves just when it is given lets go of it.
    let turn = Turn { end: end? };
    let queue = InQueue {
        abort,
        begin: grant.clone(),
    };
    // Who does not wait is told of nothing when it is not free.
    let granted = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        let _ = grant.call0(&JsValue::UNDEFINED);
        held.into()
    });
    let asked = request.call3(&locks, &name.into(), options, &granted);
    let asked: Promise = asked.ok()?.dyn_into().ok()?;
    let first = select(JsFuture::from(begun), JsFuture::from(asked)).await;
    drop(queue);
    matches!(first, Either::Left((Ok(_), _))).then_some(turn)
}

/// What windows tell each other under a name. Dropping it leaves.
pub struct Neighbours {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

impl Neighbours {
    /// From now on `hear` is called with what the others say. `None` where a browser has nothing of the kind.
    pub fn meet(name: &str, mut hear: impl FnMut(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _heard: heard,
        })
    }

    pub fn tell(&self, text: &str) {
        let _ = self.channel.post_message(&text.into());
    }
}
