//! Who the reader is, until sign-in comes.

use leptos::prelude::*;

pub use crate::api::session::Reader;

use super::Store;
use super::health::Watch;
use super::problem::problem;
use crate::api::session;
use crate::state::Problem;
use crate::transport::storage;

const KEY: &str = "alongside.reader";

pub fn kept() -> Option<Reader> {
    Reader::restore(&storage::load(KEY)?)
}

/// People to be: suggested ones, or those whose name begins with what was typed.
pub async fn people(store: Store, typed: String) -> Result<Vec<Reader>, Problem> {
    let client = store.shared().ok_or(Problem::NotOffered)?;
    let watch = Watch::start(store, &client.source().id);
    let result = session::people(&client, &store.config().sign_in.suggested, &typed).await;
    watch.end_with(&result);
    result.map_err(|error| problem(&error))
}

/// The reader is this person from now on.
pub fn become_reader(store: Store, reader: Reader) {
    storage::save(KEY, &reader.keep());
    leave_records(store);
    store.reader.set(Some(reader));
}

/// Nobody reads: what was open is dropped.
pub fn leave(store: Store) {
    storage::remove(KEY);
    leave_records(store);
    store.reader.set(None);
}

fn leave_records(store: Store) {
    // Whom the next reader has looked at is theirs.
    store.later.update_value(|it| it.looked = None);
    store.chart().update(crate::state::Chart::close);
    store.roster.set(crate::state::Roster::default());
}
