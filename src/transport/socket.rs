//! A WebSocket: what comes is read one text after the other; dropping it closes it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, WebSocket};

/// What has come and was not read yet.
#[derive(Default)]
struct Inbox {
    texts: VecDeque<String>,
    opened: bool,
    closed: bool,
    waker: Option<Waker>,
}

impl Inbox {
    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// A connection.
pub struct Socket {
    connection: WebSocket,
    inbox: Rc<RefCell<Inbox>>,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        for detach in [
            WebSocket::set_onopen,
            WebSocket::set_onclose,
            WebSocket::set_onmessage,
        ] {
            detach(&self.connection, None);
        }
        let _ = self.connection.close();
    }
}

impl Socket {
    /// Connects to a path of this page's origin, or to a whole URL (`http` stands for `ws`). `None` when it cannot be.
    pub async fn connect(url: &str) -> Option<Self> {
        let socket = WebSocket::new(&whole(url)?).ok()?;
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let told = |change: fn(&mut Inbox)| {
            let inbox = Rc::clone(&inbox);
            Closure::<dyn FnMut()>::new(move || {
                let mut inbox = inbox.borrow_mut();
                change(&mut inbox);
                inbox.wake();
            })
        };
        let opened = told(|it| it.opened = true);
        let closed = told(|it| it.closed = true);
        let message = {
            let inbox = Rc::clone(&inbox);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let mut inbox = inbox.borrow_mut();
                inbox.texts.extend(event.data().as_string());
                inbox.wake();
            })
        };
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        let it = Self {
            connection: socket,
            inbox,
            _opened: opened,
            _closed: closed,
            _message: message,
        };
        it.until(|inbox| (inbox.opened || inbox.closed).then_some(()))
            .await;
        let open = !it.inbox.borrow().closed;
        open.then_some(it)
    }

    /// Sends a text. What is sent to a closed connection is lost.
    pub fn send(&self, text: &str) {
        let _ = self.connection.send_with_str(text);
    }

    /// The next text that comes; `None` once the connection is closed.
    pub async fn next(&self) -> Option<String> {
        self.until(|inbox| match inbox.texts.pop_front() {
            Some(text) => Some(Some(text)),
            None => inbox.closed.then_some(None),
        })
        .await
    }

    /// What has come already.
    pub fn ready(&self) -> Option<String> {
        self.inbox.borrow_mut().texts.pop_front()
    }

    async fn until<T>(&self, mut look: impl FnMut(&mut Inbox) -> Option<T>) -> T {
        poll_fn(|context| {
            let mut inbox = self.inbox.borrow_mut();
            if let Some(it) = look(&mut inbox) {
                return Poll::Ready(it);
            }
            inbox.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// `/fhir/rw3/ws` → `wss://this.page/fhir/rw3/ws`.
fn whole(url: &str) -> Option<String> {
    let here = web_sys::window()?.location();
    let url = match url.strip_prefix('/') {
        Some(_) => format!("{}{url}", here.origin().ok()?),
        None => url.to_owned(),
    };
    // `https` becomes `wss`.
    Some(
        url.strip_prefix("http")
            .map_or(url.clone(), |rest| format!("ws{rest}")),
    )
}
