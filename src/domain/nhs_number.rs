//! NHS numbers: ten digits kept as text, with a check digit.
//!
//! A received number that fails its check is shown with a warning; the person is never dropped.

/// `https://fhir.nhs.uk/Id/nhs-number`.
pub const SYSTEM: &str = "https://fhir.nhs.uk/Id/nhs-number";

/// An NHS number as it was received or typed, without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NhsNumber(String);

/// What is wrong with a number that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BadNumber {
    NotDigits,
    TooShort(usize),
    TooLong(usize),
    CheckDigit,
}

impl NhsNumber {
    /// Keeps what a record says, right or wrong; spaces and dashes are dropped. `None` when nothing is left.
    pub fn received(raw: &str) -> Option<Self> {
        let kept: String = raw
            .chars()
            .filter(|it| !it.is_whitespace() && *it != '-')
            .collect();
        (!kept.is_empty()).then_some(Self(kept))
    }

    /// Takes what a person typed or pasted, in any spacing, and checks it.
    pub fn typed(raw: &str) -> Result<Self, BadNumber> {
        let kept: String = raw.chars().filter(|it| !is_spacing(*it)).collect();
        if kept.is_empty() || !kept.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadNumber::NotDigits);
        }
        match kept.len() {
            0..=9 => Err(BadNumber::TooShort(kept.len())),
            10 if check_digit_fits(&kept) => Ok(Self(kept)),
            10 => Err(BadNumber::CheckDigit),
            more => Err(BadNumber::TooLong(more)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Ten digits whose last one fits the nine before it.
    pub fn is_valid(&self) -> bool {
        self.0.len() == 10 && check_digit_fits(&self.0)
    }
}

fn is_spacing(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '\u{2010}'..='\u{2015}' | '.' | '/' | '\u{200b}'
        )
}

/// Weights 10…2 on the first nine, 11 − (sum mod 11); 11 → 0, 10 → invalid.
fn check_digit_fits(ten: &str) -> bool {
    let digits: Vec<u32> = ten.chars().filter_map(|it| it.to_digit(10)).collect();
    let Some((last, nine)) = digits.split_last() else {
        return false;
    };
    if nine.len() != 9 {
        return false;
    }
    let sum: u32 = nine
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    match 11 - sum % 11 {
        11 => *last == 0,
        10 => false,
        check => *last == check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn num_any_spacing_is_accepted() {
        for raw in [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            " 943\u{a0}476\u{2011}5919 ",
        ] {
            assert_eq!(
                NhsNumber::typed(raw).map(|it| it.0),
                Ok("9434765919".to_owned()),
                "{raw:?}"
            );
        }
    }

    #[test]
    fn a_wrong_check_digit_is_said() {
        assert_eq!(NhsNumber::typed("9434765918"), Err(BadNumber::CheckDigit));
        assert_eq!(NhsNumber::typed("94347"), Err(BadNumber::TooShort(5)));
        assert_eq!(NhsNumber::typed("94347659191"), Err(BadNumber::TooLong(11)));
        assert_eq!(NhsNumber::typed("smith"), Err(BadNumber::NotDigits));
    }

    #[test]
    fn published_examples_that_fail_their_check_are_kept() {
        for raw in ["9912003814", "4123456879"] {
            let number = NhsNumber::received(raw).unwrap();
            assert!(!number.is_valid() && number.as_str() == raw);
        }
    }
}
