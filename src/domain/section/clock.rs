//! A time of day, and a moment, as people type them.

use chrono::{NaiveTime, Timelike};

use super::day;
use crate::domain::When;
use crate::domain::time::{at_london, london};

/// `14:05`, with seconds where there are any; [`read`] reads it.
pub fn write(it: NaiveTime) -> String {
    let short = format!("{:02}:{:02}", it.hour(), it.minute());
    match it.second() {
        0 => short,
        seconds => format!("{short}:{seconds:02}"),
    }
}

/// Reads `14:05`, `9.05` and `14:05:30`; 24 hours. `None` for anything else.
pub fn read(typed: &str) -> Option<NaiveTime> {
    let mut parts = typed.trim().split([':', '.']);
    let number = |it: &str| {
        let fits = (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        fits.then(|| it.parse::<u32>().ok()).flatten()
    };
    let (hour, minute) = (number(parts.next()?)?, parts.next()?);
    let second = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() || minute.len() != 2 {
        return None;
    }
    NaiveTime::from_hms_opt(hour, number(minute)?, second)
}

/// A day, or a day with a time on the clock in London; [`read_moment`] reads it. Blank for what is neither.
pub fn write_moment(it: &When) -> String {
    match it {
        When::Day(it) => day::write(*it),
        When::At(at) => {
            let wall = london(*at);
            format!("{} {}", day::write(wall.date()), write(wall.time()))
        }
        When::Year(_) | When::Month(..) | When::Text(_) => String::new(),
    }
}

/// Reads a day as [`day`] does, and one with a time behind it. `None` for anything else, and for the hour that there is
/// not when summer time begins.
pub fn read_moment(typed: &str) -> Option<When> {
    let typed = typed.trim();
    if let Some(day) = day::read(typed) {
        return Some(When::Day(day));
    }
    let (day, time) = typed.rsplit_once([' ', ','])?;
    let wall = day::read(day)?.and_time(read(time)?);
    at_london(wall).map(When::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (typed, read_as) in [
            ("14:05", "14:05"),
            (" 9.05", "09:05"),
            ("00:00", "00:00"),
            ("23:59:30", "23:59:30"),
        ] {
            assert_eq!(read(typed).map(write).as_deref(), Some(read_as), "{typed}");
        }
        for typed in [
            "",
            "14",
            "24:00",
            "14:5",
            "14:60",
            "2 pm",
            "1:02:03:04",
            "+1:00",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_moment_is_a_day_or_a_day_with_a_time_in_london() {
        let said = |typed: &str| read_moment(typed).map(|it| write_moment(&it));
        assert_eq!(said("12/3/2026").as_deref(), Some("12-Mar-2026"));
        assert_eq!(said("12 3 2026 9:05").as_deref(), Some("12-Mar-2026 09:05"));
        let summer = read_moment("1-Jul-2026, 14:05");
        assert_eq!(summer, Some(When::parse("2026-07-01T13:05:00Z")));
        assert_eq!(said("29-Mar-2026 01:30"), None, "the clocks go forward");
        for typed in ["", "soon", "12/3/2026 25:00", "14:05", "12/3 14:05"] {
            assert_eq!(read_moment(typed), None, "{typed}");
        }
    }
}
