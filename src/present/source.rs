//! How up to date the record is: the words of the sources list.

use chrono::{DateTime, Utc};

use super::name::clean;
use super::panel::Standing;
use super::{date, problem, topic};
use crate::domain::SourceId;
use crate::state::{Health, Part, Problem, SourceHealth};

/// One source in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceWords {
    pub id: SourceId,
    pub name: String,
    pub standing: Standing,
    /// `as at 14:05`, `not reached since 13:48; last answered 13:40` …
    pub words: String,
    /// What this source does not say now, one thing a line.
    pub missing: Vec<String>,
    pub can_retry: bool,
}

/// `4 of 5 up to date`. A source that waits for its first answer is not up to date yet.
pub fn summary(health: &Health) -> String {
    let all = health.sources();
    if all.is_empty() {
        return "No sources".to_owned();
    }
    let fresh = all
        .iter()
        .filter(|it| it.problem.is_none() && it.answered.is_some())
        .count();
    format!("{fresh} of {} up to date", all.len())
}

/// How the source that stands worst stands.
pub fn worst(health: &Health) -> Standing {
    let badness = |it: &Standing| match it {
        Standing::UpToDate => 0,
        Standing::Refreshing => 1,
        Standing::Loading => 2,
        Standing::Withheld => 3,
        Standing::Stale => 4,
        Standing::Failed => 5,
    };
    let all = health.sources().iter().map(standing);
    all.max_by_key(badness).unwrap_or(Standing::UpToDate)
}

/// Every source in the order of the configuration. `name` gives a source's name; `parts` are those of the person who
/// is open (none on other pages): what of them is missing is said.
pub fn list(
    health: &Health,
    name: impl Fn(&SourceId) -> String,
    parts: &[Part],
    now: DateTime<Utc>,
) -> Vec<SourceWords> {
    let words = |it: &SourceHealth| one(it, clean(&name(&it.source)), parts, now);
    health.sources().iter().map(words).collect()
}

fn one(it: &SourceHealth, name: String, parts: &[Part], now: DateTime<Utc>) -> SourceWords {
    let own: Vec<&Part> = parts
        .iter()
        .filter(|part| part.source == it.source)
        .collect();
    let part_may_pass = own
        .iter()
        .any(|part| part.data.problem().is_some_and(|(it, _)| it.is_passing()));
    let may_pass = it.problem.as_ref().is_some_and(|(it, _)| it.is_passing());
    SourceWords {
        id: it.source.clone(),
        name,
        standing: standing(it),
        words: state(it, now),
        missing: own.iter().filter_map(|part| missing(part, now)).collect(),
        can_retry: it.waiting == 0 && (may_pass || part_may_pass),
    }
}

fn standing(it: &SourceHealth) -> Standing {
    match (&it.problem, it.answered, it.waiting) {
        (Some(_), Some(_), _) => Standing::Stale,
        (Some(_), None, _) => Standing::Failed,
        (None, Some(_), 0) => Standing::UpToDate,
        (None, Some(_), _) => Standing::Refreshing,
        (None, None, _) => Standing::Loading,
    }
}

fn state(it: &SourceHealth, now: DateTime<Utc>) -> String {
    let mut words = match (&it.problem, it.answered) {
        (Some((problem, since)), answered) => {
            let failing = problem::short_since(problem, *since, now);
            match answered {
                Some(at) => format!("{failing}; last answered {}", date::clock(at, now)),
                None => failing,
            }
        }
        (None, Some(at)) => date::as_at(at, now),
        (None, None) if it.waiting == 0 => return "not asked yet".to_owned(),
        (None, None) => return "loading".to_owned(),
    };
    if it.waiting > 0 {
        words.push_str(if it.problem.is_some() {
            "; trying again"
        } else {
            ", refreshing"
        });
    }
    words
}

/// `Medicines: not reached since 13:48; shown as at 13:40`.
fn missing(part: &Part, now: DateTime<Utc>) -> Option<String> {
    let (problem, since) = part.data.problem()?;
    let about = topic::words(part.topic);
    let short = problem::short_since(problem, since, now);
    Some(match part.data.seen() {
        Some(seen) if *problem != Problem::NotOffered => {
            format!("{about}: {short}; shown {}", date::as_at(seen.at, now))
        }
        _ => format!("{about}: {short}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PatientId, Topic};
    use crate::state::Chart;

    fn at(raw: &str) -> DateTime<Utc> {
        raw.parse().unwrap()
    }

    #[test]
    fn pli_103_each_source_says_as_at_when_or_since_when_not() {
        let (a, b, c) = (SourceId::new("a"), SourceId::new("b"), SourceId::new("c"));
        let mut health = Health::of([a.clone(), b.clone(), c]);
        health.answered(&a, None, at("2026-11-21T14:05:00Z"));
        health.answered(&b, None, at("2026-11-21T13:40:00Z"));
        health.answered(&b, Some(Problem::Unreachable), at("2026-11-21T13:48:00Z"));
        health.asked(&b);
        let all = list(
            &health,
            |it| it.as_str().to_uppercase(),
            &[],
            at("2026-11-21T14:06:00Z"),
        );
        assert_eq!(summary(&health), "1 of 3 up to date");
        let words: Vec<&str> = all.iter().map(|it| it.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "as at 14:05",
                "not reached since 13:48; last answered 13:40; trying again",
                "not asked yet"
            ]
        );
        assert!(all.iter().all(|it| !it.can_retry), "b is being tried");
    }

    #[test]
    fn what_is_missing_of_the_open_person_is_listed() {
        let a = SourceId::new("a");
        let mut chart = Chart::default();
        let topics = vec![Topic::Identity, Topic::Medicines];
        chart.open(&PatientId::parse("1").unwrap(), &[(a.clone(), topics)]);
        let asked = chart.ask(&a, &[Topic::Medicines]);
        let answer = (Topic::Medicines, Err(Problem::TimedOut(25)));
        chart.settle(asked, &a, vec![answer], at("2026-11-21T13:48:00Z"));
        let health = Health::of([a]);
        let now = at("2026-11-21T14:06:00Z");
        let all = list(&health, |it| it.as_str().to_owned(), chart.parts(), now);
        let one = all.first().unwrap();
        assert_eq!(one.missing, ["Medicines: no answer in 25 s, since 13:48"]);
        assert!(one.can_retry);
    }
}
