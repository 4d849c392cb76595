//! Numbers with their units. Doses are tidied so that they cannot be misread (`MEDi-014` … `017`); the digits of a
//! laboratory result are never touched.

use super::unit;
use crate::domain::medicine::Amount;

/// A dose: a leading zero, no trailing zeros, commas from 1,000, a space before the unit. "less than" in words, for
/// `<` is not allowed in a medicine's line (`MEDi-026`).
pub fn dose(amount: &Amount) -> String {
    let number = dose_number(amount.value.as_str());
    let number = match amount.comparator.as_deref() {
        Some(comparator) => format!("{} {number}", comparator_words(comparator)),
        None => number,
    };
    match amount
        .unit
        .as_deref()
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        Some(unit) => format!("{number} {}", unit::words(unit)),
        None => number,
    }
}

/// A dose's number as it must be written. What is not a plain number stays as it is.
pub fn dose_number(raw: &str) -> String {
    let (sign, digits) = raw.strip_prefix('-').map_or(("", raw), |it| ("-", it));
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return raw.to_owned();
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let whole = thousands(whole);
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

/// 12345 → "12,345" (`MEDi-041`).
pub fn whole(number: usize) -> String {
    thousands(&number.to_string())
}

fn thousands(digits: &str) -> String {
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// A measured value with its unit, digits and comparator as received: "<5 mg/L", "6.10 mmol/L", "98%".
pub fn measured(amount: &Amount) -> String {
    let number = number(amount);
    match amount
        .unit
        .as_deref()
        .map(unit::words)
        .filter(|it| !it.is_empty())
    {
        Some(unit) if unit == "%" => format!("{number}%"),
        Some(unit) => format!("{number} {unit}"),
        None => number,
    }
}

/// The number alone, with its comparator: "<5", "≥90".
pub fn number(amount: &Amount) -> String {
    format!(
        "{}{}",
        comparator_sign(amount.comparator.as_deref()),
        amount.value.as_str()
    )
}

pub fn comparator_sign(comparator: Option<&str>) -> &str {
    match comparator {
        Some("<=") => "≤",
        Some(">=") => "≥",
        Some(other) => other,
        None => "",
    }
}

pub fn comparator_words(comparator: &str) -> &str {
    match comparator {
        "<" => "less than",
        ">" => "more than",
        "<=" | "≤" => "at most",
        ">=" | "≥" => "at least",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::amount;

    #[test]
    fn medi_014_to_017_and_medi_041_a_dose_is_written_so_that_it_cannot_be_misread() {
        for (value, unit, words) in [
            ("40", "mg", "40 mg"),
            ("5.0", "mg", "5 mg"),
            (".5", "mL", "0.5 mL"),
            ("0.50", "mg", "0.5 mg"),
            ("1000", "mg", "1,000 mg"),
            ("1234567.80", "units", "1,234,567.8 units"),
            ("100", "", "100"),
        ] {
            let mut it = amount("1", unit);
            it.value = crate::domain::Decimal::parse(value).unwrap();
            assert_eq!(dose(&it), words);
        }
        assert_eq!(
            dose_number("1E3"),
            "1E3",
            "what is not a plain number is not touched"
        );
        let bound = Amount {
            comparator: Some("<".to_owned()),
            ..amount("5", "mg")
        };
        assert_eq!(dose(&bound), "less than 5 mg");
    }

    #[test]
    fn the_digits_of_a_result_are_never_touched() {
        assert_eq!(measured(&amount("5.30", "mmol/L")), "5.30 mmol/L");
        assert_eq!(
            measured(&amount("0.000100000000000000001", "mg")),
            "0.000100000000000000001 mg"
        );
        assert_eq!(measured(&amount("150000", "/mm3")), "150000 /mm3");
        assert_eq!(measured(&amount("98", "%")), "98%");
        let bound = Amount {
            comparator: Some("<".to_owned()),
            ..amount("5", "mg/L")
        };
        assert_eq!(measured(&bound), "<5 mg/L");
    }
}
