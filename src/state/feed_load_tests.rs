//! How many questions a whole service puts to each trust: every reader's feed, the machine itself, in simulated time.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::domain::sample::{appointment, patient};

/// Readers who all look at hospital activity, and what happens meanwhile.
#[derive(Clone, Copy)]
struct Service {
    readers: u32,
    people: u32,
    /// Everybody of a team follows the same people.
    readers_of_a_team: u32,
    /// Things that happen to one person in a day at one trust.
    events: f64,
    /// Seconds between two questions where a trust is polled.
    every: u32,
    pushes: bool,
}

/// Questions to one trust.
#[derive(Debug)]
struct Load {
    a_second: f64,
    busiest_second: u32,
    /// Of them, questions for everything and not for what was written since.
    whole: f64,
    /// Seconds from an event to the question that brings it: the mean and the longest.
    late: (f64, u32),
}

/// Numbers that look random and are the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn under(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(((self.0 >> 32) * u64::from(end)) >> 32).unwrap()
    }

    fn roll(&mut self) -> f64 {
        f64::from(self.under(u32::MAX)) / f64::from(u32::MAX)
    }
}

/// A reader at the screen.
#[derive(Default)]
struct Reader {
    comes: u32,
    feed: Feed,
    /// When what happened that is not yet asked for.
    owed: Vec<u32>,
}

impl Reader {
    fn after(comes: u32) -> Self {
        Self {
            comes,
            ..Self::default()
        }
    }

    /// Asks what is due; returns the questions, and how late each event was asked for.
    fn ask(
        &mut self,
        now: DateTime<Utc>,
        second: u32,
        own: &Patient,
        jitter: f64,
    ) -> (Vec<Poll>, Vec<u32>) {
        let polls = self.feed.due(now);
        for poll in &polls {
            let mut facts = Facts::default();
            let mut newest = appointment("rw3", "2026-12-03T10:20:00Z");
            newest.origin.updated = Some(now);
            facts.appointments.push(newest);
            let told = Told {
                facts: vec![(own.id.clone(), facts)],
                partial: false,
                ..Told::default()
            };
            assert!(self.feed.settle(poll, Ok(told), now, jitter));
        }
        let asked = if polls.is_empty() {
            Vec::new()
        } else {
            std::mem::take(&mut self.owed)
        };
        (polls, asked.into_iter().map(|at| second - at).collect())
    }
}

/// Everybody comes within these.
const COMING: u32 = 600;

/// One trust for `minutes` after everybody has come.
fn simulate(it: Service, minutes: u32) -> Load {
    let start: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
    let source = SourceId::new("rw3");
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let own = Arc::new(patient(
        "shared",
        "9990123454",
        "SMITH",
        "Jane",
        "1945-03-02",
    ));
    let mut readers: Vec<Reader> = (0..it.readers)
        .map(|_| Reader::after(dice.under(COMING)))
        .collect();
    let teams = it.readers / it.readers_of_a_team;
    let chance = it.events * f64::from(it.people) / f64::from(teams) / 86_400.0;
    let (mut all, mut whole, mut busiest, mut late) = (0, 0, 0, Vec::new());
    for second in 0..COMING + minutes * 60 {
        let now = start + TimeDelta::seconds(i64::from(second));
        let happens: Vec<bool> = (0..teams).map(|_| dice.roll() < chance).collect();
        let mut here = 0;
        for (reader, happens) in readers.iter_mut().zip(happens.iter().cycle()) {
            if second == reader.comes {
                reader
                    .feed
                    .open(vec![Arc::clone(&own)], &[(source.clone(), it.every)], now);
                if it.pushes {
                    reader.feed.pushes(&source, now);
                }
            }
            if *happens && second >= reader.comes {
                reader.owed.push(second);
                if it.pushes {
                    reader.feed.hint(&source, Vec::new(), now);
                }
            }
            let (polls, asked) = reader.ask(now, second, &own, dice.roll());
            if second >= COMING {
                here += u32::try_from(polls.len()).unwrap();
                whole += polls
                    .iter()
                    .map(|it| u32::from(!matches!(it.how, How::Since(_))))
                    .sum::<u32>();
                late.extend(asked);
            }
        }
        all += here;
        busiest = busiest.max(here);
    }
    let (seconds, count) = (f64::from(minutes * 60), u32::try_from(late.len()).unwrap());
    Load {
        a_second: f64::from(all) / seconds,
        busiest_second: busiest,
        whole: f64::from(whole) / seconds,
        late: (
            f64::from(late.iter().sum::<u32>()) / f64::from(count.max(1)),
            late.into_iter().max().unwrap_or(0),
        ),
    }
}

const MANCHESTER: Service = Service {
    readers: 900,
    people: 6000,
    readers_of_a_team: 6,
    events: 0.5,
    every: 20,
    pushes: false,
};

#[test]
fn polling_is_as_often_as_it_is_set_and_spread_out() {
    let service = Service {
        readers: 120,
        people: 800,
        ..MANCHESTER
    };
    let load = simulate(service, 10);
    let expected = 120.0 / 20.0;
    assert!((load.a_second / expected - 1.0).abs() < 0.1, "{load:?}");
    assert!(load.busiest_second < 20, "{load:?}");
    assert!(load.whole * 5.0 < load.a_second, "{load:?}");
    assert!(load.late.1 <= 24, "{load:?}");
}

#[test]
fn a_trust_that_pushes_is_asked_less_and_sooner() {
    let service = Service {
        readers: 120,
        people: 800,
        pushes: true,
        ..MANCHESTER
    };
    let (pushed, polled) = (
        simulate(service, 10),
        simulate(
            Service {
                pushes: false,
                ..service
            },
            10,
        ),
    );
    assert!(
        pushed.a_second * 3.0 < polled.a_second,
        "{pushed:?} {polled:?}"
    );
    assert!(pushed.late.1 <= 1, "{pushed:?}");
}

/// The figures of README: `cargo test --release -p alongside --lib hour -- --ignored --nocapture`.
#[test]
#[ignore = "a report for README, an hour of 900 readers: half a minute"]
fn an_hour_of_the_service_in_figures() {
    println!(
        "One trust, 900 readers, 6,000 people, an hour; everybody has hospital activity on the screen."
    );
    let say = |what: String, it: &Load| {
        println!(
            "{what:>16}: {:6.2} questions a second ({} in the busiest, {:.2} for everything), an event is asked for {:.0} s after it is written ({} s at most)",
            it.a_second, it.busiest_second, it.whole, it.late.0, it.late.1
        );
    };
    for every in [20, 60, 120, 180, 200, 240] {
        let load = simulate(
            Service {
                every,
                ..MANCHESTER
            },
            60,
        );
        say(format!("every {every} s"), &load);
    }
    let pushed = simulate(
        Service {
            pushes: true,
            ..MANCHESTER
        },
        60,
    );
    say("pushed".to_owned(), &pushed);
    let region = 2_800_000.0 / 6000.0;
    println!(
        "For 2.8 million people with as many readers for each: {:.0} a second pushed, {:.0} polled every 20 s, over all trusts of a size.",
        pushed.a_second * region,
        simulate(MANCHESTER, 60).a_second * region
    );
}
