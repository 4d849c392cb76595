//! Birth dates as people type them. Day before month, as in Britain.

use chrono::{Datelike, NaiveDate};

use super::TypedBirth;
use crate::domain::time::month_of;

/// The whole text as a date; also eight digits without anything between. Nine or ten digits are an NHS number.
pub fn whole(typed: &str, today: NaiveDate) -> Option<TypedBirth> {
    let parts = parts(typed)?;
    date(&parts, today)
}

/// The longest run of words that is a date, with where it begins and how many words it has.
pub fn within(typed: &[&str], today: NaiveDate) -> Option<(TypedBirth, usize, usize)> {
    for len in (1..=3.min(typed.len())).rev() {
        for (from, run) in typed.windows(len).enumerate() {
            // An NHS number in groups is no date.
            let alone = len > 1
                || run
                    .iter()
                    .all(|it| it.len() != 10 || !it.bytes().all(|b| b.is_ascii_digit()));
            let before = from.checked_sub(1).and_then(|it| typed.get(it));
            let after = typed.get(from + len);
            let beside = [before, after]
                .into_iter()
                .flatten()
                .any(|it| it.bytes().all(|b| b.is_ascii_digit()));
            // What says that it is a date is one, whatever stands beside it.
            let is_bare = run.iter().all(|it| it.bytes().all(|b| b.is_ascii_digit()));
            let fits = alone && !(beside && is_bare);
            if let Some(birth) = whole(&run.join(" "), today).filter(|_| fits) {
                return Some((birth, from, len));
            }
        }
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Hash)]
enum Part {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    Month(u32),
}

/// `None` when there is anything in it that no date has.
fn parts(typed: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut word = String::new();
    let mut flush = |word: &mut String| -> Option<()> {
        if !word.is_empty() {
            parts.push(part(word)?);
            word.clear();
        }
        Some(())
    };
    for letter in typed.chars() {
        let turns = word
            .chars()
            .last()
            .is_some_and(|last| last.is_ascii_digit() != letter.is_ascii_digit());
        if letter.is_ascii_alphanumeric() {
            if turns {
                flush(&mut word)?;
            }
            word.push(letter.to_ascii_lowercase());
        } else if letter.is_whitespace() || "/.-,'\u{2010}\u{2011}\u{2013}".contains(letter) {
            flush(&mut word)?;
        } else {
            return None;
        }
    }
    flush(&mut word)?;
    parts.retain(|it| *it != Part::Month(0));
    Some(parts)
}

fn part(word: &str) -> Option<Part> {
    if word.bytes().all(|it| it.is_ascii_digit()) {
        return word.parse().ok().map(|it| Part::Number(it, word.len()));
    }
    if matches!(word, "st" | "nd" | "rd" | "th" | "of") {
        return Some(Part::Month(0));
    }
    month_of(word).map(Part::Month)
}

fn date(parts: &[Part], today: NaiveDate) -> Option<TypedBirth> {
    use Part::{Month, Number};
    match *parts {
        [Number(all, 8)] => {
            let (day, month, year) = (all / 1_000_000, all / 10_000 % 100, all % 10_000);
            // Otherwise they are the beginning of an NHS number.
            let read = birth(day, month, year, today);
            (read != TypedBirth::Impossible).then_some(read)
        }
        [Number(year, 4)] if plausible(year) => {
            Some(within_life(TypedBirth::Year(signed(year)), year, today))
        }
        [
            Number(day, 1..=2),
            Number(month, 1..=2) | Month(month),
            Number(year, 4),
        ]
        | [Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)]
        | [Month(month), Number(day, 1..=2), Number(year, 4)] => {
            Some(birth(day, month, year, today))
        }
        [
            Number(day, 1..=2),
            Number(month, 1..=2) | Month(month),
            Number(year, 2),
        ] => Some(short(day, month, year, today)),
        [
            Number(month @ 1..=12, 1..=2) | Month(month),
            Number(year, 4),
        ] if plausible(year) => Some(within_life(
            TypedBirth::Month(signed(year), month),
            year,
            today,
        )),
        _ => None,
    }
}

fn plausible(year: u32) -> bool {
    (1880..=2100).contains(&year)
}

fn signed(year: u32) -> i32 {
    i32::try_from(year).unwrap_or(0)
}

fn within_life(birth: TypedBirth, year: u32, today: NaiveDate) -> TypedBirth {
    if signed(year) <= today.year() {
        birth
    } else {
        TypedBirth::Impossible
    }
}

fn birth(day: u32, month: u32, year: u32, today: NaiveDate) -> TypedBirth {
    let read = NaiveDate::from_ymd_opt(signed(year), month, day);
    read.filter(|it| plausible(year) && *it <= today)
        .map_or(TypedBirth::Impossible, TypedBirth::Day)
}

/// Two digits are the latest year in the past.
fn short(day: u32, month: u32, year: u32, today: NaiveDate) -> TypedBirth {
    match birth(day, month, 2000 + year, today) {
        TypedBirth::Day(it) => TypedBirth::Day(it),
        _ => birth(day, month, 1900 + year, today),
    }
}
