//! The lines of a timeline: day, time, what, source.

use chrono::{DateTime, Utc};

use super::phrase::Names;
use super::words::label;
use super::{appointment, change, date};
use crate::domain::When;
use crate::domain::time::london;
use crate::domain::timeline::{Entry, What};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryWords {
    /// "Today", "Yesterday", "14-Nov-2026", or a month or year where nobody knows the day: the heading above.
    pub day: String,
    /// "23:40" where the time is known.
    pub time: Option<String>,
    pub what: String,
    pub source: String,
    pub is_to_come: bool,
}

pub fn words(entry: &Entry, names: Names<'_>, now: DateTime<Utc>) -> EntryWords {
    let unnamed = || "not named".to_owned();
    let what = match &entry.what {
        What::Happened(it) => change::what(it, names, now),
        What::Reported(it) => format!("Results: {}", label(&it.what).unwrap_or_else(unnamed)),
        What::ProblemBegan(it) => format!("Problem: {}", label(&it.what).unwrap_or_else(unnamed)),
        What::Coming(it) => format!("Appointment: {}", appointment::words(it, now).what),
    };
    EntryWords {
        day: day(&entry.when, now),
        time: match &entry.when {
            When::At(at) => Some(date::time(*at)),
            _ => None,
        },
        what,
        source: names(&entry.origin.source),
        is_to_come: entry.at > now,
    }
}

/// The heading for a day.
pub fn day(when: &When, now: DateTime<Utc>) -> String {
    let today = london(now).date();
    let is_exact = matches!(when, When::At(_) | When::Day(_));
    match when.first_day().filter(|_| is_exact) {
        Some(it) if it == today => "Today".to_owned(),
        Some(it) if Some(it) == today.pred_opt() => "Yesterday".to_owned(),
        _ => date::when_day(when),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Facts;
    use crate::domain::activity::Setting;
    use crate::domain::sample::{encounter, now};
    use crate::domain::timeline::entries;

    #[test]
    fn an_entry_has_its_day_time_and_source() {
        let facts = Facts {
            encounters: vec![
                encounter("rm2", Setting::Emergency, "2026-11-21T19:05:00Z", "").into(),
            ],
            ..Facts::default()
        };
        let said = words(
            &entries(&facts, now())[0],
            &|_| "Wythenshawe".to_owned(),
            now(),
        );
        assert_eq!(
            (
                said.day.as_str(),
                said.time.as_deref(),
                said.what.as_str(),
                said.source.as_str()
            ),
            (
                "Yesterday",
                Some("19:05"),
                "Arrived in ED, Wythenshawe",
                "Wythenshawe"
            )
        );
        assert_eq!(day(&When::parse("2019"), now()), "2019");
    }
}
