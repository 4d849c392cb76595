//! NHS numbers of the range 999 xxx xxxx, which is valid and never issued.

use crate::chance::Chance;

/// The check digit of nine digits; none where the number may not exist (check 10).
pub(crate) fn check_digit(nine: u32) -> Option<u32> {
    let mut rest = nine;
    let mut sum = 0;
    for weight in 2..=10 {
        sum += (rest % 10) * weight;
        rest /= 10;
    }
    match 11 - sum % 11 {
        10 => None,
        11 => Some(0),
        digit => Some(digit),
    }
}

/// The number of the `n`th person: different for every `n` up to 62,500.
pub(crate) fn nhs_number(seed: u64, n: usize) -> String {
    // A step that shares no factor with 1,000,000 visits each middle once before it repeats.
    const STEP: usize = 611_953;
    let start = Chance::of(seed, "nhs-number", 0).below(1_000_000);
    for attempt in 0..16 {
        let middle = (start + (n * 16 + attempt) * STEP) % 1_000_000;
        let nine = 999_000_000 + u32::try_from(middle).unwrap_or(0);
        if crate::mock::reserved_number(nine) {
            continue;
        }
        if let Some(check) = check_digit(nine) {
            return format!("{nine}{check}");
        }
    }
    // Sixteen middles in a row without a check digit do not happen (1 in 11 each).
    "9990000018".to_owned()
}

/// Whether ten digits carry the right check digit.
#[cfg(test)]
pub(crate) fn is_valid(number: &str) -> bool {
    let Ok(all) = number.parse::<u64>() else {
        return false;
    };
    let (nine, last) = (u32::try_from(all / 10), u32::try_from(all % 10));
    number.len() == 10 && nine.ok().and_then(check_digit) == last.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_valid_synthetic_and_different() {
        let numbers: BTreeSet<String> = (0..20_000).map(|n| nhs_number(7, n)).collect();
        assert_eq!(numbers.len(), 20_000);
        assert!(
            numbers
                .iter()
                .all(|number| is_valid(number) && number.starts_with("999"))
        );
    }

    #[test]
    fn the_published_failing_examples_fail() {
        assert!(!is_valid("9912003814"));
        assert!(!is_valid("4123456879"));
    }
}
