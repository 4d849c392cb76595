//! Is the person in this source the same person? Matched by NHS number and checked by birth date.

use super::{Patient, When};

/// How a patient of another source compares with the one in front of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// Same number, and the birth dates agree as far as both are known.
    Same,
    /// Same number, other birth date: never merged, shown as a conflict.
    BirthDateDiffers,
    /// No number in common: somebody else.
    Other,
}

/// Compares by NHS number, then birth date. A partial or missing birth date agrees with what it does not contradict.
pub fn compare(known: &Patient, other: &Patient) -> Match {
    let shared = known
        .numbers
        .iter()
        .any(|a| other.numbers.iter().any(|b| a.number == b.number));
    if !shared {
        return Match::Other;
    }
    match (&known.birth, &other.birth) {
        (Some(a), Some(b)) if !agree(a, b) => Match::BirthDateDiffers,
        _ => Match::Same,
    }
}

fn agree(a: &When, b: &When) -> bool {
    match (
        a.first_day().zip(a.last_day()),
        b.first_day().zip(b.last_day()),
    ) {
        (Some((a_first, a_last)), Some((b_first, b_last))) => {
            a_first <= b_last && b_first <= a_last
        }
        _ => a == b,
    }
}
