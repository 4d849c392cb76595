//! What was typed into the finder, and whom it can mean.
//!
//! A person is never found by guessing: every part that was typed must fit. Case, accents, apostrophes and hyphens do
//! not count.

mod birth;
mod index;
mod spelling;

use chrono::{DateTime, NaiveDate, Utc};

pub use index::{Key, matches};
use spelling::is_title;
pub use spelling::{fragments, spellings};

use super::NhsNumber;
use super::folding::{fold, words};
use super::nhs_number::BadNumber;

/// So many people are shown at most: who has more hits types more.
pub const SHOWN: usize = 12;

/// What was typed, understood. All parts must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    pub number: Option<TypedNumber>,
    pub birth: Option<TypedBirth>,
    /// The birth date as it was typed, to say what is wrong with it.
    pub birth_text: String,
    /// Folded beginnings of name words.
    pub names: Vec<String>,
    /// The same as they were typed.
    pub typed_names: Vec<String>,
}

/// A number on its way to being an NHS number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypedNumber {
    /// So many of its ten digits.
    Typing {
        digits: String,
    },
    Valid(NhsNumber),
    /// Ten digits whose last one does not fit: said while typing (NUM-0013). A record may hold it all the same.
    WrongCheckDigit {
        digits: String,
    },
    TooLong(usize),
}

/// A birth date, or the part of one that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypedBirth {
    Day(NaiveDate),
    Month(i32, u32),
    Year(i32),
    /// Looks like a date, and is none: 31/02/1945.
    Impossible,
}

/// Understands NHS numbers in any spacing, birth dates in the common forms, beginnings of names, and all of them
/// together: "smith 1945", "jane smith 14/7/45".
pub fn understand(typed: &str, now: DateTime<Utc>) -> Asked {
    let today = super::time::london(now).date();
    let typed = &plain(typed);
    let typed = typed.trim();
    if let Some(birth) = birth::whole(typed, today) {
        return Asked {
            birth: Some(birth),
            birth_text: typed.to_owned(),
            ..Asked::default()
        };
    }
    if let Some(number) = number(typed) {
        return Asked {
            number: Some(number),
            ..Asked::default()
        };
    }
    let mut asked = Asked::default();
    let mut rest: Vec<&str> = typed
        .split([' ', ',', ';', '\t', '\n', '\u{a0}'])
        .filter(|it| !it.is_empty())
        .collect();
    if let Some((birth, from, len)) = birth::within(&rest, today) {
        asked.birth = Some(birth);
        asked.birth_text = rest.drain(from..from + len).collect::<Vec<_>>().join(" ");
    }
    let (numeric, mut named): (Vec<&str>, Vec<&str>) =
        rest.into_iter().partition(|it| is_numeric(it));
    asked.number = number(&numeric.join(" "));
    // What a number or a date is called, where there is one.
    let is_said = |it: &&str, called: &[&str]| called.contains(&fold(it).as_str());
    if asked.number.is_some() && named.iter().any(|it| is_said(it, &["nhs"])) {
        named.retain(|it| !is_said(it, &["nhs", "no", "number", "num"]));
    }
    if asked.birth.is_some() {
        named.retain(|it| !is_said(it, &["born", "dob", "d o b"]));
    }
    // How somebody is addressed is no name, and not every record has it.
    if named
        .iter()
        .any(|it| !is_title(it) && !words(it).is_empty())
    {
        named.retain(|it| !is_title(it));
    }
    for it in named {
        let folded = words(it);
        if !folded.is_empty() {
            asked.typed_names.push(it.to_owned());
            asked.names.extend(folded);
        }
    }
    asked
}

/// Without marks that cannot be seen, which come along when something is pasted; brackets as gaps, `14\7\45` as a date.
fn plain(typed: &str) -> String {
    let is_seen = |it: &char| !matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let as_typed = |it| match it {
        '\\' => '/',
        '(' | ')' | '[' | ']' | ':' => ' ',
        other => other,
    };
    typed.chars().filter(is_seen).map(as_typed).collect()
}

impl Asked {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Worth asking the record for: a whole number, a day, or two letters of a name.
    pub fn is_searchable(&self) -> bool {
        matches!(self.number, Some(TypedNumber::Valid(_)))
            || matches!(self.birth, Some(TypedBirth::Day(_)))
            || self.names.iter().any(|it| it.chars().count() >= 2)
    }
}

fn is_numeric(word: &str) -> bool {
    word.chars().any(|it| it.is_ascii_digit()) && !word.chars().any(char::is_alphabetic)
}

fn number(typed: &str) -> Option<TypedNumber> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match NhsNumber::typed(typed) {
        Ok(number) => Some(TypedNumber::Valid(number)),
        Err(BadNumber::NotDigits) => None,
        Err(BadNumber::TooShort(_)) => Some(TypedNumber::Typing { digits }),
        Err(BadNumber::TooLong(len)) => Some(TypedNumber::TooLong(len)),
        Err(BadNumber::CheckDigit) => Some(TypedNumber::WrongCheckDigit { digits }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::now;

    fn day(year: i32, month: u32, day: u32) -> Option<TypedBirth> {
        NaiveDate::from_ymd_opt(year, month, day).map(TypedBirth::Day)
    }

    fn birth(typed: &str) -> Option<TypedBirth> {
        understand(typed, now()).birth
    }

    #[test]
    fn birth_dates_are_understood_in_the_common_forms() {
        for typed in [
            "14/07/1945",
            "14.7.45",
            "14-Jul-1945",
            "14 July 1945",
            "1945-07-14",
            "14071945",
            "14/7/45",
            "14th July 1945",
            "14-07-1945",
            "14 07 1945",
            "14 jul 45",
            "14jul1945",
            "July 14 1945",
        ] {
            assert_eq!(birth(typed), day(1945, 7, 14), "{typed}");
        }
        assert_eq!(
            birth("1/1/26"),
            day(2026, 1, 1),
            "two digits mean the past: this year's January has been"
        );
        assert_eq!(
            birth("24/12/26"),
            day(1926, 12, 24),
            "and this year's Christmas has not"
        );
        assert_eq!(
            birth("94347659"),
            None,
            "eight digits that are no date are the beginning of a number"
        );
        assert_eq!(birth("43121945"), None);
        assert_eq!(birth("1945"), Some(TypedBirth::Year(1945)));
        assert_eq!(birth("Jul 1945"), Some(TypedBirth::Month(1945, 7)));
        assert_eq!(birth("07/1945"), Some(TypedBirth::Month(1945, 7)));
        assert_eq!(birth("31/02/1945"), Some(TypedBirth::Impossible));
        assert_eq!(
            birth("14/07/2045"),
            Some(TypedBirth::Impossible),
            "nobody is born in the future"
        );
    }

    #[test]
    fn num_0013_a_wrong_check_digit_is_said_while_typing() {
        let number = |typed: &str| understand(typed, now()).number;
        assert_eq!(
            number("943 476 5919"),
            NhsNumber::received("9434765919").map(TypedNumber::Valid)
        );
        assert_eq!(
            number("943-476-5919"),
            NhsNumber::received("9434765919").map(TypedNumber::Valid)
        );
        assert_eq!(
            number("943 476"),
            Some(TypedNumber::Typing {
                digits: "943476".to_owned()
            })
        );
        assert_eq!(
            number("9434765918"),
            Some(TypedNumber::WrongCheckDigit {
                digits: "9434765918".to_owned()
            })
        );
        assert_eq!(number("94347659190"), Some(TypedNumber::TooLong(11)));
    }

    /// A word that was dropped would find everybody, and the months of a birth date are nobody's name.
    #[test]
    fn every_word_that_was_typed_is_asked_for_and_no_part_of_a_date_is() {
        let typed = |typed: &str| understand(typed, now()).typed_names;
        for word in ["smith1945", "smi8th", "Smith%20", "zzz9", "smith&_count=1"] {
            assert_eq!(typed(word), [word], "{word}");
        }
        assert_eq!(typed("smith2 jane"), ["smith2", "jane"]);
        assert_eq!(typed("O’Brien\tmaureen"), ["O’Brien", "maureen"]);
        for born in ["14 July 1945", "Jul 1945", "14th July 1945", "14jul1945"] {
            assert_eq!(typed(&format!("smith {born}")), ["smith"], "{born}");
            assert_eq!(typed(&format!("{born}, smith")), ["smith"], "{born}");
        }
    }

    #[test]
    fn what_is_pasted_along_is_no_name() {
        let number = NhsNumber::received("9434765919").map(TypedNumber::Valid);
        for typed in [
            "\u{202a}943 476 5919\u{202c}",
            "\u{feff}9434765919",
            "(943) 476 5919",
            "NHS No. 943 476 5919",
            "NHS number: 943 476 5919",
        ] {
            let asked = understand(typed, now());
            assert_eq!((&asked.number, asked.names.len()), (&number, 0), "{typed}");
        }
        for typed in ["DOB 14/07/1945", "born 14 July 1945", "14\\7\\45"] {
            let asked = understand(typed, now());
            assert_eq!(
                (asked.birth, asked.names.len()),
                (day(1945, 7, 14), 0),
                "{typed}"
            );
        }
        let banner = understand("SMITH, Jane (Mrs) 14-Jul-1945 943 476 5919", now());
        assert_eq!((banner.birth, &banner.number), (day(1945, 7, 14), &number));
        assert_eq!(banner.names, ["smith", "jane"]);
        assert_eq!(understand("mrs", now()).names, ["mrs"]);
        assert_eq!(understand("No Born", now()).names, ["no", "born"]);
    }

    #[test]
    fn names_dates_and_numbers_go_together() {
        let asked = understand("Jane O’Brien 14/7/45", now());
        assert_eq!(
            (asked.names.as_slice(), asked.birth),
            (
                ["jane".to_owned(), "obrien".to_owned()].as_slice(),
                day(1945, 7, 14)
            )
        );
        let asked = understand("smith 1945", now());
        assert_eq!(
            (asked.names.len(), asked.birth),
            (1, Some(TypedBirth::Year(1945)))
        );
        let asked = understand("smith, jane 943 476 5919", now());
        assert!(
            matches!(asked.number, Some(TypedNumber::Valid(_))) && asked.names == ["smith", "jane"]
        );
        let asked = understand("smith 14 july 1945", now());
        assert_eq!((asked.names.len(), asked.birth), (1, day(1945, 7, 14)));
        assert_eq!(
            understand("june may", now()).names,
            ["june", "may"],
            "months without a day or year are names"
        );
        assert!(understand("  ", now()).is_empty() && understand("?%&", now()).is_empty());
    }
}
