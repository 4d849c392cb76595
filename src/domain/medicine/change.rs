//! What changed about a medicine lately: a start, a stop, another dose.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::dosing::differ;
use super::{Dose, Medicine, MedicineStatus};
use crate::domain::folding::fold;
use crate::domain::lookup::Lookup;
use crate::domain::{Coded, SourceId, When};

/// How long a change is called recent.
pub const RECENT_DAYS: i64 = 28;

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct MedicineChange {
    pub what: MedicineStep,
    pub on: When,
    pub source: SourceId,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub enum MedicineStep {
    Started,
    Stopped,
    /// From what to what, where two records of one source tell; else only that it changed.
    DoseChanged {
        from: Vec<Dose>,
        to: Vec<Dose>,
    },
}

/// The newest change within the last 28 days.
pub fn last_change(entries: &[Medicine], now: DateTime<Utc>) -> Option<MedicineChange> {
    let from = now - TimeDelta::days(RECENT_DAYS);
    let recent = |it: &MedicineChange| it.on.earliest().is_some_and(|at| from <= at && at <= now);
    changes(entries)
        .into_iter()
        .filter(recent)
        .max_by_key(|it| it.on.earliest())
}

/// Every change that can be derived from the records of one product. A start at one source while another has had it
/// for long is not a start.
pub fn changes(entries: &[Medicine]) -> Vec<MedicineChange> {
    let entries: Vec<&Medicine> = entries.iter().filter(|it| it.is_given()).collect();
    let told = entries.iter().filter_map(|it| dose_change_told(it));
    let mut all: Vec<MedicineChange> = told.collect();
    let ended = ended(&entries);
    for entry in entries.iter().filter(|it| it.is_current()) {
        let before = replaced_by(entry, &ended).and_then(|at| entries.get(at));
        let before = before.filter(|it| differ(it, entry));
        if let Some((on, before)) = entry.effective.start.clone().zip(before) {
            let (from, to) = (before.doses.clone(), entry.doses.clone());
            all.push(MedicineChange {
                what: MedicineStep::DoseChanged { from, to },
                on,
                source: entry.origin.source.clone(),
            });
        }
    }
    all.extend(started(&entries));
    all.extend(stopped(&entries));
    all
}

/// How many days after a record ended another one of its source may begin that goes on from it; -1 is the day before.
const GOES_ON_WITHIN: RangeInclusive<i32> = -1..=7;

/// The first record of each source that ended on a day.
fn ended(entries: &[&Medicine]) -> Lookup {
    let mut ended = Lookup::default();
    for (at, it) in entries.iter().enumerate().filter(|it| !it.1.is_current()) {
        if let Some(day) = it.effective.end.as_ref().and_then(When::first_day) {
            ended.add(name(it, day.num_days_from_ce()), at, 1);
        }
    }
    ended
}

fn name(of: &Medicine, day: i32) -> String {
    format!("{} {day}", of.origin.source.as_str())
}

/// Where the first earlier record of the same source stands that ended, at most a week before this one began.
fn replaced_by(after: &Medicine, ended: &Lookup) -> Option<usize> {
    let start = after.effective.start.as_ref().and_then(When::first_day)?;
    let start = start.num_days_from_ce();
    let days = GOES_ON_WITHIN.map(|it| start - it);
    let places = days.filter_map(|day| ended.get(&name(after, day)).first());
    places.min().copied()
}

/// The source says in a note that the dose changed, and recorded it on a day after the start.
fn dose_change_told(entry: &Medicine) -> Option<MedicineChange> {
    let says = |note: &String| {
        let note = fold(note);
        [
            "dose changed",
            "dose increased",
            "dose reduced",
            "dose decreased",
        ]
        .iter()
        .any(|it| note.contains(it))
    };
    if !entry.is_current() || !entry.notes.iter().any(says) {
        return None;
    }
    let on = entry.recorded.clone()?;
    let started = entry.effective.start.as_ref().and_then(When::earliest);
    (started < on.earliest()).then(|| MedicineChange {
        what: MedicineStep::DoseChanged {
            from: Vec::new(),
            to: entry.doses.clone(),
        },
        on,
        source: entry.origin.source.clone(),
    })
}

fn started(entries: &[&Medicine]) -> Option<MedicineChange> {
    let is_known_start = |it: &&&Medicine| {
        it.effective
            .start
            .as_ref()
            .and_then(When::earliest)
            .is_some()
    };
    // A current record without a start may be older than all of them.
    if entries
        .iter()
        .any(|it| it.is_current() && !is_known_start(&it))
    {
        return None;
    }
    let first = entries
        .iter()
        .filter(is_known_start)
        .min_by_key(|it| it.effective.start.as_ref().and_then(When::earliest))?;
    first.is_current().then(|| MedicineChange {
        what: MedicineStep::Started,
        on: first
            .effective
            .start
            .clone()
            .unwrap_or_else(|| When::Text(String::new())),
        source: first.origin.source.clone(),
    })
}

fn stopped(entries: &[&Medicine]) -> Option<MedicineChange> {
    if entries.iter().any(|it| it.is_current()) {
        return None;
    }
    let is_stop = |it: &&&Medicine| {
        matches!(
            it.status,
            Some(Coded::Known(
                MedicineStatus::Stopped | MedicineStatus::Completed
            ))
        )
    };
    let last = entries
        .iter()
        .filter(is_stop)
        .max_by_key(|it| it.effective.end.as_ref().and_then(When::earliest))?;
    let on = last.effective.end.clone()?;
    Some(MedicineChange {
        what: MedicineStep::Stopped,
        on,
        source: last.origin.source.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Stated;
    use super::*;
    use crate::domain::sample::{medicine, now, period, source, when};
    use chrono::NaiveDate;

    #[test]
    fn a_start_within_28_days_is_new_and_an_older_one_is_not() {
        let mut it = medicine("gp", "Doxycycline", "100 mg");
        it.effective = period("2026-11-10", "");
        assert_eq!(
            last_change(&[it.clone()], now()).unwrap().what,
            MedicineStep::Started
        );
        it.effective = period("2026-10-01", "");
        assert_eq!(last_change(&[it.clone()], now()), None);
        let mut trust = medicine("rm2", "Doxycycline", "100 mg");
        trust.effective = period("2026-11-10", "");
        assert_eq!(
            last_change(&[it, trust], now()),
            None,
            "new at one source is not new for the person"
        );
    }

    #[test]
    fn a_dose_change_is_told_by_two_records_of_one_source_or_by_a_note() {
        let (mut old, mut new) = (
            medicine("gp", "Furosemide", "40 mg once a day"),
            medicine("gp", "Furosemide", "40 mg twice a day"),
        );
        old.status = Some(Coded::Known(MedicineStatus::Stopped));
        old.effective = period("2024-01-01", "2026-11-20");
        new.effective = period("2026-11-21", "");
        let change = last_change(&[new, old], now()).unwrap();
        assert!(
            matches!(change.what, MedicineStep::DoseChanged { ref from, .. } if from.len() == 1)
        );
        let mut told = medicine("gp", "Furosemide", "40 mg twice a day");
        told.effective = period("2023-01-01", "");
        told.recorded = when("2026-11-22");
        told.notes = vec!["Dose changed on 22-Nov-2026".to_owned()];
        assert!(matches!(
            last_change(&[told], now()).unwrap().what,
            MedicineStep::DoseChanged { .. }
        ));
    }

    /// A furosemide of so many days after the first of 2026.
    fn furosemide(from: &str, dose: &str, days: (i64, i64)) -> Medicine {
        let day = |it: i64| {
            let first = NaiveDate::from_ymd_opt(2026, 1, 1);
            first.map(|first| When::Day(first + TimeDelta::days(it)))
        };
        let mut it = medicine(from, "Furosemide", dose);
        it.status = Some(Coded::Known(MedicineStatus::Stopped));
        (it.effective.start, it.effective.end) = (day(days.0), day(days.1));
        it
    }

    #[test]
    fn the_dose_before_is_that_of_the_first_record_of_the_source_that_ended_up_to_a_week_before() {
        let mut new = furosemide("gp", "80 mg", (100, 100));
        (new.status, new.effective.end) = (Some(Coded::Known(MedicineStatus::Active)), None);
        let from = |entries: &[Medicine]| {
            let mut all = entries.to_vec();
            all.push(new.clone());
            let found = changes(&all).into_iter().find_map(|it| match it.what {
                MedicineStep::DoseChanged { from, .. } => from.into_iter().next()?.text,
                _ => None,
            });
            found.unwrap_or_default()
        };
        let old = |dose: &str, end: i64| furosemide("gp", dose, (50, end));
        for (end, is) in [
            (102, false),
            (101, true),
            (100, true),
            (93, true),
            (92, false),
        ] {
            assert_eq!(from(&[old("40 mg", end)]) == "40 mg", is, "{end}");
        }
        assert_eq!(from(&[old("40 mg", 94), old("20 mg", 99)]), "40 mg");
        assert_eq!(from(&[old("20 mg", 99), old("40 mg", 94)]), "20 mg");
        let same = [old("80 mg", 94), old("20 mg", 99)];
        assert_eq!(from(&same), "", "the first says the same dose");
        let elsewhere = furosemide("rm2", "20 mg", (50, 99));
        assert_eq!(from(&[elsewhere, old("40 mg", 94)]), "40 mg");
    }

    #[test]
    fn ten_thousand_records_of_one_medicine_each_find_the_one_before_them() {
        let of = |it: i64| {
            let mut one = furosemide("gp", &format!("{it} mg"), (it * 10, it * 10 + 5));
            if it % 2 == 1 {
                one.status = Some(Coded::Known(MedicineStatus::Active));
            }
            one
        };
        let all: Vec<Medicine> = (0..10_000).map(of).collect();
        let found = changes(&all);
        let is_dose = |it: &&MedicineChange| matches!(it.what, MedicineStep::DoseChanged { .. });
        assert_eq!(found.iter().filter(is_dose).count(), 5_000);
    }

    #[test]
    fn what_is_proposed_or_forbidden_has_not_been_started() {
        let mut it = medicine("gp", "Doxycycline", "100 mg");
        it.effective = period("2026-11-10", "");
        it.do_not_give = true;
        assert_eq!(last_change(&[it.clone()], now()), None);
        it.do_not_give = false;
        it.stated = Stated::Request;
        for intent in ["proposal", "plan", "option"] {
            it.intent = Some(intent.to_owned());
            assert_eq!(last_change(&[it.clone()], now()), None, "{intent}");
        }
        it.intent = Some("order".to_owned());
        assert!(last_change(&[it], now()).is_some());
    }

    #[test]
    fn a_stop_counts_only_when_nobody_has_it_as_current() {
        let mut it = medicine("gp", "Amlodipine", "5 mg");
        it.status = Some(Coded::Known(MedicineStatus::Stopped));
        it.effective = period("2020", "2026-11-12");
        let change = last_change(&[it.clone()], now()).unwrap();
        assert_eq!(
            (change.what, change.source),
            (MedicineStep::Stopped, source("gp"))
        );
        assert_eq!(
            last_change(&[it, medicine("rm2", "Amlodipine", "5 mg")], now()),
            None
        );
    }
}
