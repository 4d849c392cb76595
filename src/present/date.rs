//! Dates and times in words: `14-Jul-1945`, `21-Nov-2026 23:40`, always Greater Manchester's clock, whatever the
//! browser's locale. A date is shown as precise as it was given.

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};

use super::name::clean;
use crate::domain::time::{day_words, london, month_name};
use crate::domain::{Period, When};

/// What stands for a date nobody recorded.
pub const NOT_RECORDED: &str = "Not recorded";

/// `14-Jul-1945`.
pub fn day(day: NaiveDate) -> String {
    day_words(day)
}

/// `14:05` in London, from `00:00` to `23:59`.
pub fn time(at: DateTime<Utc>) -> String {
    let at = london(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `14:05:31` in London.
pub fn clock_to_the_second(at: DateTime<Utc>) -> String {
    format!("{}:{:02}", time(at), at.second())
}

/// `21-Nov-2026 23:40` in London.
pub fn instant(at: DateTime<Utc>) -> String {
    format!("{} {}", day(london(at).date()), time(at))
}

/// As precise as it was given: `1945`, `Jul-1945`, `14-Jul-1945`, `21-Nov-2026 23:40`; text as it is.
pub fn when(it: &When) -> String {
    match it {
        When::At(at) => instant(*at),
        other => when_day(other),
    }
}

/// The day only, where the time does not matter.
pub fn when_day(it: &When) -> String {
    match it {
        When::Year(year) => format!("{year:04}"),
        When::Month(year, month) => NaiveDate::from_ymd_opt(*year, *month, 1).map_or_else(
            || format!("{year:04}-{month:02}"),
            |first| format!("{}-{year:04}", month_name(first.month())),
        ),
        When::Day(it) => day(*it),
        When::At(at) => day(london(*at).date()),
        When::Text(text) => match clean(text).trim() {
            "" => NOT_RECORDED.to_owned(),
            text => text.to_owned(),
        },
    }
}

/// The day of something that may be missing.
pub fn day_or_not_recorded(it: Option<&When>) -> String {
    it.map_or_else(|| NOT_RECORDED.to_owned(), when_day)
}

/// `14:05`, with the day before it when that is not today.
pub fn clock(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if london(at).date() == london(now).date() {
        time(at)
    } else {
        instant(at)
    }
}

/// `as at 14:05`, with the day when it is not today.
pub fn as_at(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("as at {}", clock(at, now))
}

/// `just now`, `12 min ago`, `2 h ago`, `yesterday 23:40`, then the full date and time. What is to come is
/// `today 16:20`, `tomorrow 10:20`, then the full date and time.
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - at).num_seconds();
    let (that_day, today) = (london(at).date(), london(now).date());
    if seconds.abs() < 60 {
        return "just now".to_owned();
    }
    if (0..3600).contains(&seconds) {
        return format!("{} min ago", seconds / 60);
    }
    if that_day == today && seconds > 0 {
        return format!("{} h ago", seconds / 3600);
    }
    match near(that_day, today) {
        Some(word) => format!("{word} {}", time(at)),
        None => instant(at),
    }
}

/// `today`, `yesterday` or `tomorrow` for a day, [`ago`] for an instant, else the date as it was given.
pub fn relative(it: &When, now: DateTime<Utc>) -> String {
    match it {
        When::At(at) => ago(*at, now),
        When::Day(that) => {
            near(*that, london(now).date()).map_or_else(|| day(*that), str::to_owned)
        }
        other => when(other),
    }
}

fn near(that: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    let one = Days::new(1);
    if that == today {
        Some("today")
    } else if today.checked_sub_days(one) == Some(that) {
        Some("yesterday")
    } else if today.checked_add_days(one) == Some(that) {
        Some("tomorrow")
    } else {
        None
    }
}

/// `from 01-Jan-2026 to 03-Jan-2026`, `from 01-Jan-2026`, `until 03-Jan-2026`, one day alone; `Not recorded`.
pub fn period(it: &Period) -> String {
    match (
        it.start.as_ref().map(when_day),
        it.end.as_ref().map(when_day),
    ) {
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => format!("from {start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => NOT_RECORDED.to_owned(),
    }
}

/// `since 03-May-2026`, or `from 03-May-2027` for what has not begun. `None` without a start.
pub fn since(it: &Period, now: DateTime<Utc>) -> Option<String> {
    let start = it.start.as_ref()?;
    let to_come = start
        .first_day()
        .is_some_and(|day| day > london(now).date());
    let word = if to_come { "from" } else { "since" };
    Some(format!("{word} {}", when_day(start)))
}

/// `81y`, and `14m` under two years; `80–81y` where the birth date leaves it open. `None` when it cannot be told.
pub fn age(birth: &When, on: NaiveDate) -> Option<String> {
    let oldest = months(birth.first_day()?, on)?;
    let youngest = birth
        .last_day()
        .and_then(|last| months(last, on))
        .unwrap_or(0);
    if oldest >= 24 || youngest != oldest {
        let (low, high) = (youngest / 12, oldest / 12);
        return Some(if low == high {
            format!("{high}y")
        } else {
            format!("{low}–{high}y")
        });
    }
    Some(format!("{oldest}m"))
}

fn months(born: NaiveDate, on: NaiveDate) -> Option<u32> {
    let years = on.year() - born.year();
    let months = i32::try_from(on.month()).ok()? - i32::try_from(born.month()).ok()?;
    let before_the_day = i32::from(on.day() < born.day());
    u32::try_from(years * 12 + months - before_the_day).ok()
}

/// `14-Jul-1945 (81y)`; `Not recorded` when it is missing.
pub fn born(birth: Option<&When>, today: NaiveDate) -> String {
    let Some(birth) = birth else {
        return NOT_RECORDED.to_owned();
    };
    let date = when_day(birth);
    age(birth, today).map_or_else(|| date.clone(), |age| format!("{date} ({age})"))
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
