//! Everything dated about a person: what is to come, nearest first, then what happened, newest first.

use chrono::{DateTime, Utc};

use super::appointment::Appointment;
use super::change::{self, Happening};
use super::problem::Problem;
use super::result::Report;
use super::{Facts, Origin, When};

/// One entry.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Entry {
    pub when: When,
    pub at: DateTime<Utc>,
    pub origin: Origin,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum What {
    Happened(Happening),
    Reported(Box<Report>),
    ProblemBegan(Box<Problem>),
    Coming(Box<Appointment>),
}

/// What is to come, what happened, reports and beginnings of problems. A result that is in a report is told by it.
pub fn entries(facts: &Facts, now: DateTime<Utc>) -> Vec<Entry> {
    let in_report = |origin: &Origin| {
        facts.reports.iter().any(|it| {
            it.origin.source == origin.source
                && it.results.contains(&origin.resource)
                && !it.is_error()
        })
    };
    let mut all: Vec<Entry> = change::all(facts, now)
        .into_iter()
        .filter(|it| !(it.is_abnormal() && in_report(&it.origin)))
        // Every report stands here, also one that says no more than its findings.
        .filter(|it| !matches!(it.what, Happening::Reported(_)))
        .map(|it| Entry {
            when: it.when,
            at: it.at,
            origin: it.origin,
            what: What::Happened(it.what),
        })
        .collect();
    let mut add = |when: Option<&When>, origin: &Origin, what: What| {
        if let Some((when, at)) = when.and_then(|it| Some((it.clone(), it.earliest()?))) {
            all.push(Entry {
                when,
                at,
                origin: origin.clone(),
                what,
            });
        }
    };
    for it in facts.reports.iter().filter(|it| !it.is_error()) {
        add(
            it.taken.as_ref().or(it.issued.as_ref()),
            &it.origin,
            What::Reported(Box::new(it.clone())),
        );
    }
    for it in facts.problems.iter().filter(|it| !it.is_error()) {
        add(
            it.onset.as_ref().or(it.recorded.as_ref()),
            &it.origin,
            What::ProblemBegan(Box::new(it.clone())),
        );
    }
    for it in facts.appointments.iter().filter(|it| it.is_coming(now)) {
        add(
            it.start.as_ref(),
            &it.origin,
            What::Coming(Box::new(it.clone())),
        );
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.at));
    let coming = all.partition_point(|it| it.at > now);
    if let Some(coming) = all.get_mut(..coming) {
        coming.reverse();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::activity::Setting;
    use super::*;
    use crate::domain::sample::{appointment, encounter, now};

    #[test]
    fn five_hundred_encounters_and_what_is_to_come_are_in_order() {
        let visit = |n: u32| {
            encounter(
                "rm2",
                Setting::Ambulatory,
                &format!("20{:02}-{:02}-{:02}", 10 + n % 15, 1 + n % 12, 1 + n % 28),
                "2026-01-01",
            )
        };
        let facts = Facts {
            encounters: (0..500).map(|it| visit(it).into()).collect(),
            appointments: ["2026-12-03T10:20:00Z", "2026-12-01T09:00:00Z"]
                .map(|it| appointment("rm2", it))
                .into(),
            ..Facts::default()
        };
        let all = entries(&facts, now());
        assert_eq!(all.len(), 502);
        let (coming, past) = all.split_at(2);
        assert!(coming.iter().all(|it| matches!(it.what, What::Coming(_))));
        assert!(coming[0].at < coming[1].at, "the nearest first");
        assert!(past.windows(2).all(|it| it[0].at >= it[1].at));
    }
}
