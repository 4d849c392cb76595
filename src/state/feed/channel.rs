//! The way to one source: when it is asked again, and for what.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{How, Told};
use crate::domain::stream;
use crate::domain::{Facts, PatientId, ResourceRef, SourceId};
use crate::state::Problem;

/// What is written may become visible to a search a little later than it says.
pub(super) const OVERLAP_SECONDS: i64 = 120;
/// Everything is asked for again after this time.
pub(super) const WHOLE_EVERY_SECONDS: i64 = 600;
/// A source that pushes is asked all the same, in case a word of it was lost. 900 readers are three questions a second.
pub(super) const PUSHED_EVERY_SECONDS: i64 = 300;
/// Between two questions to a source that says again and again that something has happened.
pub(super) const BETWEEN_MILLISECONDS: i64 = 250;
/// A source that fails is asked again after twice the time, up to this.
pub(super) const SLOWEST_SECONDS: i64 = 300;
/// What a source says to have changed is remembered up to this.
pub(super) const MOST_HINTS: usize = 1000;

/// How a source stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Live {
    /// Its first answer is awaited.
    #[default]
    Starting,
    /// Asked every so often.
    Polled,
    /// It says by itself when something has happened, and is asked then.
    Pushed,
    /// What was wrong last, and since when.
    Stopped(Problem, DateTime<Utc>),
}

/// Why a source that should push does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpushed {
    /// It does not take the subscription.
    Refused,
    /// Nothing answers on the line that it named.
    NoLine,
    /// The line has been cut, or the source ended it.
    Cut,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    pub source: SourceId,
    /// Seconds between two questions.
    pub every: u32,
    pub live: Live,
    /// When it last answered, by this device's clock.
    pub answered: Option<DateTime<Utc>>,
    /// Its last answer was not all there was.
    pub partial: bool,
    /// It should push and does not: why, and since when.
    pub unpushed: Option<(Unpushed, DateTime<Utc>)>,
    pub(super) cursor: Option<DateTime<Utc>>,
    pub(super) next: DateTime<Utc>,
    pub(super) failures: u32,
    pub(super) asked: Option<u64>,
    pub(super) whole_at: Option<DateTime<Utc>>,
    pub(super) refuses_since: bool,
    pub(super) line: Line,
}

/// The line to a source that pushes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) open: bool,
    /// What it has said to have changed since it was asked last.
    pub(super) hinted: HashSet<ResourceRef>,
    /// It has said so while a question was under way.
    pub(super) again: bool,
}

impl Channel {
    pub(super) fn new(source: SourceId, every: u32, now: DateTime<Utc>) -> Self {
        Self {
            source,
            every: every.max(1),
            live: Live::Starting,
            answered: None,
            partial: false,
            unpushed: None,
            cursor: None,
            next: now,
            failures: 0,
            asked: None,
            whole_at: None,
            refuses_since: false,
            line: Line::default(),
        }
    }

    pub(super) fn well(&self) -> Live {
        if self.line.open {
            Live::Pushed
        } else {
            Live::Polled
        }
    }

    /// When to ask again after an answer.
    pub(super) fn rest(&mut self, jitter: f64) -> TimeDelta {
        if std::mem::take(&mut self.line.again) {
            TimeDelta::milliseconds(BETWEEN_MILLISECONDS)
        } else if self.line.open {
            wait(PUSHED_EVERY_SECONDS.max(i64::from(self.every)), jitter)
        } else {
            wait(i64::from(self.every), jitter)
        }
    }

    /// What it said to have changed did not come with the answer, and is known here: it was deleted.
    pub(super) fn misses(
        &self,
        told: &Told,
        known: &HashMap<PatientId, HashMap<SourceId, Facts>>,
    ) -> bool {
        if self.line.hinted.is_empty() {
            return false;
        }
        let here = known.values().filter_map(|it| it.get(&self.source));
        let here: HashSet<&ResourceRef> = here.flat_map(stream::resources).collect();
        let facts = told.facts.iter().map(|it| &it.1);
        let there: HashSet<&ResourceRef> = facts.flat_map(stream::resources).collect();
        let mut hints = self.line.hinted.iter();
        hints.any(|it| here.contains(it) && !there.contains(it))
    }

    pub(super) fn how(&self, now: DateTime<Utc>) -> How {
        let whole = self.refuses_since
            || self.partial
            || matches!(self.live, Live::Starting | Live::Stopped(..));
        let old = |at: DateTime<Utc>| (now - at).num_seconds() >= WHOLE_EVERY_SECONDS;
        match self.cursor {
            Some(cursor) if !whole && !self.whole_at.is_none_or(old) => {
                How::Since(cursor - TimeDelta::seconds(OVERLAP_SECONDS))
            }
            _ => How::Whole,
        }
    }
}

/// Between nine tenths of `seconds` and eleven.
pub(super) fn wait(seconds: i64, jitter: f64) -> TimeDelta {
    let tenths = 9 + i64::from(jitter >= 0.33) + i64::from(jitter >= 0.66);
    TimeDelta::milliseconds(seconds * tenths * 100)
}
