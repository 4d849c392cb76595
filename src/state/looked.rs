//! When the reader last looked at each person: what has happened since is news. One reader has several devices; what
//! each of them knows is put together, and the later look counts.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::PatientId;

/// For each person: when the reader looked last, and when before that visit. Seconds since 1970; 0 is never.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    at: BTreeMap<PatientId, Visit>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Visit {
    last: i64,
    before: i64,
}

/// When somebody was looked at.
pub type Look = (PatientId, DateTime<Utc>);

/// Where it is kept that somebody was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeptIn {
    /// Nobody has said yet.
    #[default]
    Unknown,
    /// In the shared record, for every device of the reader.
    Record,
    /// On this device until the shared record can be reached.
    DeviceForNow,
    /// On this device: the shared record does not take it.
    DeviceOnly,
}

/// Coming back within this time is the same visit: what was new stays new.
const SAME_VISIT_SECONDS: i64 = 30 * 60;
/// As many people as any reader looks after, and more.
const KEPT: usize = 2000;
/// So many go to the other devices, the latest: some 25 kB.
const SHARED: usize = 300;
/// A device whose clock is further ahead than this is not believed: it would hide what is still to happen.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

impl Visit {
    fn look(&mut self, at: i64) {
        if at - self.last >= SAME_VISIT_SECONDS {
            self.before = self.last;
        }
        self.last = at;
    }
}

fn time(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0).filter(|_| seconds > 0)
}

impl Looked {
    /// Since when something about this person is news, on a list. `None` when never looked at.
    pub fn last(&self, id: &PatientId) -> Option<DateTime<Utc>> {
        time(self.at.get(id)?.last)
    }

    /// Since when something is news on the person's own page: before this visit.
    pub fn before_this_visit(&self, id: &PatientId) -> Option<DateTime<Utc>> {
        time(self.at.get(id)?.before)
    }

    /// The reader looks at this person.
    pub fn look(&mut self, id: &PatientId, now: DateTime<Utc>) {
        self.at.entry(id.clone()).or_default().look(now.timestamp());
        self.forget();
    }

    /// Takes what another device knows. Returns whether anything is different now.
    pub fn merge(&mut self, others: &[Look], now: DateTime<Utc>) -> bool {
        let before = self.clone();
        for (id, at) in others.iter().filter(|(_, at)| is_believed(*at, now)) {
            let visit = self.at.entry(id.clone()).or_default();
            let at = at.timestamp();
            if at > visit.last {
                visit.look(at);
            } else if at > visit.before && visit.last - at >= SAME_VISIT_SECONDS {
                visit.before = at;
            }
        }
        self.forget();
        *self != before
    }

    /// The same without these people.
    #[must_use]
    pub fn without(mut self, people: &[PatientId]) -> Self {
        self.at.retain(|id, _| !people.contains(id));
        self
    }

    /// What the other devices should know: the latest, newest first.
    pub fn latest(&self) -> Vec<Look> {
        let mut all = self.all();
        all.sort_by_key(|(_, last)| std::cmp::Reverse(*last));
        all.truncate(SHARED);
        all
    }

    /// Everybody and when they were looked at last.
    pub fn all(&self) -> Vec<Look> {
        let looks = self.at.iter();
        looks
            .filter_map(|(id, it)| Some((id.clone(), time(it.last)?)))
            .collect()
    }

    /// Whether those others do not know of a look that is known here.
    pub fn is_ahead_of(&self, others: &[Look], now: DateTime<Utc>) -> bool {
        let mut known = BTreeMap::new();
        for (id, at) in others.iter().filter(|(_, at)| is_believed(*at, now)) {
            let theirs = known.entry(id).or_insert(0);
            *theirs = at.timestamp().max(*theirs);
        }
        // What the record keeps no more, since others are later, is not new to it.
        let oldest = if others.len() < SHARED {
            0
        } else {
            known.values().min().copied().unwrap_or_default()
        };
        self.latest().iter().any(|(id, at)| {
            let at = at.timestamp();
            known.get(id).map_or(at > oldest, |theirs| at > *theirs)
        })
    }

    /// As text, to be kept on the device: a line for each person.
    pub fn to_text(&self) -> String {
        let line =
            |(id, it): (&PatientId, &Visit)| format!("{} {} {}", id.as_str(), it.last, it.before);
        self.at.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads [`Looked::to_text`]; lines that cannot be read are nobody.
    pub fn from_text(text: &str) -> Self {
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let id = PatientId::parse(parts.next()?).ok()?;
            let mut number = || parts.next()?.parse().ok();
            let (last, before) = (number()?, number()?);
            Some((id, Visit { last, before }))
        };
        Self {
            at: text.lines().filter_map(line).collect(),
        }
    }

    fn forget(&mut self) {
        while self.at.len() > KEPT {
            let oldest = self.at.iter().min_by_key(|(_, it)| it.last);
            let oldest = oldest.map(|(id, _)| id.clone());
            oldest.map(|id| self.at.remove(&id));
        }
    }
}

fn is_believed(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at <= now + AHEAD
}

#[cfg(test)]
#[path = "looked_tests.rs"]
mod tests;
