//! How each source is doing, over everything that was asked of it: what the sources list in the top bar shows.

use chrono::{DateTime, Utc};

use super::Problem;
use crate::domain::SourceId;

#[derive(Clone, Debug, PartialEq)]
pub struct SourceHealth {
    pub source: SourceId,
    /// When it last answered.
    pub answered: Option<DateTime<Utc>>,
    /// What went wrong last, and since when it has gone wrong.
    pub problem: Option<(Problem, DateTime<Utc>)>,
    /// Questions that it has not answered yet.
    pub waiting: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    sources: Vec<SourceHealth>,
}

impl Health {
    pub fn of(sources: impl IntoIterator<Item = SourceId>) -> Self {
        let fresh = |source| SourceHealth {
            source,
            answered: None,
            problem: None,
            waiting: 0,
        };
        Self {
            sources: sources.into_iter().map(fresh).collect(),
        }
    }

    pub fn sources(&self) -> &[SourceHealth] {
        &self.sources
    }

    pub fn asked(&mut self, source: &SourceId) {
        if let Some(it) = self.find(source) {
            it.waiting += 1;
        }
    }

    /// A question was dropped before its answer came: nothing is learned about the source.
    pub fn dropped(&mut self, source: &SourceId) {
        if let Some(it) = self.find(source) {
            it.waiting = it.waiting.saturating_sub(1);
        }
    }

    /// An answer came. What a source does not offer is no failure of the source; one that keeps everything back, or
    /// is not there any more, is not up to date.
    pub fn answered(&mut self, source: &SourceId, problem: Option<Problem>, now: DateTime<Utc>) {
        let Some(it) = self.find(source) else { return };
        it.waiting = it.waiting.saturating_sub(1);
        match problem {
            Some(Problem::NotOffered) | None => {
                it.answered = Some(now);
                it.problem = None;
            }
            Some(problem) => {
                let since = it.problem.as_ref().map_or(now, |(_, since)| *since);
                it.problem = Some((problem, since));
            }
        }
    }

    fn find(&mut self, source: &SourceId) -> Option<&mut SourceHealth> {
        self.sources.iter_mut().find(|it| it.source == *source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_when_a_source_fails_is_the_first_failure_not_the_last() {
        let at = |seconds: i64| DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap();
        let rw3 = SourceId::new("rw3");
        let mut health = Health::of([rw3.clone()]);
        for seconds in [0, 10, 20] {
            health.asked(&rw3);
            health.answered(&rw3, Some(Problem::Unreachable), at(seconds));
        }
        assert_eq!(
            health.sources()[0].problem,
            Some((Problem::Unreachable, at(0)))
        );
        health.asked(&rw3);
        health.answered(&rw3, None, at(30));
        assert_eq!(health.sources()[0].problem, None);
    }
}
