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
    shed(&store.looked());
    store.looked().update(|it| it.look(id, clock::now()));
    keep_here(store);
}

/// On this device. What another window of it has kept meanwhile stays.
fn keep_here(store: Store) {
    let Some(key) = store.reader.with_untracked(|it| it.as_ref().map(key)) else {
        return;
    };
    let mut all = Looked::from_text(&storage::load(&key).unwrap_or_default());
    store.looked().with_untracked(|it| {
        all.merge(&it.all(), clock::now());
    });
    storage::save(&key, &all.to_text());
}

fn merge(store: Store, others: &[Look]) {
    let now = clock::now();
    let mut all = store.looked().get_untracked();
    if all.merge(others, now) {
        shed(&store.looked());
        store.looked().set(all);
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
    if let (Some(client), Some(reader)) = (store.shared(), store.reader.get_untracked()) {
        let keeper = Keeper {
            store,
            client,
            reader,
            kept: None,
            reads: 0,
            unknown: Vec::new(),
        };
        spawn(keeper.go_on());
    }
}

/// Reads and writes the reader's own list in the shared record.
struct Keeper {
    store: Store,
    client: Client<Fetch>,
    reader: Reader,
    /// What the record has, as far as is known.
    kept: Option<Kept>,
    /// Steps until it is read again.
    reads: u32,
    /// People whom the record does not have: it takes no list that names them.
    unknown: Vec<PatientId>,
}

impl Keeper {
    async fn go_on(mut self) {
        let (mut failures, mut waits) = (0_u32, 0);
        loop {
            if waits > 0 {
                waits -= 1;
            } else if let Err(error) = self.step().await {
                if takes_nothing(&error) {
                    self.store.looked_kept.try_set(KeptIn::DeviceOnly);
                    return;
                }
                let is_overtaken = matches!(error, ApiError::Conflict(_));
                // It is not known what the record has now.
                self.kept = None;
                if !is_overtaken {
                    self.store.looked_kept.try_set(KeptIn::DeviceForNow);
                }
                if !is_overtaken || failures > 0 {
                    waits = (FIRST_WAIT << failures.min(5)).min(LONGEST_WAIT);
                }
                failures += 1;
            } else {
                failures = 0;
            }
            timer::sleep(TOGETHER).await;
        }
    }

    async fn step(&mut self) -> Result<(), ApiError> {
        if self.kept.is_none() || (self.reads == 0 && timer::is_visible()) {
            self.reads = READ_STEPS;
            let found = record::read(&self.client, &self.reader).await?;
            merge(self.store, &found.looks);
            self.kept = Some(found);
            return Ok(());
        }
        self.reads = self.reads.saturating_sub(1);
        let (Some(old), Some(looked)) = (&self.kept, self.store.looked().try_get_untracked())
        else {
            return Ok(());
        };
        let now = clock::now();
        let looked = looked.without(&self.unknown);
        if looked.is_ahead_of(&old.looks, now) {
            let latest = looked.latest();
            match record::write(&self.client, &self.reader, old, &latest, now).await {
                Ok(new) => {
                    merge(self.store, &new.looks);
                    self.kept = Some(new);
                }
                Err(refused @ ApiError::Invalid { .. }) => {
                    return self.leave_out(&latest, refused).await;
                }
                Err(error) => return Err(error),
            }
        }
        self.store.looked_kept.try_set(KeptIn::Record);
        Ok(())
    }

    /// One whom the record does not have any more keeps nobody else out of it.
    async fn leave_out(&mut self, latest: &[Look], refused: ApiError) -> Result<(), ApiError> {
        let people: Vec<PatientId> = latest.iter().map(|it| it.0.clone()).collect();
        let unknown = record::unknown(&self.client, &people).await?;
        if unknown.is_empty() || unknown.len() == people.len() {
            return Err(refused);
        }
        self.unknown.extend(unknown);
        Ok(())
    }
}

/// It will not take it in an hour either.
fn takes_nothing(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotOffered
            | ApiError::Withheld
            | ApiError::Refused(_)
            | ApiError::Invalid { .. }
            | ApiError::Absent(_)
            | ApiError::Failed(405 | 501)
    )
}
