//! What a trust does, what the network does with it, and that the stream ends as a fresh load shows it.

use super::channel::{OVERLAP_SECONDS, WHOLE_EVERY_SECONDS};
use super::*;
use crate::domain::activity::{EncounterStatus, Setting};
use crate::domain::sample::{encounter, patient, period, time};
use crate::domain::stream::Step;
use crate::domain::{Coded, ResourceRef};

const EVERY: u32 = 15;

fn id(raw: &str) -> PatientId {
    PatientId::parse(raw).unwrap()
}

fn people() -> Vec<Arc<Patient>> {
    ["anna", "bert"]
        .map(|name| {
            let mut it = patient("shared", "9990000018", name, "A", "1940");
            it.id = id(name);
            Arc::new(it)
        })
        .to_vec()
}

fn start() -> DateTime<Utc> {
    time("2026-11-22T12:00:00Z")
}

fn seconds(number: i64) -> TimeDelta {
    TimeDelta::seconds(number)
}

/// A trust: what it holds, each with the person and the time of its last change.
#[derive(Default)]
struct Trust {
    /// Visible from the second time on: what is written is found a little later.
    held: Vec<(PatientId, Facts, DateTime<Utc>)>,
}

impl Trust {
    fn write(
        &mut self,
        at: DateTime<Utc>,
        lag: i64,
        number: usize,
        person: &str,
        status: EncounterStatus,
    ) {
        let mut it = encounter("rw3", Setting::Emergency, "2026-11-22T11:00:00Z", "");
        it.origin.resource = ResourceRef::new("Encounter", &number.to_string());
        it.origin.updated = Some(at);
        it.status = Some(Coded::Known(status));
        if status == EncounterStatus::Finished {
            it.period = period("2026-11-22T11:00:00Z", "2026-11-22T11:30:00Z");
        }
        let facts = Facts {
            encounters: vec![it.into()],
            ..Facts::default()
        };
        self.held.push((id(person), facts, at + seconds(lag)));
    }

    fn delete(&mut self, number: usize) {
        let gone = ResourceRef::new("Encounter", &number.to_string());
        self.held
            .retain(|(_, facts, _)| facts.encounters[0].origin.resource != gone);
    }

    /// The newest visible version of each.
    fn answer(&self, how: How, now: DateTime<Utc>) -> Told {
        let mut newest: Vec<&(PatientId, Facts, DateTime<Utc>)> = Vec::new();
        for one in self.held.iter().filter(|it| it.2 <= now) {
            let own = |it: &&(PatientId, Facts, DateTime<Utc>)| {
                it.1.encounters[0].origin.resource == one.1.encounters[0].origin.resource
            };
            newest.retain(|it| !own(it));
            newest.push(one);
        }
        // One page holds three.
        let partial = how == How::Newest && newest.len() > 3;
        if partial {
            newest.drain(..newest.len() - 3);
        }
        let wanted = |it: &&&(PatientId, Facts, DateTime<Utc>)| match how {
            How::Newest | How::Whole => true,
            How::Since(since) => it.1.encounters[0].origin.updated >= Some(since),
        };
        Told {
            facts: newest
                .iter()
                .filter(wanted)
                .map(|it| (it.0.clone(), it.1.clone()))
                .collect(),
            partial,
            ..Told::default()
        }
    }
}

fn feed() -> Feed {
    let mut feed = Feed::default();
    feed.open(people(), &[(SourceId::new("rw3"), EVERY)], start());
    feed
}

fn fresh(trust: &Trust, now: DateTime<Utc>) -> Arc<Vec<Arc<Event>>> {
    let mut feed = feed();
    let poll = feed.due(now).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, now)), now, 0.5);
    feed.shown()
}

struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// Ten thousand random schedules of writes and corrections that become visible late, and of answers that come late. In
/// every second one things are deleted, answers are lost, and the page sleeps; in the others the stream lives on changes
/// alone. In the end it is what a fresh load shows, event for event.
#[test]
fn whatever_the_network_does_the_stream_ends_as_a_fresh_load_shows_it() {
    let mut by_changes_alone = 0;
    for seed in 0..10_000 {
        let rough = seed % 2 == 0;
        let (mut dice, mut trust, mut feed) = (Dice::new(seed), Trust::default(), feed());
        let mut now = start();
        let mut flying: Vec<(Poll, Told)> = Vec::new();
        for _ in 0..40 {
            now += seconds(i64::try_from(dice.below(if rough { 30 } else { 20 })).unwrap());
            match dice.below(9) {
                0 | 1 => {
                    let written = write_at_random(&mut trust, &mut dice, now);
                    // Words of a source get lost, come twice, or are about somebody else.
                    for _ in 0..dice.below(3) {
                        feed.hint(&rw3(), written.clone(), now);
                    }
                }
                2 if rough => {
                    let number = usize::try_from(dice.below(6)).unwrap();
                    trust.delete(number);
                    feed.hint(&rw3(), named(number), now);
                }
                7 => feed.pushes(&rw3(), now),
                8 => feed.polls(&rw3(), Unpushed::Cut, now),
                3 | 4 => {
                    let asked = feed.due(now);
                    flying.extend(asked.into_iter().map(|it| {
                        let told = trust.answer(it.how, now);
                        (it, told)
                    }));
                }
                5 if !flying.is_empty() => {
                    let (poll, told) = flying.remove(0);
                    let lost = rough && dice.below(3) == 0;
                    let told = Some(told).filter(|_| !lost);
                    let answer = told.clone().ok_or(Problem::Unreachable);
                    feed.settle(&poll, answer, now, 0.5);
                    // The same answer once more is no answer.
                    assert!(!feed.settle(&poll, Ok(told.unwrap_or_default()), now, 0.5));
                }
                6 if rough && dice.below(4) == 0 => now += seconds(3600),
                _ => {}
            }
        }
        for (poll, told) in flying.drain(..) {
            feed.settle(&poll, Ok(told), now, 0.5);
        }
        // The network is well again; what was deleted is seen with the next whole answer.
        let mut last = How::Whole;
        for _ in 0..3 {
            now += seconds(if rough { WHOLE_EVERY_SECONDS } else { 140 });
            for poll in feed.due(now) {
                last = poll.how;
                feed.settle(&poll, Ok(trust.answer(poll.how, now)), now, 0.5);
            }
        }
        by_changes_alone += usize::from(last != How::Whole);
        assert_eq!(feed.shown(), fresh(&trust, now), "seed {seed}");
    }
    assert!(by_changes_alone > 3000, "{by_changes_alone}");
}

fn rw3() -> SourceId {
    SourceId::new("rw3")
}

fn named(number: usize) -> Vec<ResourceRef> {
    vec![ResourceRef::new("Encounter", &number.to_string())]
}

fn write_at_random(trust: &mut Trust, dice: &mut Dice, now: DateTime<Utc>) -> Vec<ResourceRef> {
    let status = match dice.below(3) {
        0 => EncounterStatus::InProgress,
        1 => EncounterStatus::Finished,
        _ => EncounterStatus::EnteredInError,
    };
    let number = usize::try_from(dice.below(6)).unwrap();
    let person = if number.is_multiple_of(2) {
        "anna"
    } else {
        "bert"
    };
    let lag = i64::try_from(dice.below(60)).unwrap();
    trust.write(now, lag, number, person, status);
    named(number)
}

/// A feed that has begun, with one event, at a source that pushes.
fn pushed() -> (Feed, Trust) {
    let (mut feed, mut trust) = (feed(), Trust::default());
    trust.write(start(), 0, 1, "anna", EncounterStatus::InProgress);
    feed.pushes(&rw3(), start());
    let poll = feed.due(start()).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, start())), start(), 0.5);
    assert_eq!(feed.channels()[0].live, Live::Pushed);
    (feed, trust)
}

#[test]
fn a_source_that_pushes_is_asked_when_it_says_something_and_seldom_else() {
    let (mut feed, mut trust) = pushed();
    let later = start() + seconds(30);
    assert!(feed.due(later).is_empty());
    trust.write(later, 0, 2, "bert", EncounterStatus::InProgress);
    feed.hint(&rw3(), named(2), later);
    let poll = feed.due(later).remove(0);
    // What it says while it is asked is one more question, soon.
    for _ in 0..1000 {
        feed.hint(&rw3(), named(2), later);
    }
    assert!(feed.due(later).is_empty());
    feed.settle(&poll, Ok(trust.answer(poll.how, later)), later, 0.5);
    assert!(feed.due(later).is_empty());
    let soon = later + TimeDelta::milliseconds(BETWEEN_MILLISECONDS);
    let poll = feed.due(soon).remove(0);
    feed.settle(&poll, Ok(trust.answer(poll.how, soon)), soon, 0.5);
    assert!(feed.due(soon + seconds(240)).is_empty());
    assert_eq!(feed.shown().len(), 2);
    // In case a word was lost.
    assert_eq!(feed.due(soon + seconds(340)).len(), 1);
}

#[test]
fn what_a_source_says_to_be_deleted_leaves_at_once() {
    let (mut feed, mut trust) = pushed();
    let later = start() + seconds(30);
    trust.delete(1);
    feed.hint(&rw3(), named(1), later);
    let poll = feed.due(later).remove(0);
    feed.settle(&poll, Ok(trust.answer(poll.how, later)), later, 0.5);
    let poll = feed.due(later).remove(0);
    assert_eq!(poll.how, How::Whole);
    feed.settle(&poll, Ok(trust.answer(How::Whole, later)), later, 0.5);
    assert!(feed.shown().is_empty());
    // Somebody else's, of whom nothing is known here: no more than a question.
    feed.hint(&rw3(), named(77), later + seconds(1));
    let poll = feed.due(later + seconds(1)).remove(0);
    feed.settle(&poll, Ok(Told::default()), later + seconds(1), 0.5);
    assert!(feed.due(later + seconds(2)).is_empty());
}

#[test]
fn when_the_line_is_cut_the_gap_is_closed_and_the_source_is_polled() {
    let (mut feed, _) = pushed();
    let later = start() + seconds(30);
    feed.polls(&rw3(), Unpushed::Cut, later);
    assert_eq!(feed.channels()[0].live, Live::Polled);
    let poll = feed.due(later).remove(0);
    feed.settle(&poll, Ok(Told::default()), later, 0.5);
    assert_eq!(feed.due(later + seconds(20)).len(), 1);
}

#[test]
fn new_events_wait_and_corrections_do_not() {
    let (mut feed, mut trust) = (feed(), Trust::default());
    trust.write(start(), 0, 1, "anna", EncounterStatus::InProgress);
    let poll = feed.due(start()).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, start())), start(), 0.5);
    feed.hold();
    let later = start() + seconds(30);
    trust.write(later, 0, 1, "anna", EncounterStatus::Finished);
    trust.write(later, 0, 2, "bert", EncounterStatus::InProgress);
    let poll = feed.due(later).remove(0);
    feed.settle(&poll, Ok(trust.answer(poll.how, later)), later, 0.5);
    let steps = |events: &[Arc<Event>]| events.iter().map(|it| it.key.step).collect::<Vec<_>>();
    assert_eq!(steps(&feed.shown()), [Step::Began]);
    assert_eq!(feed.waiting().len(), 2, "she left, and he came");
    feed.release();
    assert_eq!(feed.shown().len(), 3);
    assert_eq!(feed.waiting().len(), 0);
    // Entered in error: it leaves at once.
    let last = later + seconds(30);
    trust.write(last, 0, 2, "bert", EncounterStatus::EnteredInError);
    let poll = feed.due(last).remove(0);
    feed.settle(&poll, Ok(trust.answer(poll.how, last)), last, 0.5);
    assert_eq!(feed.shown().len(), 2);
}

#[test]
fn a_source_that_fails_is_asked_less_and_less_and_says_since_when() {
    let (mut feed, mut now, mut waits) = (feed(), start(), Vec::new());
    let mut poll = feed.due(now).remove(0);
    for _ in 0..7 {
        feed.settle(&poll, Err(Problem::Unreachable), now, 0.5);
        let failed = now;
        poll = loop {
            now += seconds(1);
            if let Some(next) = feed.due(now).pop() {
                break next;
            }
        };
        waits.push((now - failed).num_seconds());
    }
    assert_eq!(waits, [30, 60, 120, 240, 300, 300, 300]);
    feed.settle(&poll, Err(Problem::Unreachable), now, 0.5);
    let since_the_first = Live::Stopped(Problem::Unreachable, start());
    assert_eq!(feed.channels()[0].live, since_the_first);
    // Asked at once when the reader says so.
    feed.hurry(Some(&SourceId::new("rw3")), now);
    assert_eq!(
        feed.due(now)[0].how,
        How::Newest,
        "nothing has been told yet"
    );
}

#[test]
fn a_source_that_cannot_be_asked_for_changes_is_asked_for_everything() {
    let (mut feed, mut trust) = (feed(), Trust::default());
    trust.write(start(), 0, 1, "anna", EncounterStatus::InProgress);
    let poll = feed.due(start()).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, start())), start(), 0.5);
    let later = start() + seconds(20);
    let poll = feed.due(later).remove(0);
    feed.settle(
        &poll,
        Err(Problem::Refused("_lastUpdated".to_owned())),
        later,
        0.5,
    );
    for minutes in 1..4 {
        let now = later + seconds(minutes * 60);
        let poll = feed.due(now).remove(0);
        assert_eq!(poll.how, How::Whole);
        feed.settle(&poll, Ok(trust.answer(How::Whole, now)), now, 0.5);
    }
}

#[test]
fn somebody_who_is_not_mine_is_not_in_my_stream() {
    let mut feed = feed();
    let mut trust = Trust::default();
    trust.write(start(), 0, 1, "carl", EncounterStatus::InProgress);
    let poll = feed.due(start()).remove(0);
    feed.settle(&poll, Ok(trust.answer(How::Whole, start())), start(), 0.5);
    assert!(feed.shown().is_empty());
}

#[path = "feed_clock_tests.rs"]
mod clocks;
