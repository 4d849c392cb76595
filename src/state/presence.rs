//! Who else edits a person's plan, as far as the shared record says; and when the reader says so themselves.
//!
//! A word lives for [`LIVES_SECONDS`] after it was said, by the clock of the source, so that what a crash leaves behind is
//! over by itself, however wrong a device's clock is. What comes over the line is a hint: the record is asked.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::ResourceRef;
use crate::domain::presence::AtWork;

/// How long a word is worth something.
pub const LIVES_SECONDS: i64 = 240;
/// After how long it is said again: one that is lost on the way does no harm.
pub const AGAIN_SECONDS: i64 = 90;
/// Who has typed nothing for this long does not edit any more.
pub const IDLE_SECONDS: i64 = 600;
/// The record is asked again after this time, in case a hint was lost, and after a failure.
const ASKED_EVERY_SECONDS: i64 = 120;
/// Hints within this time are one question.
const TOGETHER_MILLISECONDS: i64 = 300;

/// Who edits one person's plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    is_live: bool,
    /// By how much the clock of the source is ahead of this device's.
    ahead: TimeDelta,
    /// When the record is to be asked; `None` while it is being asked, and while nobody would tell of news.
    due: Option<DateTime<Utc>>,
    /// A hint came while it was asked.
    again: bool,
    all: Vec<AtWork>,
}

impl Presence {
    /// The source tells of news from now on. `ahead` is by how much its clock is before this device's, where that is known.
    pub fn opened(&mut self, ahead: Option<TimeDelta>, now: DateTime<Utc>) {
        self.is_live = true;
        self.ahead = ahead.unwrap_or(self.ahead);
        self.due = Some(now);
    }

    /// It tells of nothing more. What it told stays for as long as it is worth something.
    pub fn lost(&mut self) {
        self.is_live = false;
        self.due = None;
        self.again = false;
    }

    /// Whether who comes and goes is told of.
    pub fn is_live(&self) -> bool {
        self.is_live
    }

    pub fn hint(&mut self, now: DateTime<Utc>) {
        let soon = now + TimeDelta::milliseconds(TOGETHER_MILLISECONDS);
        match self.due {
            Some(at) => self.due = Some(at.min(soon)),
            None if self.is_live => self.again = true,
            None => {}
        }
    }

    /// Whether the record is to be asked now. It is being asked from then on.
    pub fn ask(&mut self, now: DateTime<Utc>) -> bool {
        let is_due = self.due.is_some_and(|at| at <= now);
        if is_due {
            self.due = None;
            self.again = false;
        }
        is_due
    }

    /// What the record says; `None`: it could not be asked. Returns which of the reader's own words are over and can go.
    pub fn told(
        &mut self,
        all: Option<Vec<AtWork>>,
        me: &[ResourceRef],
        now: DateTime<Utc>,
    ) -> Vec<ResourceRef> {
        let mut left = Vec::new();
        if let Some(all) = all {
            let (own, others): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|it| me.contains(&it.who));
            let old = own.into_iter().filter(|it| !self.lives(it, now));
            left = old.map(|it| it.word).collect();
            self.all = others;
            self.all.retain(|it| !it.is_over);
            // Of several windows of one person, the first.
            self.all.sort_by_key(|it| it.since);
            self.forget(now);
        }
        if self.is_live {
            let wait = if std::mem::take(&mut self.again) {
                TimeDelta::milliseconds(TOGETHER_MILLISECONDS)
            } else {
                TimeDelta::seconds(ASKED_EVERY_SECONDS)
            };
            self.due = Some(now + wait);
        }
        left
    }

    /// Whether a word is worth something.
    fn lives(&self, it: &AtWork, now: DateTime<Utc>) -> bool {
        now + self.ahead - it.said < TimeDelta::seconds(LIVES_SECONDS)
    }

    /// Forgets whose word is worth nothing any more. Whether there was anybody.
    pub fn forget(&mut self, now: DateTime<Utc>) -> bool {
        let (before, all) = (self.all.len(), std::mem::take(&mut self.all));
        let living = all.into_iter().filter(|it| self.lives(it, now));
        self.all = living.collect();
        self.all.len() != before
    }

    /// Who edits what is called so, each once, who came first before the others.
    pub fn at(&self, places: &[&str]) -> Vec<AtWork> {
        let mut found: Vec<AtWork> = Vec::new();
        for it in &self.all {
            let same = |own: &AtWork| own.who == it.who && own.of == it.of;
            if places.contains(&it.place.as_str()) && !found.iter().any(same) {
                found.push(it.clone());
            }
        }
        found
    }
}

/// What the reader's own window has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    Nothing,
    /// That they edit.
    Begin,
    /// The same, again.
    Again,
    /// That they do not any more.
    Over,
}

/// The reader's own word about one section that is open to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnWord {
    typed: DateTime<Utc>,
    /// When it was said last, while it stands in the record.
    said: Option<DateTime<Utc>>,
    /// Not before this time, after a failure.
    next: Option<DateTime<Utc>>,
}

impl OwnWord {
    /// The section was opened.
    pub fn open(now: DateTime<Utc>) -> Self {
        Self {
            typed: now,
            said: None,
            next: None,
        }
    }

    pub fn typed(&mut self, now: DateTime<Utc>) {
        self.typed = now;
    }

    /// Nobody begins to say what nobody would be told of; what was begun is kept up while the line is mended.
    pub fn next(&self, is_live: bool, now: DateTime<Utc>) -> Say {
        let is_idle = now - self.typed >= TimeDelta::seconds(IDLE_SECONDS);
        let rests = self.next.is_some_and(|at| now < at);
        match self.said {
            Some(_) if is_idle => Say::Over,
            Some(at) if !rests && now - at >= TimeDelta::seconds(AGAIN_SECONDS) => Say::Again,
            None if is_live && !is_idle && !rests => Say::Begin,
            _ => Say::Nothing,
        }
    }

    /// It stands in the record.
    pub fn stands(&mut self, now: DateTime<Utc>) {
        self.said = Some(now);
        self.next = None;
    }

    /// It was taken back, or it is not known whether it stands.
    pub fn is_over(&mut self) {
        self.said = None;
    }

    /// The record did not take it: it is said anew, later.
    pub fn failed(&mut self, now: DateTime<Utc>) {
        self.said = None;
        self.next = Some(now + TimeDelta::seconds(AGAIN_SECONDS));
    }
}

#[cfg(test)]
#[path = "presence_tests.rs"]
mod tests;
