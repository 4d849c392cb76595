//! What happened since somebody last looked, newest first.

mod event;

use chrono::{DateTime, TimeDelta, Utc};

pub use event::{Happening, all, reported};

use super::result::Finding;
use super::time::london;
use super::{Facts, Origin, SourceId, When};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Change {
    /// As precise as the source says it.
    pub when: When,
    /// For ordering.
    pub at: DateTime<Utc>,
    /// The date is that of the record's last update: nothing better is known.
    pub by_update: bool,
    pub origin: Origin,
    pub what: Happening,
}

impl Change {
    pub fn source(&self) -> &SourceId {
        &self.origin.source
    }

    /// An emergency admission, an arrival in ED, a missed appointment … what nobody had planned.
    pub fn is_unplanned(&self) -> bool {
        use super::activity::Urgency;
        match &self.what {
            Happening::ArrivedInEd(_) => true,
            Happening::Admitted(it) => it.urgency() == Some(Urgency::Emergency),
            _ => false,
        }
    }

    pub fn is_abnormal(&self) -> bool {
        matches!(self.what, Happening::Abnormal(_))
    }
}

/// What happened so long before is still news when a hospital tells of it only now.
pub const TOLD_LATE: TimeDelta = TimeDelta::days(2);

/// Everything between `since` and `now`, newest first, and what hospitals have told since, although it happened a little
/// before. A date without a time counts for the whole day; a month or year only when it began after `since`. Normal
/// results are counted, not listed.
pub fn since(facts: &Facts, since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Change> {
    let mut changes = all(facts, now);
    // Of a stay what happened last: that it goes on is no news of its beginning. A result happens once.
    let is_last = |it: &Change| {
        let mut own = changes.iter().filter(|other| other.origin == it.origin);
        matches!(it.what, Happening::Abnormal(_) | Happening::Reported(_))
            || own.all(|other| other.at <= it.at)
    };
    let is_news = |it: &Change| is_after(&it.when, since) || is_told_late(it, since) && is_last(it);
    let news: Vec<bool> = changes.iter().map(is_news).collect();
    let mut news = news.into_iter();
    changes.retain(|_| news.next() == Some(true));
    changes.extend(normal_results(facts, since, now));
    changes.sort_by_key(|it| std::cmp::Reverse(it.at));
    changes
}

/// A hospital wrote it since, and it happened at most [`TOLD_LATE`] before.
fn is_told_late(it: &Change, since: DateTime<Utc>) -> bool {
    use Happening as H;
    let of_hospitals = matches!(
        it.what,
        H::ArrivedInEd(_)
            | H::LeftEd(_)
            | H::Admitted(_)
            | H::MovedWard { .. }
            | H::Discharged(_)
            | H::Died(_)
            | H::Abnormal(_)
            | H::Reported(_)
    );
    let written = it.origin.updated.is_some_and(|at| at > since);
    of_hospitals && written && it.at >= since - TOLD_LATE
}

fn is_after(when: &When, since: DateTime<Utc>) -> bool {
    match when {
        When::At(at) => *at > since,
        When::Day(day) => *day >= london(since).date(),
        other => other.earliest().is_some_and(|at| at > since),
    }
}

fn normal_results(facts: &Facts, since: DateTime<Utc>, now: DateTime<Utc>) -> Option<Change> {
    let is_new = |it: &&Finding| {
        let happened = reported(it);
        happened.is_some_and(|(when, at)| is_after(when, since) && at <= now)
    };
    let normal: Vec<&Finding> = facts
        .findings
        .iter()
        .filter(|it| !it.is_error() && !it.is_abnormal() && it.members.is_empty())
        .filter(is_new)
        .collect();
    let newest = normal
        .iter()
        .max_by_key(|it| reported(it).map(|(_, at)| at))?;
    let (when, at) = reported(newest)?;
    Some(Change {
        when: when.clone(),
        at,
        by_update: false,
        origin: newest.origin.clone(),
        what: Happening::NormalResults(normal.len()),
    })
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
