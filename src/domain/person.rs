//! One person from several sources: the record that was opened, and what the others say of the same person.

use super::identity::{Match, compare};
use super::patient::{Deceased, PersonName};
use super::{Facts, NhsNumber, Origin, Patient, SourceId, When};

/// The merged view. Nothing is averaged: the opened record leads, differences are listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The record that was opened.
    pub main: Patient,
    /// The same person in other sources.
    pub others: Vec<Patient>,
    pub differences: Vec<Difference>,
    /// By whichever source knows it, with that source.
    pub deceased: Option<(Deceased, SourceId)>,
}

/// What sources that agree on who it is say differently. Every value with its source, the opened record's first.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    Name(Vec<(SourceId, PersonName)>),
    BirthDate(Vec<(SourceId, When)>),
    Number(Vec<(SourceId, NhsNumber)>),
    /// Some say that the person has died, others do not: they may simply not know yet.
    Deceased {
        says: Vec<SourceId>,
        silent: Vec<SourceId>,
    },
}

/// A source whose record cannot be the same person's: its facts are not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub patient: Patient,
    /// `BirthDateDiffers`, or `Other` where no number is in common.
    pub why: Match,
}

impl Person {
    /// `known` is the record that was opened; other sources' patients are compared with it.
    pub fn of(known: &Patient, facts: &Facts) -> Self {
        let patients = &facts.patients;
        let is_main = |it: &&Patient| it.origin.source == known.origin.source && it.id == known.id;
        // The opened record may have been read again since.
        let main = patients.iter().find(is_main).unwrap_or(known).clone();
        let others: Vec<Patient> = patients
            .iter()
            .filter(|it| !is_main(it) && compare(known, it) == Match::Same)
            .cloned()
            .collect();
        let all: Vec<&Patient> = std::iter::once(&main).chain(&others).collect();
        let deceased = all
            .iter()
            .filter_map(|it| Some((it.deceased.clone()?, it.origin.source.clone())))
            .min_by_key(|(it, _)| *it == Deceased::Yes);
        let differences = differences(&all);
        Self {
            main,
            others,
            differences,
            deceased,
        }
    }
}

fn differences(all: &[&Patient]) -> Vec<Difference> {
    let mut found = Vec::new();
    let names = values(all, |it| it.name().cloned());
    if names
        .iter()
        .any(|(_, it)| names.first().is_some_and(|(_, main)| !same_name(main, it)))
    {
        found.push(Difference::Name(names));
    }
    let births = values(all, |it| it.birth.clone());
    if births
        .windows(2)
        .any(|pair| matches!(pair, [(_, a), (_, b)] if a != b))
    {
        found.push(Difference::BirthDate(births));
    }
    let numbers = values(all, |it| it.number().map(|it| it.number.clone()));
    if numbers
        .windows(2)
        .any(|pair| matches!(pair, [(_, a), (_, b)] if a != b))
    {
        found.push(Difference::Number(numbers));
    }
    let source = |it: &&&Patient| it.origin.source.clone();
    let says: Vec<SourceId> = all
        .iter()
        .filter(|it| it.deceased.is_some())
        .map(|it| source(&it))
        .collect();
    let silent: Vec<SourceId> = all
        .iter()
        .filter(|it| it.deceased.is_none())
        .map(|it| source(&it))
        .collect();
    if !says.is_empty() && !silent.is_empty() {
        found.push(Difference::Deceased { says, silent });
    }
    found
}

fn values<T>(all: &[&Patient], of: impl Fn(&Patient) -> Option<T>) -> Vec<(SourceId, T)> {
    all.iter()
        .filter_map(|it| Some((it.origin.source.clone(), of(it)?)))
        .collect()
}

/// The same family name, and one list of given names begins the other: `Jane` and `Jane Mary` are no difference.
fn same_name(one: &PersonName, other: &PersonName) -> bool {
    use super::folding::{fold, words};
    let whole = |it: &PersonName| match (&it.family, &it.text) {
        (Some(family), _) => (fold(family), words(&it.given.join(" "))),
        (None, text) => (
            String::new(),
            words(text.as_deref().unwrap_or(&it.given.join(" "))),
        ),
    };
    let ((a_family, a), (b_family, b)) = (whole(one), whole(other));
    if a_family.is_empty() != b_family.is_empty() {
        let bag = |family: &str, given: &[String]| {
            let mut all: Vec<String> = words(family)
                .into_iter()
                .chain(given.iter().cloned())
                .collect();
            all.sort();
            all
        };
        return bag(&a_family, &a) == bag(&b_family, &b);
    }
    a_family == b_family
        && a.iter()
            .zip(&b)
            .all(|(a, b)| a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
}

/// Takes out everything of the sources that hold somebody else's record under this person's number: the same number
/// with another birth date is never merged. The opened record's own source stays.
pub fn split(mut facts: Facts, known: &Patient) -> (Facts, Vec<Conflict>) {
    let conflicts: Vec<Conflict> = facts
        .patients
        .iter()
        .filter(|it| it.origin.source != known.origin.source)
        .filter_map(|it| match compare(known, it) {
            Match::Same => None,
            why => Some(Conflict {
                patient: it.clone(),
                why,
            }),
        })
        .collect();
    if !conflicts.is_empty() {
        let keep = |it: &Origin| {
            conflicts
                .iter()
                .all(|conflict| conflict.patient.origin.source != it.source)
        };
        retain(&mut facts, keep);
    }
    (facts, conflicts)
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
