//! Lets the hospitals go on, through their APIs: arrivals, admissions, ward moves, discharges,
//! results and appointments, one after another at a chosen rate, until stopped.
//!
//! What is open is read from the record when playing begins, so it goes on from wherever the
//! record is. A hospital that does not answer is left alone for a while; the others go on.

#[path = "play/admissions.rs"]
mod admissions;
#[path = "play/appointments.rs"]
mod appointments;
#[path = "play/blood.rs"]
mod blood;
#[path = "play/hospital.rs"]
mod trust;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::Duration,
};

use chrono::NaiveDateTime;

use crate::{
    chance::Chance,
    load::{LoadError, Target},
    programme::Programme,
    source::Source,
};
use trust::Hospital;

/// How to play.
#[derive(Debug, Clone)]
pub struct PlayOptions {
    /// Events in a minute, over all hospitals; at least one.
    pub per_minute: u32,
    /// Another seed plays another day.
    pub seed: u64,
    /// Of a hundred events, how many happen to people on the demo users' lists.
    pub listed_share: u32,
}

impl Default for PlayOptions {
    fn default() -> Self {
        Self {
            per_minute: 6,
            seed: 1,
            listed_share: 60,
        }
    }
}

/// Something that happened and is in the record now.
#[derive(Debug, Clone)]
pub struct Event {
    pub source: Source,
    pub at: NaiveDateTime,
    /// `Admitted as an emergency, ward F7`.
    pub what: String,
    /// Which person of the programme, and `SMITH, Jane (Mrs)`.
    pub person: usize,
    pub listed: String,
}

/// Plays until `stop` is set, then returns how many events there were. Targets other than the three
/// acute trusts are left alone. `now` gives the time (UTC); `tell` hears of each event.
///
/// Fails only when no hospital can be reached at the beginning.
pub fn play(
    programme: &Programme,
    targets: &[Target],
    options: &PlayOptions,
    now: &dyn Fn() -> NaiveDateTime,
    tell: &dyn Fn(&Event),
    stop: &AtomicBool,
) -> Result<usize, LoadError> {
    let mut hospitals = Vec::new();
    let mut problem = None;
    for target in targets
        .iter()
        .filter(|target| Source::TRUSTS.contains(&target.source))
    {
        match Hospital::open(programme.options(), target, stop) {
            Ok(hospital) => hospitals.push(hospital),
            Err(error) => problem = Some(error),
        }
    }
    if hospitals.is_empty() {
        return problem.map_or(Ok(0), Err);
    }
    let mut chance = Chance::of(options.seed, "play", now_as_number(now()));
    let mut events = 0;
    while !stop.load(Ordering::Relaxed) {
        let at = chance.below(hospitals.len());
        let everywhere: Vec<usize> = hospitals
            .iter()
            .flat_map(|hospital| hospital.inside.iter().map(|inside| inside.person))
            .collect();
        let Some(hospital) = hospitals.get_mut(at) else {
            continue;
        };
        let mut day = Day {
            everywhere,
            programme,
            options,
            chance: &mut chance,
            now: now(),
        };
        // A hospital that does not answer has no event this time; the next one may have.
        if let Ok(Some(event)) = day.happen(hospital) {
            events += 1;
            tell(&event);
        }
        pause(
            Duration::from_millis(60_000 / u64::from(options.per_minute.max(1))),
            stop,
        );
    }
    Ok(events)
}

fn now_as_number(now: NaiveDateTime) -> usize {
    usize::try_from(now.and_utc().timestamp()).unwrap_or(0)
}

fn pause(wait: Duration, stop: &AtomicBool) {
    let mut left = wait;
    while left > Duration::ZERO && !stop.load(Ordering::Relaxed) {
        let moment = left.min(Duration::from_millis(100));
        sleep(moment);
        left -= moment;
    }
}

/// One moment of the day.
pub(crate) struct Day<'a> {
    pub programme: &'a Programme,
    pub options: &'a PlayOptions,
    pub chance: &'a mut Chance,
    pub now: NaiveDateTime,
    /// Who is in any hospital: nobody is in two.
    pub everywhere: Vec<usize>,
}

impl Day<'_> {
    /// Something happens in a hospital; what cannot happen now makes room for an arrival.
    fn happen(&mut self, hospital: &mut Hospital) -> Result<Option<Event>, LoadError> {
        let happened = match self.chance.below(100) {
            0..=17 => admissions::admit(self, hospital)?,
            18..=33 => admissions::move_ward(self, hospital)?,
            34..=47 => admissions::discharge(self, hospital)?,
            48..=53 => admissions::leave(self, hospital)?,
            54..=71 => blood::result(self, hospital)?,
            72..=79 => appointments::book(self, hospital)?,
            80..=83 => appointments::change(self, hospital)?,
            84..=87 => blood::image(self, hospital)?,
            _ => None,
        };
        match happened {
            Some(event) => Ok(Some(event)),
            None => admissions::arrive(self, hospital),
        }
    }

    /// Somebody, rather from the demo users' lists.
    pub fn somebody(&mut self) -> usize {
        let listed = self.programme.listed();
        let all = self.programme.len().max(1);
        if self.chance.percent(self.options.listed_share) {
            self.chance.below(listed.max(1))
        } else {
            self.chance.below(all)
        }
    }
}
