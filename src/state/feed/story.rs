//! What sources have told, and the events that follow from it. The work is done in steps: who is told something new waits
//! until there is time, and the screen changes once, at the end.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use itertools::kmerge_by;

use crate::domain::activity::{Coming, coming_appointments};
use crate::domain::stream::{self, Event, EventKey, Step};
use crate::domain::{Facts, Origin, Patient, PatientId, ResourceRef, SourceId, When};

/// More than anybody reads: older events are dropped from the stream.
pub const MOST_EVENTS: usize = 20_000;

/// What sources told is kept up to this; what ended first is forgotten.
const MOST_TOLD: usize = 60_000;

/// Of one person, by source.
pub(super) type Told = HashMap<SourceId, Facts>;

type Of = (PatientId, SourceId);

/// An event, and whether it is on the screen or waits: of each by itself, for twenty thousand are not looked up in a moment.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    event: Arc<Event>,
    released: bool,
    /// When it happened: of twenty thousand that are put in order nearly all differ in this.
    at: DateTime<Utc>,
    /// It is on the screen, and says more or something else than when it was shown: it counts as new, too.
    renewed: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Story {
    told: HashMap<PatientId, Told>,
    /// Of one person at one source: no event follows from what two of them tell.
    events: HashMap<Of, Vec<Placed>>,
    /// Of whom something has been told that is not among the events yet.
    stale: BTreeSet<Of>,
    /// Sources whose events are shown without waiting, the next time.
    let_in: BTreeSet<SourceId>,
    /// Who was there already when this began: what waits of them goes on waiting.
    stayed: HashSet<PatientId>,
    steady: bool,
    dropped: usize,
    /// How much of what a source told is not kept.
    forgotten: HashMap<SourceId, usize>,
    shown: Arc<Vec<Arc<Event>>>,
    waiting: Arc<Vec<Arc<Event>>>,
}

impl Story {
    pub(super) fn told(&self) -> &HashMap<PatientId, Told> {
        &self.told
    }

    /// Begins again for these people, some of whom were there before; what is known of them stays.
    pub(super) fn begin(
        &mut self,
        is_there: impl Fn(&PatientId) -> bool,
        was_there: impl Fn(&PatientId) -> bool,
    ) {
        self.told.retain(|id, _| is_there(id));
        self.events.retain(|(id, _), _| is_there(id));
        self.stale.retain(|(id, _)| is_there(id));
        let known = self.told.keys().filter(|id| was_there(id));
        self.stayed = known.cloned().collect();
        self.steady &= !self.stayed.is_empty();
        self.gather();
    }

    /// A source has told this. Where it is `everything` but for some kinds of record, what is not in it any more was
    /// deleted.
    pub(super) fn hear(
        &mut self,
        source: &SourceId,
        mut fresh: HashMap<PatientId, Facts>,
        everything: Option<&[&str]>,
    ) {
        if let Some(but) = everything {
            self.forgotten.remove(source);
            let nothing = Facts::default();
            for (id, sources) in &mut self.told {
                if let Some(known) = sources.get_mut(source) {
                    keep_only(known, fresh.get(id).unwrap_or(&nothing), but);
                    self.stale.insert((id.clone(), source.clone()));
                }
            }
        }
        for (id, facts) in fresh.drain() {
            let sources = self.told.entry(id.clone()).or_default();
            stream::renew(sources.entry(source.clone()).or_default(), facts);
            self.stale.insert((id, source.clone()));
        }
        self.forget();
    }

    fn forget(&mut self) {
        let told = self.told.iter_mut();
        let (of, facts): (Vec<_>, Vec<_>) = told
            .flat_map(|(id, told)| told.iter_mut().map(move |(source, it)| ((id, source), it)))
            .unzip();
        let forgotten = stream::keep_latest(facts.into_iter(), MOST_TOLD);
        for ((id, source), number) in of.into_iter().zip(forgotten).filter(|it| it.1 > 0) {
            *self.forgotten.entry(source.clone()).or_default() += number;
            self.stale.insert((id.clone(), source.clone()));
        }
    }

    /// Works out the events of people of whom something new was told, until some `resources` have been read. Returns
    /// whether that was all; then what is shown and what waits are as they should be.
    pub(super) fn work(
        &mut self,
        resources: usize,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> bool {
        let mut done = 0;
        while done <= resources {
            let Some(of) = self.stale.pop_first() else {
                // Where there is much, to put it in order is a step of its own.
                let all: usize = self.events.values().map(Vec::len).sum();
                if done > 0 && done.saturating_add(all) > resources {
                    return false;
                }
                self.gather();
                return true;
            };
            let (id, source) = &of;
            let before = self.events.remove(&of).unwrap_or_default();
            let Some(facts) = self.told.get(id).and_then(|it| it.get(source)) else {
                continue;
            };
            done += stream::resources(facts).count();
            let released = before.iter().filter(|it| it.released);
            let released: HashMap<&EventKey, &Placed> =
                released.map(|it| (&it.event.key, it)).collect();
            let place = |event: Event| {
                let shown = released.get(&event.key);
                Placed {
                    released: shown.is_some(),
                    at: event.change.at,
                    renewed: shown.is_some_and(|it| it.renewed || event.tells_more(&it.event)),
                    event: Arc::new(event),
                }
            };
            let events = stream::events(id, facts, since, now).into_iter();
            let events = events.map(place).collect();
            self.events.insert(of, events);
        }
        false
    }

    /// What this source has told so far is shown without waiting.
    pub(super) fn let_in(&mut self, source: &SourceId) {
        self.let_in.insert(source.clone());
    }

    fn gather(&mut self) {
        let first = std::mem::take(&mut self.let_in);
        if !self.steady || !first.is_empty() {
            for it in self.events.values_mut().flatten() {
                let is_first = || {
                    let Event { key, person, .. } = &*it.event;
                    first.contains(&key.source) && !self.stayed.contains(person)
                };
                it.released |= !self.steady || is_first();
                it.renewed &= self.steady;
            }
        }
        // Those of each are in order: of sixty thousand not more are looked at than are kept.
        let is_before = |a: &&Placed, b: &&Placed| {
            let by_time = b.at.cmp(&a.at);
            by_time
                .then_with(|| stream::order(&a.event, &b.event))
                .is_lt()
        };
        let all = kmerge_by(self.events.values(), is_before).take(MOST_EVENTS);
        let all: Vec<&Placed> = all.collect();
        let shown = all.iter().copied().filter(|it| it.released).collect();
        let waits = |it: &&Placed| !it.released || it.renewed;
        let waiting = all.into_iter().filter(waits).collect();
        let told: usize = self.events.values().map(Vec::len).sum();
        self.dropped = told.saturating_sub(MOST_EVENTS);
        let events = |all: Vec<&Placed>| all.into_iter().map(|it| Arc::clone(&it.event)).collect();
        self.shown = Arc::new(events(shown));
        self.waiting = Arc::new(events(waiting));
    }

    pub(super) fn hold(&mut self) {
        self.steady = true;
    }

    pub(super) fn is_steady(&self) -> bool {
        self.steady
    }

    pub(super) fn release(&mut self) {
        for it in self.events.values_mut().flatten() {
            (it.released, it.renewed) = (true, false);
        }
        self.gather();
    }

    pub(super) fn shown(&self) -> Arc<Vec<Arc<Event>>> {
        Arc::clone(&self.shown)
    }

    pub(super) fn dropped(&self) -> usize {
        self.dropped + self.forgotten.values().sum::<usize>()
    }

    pub(super) fn waiting(&self) -> &[Arc<Event>] {
        &self.waiting
    }

    pub(super) fn coming(
        &self,
        people: &HashMap<PatientId, Arc<Patient>>,
        now: DateTime<Utc>,
    ) -> Vec<(PatientId, Coming)> {
        let waiting = self.waiting.iter();
        // One that was moved is shown where it is now: nobody shall go to the old one.
        let waiting = waiting.filter(|it| it.key.step == Step::Booked);
        let waiting: HashSet<(&SourceId, &ResourceRef)> = waiting
            .map(|it| (&it.key.source, &it.key.resource))
            .collect();
        let mut all = Vec::new();
        for (id, sources) in &self.told {
            let mut facts = Facts::default();
            let died = people.get(id).filter(|it| it.deceased.is_some());
            facts.patients.extend(died.map(|it| Patient::clone(it)));
            for it in sources.values() {
                facts.patients.extend(it.patients.iter().cloned());
                facts.appointments.extend(it.appointments.iter().cloned());
                facts.encounters.extend(it.encounters.iter().cloned());
            }
            let own = coming_appointments(&facts, now).into_iter();
            let shown = own.filter(|it| {
                let origin = &it.appointment.origin;
                !waiting.contains(&(&origin.source, &origin.resource))
            });
            all.extend(shown.map(|it| (id.clone(), it)));
        }
        all.sort_by_cached_key(|(id, it)| {
            let it = &it.appointment;
            let at = it.start.as_ref().and_then(When::earliest);
            (at.is_none(), at, id.clone(), it.origin.resource.clone())
        });
        all
    }
}

/// Forgets what the source does not tell any more, of all kinds of record but these.
fn keep_only(known: &mut Facts, told: &Facts, but: &[&str]) {
    let there: HashSet<&ResourceRef> = stream::resources(told).collect();
    let stays = |it: &Origin| {
        let it = &it.resource;
        there.contains(it) || but.contains(&&*it.kind)
    };
    known.encounters.retain(|it| stays(&it.origin));
    known.appointments.retain(|it| stays(&it.origin));
    known.findings.retain(|it| stays(&it.origin));
    known.reports.retain(|it| stays(&it.origin));
}

#[cfg(test)]
#[path = "story_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
