//! What the reader wants to be told of, kept on this device.

use leptos::prelude::*;

use super::Store;
use crate::api::session::Reader;
use crate::state::AlertRules;
use crate::state::alerts::Outside;
use crate::transport::{notice, storage};

/// What the reader wants to be told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alerting {
    pub rules: AlertRules,
    /// The reader changes it now.
    pub is_open: bool,
}

fn key(reader: &Reader) -> String {
    format!(
        "alongside.alerts.{}{}",
        reader.role_id, reader.practitioner_id
    )
}

/// Takes the rules that the reader has on this device.
pub fn restore(store: Store) {
    let key = store.reader.with_untracked(|it| it.as_ref().map(key));
    let text = key.and_then(|it| storage::load(&it)).unwrap_or_default();
    store
        .alerts
        .update(|it| it.rules = AlertRules::from_text(&text));
}

/// From now on.
pub fn change(store: Store, change: impl FnOnce(&mut AlertRules)) {
    store.alerts.update(|it| change(&mut it.rules));
    let rules = store.alerts.get_untracked().rules;
    if let Some(key) = store.reader.with_untracked(|it| it.as_ref().map(key)) {
        storage::save(&key, &rules.to_text());
    }
}

/// Opens or closes what can be changed.
pub fn open(store: Store, is_open: bool) {
    store.alerts.update(|it| it.is_open = is_open);
}

/// Whether this device shows notices: `None` when the person has not been asked, an error when it has none.
pub fn are_allowed() -> Result<Option<bool>, ()> {
    notice::are_allowed()
}

/// Asks the person whether this device may. Returns when they have answered.
pub async fn ask() {
    notice::ask().await;
}

/// Whether the page goes on watching while nobody looks at it: the reader wants to be told elsewhere.
pub(super) fn are_outside(store: Store) -> bool {
    let rules = store.alerts.try_get_untracked().unwrap_or_default().rules;
    rules.outside == Outside::Notified && notice::are_allowed() == Ok(Some(true))
}

/// Tells on this device, where the reader wants it and is not at the page. Nothing about a person.
pub fn tell(store: Store, title: &str, words: &str) {
    if are_outside(store) && !notice::has_reader() {
        notice::show(title, words);
    }
}
