//! When it was and how long it lasted.

use chrono::{DateTime, Utc};

use super::Standing;
use crate::domain::time::london;
use crate::domain::{Period, When};
use crate::present::date;
use crate::present::words::count;

/// `from 18-Nov-2026 10:05 to 21-Nov-2026 14:00`; the day once when it is the same.
pub fn span(it: &Period) -> String {
    match (&it.start, &it.end) {
        (Some(start @ When::At(from)), Some(When::At(to)))
            if london(*from).date() == london(*to).date() =>
        {
            format!("{} to {}", date::when(start), date::time(*to))
        }
        (Some(start), Some(end)) if start == end => date::when(start),
        (Some(start), Some(end)) => format!("from {} to {}", date::when(start), date::when(end)),
        (Some(start), None) => date::when(start),
        (None, Some(end)) => format!("until {}", date::when(end)),
        (None, None) => date::NOT_RECORDED.to_owned(),
    }
}

/// `5 h` below a day, then nights: `3 days`; what goes on is `2 days so far`.
pub(super) fn length(period: &Period, standing: Standing, now: DateTime<Utc>) -> Option<String> {
    // The end of what goes on is an expected one.
    let end = period.end.as_ref().filter(|_| standing != Standing::Now);
    let text = match (period.start.as_ref()?, end) {
        (When::At(from), Some(When::At(to))) => lasted(*from, *to)?,
        (When::At(from), None) if standing == Standing::Now => {
            format!("{} so far", lasted(*from, now)?)
        }
        (from, end) => {
            let last = match end {
                Some(When::Day(_) | When::At(_)) => end?.last_day()?,
                None if standing == Standing::Now => london(now).date(),
                _ => return None,
            };
            let (When::Day(_) | When::At(_)) = from else {
                return None;
            };
            let days = (last - from.first_day()?).num_days();
            let so_far = if end.is_none() { " so far" } else { "" };
            match days {
                ..0 => return None,
                0 => format!("less than a day{so_far}"),
                days => format!("{}{so_far}", count(days, "day", "days")),
            }
        }
    };
    Some(text)
}

/// `15 min`, `5 h`, `3 days`.
pub fn lasted(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    let minutes = (to - from).num_minutes();
    Some(match minutes {
        ..0 => return None,
        0..60 => format!("{minutes} min"),
        60..1440 => format!("{} h", minutes / 60),
        _ => count(
            (london(to).date() - london(from).date()).num_days(),
            "day",
            "days",
        ),
    })
}
