//! Dates and times in words: `14-Jul-1945`, `21-Nov-2026 23:40`, always Greater Manchester's clock, whatever the
//! browser's locale. A date is shown as precise as it was given.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::name::clean;
use crate::domain::time::london;
use crate::domain::{Period, When};

/// What stands for a date nobody recorded.
pub const NOT_RECORDED: &str = "Not recorded";

/// `14-Jul-1945`.
pub fn day(day: NaiveDate) -> String {
    day.format("%d-%b-%Y").to_string()
}

/// `14:05` in London, from `00:00` to `23:59`.
pub fn time(at: DateTime<Utc>) -> String {
    london(at).format("%H:%M").to_string()
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
            |first| first.format("%b-%Y").to_string(),
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
mod tests {
    use super::*;

    fn at(raw: &str) -> DateTime<Utc> {
        raw.parse().unwrap()
    }

    fn date(raw: &str) -> NaiveDate {
        raw.parse().unwrap()
    }

    #[test]
    fn dta_0006_dates_are_dd_mmm_yyyy() {
        assert_eq!(day(date("1945-07-14")), "14-Jul-1945");
        assert_eq!(day(date("2026-02-03")), "03-Feb-2026", "two digits");
        assert_eq!(
            when(&When::parse("2026-11-21T23:40:00Z")),
            "21-Nov-2026 23:40"
        );
    }

    #[test]
    fn dta_0010_a_partial_date_is_shown_as_partial() {
        assert_eq!(when(&When::parse("1945")), "1945");
        assert_eq!(when(&When::parse("1945-07")), "Jul-1945");
        assert_eq!(when(&When::parse("about Easter")), "about Easter");
    }

    #[test]
    fn dta_0022_a_missing_date_is_a_word() {
        assert_eq!(born(None, date("2026-11-21")), "Not recorded");
        assert_eq!(day_or_not_recorded(None), "Not recorded");
        assert_eq!(period(&Period::default()), "Not recorded");
        assert_eq!(when(&When::parse(" ")), "Not recorded");
    }

    #[test]
    fn dtb_0001_times_are_of_24_hours() {
        assert_eq!(time(at("2026-11-21T14:05:09Z")), "14:05");
        assert_eq!(time(at("2026-07-01T14:05:09Z")), "15:05", "summer time");
    }

    #[test]
    fn dtb_0002_midnight_is_never_24_00() {
        assert_eq!(instant(at("2026-11-21T00:00:00Z")), "21-Nov-2026 00:00");
        assert_eq!(
            instant(at("2026-06-30T23:00:00Z")),
            "01-Jul-2026 00:00",
            "the day is London's too"
        );
    }

    #[test]
    fn pli_098_as_at_says_the_day_when_it_is_not_today() {
        let now = at("2026-11-21T14:06:00Z");
        assert_eq!(as_at(at("2026-11-21T14:05:00Z"), now), "as at 14:05");
        assert_eq!(
            as_at(at("2026-11-20T23:40:00Z"), now),
            "as at 20-Nov-2026 23:40"
        );
    }

    #[test]
    fn how_long_ago_in_words() {
        let now = at("2026-11-21T14:00:00Z");
        for (raw, words) in [
            ("2026-11-21T13:59:30Z", "just now"),
            ("2026-11-21T13:48:00Z", "12 min ago"),
            ("2026-11-21T12:00:00Z", "2 h ago"),
            ("2026-11-20T23:40:00Z", "yesterday 23:40"),
            ("2026-11-19T23:40:00Z", "19-Nov-2026 23:40"),
            ("2026-11-21T16:20:00Z", "today 16:20"),
            ("2026-11-22T10:20:00Z", "tomorrow 10:20"),
        ] {
            assert_eq!(relative(&When::parse(raw), now), words);
        }
        assert_eq!(relative(&When::parse("2026-11-21"), now), "today");
        assert_eq!(relative(&When::parse("2026-11"), now), "Nov-2026");
    }

    #[test]
    fn a_period_says_which_ends_are_known() {
        let of = |start: Option<&str>, end: Option<&str>| {
            period(&Period {
                start: start.map(When::parse),
                end: end.map(When::parse),
            })
        };
        assert_eq!(
            of(Some("2026-01-01"), Some("2026-01-03")),
            "from 01-Jan-2026 to 03-Jan-2026"
        );
        assert_eq!(of(Some("2026"), None), "from 2026");
        assert_eq!(of(None, Some("2026-01-03")), "until 03-Jan-2026");
        assert_eq!(
            of(Some("2026-01-03"), Some("2026-01-03T10:00:00Z")),
            "03-Jan-2026"
        );
    }

    #[test]
    fn pab_0050_the_age_stands_behind_the_birth_date() {
        let today = date("2026-11-21");
        let of = |raw: &str| born(Some(&When::parse(raw)), today);
        assert_eq!(of("1945-07-14"), "14-Jul-1945 (81y)");
        assert_eq!(
            of("1945-11-22"),
            "22-Nov-1945 (80y)",
            "tomorrow is the birthday"
        );
        assert_eq!(of("2025-09-14"), "14-Sep-2025 (14m)");
        assert_eq!(of("1945"), "1945 (80–81y)", "a year alone leaves it open");
        assert_eq!(of("1945-07"), "Jul-1945 (81y)");
        assert_eq!(of("2027-01-01"), "01-Jan-2027", "no age before birth");
        assert_eq!(of("1940s"), "1940s");
    }
}
