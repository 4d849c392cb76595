//! An instruction in words, and the signs that a medicine's line must not have.

use super::{LineParts, Part};
use crate::domain::Concept;
use crate::domain::medicine::Dose;
use crate::present::amount;
use crate::present::phrase::{filled, label};

pub(super) fn dose(dose: &Dose) -> LineParts {
    let amount = dose.amount.as_ref().map(|it| match &dose.up_to {
        Some(upper) if upper.unit == it.unit => {
            format!(
                "{} to {}",
                amount::dose_number(it.value.as_str()),
                amount::dose(upper)
            )
        }
        Some(upper) => format!("{} to {}", amount::dose(it), amount::dose(upper)),
        None => amount::dose(it),
    });
    let text = filled(dose.text.as_ref()).map(|it| plain_signs(&it));
    let mut parts: LineParts = Vec::new();
    // The prescriber's words say all of it; numbers beside them would say it twice.
    if let Some(text) = text {
        parts.push(Part::Dose(text));
    } else {
        parts.extend(amount.map(Part::Dose));
        let rest = [
            plain(dose.rate.as_ref()),
            label_of(dose.route.as_ref()),
            plain(dose.frequency.as_ref()),
        ];
        parts.extend(rest.into_iter().flatten());
    }
    parts.extend(as_needed(dose));
    parts.extend(plain(dose.maximum.as_ref()).map(|it| match it {
        Part::Plain(words) => Part::Plain(format!("at most {words}")),
        other => other,
    }));
    parts.extend(dose.additional.iter().filter_map(|it| label_of(Some(it))));
    parts.extend(plain(dose.patient_instruction.as_ref()));
    parts
}

fn as_needed(dose: &Dose) -> Option<Part> {
    let reason = dose.as_needed_for.as_ref().and_then(label);
    let says_so = filled(dose.text.as_ref()).is_some_and(|it| {
        let text = it.to_lowercase();
        text.contains("needed") || text.contains("required") || text.contains("prn")
    });
    match (dose.as_needed, reason) {
        (true, Some(reason)) => Some(Part::Plain(format!(
            "as needed for {}",
            plain_signs(&reason)
        ))),
        (true, None) if !says_so => Some(Part::Plain("as needed".to_owned())),
        _ => None,
    }
}

fn label_of(concept: Option<&Concept>) -> Option<Part> {
    label(concept?).map(|it| Part::Plain(plain_signs(&it)))
}

fn plain(text: Option<&String>) -> Option<Part> {
    filled(text).map(|it| Part::Plain(plain_signs(&it)))
}

/// An instruction in one phrase: "40 mg once a day".
pub fn doses(doses: &[Dose]) -> Option<String> {
    let phrase = |parts: LineParts| {
        let words = parts.into_iter().map(|it| match it {
            Part::Drug(words) | Part::Dose(words) | Part::Plain(words) => words,
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let all: Vec<String> = doses
        .iter()
        .map(|it| phrase(dose(it)))
        .filter(|it| !it.is_empty())
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// `@`, `|` and `<` are misread (`MEDi-026`): said in words instead.
pub(super) fn plain_signs(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let or_equal = matches!(letter, '<' | '>') && letters.next_if_eq(&'=').is_some();
        let said = match (letter, or_equal) {
            ('@', _) => "at",
            ('|', _) => "or",
            ('<', true) | ('≤', _) => "at most",
            ('<', false) => "less than",
            ('>', true) | ('≥', _) => "at least",
            ('>', false) => "more than",
            (other, _) => {
                words.push(other);
                continue;
            }
        };
        if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
        words.push_str(said);
        if letters.peek().is_some_and(|it| *it != ' ') {
            words.push(' ');
        }
    }
    words
}
