//! A day as people type it.

use chrono::NaiveDate;

use crate::domain::time::{day_words, month_of};

/// `12-Mar-2027`, which [`read`] reads.
pub fn write(day: NaiveDate) -> String {
    day_words(day)
}

/// Reads `12-Mar-2027`, `12 March 2027`, `12/3/2027`, `12.3.2027` and `2027-03-12`. The day comes first, as in Britain;
/// a year has four digits. `None` for anything else, and for days that do not exist.
pub fn read(typed: &str) -> Option<NaiveDate> {
    let mut parts = typed
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty());
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (day, year) = if first.len() == 4 {
        (last, first)
    } else {
        (first, last)
    };
    if year.len() != 4 || day.len() > 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, self::month(month)?, day.parse().ok()?)
}

fn month(typed: &str) -> Option<u32> {
    match typed.parse() {
        Ok(number) => (typed.len() <= 2).then_some(number),
        Err(_) => month_of(&typed.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 12).unwrap_or_default();
        for typed in [
            "12-Mar-2027",
            "12 march 2027",
            " 12/3/2027",
            "12.03.2027",
            "2027-03-12",
        ] {
            assert_eq!(read(typed), Some(day), "{typed}");
        }
        assert_eq!(read(&write(day)), Some(day));
        for typed in [
            "",
            "12",
            "12/3",
            "12/3/27",
            "30/2/2027",
            "12 ma 2027",
            "3/12/2027/1",
            "12/003/2027",
            "1212/3/2027",
            "tomorrow",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
