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

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use futures::future::join;

    use super::*;

    /// Longer than a test may take.
    const LONG: Duration = Duration::from_mins(10);

    #[wasm_bindgen_test::wasm_bindgen_test]
    async fn the_last_answer_lets_all_go() {
        let asked = Together::default();
        let (first, last) = (asked.ask(), asked.ask());
        let mut first = std::pin::pin!(first.come(LONG).fuse());
        assert!(
            first.as_mut().now_or_never().is_none(),
            "another is awaited"
        );
        join(first, last.come(LONG)).await;
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    async fn who_waits_for_nobody_or_no_more_lets_all_go() {
        let asked = Together::default();
        let (trust, shared, _late) = (asked.ask(), asked.ask(), asked.ask());
        join(trust.come(LONG), shared.come(Duration::ZERO)).await;
        let (patient, impatient) = (asked.ask(), asked.ask());
        join(patient.come(LONG), impatient.come(Duration::from_millis(1))).await;
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    async fn a_question_that_is_given_up_keeps_nobody_waiting() {
        let asked = Together::default();
        let (waits, given_up) = (asked.ask(), asked.ask());
        let mut waits = std::pin::pin!(waits.come(LONG).fuse());
        assert!(
            waits.as_mut().now_or_never().is_none(),
            "another is awaited"
        );
        drop(given_up);
        waits.await;
    }
}
