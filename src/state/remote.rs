//! Every load is in exactly one state. "Empty" is a state of the content, not of the load.

use chrono::{DateTime, Utc};

use super::Problem;

/// Content with the moment it was received.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<T> {
    pub value: T,
    pub at: DateTime<Utc>,
}

/// Why attempts fail, and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct Failing {
    pub why: Problem,
    pub since: DateTime<Utc>,
}

/// What fails is boxed: a list holds thousands of these, nearly all of them well.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// Nobody has asked yet.
    #[default]
    Idle,
    /// The first answer is awaited; nothing to show.
    Loading,
    /// Up to date as of `at`.
    Ready(Seen<T>),
    /// Shown while a newer answer is awaited.
    Refreshing(Seen<T>),
    /// Shown although the last attempt failed; since the first failure after the content was good.
    Stale(Seen<T>, Box<Failing>),
    /// Nothing to show.
    Failed(Box<Failing>),
}

impl<T> Remote<T> {
    /// What there is to show, fresh or not.
    pub fn seen(&self) -> Option<&Seen<T>> {
        match self {
            Self::Ready(seen) | Self::Refreshing(seen) | Self::Stale(seen, ..) => Some(seen),
            Self::Idle | Self::Loading | Self::Failed(..) => None,
        }
    }

    pub fn problem(&self) -> Option<(&Problem, DateTime<Utc>)> {
        match self {
            Self::Stale(_, it) | Self::Failed(it) => Some((&it.why, it.since)),
            _ => None,
        }
    }

    /// Why there is nothing to show, and since when.
    pub fn failed(&self) -> Option<(&Problem, DateTime<Utc>)> {
        self.problem().filter(|_| self.seen().is_none())
    }

    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::Loading | Self::Refreshing(_))
    }

    /// A new attempt begins: content stays.
    #[must_use]
    pub fn asked(self) -> Self {
        match self {
            Self::Ready(seen) | Self::Refreshing(seen) | Self::Stale(seen, ..) => {
                Self::Refreshing(seen)
            }
            Self::Idle | Self::Loading | Self::Failed(..) => Self::Loading,
        }
    }

    /// An attempt ended: a failure keeps the content, and the moment failing began.
    #[must_use]
    pub fn answered(self, result: Result<T, Problem>, now: DateTime<Utc>) -> Self {
        match result {
            Ok(value) => Self::Ready(Seen { value, at: now }),
            Err(why) => {
                let since = self.problem().map_or(now, |(_, since)| since);
                let failing = Box::new(Failing { why, since });
                match self {
                    Self::Ready(seen) | Self::Refreshing(seen) | Self::Stale(seen, _) => {
                        Self::Stale(seen, failing)
                    }
                    Self::Idle | Self::Loading | Self::Failed(_) => Self::Failed(failing),
                }
            }
        }
    }
}
