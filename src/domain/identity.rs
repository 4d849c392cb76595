//! Is the person in this source the same person? Matched by NHS number and checked by birth date; where one of the two has
//! none, by family name: nobody is known by the number alone.

use super::folding::words;
use super::patient::PersonName;
use super::{Patient, When};

/// How a patient of another source compares with the one in front of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// Same number, and the birth dates agree as far as both are known; where one is not, the family names.
    Same,
    /// Same number, other birth date: never merged, shown as a conflict.
    BirthDateDiffers,
    /// Same number, no birth date to compare, and no family name in common: neither.
    NotCertain,
    /// No number in common: somebody else.
    Other,
}

/// Compares by NHS number, then birth date. A partial birth date agrees with what it does not contradict.
pub fn compare(known: &Patient, other: &Patient) -> Match {
    let shared = known
        .numbers
        .iter()
        .any(|a| other.numbers.iter().any(|b| a.number == b.number));
    if !shared {
        return Match::Other;
    }
    match (&known.birth, &other.birth) {
        (Some(a), Some(b)) if agree(a, b) => Match::Same,
        (Some(_), Some(_)) => Match::BirthDateDiffers,
        _ if share_family_name(known, other) => Match::Same,
        _ => Match::NotCertain,
    }
}

/// By any of their names: who has married may be known by the one before.
fn share_family_name(one: &Patient, other: &Patient) -> bool {
    let mut names = one.names.iter();
    names.any(|a| other.names.iter().any(|b| same_family_name(a, b)))
}

/// Where a name is one text, the family name is somewhere in it.
fn same_family_name(one: &PersonName, other: &PersonName) -> bool {
    let family = |it: &PersonName| words(it.family.as_deref().unwrap_or_default());
    let text = |it: &PersonName| words(it.text.as_deref().unwrap_or_default());
    let is_in = |family: &[String], text: &[String]| family.iter().all(|it| text.contains(it));
    match (family(one), family(other)) {
        (a, b) if a.is_empty() && b.is_empty() => {
            let (a, b) = (text(one), text(other));
            !a.is_empty() && is_in(&a, &b) && is_in(&b, &a)
        }
        (a, b) if a.is_empty() => is_in(&b, &text(one)),
        (a, b) if b.is_empty() => is_in(&a, &text(other)),
        (a, b) => a.concat() == b.concat(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{patient, person_name};

    const NUMBER: &str = "9434765919";

    #[test]
    fn nobody_is_known_by_the_number_alone() {
        let known = patient("shared", NUMBER, "Smith-Jones", "Jane", "1945-07-14");
        let is = |family: &str, birth: &str| {
            let mut there = patient("rm2", NUMBER, family, "J", birth);
            there.birth = there.birth.filter(|_| !birth.is_empty());
            // Whoever of the two has no birth date.
            assert_eq!(compare(&known, &there), compare(&there, &known));
            compare(&known, &there)
        };
        assert_eq!(
            is("Brown", "1945-07"),
            Match::Same,
            "the birth date says it"
        );
        assert_eq!(is("Smith-Jones", "1954-07-14"), Match::BirthDateDiffers);
        assert_eq!(is("SMITH JONES", ""), Match::Same);
        assert_eq!(is("Brown", ""), Match::NotCertain);
        assert_eq!(is("", ""), Match::NotCertain);
        let mut nameless = patient("rm2", NUMBER, "", "", "1945");
        (nameless.birth, nameless.names) = (None, Vec::new());
        assert_eq!(compare(&known, &nameless), Match::NotCertain);
        let mut married = known.clone();
        married.names.insert(0, person_name("Brown", "Jane", ""));
        nameless.names = vec![person_name("Brown", "Jane", "")];
        assert_eq!(compare(&married, &nameless), Match::Same);
        let text = |it: &str| PersonName {
            text: Some(it.to_owned()),
            ..PersonName::default()
        };
        nameless.names = vec![text("Mrs Jane SMITH-JONES")];
        assert_eq!(compare(&known, &nameless), Match::Same);
        nameless.names = vec![text("Jane Smith")];
        assert_eq!(compare(&known, &nameless), Match::NotCertain);
    }
}
