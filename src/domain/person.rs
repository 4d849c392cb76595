//! One person from several sources: the record that was opened, and what the others say of the same person.

mod differences;

pub use differences::Difference;

use chrono::{DateTime, Utc};

use super::identity::{Match, compare};
use super::patient::Deceased;
use super::{Facts, Origin, Patient, SourceId};

/// The merged view. Nothing is averaged: the opened record leads, differences are listed.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Person {
    /// The record that was opened.
    pub main: Patient,
    /// The same person in other sources.
    pub others: Vec<Patient>,
    pub differences: Vec<Difference>,
    /// By whichever source knows it, with that source.
    pub deceased: Option<(Deceased, SourceId)>,
}

/// A source whose record cannot be the same person's: its facts are not shown.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Conflict {
    pub patient: Patient,
    /// `BirthDateDiffers`, `NotCertain`, or `Other` where no number is in common.
    pub why: Match,
}

impl Person {
    /// `known` is the record that was opened; other sources' patients are compared with it, as they are `now`.
    pub fn of(known: &Patient, facts: &Facts, now: DateTime<Utc>) -> Self {
        let patients = &facts.patients;
        let is_main = |it: &&Patient| is_known(known, it);
        // The opened record may have been read again since.
        let main = patients.iter().find(is_main).unwrap_or(known).clone();
        let others: Vec<Patient> = patients
            .iter()
            .filter(|it| !is_main(it) && is_same(known, it, patients))
            .cloned()
            .collect();
        let all: Vec<&Patient> = std::iter::once(&main).chain(&others).collect();
        let deceased = all
            .iter()
            .filter_map(|it| Some((it.deceased.clone()?, it.origin.source.clone())))
            .min_by_key(|(it, _)| *it == Deceased::Yes);
        let differences = differences::between(&all, now);
        Self {
            main,
            others,
            differences,
            deceased,
        }
    }
}

/// Takes out everything of the sources that hold somebody else's record under this person's number. Facts do not say
/// whose they are, so one such record costs its source everything. The opened record's own source keeps its facts,
/// which were asked for by its id, and loses only the record.
pub fn split(mut facts: Facts, known: &Patient) -> (Facts, Vec<Conflict>) {
    let conflicts = conflicts(&facts, known);
    if !conflicts.is_empty() {
        let out = |it: &Origin| {
            conflicts.iter().any(|conflict| {
                let origin = &conflict.patient.origin;
                origin.source == it.source
                    && (conflict.is_whole_source(known) || origin.resource == it.resource)
            })
        };
        retain(&mut facts, |it| !out(it));
    }
    (facts, conflicts)
}

/// Records that are somebody else's.
pub fn conflicts(facts: &Facts, known: &Patient) -> Vec<Conflict> {
    let others = facts.patients.iter().filter(|it| !is_known(known, it));
    let strangers = others.filter(|it| !is_same(known, it, &facts.patients));
    let conflict = |it: &Patient| Conflict {
        patient: it.clone(),
        why: compare(known, it),
    };
    strangers.map(conflict).collect()
}

impl Conflict {
    /// Whether everything of its source was left out, or only this record (of the source that opened the person).
    pub fn is_whole_source(&self, known: &Patient) -> bool {
        self.patient.origin.source != known.origin.source
    }
}

fn is_known(known: &Patient, it: &Patient) -> bool {
    it.origin.source == known.origin.source && it.id == known.id
}

/// The same number, and the birth date or the name agrees; or a record without a number that one of the same person's replaced.
fn is_same(known: &Patient, it: &Patient, all: &[Patient]) -> bool {
    if compare(known, it) == Match::Same {
        return true;
    }
    let replacement = it.replaced_by.as_ref().and_then(|by| {
        let here = |other: &&Patient| {
            other.origin.source == it.origin.source && other.origin.resource == *by
        };
        all.iter().find(here)
    });
    let births_agree = it.birth.is_none() || it.birth == known.birth;
    it.numbers.is_empty()
        && births_agree
        && replacement.is_some_and(|by| is_known(known, by) || compare(known, by) == Match::Same)
}

fn retain(facts: &mut Facts, keep: impl Fn(&Origin) -> bool) {
    macro_rules! retain {
        ($($field:ident)*) => { $( facts.$field.retain(|it| keep(&it.origin)); )* };
    }
    retain!(patients allergies medicines problems findings reports encounters appointments plans goals tasks about_me
        teams contacts alerts risks cpr consents statements documents packages directory withheld);
}

#[cfg(test)]
#[path = "person_tests.rs"]
mod tests;
