//! How far each source is, and from whom a load can go on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use super::{Loaded, Phase, Progress, Refusal};
use crate::source::Source;

/// How many refusals of a source are remembered.
const REMEMBERED: usize = 100;

pub(crate) struct Tracker<'a> {
    people_total: usize,
    progress: &'a (dyn Fn(&Progress) + Sync),
    sources: Mutex<BTreeMap<Source, State>>,
}

struct State {
    phase: Phase,
    people: usize,
    resources: usize,
    /// Everybody before this one is in; `ahead` are those after it that are in too.
    next: usize,
    ahead: BTreeSet<usize>,
    refused: Vec<Refusal>,
}

impl<'a> Tracker<'a> {
    pub fn new(
        people_total: usize,
        sources: impl Iterator<Item = Source>,
        resume_from: usize,
        progress: &'a (dyn Fn(&Progress) + Sync),
    ) -> Self {
        let state = || State {
            phase: Phase::Foundation,
            people: resume_from,
            resources: 0,
            next: resume_from,
            ahead: BTreeSet::new(),
            refused: Vec::new(),
        };
        Self {
            people_total,
            progress,
            sources: Mutex::new(sources.map(|source| (source, state())).collect()),
        }
    }

    pub fn enter(&self, source: Source, phase: Phase) {
        self.change(source, |state| state.phase = phase);
    }

    pub fn stored(&self, source: Source, resources: usize) {
        self.change(source, |state| state.resources += resources);
    }

    pub fn people_in(
        &self,
        source: Source,
        people: impl Iterator<Item = usize>,
        _resources: usize,
    ) {
        self.change(source, |state| {
            for n in people {
                state.people += 1;
                state.ahead.insert(n);
            }
            while state.ahead.remove(&state.next) {
                state.next += 1;
            }
        });
    }

    pub fn refused(&self, refusal: Refusal) {
        if let Ok(mut sources) = self.sources.lock()
            && let Some(state) = sources
                .get_mut(&refusal.source)
                .filter(|state| state.refused.len() < REMEMBERED)
        {
            state.refused.push(refusal);
        }
    }

    pub fn summary(&self) -> Loaded {
        let Ok(sources) = self.sources.lock() else {
            return Loaded::default();
        };
        Loaded {
            resources: sources
                .iter()
                .map(|(source, state)| (*source, state.resources))
                .collect(),
            next_person: sources.values().map(|state| state.next).min().unwrap_or(0),
            complete: sources
                .values()
                .all(|state| state.phase == Phase::Done && state.next >= self.people_total),
            refused: sources
                .values()
                .flat_map(|state| state.refused.iter().cloned())
                .collect(),
        }
    }

    fn change(&self, source: Source, by: impl FnOnce(&mut State)) {
        let Ok(mut sources) = self.sources.lock() else {
            return;
        };
        if let Some(state) = sources.get_mut(&source) {
            by(state);
        }
        let next_person = sources.values().map(|state| state.next).min().unwrap_or(0);
        let Some(state) = sources.get(&source) else {
            return;
        };
        let progress = Progress {
            source,
            phase: state.phase,
            people: state.people,
            people_total: self.people_total,
            resources: state.resources,
            next_person,
        };
        // Not while holding the lock: the caller may take its time.
        drop(sources);
        (self.progress)(&progress);
    }
}
