//! Answers that come within a moment of each other are settled together: what is on the screen is then worked out, laid out
//! and painted once, not once for each source.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot::{self, Sender};
use futures::future::{Either, select};

use crate::transport::timer;

/// Questions whose answers are shown at one place.
#[derive(Clone, Default)]
pub struct Together(Rc<Moment>);

#[derive(Default)]
struct Moment {
    awaited: Cell<usize>,
    waiting: RefCell<Vec<Sender<()>>>,
}

impl Moment {
    fn end(&self) {
        for go in self.waiting.take() {
            // Who left the page waits no more.
            let _ = go.send(());
        }
    }
}

/// A question that has been asked. Dropped, it is awaited no more.
pub struct Awaited(Rc<Moment>);

impl Together {
    pub fn ask(&self) -> Awaited {
        self.0.awaited.set(self.0.awaited.get() + 1);
        Awaited(Rc::clone(&self.0))
    }
}

impl Awaited {
    /// The answer is there. Returns when it may be settled: when no other is awaited, or after `patience`; then all that
    /// wait may.
    pub async fn come(self, patience: Duration) {
        let moment = Rc::clone(&self.0);
        drop(self);
        if moment.awaited.get() == 0 {
            return;
        }
        if patience.is_zero() {
            return moment.end();
        }
        let (go, gone) = oneshot::channel();
        moment.waiting.borrow_mut().push(go);
        let waited = std::pin::pin!(timer::sleep(patience));
        if let Either::Left(_) = select(waited, gone).await {
            moment.end();
        }
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        let left = self.0.awaited.get() - 1;
        self.0.awaited.set(left);
        if left == 0 {
            self.0.end();
        }
    }
}
