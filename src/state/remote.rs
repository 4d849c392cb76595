//! Every load is in exactly one state. "Empty" is a state of the content, not of the load.

use chrono::{DateTime, Utc};

use super::Problem;

/// Content with the moment it was received.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<T> {
    pub value: T,
    pub at: DateTime<Utc>,
}

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
    /// Shown although the last attempt failed (first failure since the content was good, at the time given).
    Stale(Seen<T>, Problem, DateTime<Utc>),
    /// Nothing to show; failing since the time given.
    Failed(Problem, DateTime<Utc>),
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
            Self::Stale(_, problem, since) | Self::Failed(problem, since) => {
                Some((problem, *since))
            }
            _ => None,
        }
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
            Err(problem) => match self {
                Self::Stale(seen, _, since) => Self::Stale(seen, problem, since),
                Self::Ready(seen) | Self::Refreshing(seen) => Self::Stale(seen, problem, now),
                Self::Failed(_, since) => Self::Failed(problem, since),
                Self::Idle | Self::Loading => Self::Failed(problem, now),
            },
        }
    }
}
