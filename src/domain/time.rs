//! Dates as precise as they were given, and Greater Manchester's clock.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

/// A FHIR date, dateTime or instant: <https://hl7.org/fhir/R4/datatypes.html#dateTime>. Only full instants are
/// points in time; `2014` stays `2014`. What cannot be read is kept as text and shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    Year(i32),
    Month(i32, u32),
    Day(NaiveDate),
    At(DateTime<Utc>),
    Text(String),
}

impl When {
    pub fn parse(raw: &str) -> Self {
        Self::read(raw.trim()).unwrap_or_else(|| Self::Text(raw.to_owned()))
    }

    fn read(raw: &str) -> Option<Self> {
        if raw.contains('T') {
            return DateTime::parse_from_rfc3339(raw)
                .ok()
                .map(|at| Self::At(at.with_timezone(&Utc)));
        }
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let mut parts = raw.split('-');
        let year = i32::try_from(digits(parts.next()?, 4)?).ok()?;
        let month = parts.next().map(|it| digits(it, 2));
        let day = parts.next().map(|it| digits(it, 2));
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (None, _) => Some(Self::Year(year)),
            (Some(month), None) => month
                .filter(|it| (1..=12).contains(it))
                .map(|it| Self::Month(year, it)),
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month?, day?).map(Self::Day),
        }
    }

    /// The first moment it can mean, for ordering. `None` for text.
    pub fn earliest(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(*at),
            _ => self.first_day().and_then(start_of_day),
        }
    }

    /// The day in Europe/London, or the first day of a year or month. `None` for text.
    pub fn first_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(*year, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(*year, *month, 1),
            Self::Day(day) => Some(*day),
            Self::At(at) => Some(london(*at).date()),
            Self::Text(_) => None,
        }
    }

    /// The last day it can mean: a plan due in `2026-11` is overdue in December.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) | Self::Month(year, 12) => NaiveDate::from_ymd_opt(*year, 12, 31),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(*year, month + 1, 1)?.pred_opt(),
            _ => self.first_day(),
        }
    }
}

/// From when until when. An open end means "still".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    pub start: Option<When>,
    pub end: Option<When>,
}

impl Period {
    /// Whether it has begun and not ended at `now`. Without a start it has begun.
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        let today = london(now).date();
        let begun = self
            .start
            .as_ref()
            .and_then(When::first_day)
            .is_none_or(|day| day <= today);
        begun && !self.ended(now)
    }

    pub fn ended(&self, now: DateTime<Utc>) -> bool {
        match &self.end {
            Some(When::At(at)) => *at <= now,
            Some(other) => other.last_day().is_some_and(|day| day < london(now).date()),
            None => false,
        }
    }
}

/// The wall clock in Europe/London: UTC, and an hour more from the last Sunday of March, 01:00 UTC, to the last
/// Sunday of October, 01:00 UTC (the rule since 1996; Summer Time Order 2002).
pub fn london(at: DateTime<Utc>) -> NaiveDateTime {
    let wall = at.naive_utc();
    let summer = match (last_sunday(wall.year(), 3), last_sunday(wall.year(), 10)) {
        (Some(from), Some(to)) => (from..to).contains(&wall),
        _ => false,
    };
    if summer {
        wall + TimeDelta::hours(1)
    } else {
        wall
    }
}

/// Midnight in London at the start of a day, as an instant.
pub fn start_of_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?.and_utc();
    let offset = london(midnight) - midnight.naive_utc();
    Some(midnight - offset)
}

/// The instant at which the clock in London says this. `None` for the hour that is left out in spring; of the hour that
/// there is twice in autumn, the second.
pub fn at_london(wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    let guess = wall.and_utc();
    let all = [guess, guess - TimeDelta::hours(1)];
    all.into_iter().find(|it| london(*it) == wall)
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDateTime> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let back = u64::from(last.weekday().num_days_from_sunday());
    last.checked_sub_days(Days::new(back))?.and_hms_opt(1, 0, 0)
}

/// Full years between a birth date and a day, as precise as the birth date allows (a year alone gives the age
/// reached in that year). `None` when it cannot be told or lies in the future.
pub fn age_on(birth: &When, day: NaiveDate) -> Option<u32> {
    let born = birth.first_day()?;
    let years = day.year() - born.year();
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before_birthday)).ok()
}

/// `14-Jul-1945`.
pub fn day_words(day: NaiveDate) -> String {
    format!(
        "{:02}-{}-{:04}",
        day.day(),
        month_name(day.month()),
        day.year()
    )
}

/// As precise as it was given: `1945`, `Jul-1945`, `14-Jul-1945`, `21-Nov-2026 23:40` in London. `None` for text.
pub fn when_words(it: &When) -> Option<String> {
    Some(match it {
        When::Year(year) => format!("{year:04}"),
        When::Month(year, month) => format!("{}-{year:04}", month_name(*month)),
        When::Day(day) => day_words(*day),
        When::At(at) => {
            let at = london(*at);
            let day = day_words(at.date());
            format!("{day} {:02}:{:02}", at.hour(), at.minute())
        }
        When::Text(_) => return None,
    })
}

/// `Jul`: chrono's formatting by pattern is as many bytes as a panel.
pub fn month_name(nth: u32) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let at = usize::try_from(nth).unwrap_or_default().saturating_sub(1);
    MONTHS.get(at).copied().unwrap_or_default()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of a word in small letters, at least three of them.
pub fn month_of(word: &str) -> Option<u32> {
    let at = MONTHS
        .iter()
        .position(|it| word.len() >= 3 && it.starts_with(word))?;
    u32::try_from(at + 1).ok()
}
