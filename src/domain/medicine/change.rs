//! What changed about a medicine lately: a start, a stop, another dose.

use chrono::{DateTime, TimeDelta, Utc};

use super::dosing::differ;
use super::{Dose, Medicine, MedicineStatus};
use crate::domain::folding::fold;
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
    for entry in entries.iter().filter(|it| it.is_current()) {
        let before = entries.iter().find(|it| is_replaced_by(it, entry));
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

/// An earlier record of the same source that ended, at most a week before the later one began.
fn is_replaced_by(before: &Medicine, after: &Medicine) -> bool {
    let end = before.effective.end.as_ref().and_then(When::first_day);
    let start = after.effective.start.as_ref().and_then(When::first_day);
    !before.is_current()
        && before.origin.source == after.origin.source
        && end
            .zip(start)
            .is_some_and(|(end, start)| (-1..=7).contains(&(start - end).num_days()))
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
