//! What sources that agree on who it is say differently.

use chrono::{DateTime, Utc};

use crate::domain::folding::{fold, words};
use crate::domain::patient::{Address, Gender, PersonName, Telecom};
use crate::domain::{Coded, NhsNumber, Patient, SourceId, When};

/// Every value with its source, the opened record's first.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Difference {
    Name(Vec<(SourceId, PersonName)>),
    /// Also where one is less precise than the other.
    BirthDate(Vec<(SourceId, When)>),
    Gender(Vec<(SourceId, Gender)>),
    Number(Vec<(SourceId, NhsNumber)>),
    /// The number fails its check: shown with a warning, the person is never dropped.
    NumberFailsCheck(Vec<(SourceId, NhsNumber)>),
    Address(Vec<(SourceId, Address)>),
    /// Sources that give telephone numbers and have none in common with the first.
    Phone(Vec<(SourceId, Vec<String>)>),
    /// Some say that the person has died, others do not: they may simply not know yet.
    Deceased {
        says: Vec<SourceId>,
        silent: Vec<SourceId>,
    },
}

pub fn between(all: &[&Patient], now: DateTime<Utc>) -> Vec<Difference> {
    let known_gender = |it: &Patient| match it.gender {
        Some(Coded::Known(gender)) if gender != Gender::Unknown => Some(gender),
        _ => None,
    };
    let names = values(all, |it| it.name().cloned());
    let births = values(all, |it| it.birth.clone());
    let genders = values(all, known_gender);
    let numbers = values(all, |it| it.number().map(|it| it.number.clone()));
    let addresses = values(all, |it| home(it, now).cloned());
    let phones = values(all, |it| phones(it, now));
    let common = |a: &Vec<String>, b: &Vec<String>| a.iter().any(|it| b.contains(it));
    let found = [
        differing(names, same_name).map(Difference::Name),
        differing(births, PartialEq::eq).map(Difference::BirthDate),
        differing(genders, PartialEq::eq).map(Difference::Gender),
        differing(numbers, PartialEq::eq).map(Difference::Number),
        failing(all),
        differing(addresses, same_address).map(Difference::Address),
        differing(phones, common).map(Difference::Phone),
        died(all),
    ];
    found.into_iter().flatten().collect()
}

fn values<T>(all: &[&Patient], of: impl Fn(&Patient) -> Option<T>) -> Vec<(SourceId, T)> {
    all.iter()
        .filter_map(|it| Some((it.origin.source.clone(), of(it)?)))
        .collect()
}

fn differing<T>(
    all: Vec<(SourceId, T)>,
    same: impl Fn(&T, &T) -> bool,
) -> Option<Vec<(SourceId, T)>> {
    let (_, first) = all.first()?;
    let differ = all.iter().any(|(_, it)| !same(first, it));
    differ.then_some(all)
}

fn failing(all: &[&Patient]) -> Option<Difference> {
    let numbers = values(all, |it| {
        let failing = it.numbers.iter().find(|it| !it.number.is_valid());
        failing.map(|it| it.number.clone())
    });
    (!numbers.is_empty()).then_some(Difference::NumberFailsCheck(numbers))
}

fn died(all: &[&Patient]) -> Option<Difference> {
    let (says, silent): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.deceased.is_some());
    let sources = |of: Vec<&&Patient>| of.iter().map(|it| it.origin.source.clone()).collect();
    (!says.is_empty() && !silent.is_empty()).then(|| Difference::Deceased {
        says: sources(says),
        silent: sources(silent),
    })
}

/// The same family name, and one list of given names begins the other: `Jane` and `Jane Mary` are no difference.
fn same_name(one: &PersonName, other: &PersonName) -> bool {
    match (&one.family, &other.family) {
        (Some(a), Some(b)) => {
            let (a_given, b_given) = (words(&one.given.join(" ")), words(&other.given.join(" ")));
            let fits =
                |(a, b): (&String, &String)| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
            fold(a).replace(' ', "") == fold(b).replace(' ', "")
                && a_given.iter().zip(&b_given).all(fits)
        }
        _ => every_word(one) == every_word(other),
    }
}

fn every_word(name: &PersonName) -> Vec<String> {
    let mut all = match &name.family {
        Some(family) => words(&format!("{family} {}", name.given.join(" "))),
        None => words(name.text.as_deref().unwrap_or(&name.given.join(" "))),
    };
    all.sort();
    all
}

/// Where the person lives: not an old address or one that has ended, nor one that is only for a time or for letters.
fn home(patient: &Patient, now: DateTime<Utc>) -> Option<&Address> {
    let lives = |it: &&Address| {
        !matches!(
            it.usage.as_deref(),
            Some("old" | "temp" | "billing" | "work")
        ) && !it.period.ended(now)
            && !it.lines.is_empty()
    };
    patient.addresses.iter().find(lives)
}

/// By postcode and house where both have one; lines are cut differently everywhere.
fn same_address(one: &Address, other: &Address) -> bool {
    let whole = |it: &Address| fold(&it.lines.join(" ")).replace(' ', "");
    let (a, b) = (key(one), key(other));
    match (a, b) {
        (Some(a), Some(b)) => a == b,
        _ => whole(one) == whole(other),
    }
}

fn key(address: &Address) -> Option<(String, String)> {
    let postcode = address.lines.iter().rev().find_map(|it| postcode(it))?;
    let all = words(&address.lines.join(" "));
    let house = all
        .iter()
        .find(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    Some((house.cloned().unwrap_or_default(), postcode))
}

/// A line that is or ends with a postcode: `M23 9LT` → `m239lt`.
fn postcode(line: &str) -> Option<String> {
    let all = words(line);
    let (inward, outward) = (all.last()?, all.iter().rev().nth(1)?);
    let mut letters = inward.chars();
    let fits = inward.len() == 3
        && letters.next().is_some_and(|it| it.is_ascii_digit())
        && letters.all(|it| it.is_ascii_lowercase())
        && (2..=4).contains(&outward.len())
        && outward.starts_with(|it: char| it.is_ascii_lowercase());
    fits.then(|| format!("{outward}{inward}"))
}

fn phones(patient: &Patient, now: DateTime<Utc>) -> Option<Vec<String>> {
    let is_phone = |system: Option<&str>| matches!(system, Some("phone" | "sms") | None);
    let usual = patient.telecoms.iter();
    let is_over = |it: &Telecom| it.usage.as_deref() == Some("old") || it.period.ended(now);
    let numbers: Vec<String> = usual
        .filter(|it| is_phone(it.system.as_deref()) && !is_over(it))
        .map(|it| national(&it.value))
        .filter(|it| !it.is_empty())
        .collect();
    (!numbers.is_empty()).then_some(numbers)
}

/// Digits only, `+44` as `0`.
fn national(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = number.trim_start().starts_with('+');
    let abroad = digits
        .strip_prefix("0044")
        .or_else(|| digits.strip_prefix("44").filter(|_| plus));
    abroad.map_or_else(
        || digits.clone(),
        |rest| format!("0{}", rest.trim_start_matches('0')),
    )
}
