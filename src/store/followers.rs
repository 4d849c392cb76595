//! Whoever follows a signal that lives as long as the page.

use leptos::reactive::graph::{ReactiveNode, ToAnySource};

/// Tells all followers of `signal` to look again, and forgets those that are gone. The library keeps a place for each
/// follower until it runs again, which one that was disposed never does, and goes through all of them at each change:
/// with hundreds of people opened, memory and time grow. To be called where what the signal holds is about to change
/// anyway, so that nobody looks twice.
pub(super) fn shed(signal: &impl ToAnySource) {
    if !signal.is_disposed() {
        signal.to_any_source().mark_dirty();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Weak};

    use leptos::prelude::*;
    use leptos::reactive::graph::{AnySource, AnySubscriber, Subscriber, WithObserver};

    use super::*;

    #[derive(Default)]
    struct Follower(AtomicUsize);

    impl ReactiveNode for Follower {
        fn mark_dirty(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        fn mark_check(&self) {}
        fn mark_subscribers_check(&self) {}
        fn update_if_necessary(&self) -> bool {
            false
        }
    }

    impl Subscriber for Follower {
        fn add_source(&self, _: AnySource) {}
        fn clear_sources(&self, _: &AnySubscriber) {}
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn followers_are_told_once_and_no_place_is_kept_for_them() {
        let owner = Owner::new();
        owner.set();
        let signal = RwSignal::new(0);
        let followers: Vec<Arc<Follower>> = (0..100).map(|_| Arc::default()).collect();
        for it in &followers {
            let weak: Weak<Follower> = Arc::downgrade(it);
            let subscriber = AnySubscriber(Arc::as_ptr(it) as usize, weak);
            subscriber.with_observer(|| signal.get());
        }
        let places = || followers.iter().map(Arc::weak_count).sum::<usize>();
        signal.set(1);
        assert_eq!(places(), 100, "the library keeps them");
        shed(&signal);
        assert_eq!(places(), 0);
        signal.set(2);
        for it in &followers {
            assert_eq!(it.0.load(Ordering::Relaxed), 2);
        }
        owner.cleanup();
        shed(&signal);
    }
}
