//! A load with a key: an answer for another key, or for an older question, is never taken.

use chrono::{DateTime, Utc};

use super::{Problem, Remote};

/// Stands for one question. Only the newest ticket's answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

/// What is known for one key (a person, a list). Another key drops the old data at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Query<K, T> {
    key: Option<K>,
    data: Remote<T>,
    generation: u64,
}

impl<K, T> Default for Query<K, T> {
    fn default() -> Self {
        Self {
            key: None,
            data: Remote::Idle,
            generation: 0,
        }
    }
}

impl<K: PartialEq, T> Query<K, T> {
    /// A question is asked: the same key keeps its content, another key starts from nothing.
    pub fn open(&mut self, key: K) -> Ticket {
        let same = self.key.as_ref() == Some(&key);
        let data = std::mem::take(&mut self.data);
        self.data = if same { data.asked() } else { Remote::Loading };
        self.key = Some(key);
        self.generation += 1;
        Ticket(self.generation)
    }

    /// An answer arrives: taken when its ticket is current. Returns whether it was.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        result: Result<T, Problem>,
        now: DateTime<Utc>,
    ) -> bool {
        let current = self.is_current(ticket);
        if current {
            self.data = std::mem::take(&mut self.data).answered(result, now);
        }
        current
    }

    /// Whether this is the newest question.
    pub fn is_current(&self, ticket: Ticket) -> bool {
        ticket.0 == self.generation
    }

    pub fn remote(&self) -> &Remote<T> {
        &self.data
    }

    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn an_answer_for_the_previous_patient_is_never_shown() {
        let mut query = Query::default();
        let first = query.open("anna");
        query.open("bert");
        assert!(!query.settle(first, Ok("anna's plan"), at(1)));
        assert_eq!(query.remote(), &Remote::Loading);
    }

    #[test]
    fn a_late_answer_to_an_older_question_is_discarded() {
        let mut query = Query::default();
        let first = query.open("anna");
        let second = query.open("anna");
        assert!(query.settle(second, Ok("new"), at(1)));
        assert!(!query.settle(first, Ok("old"), at(2)));
        assert_eq!(query.remote().seen().map(|it| it.value), Some("new"));
    }

    #[test]
    fn a_failed_refresh_keeps_the_facts_and_says_since_when() {
        let mut query = Query::default();
        let ticket = query.open("anna");
        query.settle(ticket, Ok("plan"), at(0));
        for seconds in [10, 20] {
            let ticket = query.open("anna");
            query.settle(ticket, Err(Problem::Unreachable), at(seconds));
        }
        assert_eq!(query.remote().seen().map(|it| it.value), Some("plan"));
        assert!(query.remote().problem().is_some());
    }
}
