//! Hospital activity, live: one channel for each source, one stream for all. Decides when a source is asked again and
//! for what, and what of the answers is on the screen. Times that matter are the sources' own: this device's clock only
//! tells when to ask.
//!
//! A source that pushes says only that something has happened: the answer to the question is what counts, so that a frame
//! that is lost, doubled, late or about somebody else does no harm.
//!
//! A source is asked for what it wrote since the newest that it has told, with an overlap; what comes twice is one
//! event. Everything of the last days is asked for at the beginning, after a failure and from time to time: what was
//! deleted meanwhile is seen only so. New events wait until the reader asks for them.

mod channel;
mod knows;
mod story;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::Problem;
use crate::domain::activity::Coming;
use crate::domain::stream::{self, Event};
use crate::domain::{Facts, Patient, PatientId, ResourceRef, SourceId};
use channel::{BETWEEN_MILLISECONDS, Line, MOST_HINTS, OVERLAP_SECONDS, SLOWEST_SECONDS, wait};
pub use channel::{Channel, Live, Unpushed};
pub use knows::Knows;
pub use story::MOST_EVENTS;
use story::Story;

/// How far back the stream goes.
pub const WINDOW_DAYS: i64 = 30;

/// What a source wrote so much later than this device's clock says is not taken for how far it has told.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// Nor for what time it is, when it is more than a clock can be wrong.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::hours(26);

/// What to ask of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The newest of the last [`WINDOW_DAYS`], as much as comes at once: usually that is all.
    Newest,
    /// Everything of the last [`WINDOW_DAYS`].
    Whole,
    /// What was written at or after this time of the source.
    Since(DateTime<Utc>),
}

/// One question that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    pub source: SourceId,
    pub how: How,
    ticket: u64,
}

/// What a source answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    pub facts: Vec<(PatientId, Facts)>,
    /// Under whose NHS number the source has somebody with another birth date: nothing of theirs is among the facts.
    pub mistaken: Vec<PatientId>,
    /// There was more than was read.
    pub partial: bool,
    /// Kinds of record of which the source says that it could not give something: what is not among this may be there.
    pub failed: Vec<&'static str>,
}

impl Told {
    /// When the newest of it was written, of what was by then.
    fn written_by(&self, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let all = self.facts.iter();
        all.filter_map(|it| stream::newest(&it.1, until)).max()
    }

    /// Something of it is not shown: it could not be given, or not be read.
    fn hides(&self) -> bool {
        !self.failed.is_empty() || self.facts.iter().any(|(_, facts)| !facts.is_whole())
    }
}

/// The stream of one reader. `Default` has nobody in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    people: HashMap<PatientId, Arc<Patient>>,
    channels: Vec<Channel>,
    /// There may be others whom nobody named.
    lacks_people: bool,
    story: Story,
    tickets: u64,
    /// Sources that should push: `None` with a line to them, or why there is none, and since when.
    pushing: HashMap<SourceId, Option<(Unpushed, DateTime<Utc>)>>,
    /// The newest time that any source has told.
    clock: Option<DateTime<Utc>>,
}

impl Feed {
    /// The same people are known in other words: nothing is asked for it.
    pub fn rename(&mut self, people: Vec<Arc<Patient>>) {
        for it in people {
            if let Some(known) = self.people.get_mut(&it.id) {
                *known = it;
            }
        }
    }

    /// Begins for these people and sources (each with its seconds between questions). What is known of people who stay
    /// is kept, and what waits to be shown waits; everybody is asked about at once.
    pub fn open(
        &mut self,
        people: Vec<Arc<Patient>>,
        sources: &[(SourceId, u32)],
        now: DateTime<Utc>,
    ) {
        let before = std::mem::take(&mut self.people);
        self.people = people.into_iter().map(|it| (it.id.clone(), it)).collect();
        self.channels = sources
            .iter()
            .map(|(source, every)| {
                let pushing = self.pushing.get(source);
                Channel {
                    unpushed: pushing.copied().flatten(),
                    line: Line {
                        open: pushing.is_some_and(Option::is_none),
                        ..Line::default()
                    },
                    ..Channel::new(source.clone(), *every, now)
                }
            })
            .collect();
        let people = &self.people;
        self.story
            .begin(|id| people.contains_key(id), |id| before.contains_key(id));
    }

    /// The questions that are due. Each counts as asked: its answer is settled, or it is taken back by another `open`.
    pub fn due(&mut self, now: DateTime<Utc>) -> Vec<Poll> {
        let mut polls = Vec::new();
        for channel in &mut self.channels {
            if channel.asked.is_none() && channel.next <= now {
                self.tickets += 1;
                channel.asked = Some(self.tickets);
                polls.push(Poll {
                    source: channel.source.clone(),
                    how: channel.how(now),
                    ticket: self.tickets,
                });
            }
        }
        polls
    }

    /// Every source is asked again at once, whatever it waits for: the page is looked at again, or the reader asks.
    pub fn hurry(&mut self, source: Option<&SourceId>, now: DateTime<Utc>) {
        for channel in &mut self.channels {
            if source.is_none_or(|it| *it == channel.source) {
                channel.next = now;
            }
        }
    }

    /// The source has taken us on: from now on it says when something happens. What happened before is asked for.
    pub fn pushes(&mut self, source: &SourceId, now: DateTime<Utc>) {
        self.pushing.insert(source.clone(), None);
        if let Some(channel) = self.channel(source) {
            channel.unpushed = None;
            channel.line.open = true;
            channel.line.again = channel.asked.is_some();
            channel.next = now;
            if channel.live == Live::Polled {
                channel.live = Live::Pushed;
            }
        }
    }

    /// There is no line to the source, or none any more: it is polled, beginning at once.
    pub fn polls(&mut self, source: &SourceId, why: Unpushed, now: DateTime<Utc>) {
        let known = self.pushing.entry(source.clone()).or_default();
        let lost = (why, known.map_or(now, |it| it.1));
        *known = Some(lost);
        if let Some(channel) = self.channel(source) {
            channel.unpushed = Some(lost);
            if std::mem::take(&mut channel.line.open) {
                channel.line.again = channel.asked.is_some();
                channel.next = now;
                if channel.live == Live::Pushed {
                    channel.live = Live::Polled;
                }
            }
        }
    }

    /// The source says that something has happened (to these, where it says so): it is asked at once, and when it says so
    /// again and again, a few times a second.
    pub fn hint(&mut self, source: &SourceId, what: Vec<ResourceRef>, now: DateTime<Utc>) {
        if let Some(channel) = self.channel(source) {
            if channel.line.hinted.len() < MOST_HINTS {
                channel.line.hinted.extend(what);
            }
            if channel.asked.is_some() {
                channel.line.again = true;
            } else {
                let earliest = channel
                    .answered
                    .map_or(now, |it| it + TimeDelta::milliseconds(BETWEEN_MILLISECONDS));
                channel.next = channel.next.min(earliest.max(now));
            }
        }
    }

    fn channel(&mut self, source: &SourceId) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|it| it.source == *source)
    }

    /// An answer arrives, and the stream is as it says. [`Feed::receive`] and all its [`Feed::work`] in one.
    pub fn settle(
        &mut self,
        poll: &Poll,
        answer: Result<Told, Problem>,
        now: DateTime<Utc>,
        jitter: f64,
    ) -> bool {
        let taken = self.receive(poll, answer, now, jitter);
        while !self.work(usize::MAX, now) {}
        taken
    }

    /// An answer arrives. `jitter` from 0 to 1 spreads the questions of many readers. Returns whether it was taken: one
    /// to a question that is no longer asked is not. The stream changes with [`Feed::work`].
    pub fn receive(
        &mut self,
        poll: &Poll,
        answer: Result<Told, Problem>,
        now: DateTime<Utc>,
        jitter: f64,
    ) -> bool {
        let own = |it: &&mut Channel| it.source == poll.source && it.asked == Some(poll.ticket);
        let Some(channel) = self.channels.iter_mut().find(own) else {
            return false;
        };
        channel.asked = None;
        match answer {
            Ok(told) => {
                let was_lost = matches!(
                    channel.live,
                    Live::Stopped(Problem::Unreachable | Problem::TimedOut(_), _)
                );
                channel.live = channel.well();
                channel.failures = 0;
                channel.answered = Some(now);
                let (calm, beginning) = channel.heard(poll.how, told.partial, now);
                channel.hears(poll.how, told.hides());
                channel.mistaken.clone_from(&told.mistaken);
                let newest = told.written_by(now + CLOCKS_DIFFER);
                // What one record says to lie ahead would keep from being told everything until then; where all do, its
                // clock is ahead.
                channel.cursor = channel.cursor.max(told.written_by(now + AHEAD)).or(newest);
                // What it says while it is asked may not be in the answer: it is asked once more.
                let again = channel.line.again;
                channel.next = now + channel.rest(jitter);
                if !again {
                    let misses = || channel.misses(&told, self.story.told());
                    if calm || matches!(poll.how, How::Since(_)) && misses() {
                        channel.whole_at = None;
                        channel.next = now;
                    }
                    channel.line.hinted.clear();
                }
                self.clock = self.clock.max(newest);
                // The network is back: the others may be, too.
                if was_lost {
                    self.doubt(&poll.source, now);
                }
                self.hear(poll, told);
                // What is told at the beginning is not news.
                if beginning {
                    self.story.let_in(&poll.source);
                }
            }
            Err(problem) => {
                let is_lost = matches!(problem, Problem::Unreachable | Problem::TimedOut(_));
                // A source that does not know the question is asked the plain one.
                if matches!((&poll.how, &problem), (How::Since(_), Problem::Refused(_))) {
                    channel.refuses_since = true;
                }
                let since = match &channel.live {
                    Live::Stopped(_, since) => *since,
                    _ => now,
                };
                channel.live = Live::Stopped(problem, since);
                channel.failures += 1;
                let doubled = i64::from(channel.every) << channel.failures.min(8);
                channel.next = now + wait(doubled.min(SLOWEST_SECONDS), jitter);
                // Perhaps it is the network: a line on which nothing comes looks like one to a quiet source.
                if is_lost && channel.failures == 1 {
                    self.doubt(&poll.source, now);
                }
            }
        }
        true
    }

    /// Other sources are asked, whatever they wait for, unless they have just answered.
    fn doubt(&mut self, source: &SourceId, now: DateTime<Utc>) {
        let just_now = now - TimeDelta::seconds(OVERLAP_SECONDS / 4);
        let others = self.channels.iter_mut().filter(|it| it.source != *source);
        for it in others.filter(|it| it.answered.is_none_or(|at| at < just_now)) {
            it.next = it.next.min(now);
        }
    }

    fn hear(&mut self, poll: &Poll, told: Told) {
        let mut fresh: HashMap<PatientId, Facts> = HashMap::new();
        for (id, facts) in told.facts {
            if self.people.contains_key(&id) {
                fresh.entry(id).or_default().absorb(facts);
            }
        }
        let everything = !matches!(poll.how, How::Since(_)) && !told.partial;
        self.story
            .hear(&poll.source, fresh, everything.then_some(&*told.failed));
    }

    /// Brings the stream up to what was told, in a step of about so many resources. Returns whether that was the last.
    pub fn work(&mut self, resources: usize, now: DateTime<Utc>) -> bool {
        let now = self.clock.map_or(now, |it| it.max(now));
        let since = now - TimeDelta::days(WINDOW_DAYS);
        self.story.work(resources, since, now)
    }

    /// From now on new events wait to be shown.
    pub fn hold(&mut self) {
        self.story.hold();
    }

    pub fn is_steady(&self) -> bool {
        self.story.is_steady()
    }

    /// Whether no source's first answer is awaited.
    pub fn has_begun(&self) -> bool {
        !self.channels.iter().any(|it| it.live == Live::Starting)
    }

    /// Shows what waits.
    pub fn release(&mut self) {
        self.story.release();
    }

    /// What is on the screen, newest first; corrections are in it, new events are not.
    pub fn shown(&self) -> Arc<Vec<Arc<Event>>> {
        self.story.shown()
    }

    /// How many events are not in the stream because they are older than the newest [`MOST_EVENTS`].
    pub fn dropped(&self) -> usize {
        self.story.dropped()
    }

    /// New events that wait to be shown, newest first.
    pub fn waiting(&self) -> &[Arc<Event>] {
        self.story.waiting()
    }

    /// Appointments to come, the next one first, those without a date at the end. One whose booking waits to be shown
    /// waits too.
    pub fn coming(&self, now: DateTime<Utc>) -> Vec<(PatientId, Coming)> {
        self.story.coming(&self.people, now)
    }

    /// Whether the reader may have people who are not among these.
    pub fn lacks_people(&mut self, lacks: bool) {
        self.lacks_people = lacks;
    }

    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    pub fn person(&self, id: &PatientId) -> Option<&Arc<Patient>> {
        self.people.get(id)
    }

    pub fn people(&self) -> impl Iterator<Item = &Arc<Patient>> {
        self.people.values()
    }
}

#[cfg(test)]
#[path = "feed_load_tests.rs"]
mod load_tests;
#[cfg(test)]
#[path = "feed_tests.rs"]
mod tests;
