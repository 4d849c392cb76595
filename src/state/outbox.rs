//! What a writer has asked to be saved and the record does not have yet, whatever page is open: in which order it goes,
//! what goes now, and why something does not. Each is kept on the device by itself ([`Found`]); how one is sent, and how
//! it is found out whether it had arrived, is [`super::editing`].
//!
//! One thing goes at a time, the first asked first. When the record cannot be reached, all wait; what the record refuses,
//! or two people have changed, waits for a person and holds nobody else up. Nothing overtakes what goes to the same
//! resource.

use chrono::{DateTime, TimeDelta, Utc};

use super::Problem;
use super::editing::Outcome;
use crate::domain::section::Section;
use crate::domain::{PatientId, ResourceRef};

const FIRST_WAIT_SECONDS: i64 = 4;
const LONGEST_WAIT_SECONDS: i64 = 60;
/// What somebody has open is looked at again after this time.
const ELSEWHERE_SECONDS: i64 = 2;
const MOMENT_SECONDS: i64 = 5;

/// What waits, as the device has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// On the device.
    pub name: String,
    pub patient: PatientId,
    pub section: Section,
    /// `None`: of something that the record does not have.
    pub of: Option<ResourceRef>,
    /// When it was first asked to be saved.
    pub since: DateTime<Utc>,
    pub stopped: Option<Stopped>,
}

/// Why something does not go by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Two people have changed the same.
    Undecided,
    /// The record did not take it, or it was decided and not asked to be saved again.
    NotTaken,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub found: Found,
    pub standing: Standing,
    next: Option<DateTime<Utc>>,
    failures: u32,
    failing: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Queued,
    Sending,
    /// It is tried again by itself: what went wrong, and since when.
    Waits(Problem, DateTime<Utc>),
    /// Somebody has it open, here or in another window, and it goes from there.
    Open,
    Undecided,
    /// Why, where it is known: after a restart it is not.
    NotTaken(Option<Problem>),
}

impl Standing {
    /// Whether it waits for a person.
    pub fn needs_somebody(&self) -> bool {
        matches!(self, Self::Undecided | Self::NotTaken(_))
    }
}

/// What has come of one that was to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    Of(Outcome),
    /// Somebody has it open.
    Open,
    /// It does not wait any more.
    Gone,
}

/// Everything that waits, for one writer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    all: Vec<Waiting>,
    /// The record could not be reached: nothing is tried before.
    rests: Option<DateTime<Utc>>,
    failures: u32,
    saved: Option<DateTime<Utc>>,
    /// When it was last looked what waits, while something does.
    looked: Option<DateTime<Utc>>,
}

impl Outbox {
    /// The first asked first.
    pub fn all(&self) -> &[Waiting] {
        &self.all
    }

    /// When the last of these was saved.
    pub fn saved(&self) -> Option<DateTime<Utc>> {
        self.saved
    }

    /// Now, or when it was last looked: a clock on the screen moves slowly.
    pub fn now(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.looked.map_or(now, |it| it.max(now))
    }

    /// The device has these now. What is known of each stays, unless it was asked anew.
    pub fn found(&mut self, found: Vec<Found>, now: DateTime<Utc>) {
        self.looked = (!found.is_empty()).then_some(now);
        let mut all: Vec<Waiting> = found.into_iter().map(|it| self.known(it)).collect();
        all.sort_by(|a, b| {
            let of = |it: &Waiting| (it.found.since, it.found.name.clone());
            of(a).cmp(&of(b))
        });
        self.all = all;
    }

    fn known(&self, found: Found) -> Waiting {
        let before = self.all.iter().find(|it| it.found.name == found.name);
        let was = before.map(|it| it.standing.clone());
        let standing = match (found.stopped, was) {
            (_, Some(Standing::Sending)) => Standing::Sending,
            (Some(Stopped::Undecided), _) => Standing::Undecided,
            (Some(Stopped::NotTaken), Some(Standing::NotTaken(why))) => Standing::NotTaken(why),
            // Somebody has just asked for it to be tried.
            (Some(Stopped::NotTaken), Some(Standing::Queued)) => Standing::Queued,
            (Some(Stopped::NotTaken), _) => Standing::NotTaken(None),
            (None, Some(was)) if !was.needs_somebody() => was,
            (None, _) => Standing::Queued,
        };
        let kept = before.filter(|_| !matches!(standing, Standing::Queued));
        Waiting {
            next: kept.and_then(|it| it.next),
            failures: kept.map_or(0, |it| it.failures),
            failing: kept.and_then(|it| it.failing),
            found,
            standing,
        }
    }

    /// What goes now; it counts as under way until it is settled.
    pub fn next(&mut self, now: DateTime<Utc>) -> Option<String> {
        let under_way = self.all.iter().any(|it| it.standing == Standing::Sending);
        if under_way || self.rests.is_some_and(|it| it > now) {
            return None;
        }
        let place = (0..self.all.len()).find(|at| self.can_go(*at, now))?;
        let it = self.all.get_mut(place)?;
        it.standing = Standing::Sending;
        Some(it.found.name.clone())
    }

    fn can_go(&self, at: usize, now: DateTime<Utc>) -> bool {
        let Some(it) = self.all.get(at) else {
            return false;
        };
        let is_due = it.next.is_none_or(|next| next <= now);
        let overtakes = self.all.iter().take(at).any(|before| {
            let is_same = before.found.of.is_some() && before.found.of == it.found.of;
            is_same && !before.standing.needs_somebody()
        });
        is_due && !it.standing.needs_somebody() && !overtakes
    }

    pub fn settled(&mut self, name: &str, came: Came, now: DateTime<Utc>) {
        match &came {
            Came::Of(Outcome::Saved) => {
                self.saved = Some(now);
                self.reached();
            }
            Came::Of(Outcome::Undecided | Outcome::Refused(_)) => self.reached(),
            Came::Of(Outcome::Waits(why)) if is_about_all(why) => {
                self.rests = Some(now + wait(self.failures));
                self.failures += 1;
            }
            Came::Of(Outcome::Waits(_)) | Came::Open | Came::Gone => {}
        }
        if matches!(came, Came::Of(Outcome::Saved) | Came::Gone) {
            self.all.retain(|it| it.found.name != name);
            return;
        }
        let own = self.all.iter_mut().find(|it| it.found.name == name);
        if let Some(it) = own {
            it.settled(came, now);
        }
    }

    fn reached(&mut self) {
        self.failures = 0;
        self.rests = None;
    }

    /// Tries at once what waits for the record: there is a network again, or somebody asks for it.
    pub fn hurry(&mut self) {
        self.reached();
        for it in &mut self.all {
            it.next = None;
        }
    }

    /// The same, and this one though it was not taken.
    pub fn try_now(&mut self, name: &str) {
        self.hurry();
        let own = self.all.iter_mut().find(|it| it.found.name == name);
        if let Some(it) = own
            && matches!(it.standing, Standing::NotTaken(_))
        {
            it.standing = Standing::Queued;
        }
    }
}

impl Waiting {
    /// Whether it waits for more than a moment: what an open editor is just sending is said there.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let is_moving = matches!(
            self.standing,
            Standing::Queued | Standing::Sending | Standing::Open
        );
        !is_moving || now - self.found.since > TimeDelta::seconds(MOMENT_SECONDS)
    }

    fn settled(&mut self, came: Came, now: DateTime<Utc>) {
        let is_failing = matches!(came, Came::Of(Outcome::Waits(_)));
        self.failing = is_failing.then(|| self.failing.unwrap_or(now));
        let since = self.failing.unwrap_or(now);
        let (standing, next) = match came {
            Came::Of(Outcome::Waits(why)) if is_about_all(&why) => {
                (Standing::Waits(why, since), None)
            }
            Came::Of(Outcome::Waits(why)) => {
                let next = now + wait(self.failures);
                self.failures += 1;
                (Standing::Waits(why, since), Some(next))
            }
            Came::Of(Outcome::Undecided) => (Standing::Undecided, None),
            Came::Of(Outcome::Refused(why)) => (Standing::NotTaken(Some(why)), None),
            Came::Open => {
                let next = now + TimeDelta::seconds(ELSEWHERE_SECONDS);
                (Standing::Open, Some(next))
            }
            Came::Of(Outcome::Saved) | Came::Gone => return,
        };
        self.standing = standing;
        self.next = next;
    }
}

fn wait(failures: u32) -> TimeDelta {
    let seconds = FIRST_WAIT_SECONDS << failures.min(6);
    TimeDelta::seconds(seconds.min(LONGEST_WAIT_SECONDS))
}

/// What goes wrong for one will go wrong for the next.
fn is_about_all(why: &Problem) -> bool {
    matches!(
        why,
        Problem::Offline | Problem::Unreachable | Problem::TimedOut(_) | Problem::Busy
    )
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
