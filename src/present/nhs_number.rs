//! NHS numbers for people: 3-3-4, never shortened, with what is wrong about one said beside it.

use super::name::{clean, shown};
use crate::domain::NhsNumber;
use crate::domain::nhs_number::BadNumber;
use crate::domain::patient::SeenNumber;

/// `943 476 5919`; anything that is not ten digits stays as it was received.
pub fn spaced(number: &NhsNumber) -> String {
    let raw = number.as_str();
    let parts = (raw.get(..3), raw.get(3..6), raw.get(6..));
    match parts {
        (Some(a), Some(b), Some(c))
            if raw.len() == 10 && raw.bytes().all(|it| it.is_ascii_digit()) =>
        {
            format!("{a} {b} {c}")
        }
        _ => clean(raw),
    }
}

/// The number, or that there is none.
pub fn words(number: Option<&SeenNumber>) -> String {
    number.map_or_else(|| "Not recorded".to_owned(), |it| spaced(&it.number))
}

/// What is wrong with a received number: it fails its check, or the source says that it is not verified.
pub fn warning(seen: &SeenNumber) -> Option<String> {
    if !seen.number.is_valid() {
        return Some(
            "This NHS number fails its check. Confirm who this is by name, date of birth and address"
                .to_owned(),
        );
    }
    let verification = seen.verification.as_ref()?;
    let is_verified = verification.codings.iter().any(|it| {
        matches!(
            it.code.as_deref(),
            Some("01" | "number-present-and-verified")
        )
    }) || verification.says("Number present and verified");
    if is_verified {
        return None;
    }
    let said = shown(verification.label()?)?;
    Some(format!("NHS number not verified: {said}"))
}

/// A hint for whoever is typing a number.
pub fn typing(bad: &BadNumber) -> String {
    match bad {
        BadNumber::NotDigits => "An NHS number has ten digits and no letters".to_owned(),
        BadNumber::TooShort(count) => format!("{count} of 10 digits"),
        BadNumber::TooLong(count) => format!("{count} digits: an NHS number has 10"),
        BadNumber::CheckDigit => {
            "Not an NHS number: check the digits, two may be swapped or one mistyped".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Concept;

    fn seen(raw: &str, verification: Option<&str>) -> SeenNumber {
        SeenNumber {
            number: NhsNumber::received(raw).unwrap(),
            verification: verification.map(Concept::from_text),
        }
    }

    #[test]
    fn num_0001_a_number_is_3_3_4_with_single_spaces() {
        assert_eq!(words(Some(&seen("9434765919", None))), "943 476 5919");
        assert_eq!(words(None), "Not recorded");
    }

    #[test]
    fn num_0002_what_is_not_ten_digits_is_shown_whole_as_received() {
        for raw in ["12345", "ABC4765919", "943476591900", "ß¼½¾²³"] {
            assert_eq!(words(Some(&seen(raw, None))), raw);
        }
    }

    #[test]
    fn a_number_that_fails_its_check_or_is_not_verified_is_said() {
        assert_eq!(warning(&seen("9434765919", None)), None);
        assert_eq!(
            warning(&seen("9434765919", Some("Number present and verified"))),
            None
        );
        assert_eq!(
            warning(&seen("9434765919", Some("Trace required"))).as_deref(),
            Some("NHS number not verified: Trace required")
        );
        assert!(
            warning(&seen("9912003814", None))
                .unwrap()
                .contains("fails its check")
        );
    }

    #[test]
    fn num_0015_whoever_types_is_told_how_far_they_are() {
        assert_eq!(typing(&BadNumber::TooShort(5)), "5 of 10 digits");
        assert_eq!(
            typing(&BadNumber::TooLong(11)),
            "11 digits: an NHS number has 10"
        );
    }
}
