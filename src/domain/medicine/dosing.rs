//! When two instructions mean the same dose. Wording differs between systems; a number or a frequency that differs is
//! always a difference.

use super::{Dose, Medicine};
use crate::domain::SourceId;
use crate::domain::folding::fold;

/// So many different instructions of one medicine are compared.
const MOST_TOLD: usize = 200;

/// Whether two sources that both have it as current say different doses. Sources that say no dose do not differ.
pub fn doses_differ(current: &[&Medicine]) -> bool {
    // A source may have it thousands of times, mostly with the same words.
    let mut told: Vec<(&SourceId, Told)> = Vec::new();
    for it in current {
        let it = (&it.origin.source, Told::of(it));
        if told.len() < MOST_TOLD && !told.contains(&it) {
            told.push(it);
        }
    }
    told.iter().enumerate().any(|(at, (source, one))| {
        let mut others = told.iter().skip(at + 1);
        others.any(|(from, other)| from != source && one.differs(other))
    })
}

/// Whether both say a dose and not the same one.
pub fn differ(one: &Medicine, other: &Medicine) -> bool {
    Told::of(one).differs(&Told::of(other))
}

/// What the instructions of one entry say, made comparable; a way of saying it is there where each has it.
#[derive(Clone, PartialEq)]
struct Told {
    none: bool,
    measured: Option<Vec<Measured>>,
    written: Option<Vec<String>>,
    /// In words, made of the numbers where there are none.
    words: Option<Vec<String>>,
}

/// Amount and frequency, where both are given.
#[derive(Clone, PartialEq)]
struct Measured {
    comparator: Option<String>,
    /// From, and up to.
    amount: [u64; 2],
    unit: String,
    often: String,
}

impl Told {
    fn of(it: &Medicine) -> Self {
        let doses = it.doses.iter();
        Self {
            none: it.doses.is_empty(),
            measured: doses.clone().map(measured).collect(),
            written: doses.clone().map(written).collect(),
            words: doses
                .map(|it| written(it).or_else(|| in_words(it)))
                .collect(),
        }
    }

    fn differs(&self, other: &Self) -> bool {
        if self.none || other.none {
            return false;
        }
        let measured = self.measured.as_ref().zip(other.measured.as_ref());
        let written = self.written.as_ref().zip(other.written.as_ref());
        match (measured, written) {
            // Numbers of one unit count, whatever the words; how often may be written in many ways, so either way of
            // saying it is enough to agree, unless the words name other numbers.
            (Some((a, b)), Some((this, that))) => {
                other_amounts(a, b)
                    || if a == b {
                        contradict(this, that)
                    } else {
                        this != that
                    }
            }
            (Some((a, b)), None) => a != b,
            (None, Some((this, that))) => this != that,
            // One in numbers, one in words: what the numbers say must be found in the words.
            (None, None) => self
                .words
                .as_ref()
                .zip(other.words.as_ref())
                .is_some_and(|(this, that)| this != that),
        }
    }
}

/// Whether both measure in the same units and not the same.
fn other_amounts(one: &[Measured], other: &[Measured]) -> bool {
    let units = |it: &[Measured]| it.iter().map(|it| it.unit.clone()).collect::<Vec<_>>();
    let is_same = |(one, other): (&Measured, &Measured)| {
        one.amount == other.amount && one.comparator == other.comparator
    };
    units(one) == units(other) && !one.iter().zip(other).all(is_same)
}

/// Whether each names a number that the other does not: "40 mg" and "80 mg (2 of 40 mg)" may be one, 40 and 20 not.
fn contradict(one: &[String], other: &[String]) -> bool {
    let is_number = |it: &&str| it.starts_with(|it: char| it.is_ascii_digit());
    let numbers = |it: &[String]| -> Vec<String> {
        let words = it.iter().flat_map(|it| it.split(' ')).filter(is_number);
        words.map(str::to_owned).collect()
    };
    let (one, other) = (numbers(one), numbers(other));
    let more = |one: &[String], other: &[String]| one.iter().any(|it| !other.contains(it));
    more(&one, &other) && more(&other, &one)
}

fn measured(dose: &Dose) -> Option<Measured> {
    let amount = dose.amount.as_ref()?;
    let upper = dose.up_to.as_ref().unwrap_or(amount);
    let often = wording(dose.frequency.as_deref()?);
    Some(Measured {
        comparator: amount.comparator.clone(),
        // To print a binary fraction takes some thousand bytes of code.
        amount: [amount, upper].map(|it| it.value.approximate().to_bits()),
        unit: fold(amount.unit.as_deref().unwrap_or("")),
        often: format!("{often} {}", dose.as_needed),
    })
}

fn written(dose: &Dose) -> Option<String> {
    dose.text
        .as_deref()
        .map(wording)
        .filter(|it| !it.is_empty())
}

fn in_words(dose: &Dose) -> Option<String> {
    let amount = dose.amount.as_ref()?;
    let unit = amount.unit.as_deref().unwrap_or("");
    let often = dose.frequency.as_deref().unwrap_or("");
    Some(wording(&format!(
        "{} {unit} {often}",
        amount.value.as_str()
    )))
}

/// One form for the usual ways to write an instruction. Anything else stays as it is and counts as different.
fn wording(text: &str) -> String {
    let spaced = space_units(&signs_in_numbers(text));
    let folded = fold(&spaced.replace(POINT, "point").replace(OVER, "over"));
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        let meaning: &[&str] = match word {
            "take" | "to" | "be" | "taken" | "oral" | "orally" | "by" | "mouth" | "po" | "the"
            | "each" | "every" | "a" | "per" | "at" | "in" => &[],
            "one" => &["1"],
            "two" => &["2"],
            "three" => &["3"],
            "four" => &["4"],
            "half" | "1over2" | "½" => &["0point5"],
            "tablets" | "tab" | "tabs" => &["tablet"],
            "capsules" | "cap" | "caps" => &["capsule"],
            "puffs" => &["puff"],
            "od" => &["once", "day"],
            "bd" => &["twice", "day"],
            "tds" => &["3", "times", "day"],
            "qds" => &["4", "times", "day"],
            "on" | "nocte" => &["night"],
            "om" | "mane" => &["morning"],
            "daily" => &["day"],
            other => &[other],
        };
        words.extend(meaning);
    }
    // "1 tablet daily" and "1 tablet once a day".
    let joined = words.join(" ");
    joined.replace("once day", "day")
}

/// Stands for what is written out later: a point within a number.
const POINT: char = '\u{1}';
/// The line of a fraction, as `POINT`.
const OVER: char = '\u{2}';

/// What makes another number of the same digits is set apart: `2.5` ends as `2point5`, `1/2` as `1over2`, so that it is
/// not dropped with the signs that mean nothing, as a full stop.
fn signs_in_numbers(text: &str) -> String {
    let mut said = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut digit = false;
    while let Some(letter) = letters.next() {
        let before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            '.' if before_digit && digit => said.push(POINT),
            '.' if before_digit => said.extend(['0', POINT]),
            '/' if before_digit && digit => said.push(OVER),
            other => said.push(other),
        }
        digit = letter.is_ascii_digit();
    }
    said
}

/// `40mg` → `40 mg`.
fn space_units(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut digit = false;
    for letter in text.chars() {
        if digit && letter.is_alphabetic() {
            spaced.push(' ');
        }
        digit = letter.is_ascii_digit();
        spaced.push(letter);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_wordings_are_one_and_a_number_always_counts() {
        for (a, b) in [
            ("Take 40mg once daily", "40 mg once a day"),
            ("ONE tablet twice daily", "1 tablet BD"),
            ("2 puffs four times a day", "Two puffs QDS"),
            ("1 at night", "one nocte"),
            ("Take 40mg once daily.", "40 mg. Once daily"),
            ("1/2 tablet at night", "half a tablet at night"),
            (".5 mg", "0.5 mg"),
        ] {
            assert_eq!(wording(a), wording(b), "{a} / {b}");
        }
        for (a, b) in [
            ("2.5 mg once a day", "25 mg once a day"),
            ("1 a day", "1 twice a day"),
            ("1 g", "1 mg"),
            (".5 mg", "5 mg"),
            ("1/2 tablet", "1-2 tablets"),
        ] {
            assert_ne!(wording(a), wording(b), "{a} / {b}");
        }
    }
}
