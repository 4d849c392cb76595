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
    /// It should push and does not: why, and since when.
    pub unpushed: Option<(Unpushed, DateTime<Utc>)>,
    /// Something that it told could not be given, or not be read: it is not shown.
    pub hides: bool,
    /// Under whose NHS number it has somebody with another birth date: nothing of theirs is shown.
    pub mistaken: Vec<PatientId>,
    pub(super) unread: Unread,
    /// It has not told everything yet.
    pub(super) beginning: bool,
    pub(super) cursor: Option<DateTime<Utc>>,
    pub(super) next: DateTime<Utc>,
    pub(super) failures: u32,
    pub(super) asked: Option<u64>,
    pub(super) whole_at: Option<DateTime<Utc>>,
    pub(super) refuses_since: bool,
    pub(super) line: Line,
}

/// What a source has that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    Nothing,
    /// Of everything: it is asked for again.
    Older,
    /// Of what was written since: everything is asked for when it is calm again.
    Newer,
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
            hides: false,
            mistaken: Vec::new(),
            unread: Unread::Nothing,
            beginning: true,
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

    /// Whether there is more than was read.
    pub fn is_partial(&self) -> bool {
        self.unread != Unread::Nothing
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

    /// It has answered this. Returns whether everything is to be asked for at once: there was more, and now it is calm.
    /// And whether this is what it tells at the beginning.
    pub(super) fn heard(&mut self, how: How, partial: bool, now: DateTime<Utc>) -> (bool, bool) {
        let beginning = self.beginning;
        let more = match how {
            How::Since(_) => {
                let calm = self.unread == Unread::Newer && !partial;
                if partial {
                    self.unread = Unread::Newer;
                }
                calm
            }
            How::Newest if partial => {
                self.unread = Unread::Older;
                true
            }
            How::Newest | How::Whole => {
                self.unread = if partial {
                    Unread::Older
                } else {
                    Unread::Nothing
                };
                self.beginning = false;
                self.whole_at = Some(now);
                false
            }
        };
        (more, beginning)
    }

    /// Whether something of an answer is not shown. What was not in the last one of everything may be in the next.
    pub(super) fn hears(&mut self, how: How, hides: bool) {
        self.hides = hides || self.hides && matches!(how, How::Since(_));
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
            || self.unread == Unread::Older
            || matches!(self.live, Live::Starting | Live::Stopped(..));
        let old = |at: DateTime<Utc>| (now - at).num_seconds() >= WHOLE_EVERY_SECONDS;
        match self.cursor {
            Some(cursor) if !whole && !self.whole_at.is_none_or(old) => {
                How::Since(cursor - TimeDelta::seconds(OVERLAP_SECONDS))
            }
            // It does not say when it wrote anything: there is no other way than everything.
            None if self.beginning && !self.is_partial() => How::Newest,
            _ => How::Whole,
        }
    }
}

/// Between nine tenths of `seconds` and eleven.
pub(super) fn wait(seconds: i64, jitter: f64) -> TimeDelta {
    let tenths = 9 + i64::from(jitter >= 0.33) + i64::from(jitter >= 0.66);
    TimeDelta::milliseconds(seconds * tenths * 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::time;

    #[test]
    fn a_source_that_does_not_say_when_it_wrote_is_asked_for_everything_every_so_often() {
        let now = time("2026-11-22T12:00:00Z");
        let mut it = Channel::new(SourceId::new("rw3"), 15, now);
        assert_eq!(it.how(now), How::Newest);
        it.live = Live::Polled;
        assert_eq!(it.heard(How::Newest, true, now), (true, true));
        for _ in 0..3 {
            assert_eq!(it.how(now), How::Whole);
            assert!(!it.heard(How::Whole, false, now).0, "not at once");
            assert!(!it.is_partial() && !it.beginning);
        }
    }

    #[test]
    fn when_there_is_more_than_can_be_read_the_newest_are_and_the_rest_when_it_is_calm() {
        let now = time("2026-11-22T12:00:00Z");
        let mut it = Channel::new(SourceId::new("rw3"), 15, now);
        let since = How::Since(now - TimeDelta::seconds(OVERLAP_SECONDS));
        assert_eq!(it.how(now), How::Newest);
        (it.live, it.cursor) = (Live::Polled, Some(now));
        assert_eq!(it.heard(How::Newest, true, now), (true, true));
        assert_eq!(it.how(now), How::Whole, "at once");
        assert_eq!(it.heard(How::Whole, false, now), (false, true));
        assert_eq!(it.how(now), since);
        for _ in 0..3 {
            assert_eq!(it.heard(since, true, now), (false, false));
            assert!(it.is_partial(), "it is said");
            assert_eq!(it.how(now), since, "the newest again");
        }
        assert_eq!(it.heard(since, false, now), (true, false), "everything");
        it.whole_at = None;
        assert_eq!(it.how(now), How::Whole);
        assert!(it.is_partial(), "until it has answered");
        assert_eq!(it.heard(How::Whole, false, now), (false, false));
        assert!(!it.is_partial());
        assert_eq!(it.how(now), since);
    }
}
