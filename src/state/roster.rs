//! The people of one list and what is known about each, source by source, while it loads in pages.

use std::collections::{HashMap, hash_map::Entry};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::parts::Told;
use super::{Parts, Problem, Remote};
use crate::domain::worklist::Few;
use crate::domain::{Facts, Patient, PatientId, SourceId};

/// One person on the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub patient: Arc<Patient>,
    pub parts: Parts,
    /// Another number with every change of what is known: what was made from it need not be compared with it.
    pub version: u64,
}

/// What a source told of people on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub people: Vec<(PatientId, Facts)>,
    /// Whether that is all that it has to tell.
    pub is_whole: bool,
}

/// Stands for one question about the list. Only answers about the list that is open are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListTicket(u64);

/// The list that is open. `K` says which; another one starts from nothing.
#[derive(Clone, Debug)]
pub struct Roster<K> {
    key: Option<K>,
    generation: u64,
    /// The load of the list itself: its people stay while it refreshes.
    load: Remote<()>,
    people: Vec<Listed>,
    /// Where each person stands in `people`.
    index: HashMap<PatientId, usize>,
    versions: u64,
    /// Further pages were loaded after the first.
    extended: bool,
    total: Option<u64>,
    has_more: bool,
    missing: usize,
    is_cut: bool,
}

impl<K> Default for Roster<K> {
    fn default() -> Self {
        Self {
            key: None,
            generation: 0,
            load: Remote::Idle,
            people: Vec::new(),
            index: HashMap::new(),
            versions: 0,
            extended: false,
            total: None,
            has_more: false,
            missing: 0,
            is_cut: false,
        }
    }
}

/// A page of people as it arrived.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrived {
    pub patients: Vec<Patient>,
    pub total: Option<u64>,
    pub has_more: bool,
    pub missing: usize,
    /// The source has not said all of who is on the list.
    pub is_cut: bool,
}

impl<K: PartialEq> Roster<K> {
    /// A list is opened or asked for again.
    pub fn open(&mut self, key: K) -> ListTicket {
        if self.key.as_ref() == Some(&key) {
            self.load = std::mem::take(&mut self.load).asked();
        } else {
            *self = Self {
                key: Some(key),
                generation: self.generation,
                versions: self.versions,
                load: Remote::Loading,
                ..Self::default()
            };
        }
        self.generation += 1;
        ListTicket(self.generation)
    }

    /// Stands for the newest question, e.g. to ask for a further page of what is shown.
    pub fn ticket(&self) -> Option<ListTicket> {
        self.key.as_ref().map(|_| ListTicket(self.generation))
    }

    pub fn is_current(&self, ticket: ListTicket) -> bool {
        ticket.0 == self.generation
    }

    /// The first page arrives, or fails: people who were there keep what is known about them, and those of further pages
    /// stay behind it.
    pub fn settle(
        &mut self,
        ticket: ListTicket,
        result: Result<Arrived, Problem>,
        now: DateTime<Utc>,
    ) -> bool {
        if !self.is_current(ticket) {
            return false;
        }
        let load = std::mem::take(&mut self.load);
        match result {
            Ok(page) => {
                let before = std::mem::take(&mut self.people);
                self.index.clear();
                self.total = page.total;
                (self.missing, self.is_cut) = (0, false);
                let had_more = self.has_more;
                let first_page_only = !page.has_more;
                self.take(page, &before);
                if self.extended && !first_page_only {
                    self.has_more = had_more;
                    for listed in before {
                        self.push(listed);
                    }
                } else {
                    self.extended = false;
                }
                self.load = load.answered(Ok(()), now);
            }
            Err(problem) => self.load = load.answered(Err(problem), now),
        }
        true
    }

    /// A further page arrives.
    pub fn extend(&mut self, ticket: ListTicket, page: Arrived) -> bool {
        let current = self.is_current(ticket);
        if current {
            self.extended = true;
            self.take(page, &[]);
        }
        current
    }

    fn take(&mut self, page: Arrived, before: &[Listed]) {
        let known: HashMap<&PatientId, &Listed> =
            before.iter().map(|it| (&it.patient.id, it)).collect();
        for patient in page.patients {
            let parts = known
                .get(&patient.id)
                .map(|it| it.parts.clone())
                .unwrap_or_default();
            self.push(Listed {
                patient: Arc::new(patient),
                parts,
                version: 0,
            });
        }
        self.has_more = page.has_more;
        self.missing += page.missing;
        self.is_cut |= page.is_cut;
    }

    /// Adds somebody who is not there yet: paging may repeat somebody when the list changes meanwhile.
    fn push(&mut self, mut listed: Listed) {
        if self.index.contains_key(&listed.patient.id) {
            return;
        }
        self.index
            .insert(listed.patient.id.clone(), self.people.len());
        self.versions += 1;
        listed.version = self.versions;
        self.people.push(listed);
    }

    /// Changes a source's part of some people who are on the list.
    fn change(
        &mut self,
        source: &SourceId,
        people: &[PatientId],
        mut change: impl FnMut(&PatientId, Remote<Arc<dyn Told>>) -> Remote<Arc<dyn Told>>,
    ) {
        for id in people {
            let at = self.index.get(id);
            if let Some(listed) = at.and_then(|at| self.people.get_mut(*at)) {
                listed.parts.change(source, |part| change(id, part));
                self.versions += 1;
                listed.version = self.versions;
            }
        }
    }

    /// A source is asked about some people.
    pub fn ask(&mut self, source: &SourceId, people: &[PatientId]) {
        self.change(source, people, |_, part| part.asked());
    }

    /// A source answered about some people: each with facts, or all with the same problem.
    pub fn answer(
        &mut self,
        ticket: ListTicket,
        source: &SourceId,
        people: &[PatientId],
        result: Result<Heard, Problem>,
        now: DateTime<Utc>,
    ) -> bool {
        if !self.is_current(ticket) {
            return false;
        }
        let is_whole = !matches!(&result, Ok(it) if !it.is_whole);
        // A source may have several records of one person.
        let mut result = result.map(|answers| {
            let mut found: HashMap<PatientId, Facts> = HashMap::new();
            for (id, facts) in answers.people {
                match found.entry(id) {
                    Entry::Vacant(place) => _ = place.insert(facts),
                    Entry::Occupied(mut known) => known.get_mut().absorb(facts),
                }
            }
            found
        });
        // Somebody whom the source does not mention has no facts there; most people have none at most sources.
        let nothing: Arc<dyn Told> = Arc::new(Few::new(Facts::default(), is_whole));
        self.change(source, people, |id, part| {
            let facts = match &mut result {
                Ok(found) => Ok(found
                    .remove(id)
                    .filter(|it| *it != Facts::default())
                    .map_or_else(
                        || Arc::clone(&nothing),
                        |mut it| {
                            let is_whole = is_whole && it.is_whole();
                            it.issues = Vec::new();
                            Arc::new(Few::new(it, is_whole)) as Arc<dyn Told>
                        },
                    )),
                Err(problem) => Err(problem.clone()),
            };
            part.answered(facts, now)
        });
        true
    }

    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }

    pub fn load(&self) -> &Remote<()> {
        &self.load
    }

    pub fn people(&self) -> &[Listed] {
        &self.people
    }

    pub fn person(&self, id: &PatientId) -> Option<&Listed> {
        self.people.get(*self.index.get(id)?)
    }

    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether pages after the first were loaded.
    pub fn is_extended(&self) -> bool {
        self.extended
    }

    pub fn has_more(&self) -> bool {
        self.has_more
    }

    /// Whether there may be others whom the source did not name.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether more people are on the list than are here, or may be: what is counted here is counted among some.
    pub fn goes_on(&self) -> bool {
        self.has_more || self.is_cut
    }

    /// People on the list whom the source did not give.
    pub fn missing(&self) -> usize {
        self.missing
    }
}

impl Listed {
    /// What all sources say about this person.
    pub fn facts(&self) -> Facts {
        let mut all = Facts::default();
        for seen in self.parts.values().filter_map(Remote::seen) {
            seen.value.add_to(&mut all);
        }
        all
    }

    /// Sources that failed, or have not answered yet.
    pub fn without(&self) -> impl Iterator<Item = (&SourceId, &Remote<Arc<dyn Told>>)> {
        self.parts.iter().filter(|(_, data)| data.seen().is_none())
    }
}

#[cfg(test)]
#[path = "roster_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
