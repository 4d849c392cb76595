//! When the reader last looked at each person: kept on this device at once, and in the shared record for the reader's
//! other devices. Opaque ids and times, nothing else.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Store;
use super::followers::shed;
use crate::api::looked::{self as record, Kept};
use crate::api::session::Reader;
use crate::api::{ApiError, Client};
use crate::domain::PatientId;
use crate::state::Looked;
use crate::state::looked::{KeptIn, Look};
use crate::transport::{Fetch, clock, storage, timer};

/// Somebody never looked at: what happened in these days counts as new.
const NEVER_LOOKED_DAYS: i64 = 7;
/// Looks within this time are written together.
const TOGETHER: Duration = Duration::from_secs(3);
/// How often it is read what other devices have written, in steps of [`TOGETHER`].
const READ_STEPS: u32 = 100;
/// After a failure, in steps; twice that after the next one, up to a limit.
const FIRST_WAIT: u32 = 4;
const LONGEST_WAIT: u32 = 100;

fn key(reader: &Reader) -> String {
    format!(
        "alongside.looked.{}{}",
        reader.role_id, reader.practitioner_id
    )
}

/// What this device knows of a reader.
pub fn kept(reader: Option<&Reader>) -> Looked {
    let text = reader.and_then(|it| storage::load(&key(it)));
    Looked::from_text(&text.unwrap_or_default())
}

/// From when on events are news when a person was never looked at.
pub fn never_looked(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(NEVER_LOOKED_DAYS)
}

/// The reader looks at this person now.
pub fn look(store: Store, id: &PatientId) {
    shed(&store.looked);
    store.looked.update(|it| it.look(id, clock::now()));
    keep_here(store);
}

/// On this device. What another window of it has kept meanwhile stays.
fn keep_here(store: Store) {
    let Some(key) = store.reader.with_untracked(|it| it.as_ref().map(key)) else {
        return;
    };
    let mut all = Looked::from_text(&storage::load(&key).unwrap_or_default());
    store.looked.with_untracked(|it| {
        all.merge(&it.all(), clock::now());
    });
    storage::save(&key, &all.to_text());
}

fn merge(store: Store, others: &[Look]) {
    let now = clock::now();
    let mut all = store.looked.get_untracked();
    if all.merge(others, now) {
        shed(&store.looked);
        store.looked.set(all);
        keep_here(store);
    }
}

/// Keeps this device and the shared record at one, for as long as the calling owner lives.
pub fn keep(store: Store) {
    let other_window = window_event_listener(ev::storage, move |event| {
        let own = store.reader.with_untracked(|it| it.as_ref().map(key));
        if let (true, Some(text)) = (event.key() == own, event.new_value()) {
            merge(store, &Looked::from_text(&text).all());
        }
    });
    on_cleanup(move || other_window.remove());
    store.looked_kept.set(KeptIn::Unknown);
    let (Some(client), Some(reader)) = (store.shared(), store.reader.get_untracked()) else {
        return;
    };
    spawn(async move {
        let mut kept = None;
        let (mut failures, mut waits, mut reads) = (0, 0, 0);
        loop {
            let step = if waits > 0 {
                waits -= 1;
                Ok(())
            } else if kept.is_none() || (reads == 0 && timer::is_visible()) {
                reads = READ_STEPS;
                read(store, &client, &reader, &mut kept).await
            } else {
                reads = reads.saturating_sub(1);
                write(store, &client, &reader, &mut kept).await
            };
            match step {
                Ok(()) if waits == 0 => failures = 0,
                Ok(()) => {}
                Err(error) if takes_nothing(&error) => {
                    store.looked_kept.try_set(KeptIn::DeviceOnly);
                    return;
                }
                Err(error) => {
                    // It is not known what the record has now.
                    kept = None;
                    if error != ApiError::Conflict {
                        store.looked_kept.try_set(KeptIn::DeviceForNow);
                    }
                    waits = (FIRST_WAIT << failures.min(5)).min(LONGEST_WAIT);
                    if error == ApiError::Conflict && failures == 0 {
                        waits = 0;
                    }
                    failures += 1;
                }
            }
            timer::sleep(TOGETHER).await;
        }
    });
}

async fn read(
    store: Store,
    client: &Client<Fetch>,
    reader: &Reader,
    kept: &mut Option<Kept>,
) -> Result<(), ApiError> {
    let found = record::read(client, reader).await?;
    merge(store, &found.looks);
    *kept = Some(found);
    Ok(())
}

async fn write(
    store: Store,
    client: &Client<Fetch>,
    reader: &Reader,
    kept: &mut Option<Kept>,
) -> Result<(), ApiError> {
    let (Some(old), Some(looked)) = (kept.as_ref(), store.looked.try_get_untracked()) else {
        return Ok(());
    };
    let now = clock::now();
    if looked.is_ahead_of(&old.looks, now) {
        let new = record::write(client, reader, old, &looked.latest(), now).await?;
        merge(store, &new.looks);
        *kept = Some(new);
    }
    store.looked_kept.try_set(KeptIn::Record);
    Ok(())
}

/// It will not take it in an hour either.
fn takes_nothing(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotOffered
            | ApiError::Withheld
            | ApiError::Refused(_)
            | ApiError::Absent(_)
            | ApiError::Failed(405 | 501)
    )
}
