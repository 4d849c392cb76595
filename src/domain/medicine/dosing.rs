//! When two instructions mean the same dose. Wording differs between systems; a number or a frequency that differs is
//! always a difference.

use super::{Dose, Medicine};
use crate::domain::folding::fold;

/// Whether two sources that both have it as current say different doses. Sources that say no dose do not differ.
pub fn doses_differ(current: &[&Medicine]) -> bool {
    current.iter().enumerate().any(|(at, one)| {
        current
            .iter()
            .skip(at + 1)
            .any(|other| one.origin.source != other.origin.source && differ(one, other))
    })
}

/// Whether both say a dose and not the same one.
pub fn differ(one: &Medicine, other: &Medicine) -> bool {
    if one.doses.is_empty() || other.doses.is_empty() {
        return false;
    }
    let by = |read: fn(&Dose) -> Option<String>| {
        let all = |it: &Medicine| it.doses.iter().map(read).collect::<Option<Vec<String>>>();
        Some(all(one)? != all(other)?)
    };
    match (by(measured), by(written)) {
        // Either way of saying it is enough to agree; both known and both different is a difference.
        (Some(a), Some(b)) => a && b,
        (Some(only), None) | (None, Some(only)) => only,
        // One in numbers, one in words: what the numbers say must be found in the words.
        (None, None) => mixed(one, other).unwrap_or(false),
    }
}

/// Amount and frequency, where both are given.
fn measured(dose: &Dose) -> Option<String> {
    let amount = dose.amount.as_ref()?;
    let upper = dose
        .up_to
        .as_ref()
        .map_or(amount.value.approximate(), |it| it.value.approximate());
    let unit = fold(amount.unit.as_deref().unwrap_or(""));
    let often = wording(dose.frequency.as_deref()?);
    Some(format!(
        "{} {upper} {unit} {often} {}",
        amount.value.approximate(),
        dose.as_needed
    ))
}

fn written(dose: &Dose) -> Option<String> {
    dose.text
        .as_deref()
        .map(wording)
        .filter(|it| !it.is_empty())
}

fn mixed(one: &Medicine, other: &Medicine) -> Option<bool> {
    let as_words = |it: &Medicine| {
        let of = |dose: &Dose| {
            written(dose).or_else(|| {
                let amount = dose.amount.as_ref()?;
                let unit = amount.unit.as_deref().unwrap_or("");
                Some(wording(&format!(
                    "{} {unit} {}",
                    amount.value.as_str(),
                    dose.frequency.as_deref().unwrap_or("")
                )))
            })
        };
        it.doses.iter().map(of).collect::<Option<Vec<String>>>()
    };
    Some(as_words(one)? != as_words(other)?)
}

/// One form for the usual ways to write an instruction. Anything else stays as it is and counts as different.
fn wording(text: &str) -> String {
    let spaced: String = space_units(&text.replace('.', "\u{1}"));
    let folded = fold(&spaced.replace('\u{1}', "point"));
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        let meaning: &[&str] = match word {
            "take" | "to" | "be" | "taken" | "oral" | "orally" | "by" | "mouth" | "po" | "the"
            | "each" | "every" | "a" | "per" | "at" | "in" => &[],
            "one" => &["1"],
            "two" => &["2"],
            "three" => &["3"],
            "four" => &["4"],
            "half" => &["0point5"],
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
        ] {
            assert_eq!(wording(a), wording(b), "{a} / {b}");
        }
        for (a, b) in [
            ("2.5 mg once a day", "25 mg once a day"),
            ("1 a day", "1 twice a day"),
            ("1 g", "1 mg"),
        ] {
            assert_ne!(wording(a), wording(b), "{a} / {b}");
        }
    }
}
