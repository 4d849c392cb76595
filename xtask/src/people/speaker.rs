//! How far the load of a cohort is, said now and then and noted every second.

use std::{
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use cohort::{Progress, Source, Target};

use super::People;
use crate::progress::{say, spoken};

/// Says now and then how far the load is, and notes it.
pub struct Speaker<'a> {
    people: &'a People,
    start: Instant,
    last: Mutex<(Instant, Instant)>,
    resources: [AtomicUsize; Source::ALL.len()],
    expected: usize,
}

/// Of the people on lists, and of the others.
const SAMPLE: usize = 30;
const WORD_EVERY: Duration = Duration::from_secs(15);
const NOTE_EVERY: Duration = Duration::from_secs(1);

impl<'a> Speaker<'a> {
    pub fn new(people: &'a People, targets: &[Target]) -> Self {
        let start = Instant::now();
        Self {
            people,
            start,
            last: Mutex::new((start, start)),
            resources: Default::default(),
            expected: expected(people, targets),
        }
    }

    /// Called from several threads.
    pub fn hear(&self, progress: &Progress) {
        if let Some((_, count)) = Source::ALL
            .iter()
            .zip(&self.resources)
            .find(|(source, _)| **source == progress.source)
        {
            count.store(progress.resources, Ordering::Relaxed);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (word, note) = &mut *last;
        if note.elapsed() > NOTE_EVERY {
            *note = Instant::now();
            // The next second is another chance.
            self.people.note(progress.next_person).ok();
        }
        if word.elapsed() > WORD_EVERY {
            *word = Instant::now();
            say(self.words(progress.next_person));
        }
    }

    fn words(&self, people: usize) -> String {
        let resources: usize = self
            .resources
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum();
        let left = self.expected.saturating_sub(resources);
        let left = u32::try_from(left)
            .ok()
            .zip(u32::try_from(resources).ok().filter(|here| *here > 0));
        let left = left.map_or_else(String::new, |(left, here)| {
            format!(
                ", about {} left",
                spoken(self.start.elapsed() * left / here)
            )
        });
        format!(
            "Cohort: {people} of {} people, {resources} resources{left}",
            self.people.programme.len()
        )
    }
}

/// How many resources are still to come, from a sample: some people have fifty times as many as others.
fn expected(people: &People, targets: &[Target]) -> usize {
    let programme = &people.programme;
    let count = |range: Range<usize>| {
        let step = (range.len() / SAMPLE).max(1);
        let sample: Vec<usize> = range.clone().step_by(step).collect();
        let resources: usize = sample
            .iter()
            .flat_map(|n| programme.person(*n))
            .filter(|(source, _)| targets.iter().any(|target| target.source == *source))
            .map(|(_, resources)| resources.len())
            .sum();
        resources * range.len() / sample.len().max(1)
    };
    let listed = programme.listed().max(people.next_person);
    count(people.next_person..listed) + count(listed..programme.len())
}
