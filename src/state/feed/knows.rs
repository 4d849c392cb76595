//! How much is known of what happened: a number of what is shown says nothing of what nobody told.

use super::{Channel, Feed, Live};
use crate::domain::SourceId;

/// Of the sources that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knows {
    /// There is no such source.
    NoSuch,
    /// None of them has answered.
    Nothing,
    /// What they have answered; there may be more.
    Part,
    All,
}

impl Feed {
    /// Of one source, or of all.
    pub fn knows(&self, source: Option<&SourceId>) -> Knows {
        let is_meant = |it: &&Channel| source.is_none_or(|own| *own == it.source);
        let meant: Vec<&Channel> = self.channels().iter().filter(is_meant).collect();
        if meant.is_empty() {
            Knows::NoSuch
        } else if meant.iter().all(|it| it.answered.is_none()) {
            Knows::Nothing
        } else if !self.lacks_people && meant.iter().all(|it| it.tells_all()) {
            Knows::All
        } else {
            Knows::Part
        }
    }
}

impl Feed {
    /// Whether the reader may have people who are not watched, because nobody named them.
    pub fn is_short_of_people(&self) -> bool {
        self.lacks_people
    }
}

impl Channel {
    /// It has told everything, and still does.
    fn tells_all(&self) -> bool {
        let stopped = matches!(self.live, Live::Starting | Live::Stopped(..));
        let is_whole = !self.beginning && !self.is_partial() && !self.hides;
        let is_whole = is_whole && self.mistaken.is_empty();
        self.answered.is_some() && !stopped && is_whole
    }
}
