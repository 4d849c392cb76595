//! When the reader last looked at a person, kept on this device: opaque ids and times, nothing else.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::Store;
use super::followers::shed;
use crate::api::session::Reader;
use crate::domain::PatientId;
use crate::transport::{clock, storage};

/// For each person: when the reader looked last, and when before that visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    key: Option<String>,
    at: BTreeMap<String, (i64, i64)>,
}

/// Somebody never looked at: what happened in these days counts as new.
const NEVER_LOOKED_DAYS: i64 = 7;
/// Coming back within this time is the same visit: what was new stays new.
const SAME_VISIT_SECONDS: i64 = 30 * 60;
/// As many people as any reader looks after, and more.
const KEPT: usize = 2000;

impl Looked {
    pub fn kept(reader: Option<&Reader>) -> Self {
        let Some(reader) = reader else {
            return Self::default();
        };
        let key = format!(
            "alongside.looked.{}{}",
            reader.role_id, reader.practitioner_id
        );
        let at = storage::load(&key)
            .map(|kept| kept.lines().filter_map(line).collect())
            .unwrap_or_default();
        Self { key: Some(key), at }
    }

    /// Since when something about this person is news to the reader, on a list. `None` when never looked at.
    pub fn last(&self, id: &PatientId) -> Option<DateTime<Utc>> {
        self.at
            .get(id.as_str())
            .and_then(|(last, _)| DateTime::from_timestamp(*last, 0))
    }

    /// Since when something is news on the person's own page: before this visit.
    pub fn before_this_visit(&self, id: &PatientId) -> Option<DateTime<Utc>> {
        self.at
            .get(id.as_str())
            .and_then(|(_, before)| DateTime::from_timestamp(*before, 0))
            .filter(|it| it.timestamp() > 0)
    }

    fn look(&mut self, id: &PatientId, now: DateTime<Utc>) {
        let now = now.timestamp();
        let (last, before) = self.at.get(id.as_str()).copied().unwrap_or((0, 0));
        let before = if now - last < SAME_VISIT_SECONDS {
            before
        } else {
            last
        };
        self.at.insert(id.as_str().to_owned(), (now, before));
        while self.at.len() > KEPT {
            let oldest = self
                .at
                .iter()
                .min_by_key(|(_, (last, _))| *last)
                .map(|(id, _)| id.clone());
            oldest.map(|id| self.at.remove(&id));
        }
    }

    fn keep(&self) {
        if let Some(key) = &self.key {
            let lines: Vec<String> = self
                .at
                .iter()
                .map(|(id, (last, before))| format!("{id} {last} {before}"))
                .collect();
            storage::save(key, &lines.join("\n"));
        }
    }
}

fn line(kept: &str) -> Option<(String, (i64, i64))> {
    let mut parts = kept.split(' ');
    let id = parts.next()?.to_owned();
    Some((
        id,
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
    ))
}

/// From when on events are news when a person was never looked at.
pub fn never_looked(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(NEVER_LOOKED_DAYS)
}

/// The reader looks at this person now.
pub fn look(store: Store, id: &PatientId) {
    shed(&store.looked);
    store.looked.update(|it| {
        it.look(id, clock::now());
        it.keep();
    });
}
