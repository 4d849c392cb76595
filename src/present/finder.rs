//! What the finder says: who was found, what was searched, what is wrong with what was typed.

mod tidy;

use chrono::{DateTime, Utc};

pub use tidy::tidy;

use super::{date, nhs_number, problem};
use crate::domain::finder::{Asked, SHOWN, TypedBirth, TypedNumber};
use crate::domain::patient::Deceased;
use crate::domain::time::london;
use crate::domain::{Patient, When};
use crate::state::Remote;

/// "Born 14-Jul-1945 (81y) · 999 012 3456": a person is never told by the name or number alone.
pub fn detail(patient: &Patient, now: DateTime<Utc>) -> String {
    let mut parts = vec![born(patient, now)];
    match &patient.deceased {
        Some(Deceased::On(at)) => parts.push(format!("Died {}", date::when_day(at))),
        Some(Deceased::Yes) => parts.push("Died, date not recorded".to_owned()),
        None => {}
    }
    parts.push(match patient.number().map(|it| &it.number) {
        None => "No NHS number".to_owned(),
        Some(it) if it.is_valid() => nhs_number::spaced(it),
        Some(it) => format!("{} (fails its check)", nhs_number::spaced(it)),
    });
    parts.join(" · ")
}

fn born(patient: &Patient, now: DateTime<Utc>) -> String {
    let Some(birth) = &patient.birth else {
        return "Birth date not recorded".to_owned();
    };
    let on = match &patient.deceased {
        None => Some(london(now).date()),
        Some(Deceased::On(at)) => at.first_day(),
        Some(Deceased::Yes) => None,
    };
    let age = on.and_then(|on| date::age(birth, on));
    let day = date::when_day(birth);
    age.map_or_else(
        || format!("Born {day}"),
        |age| format!("Born {day} ({age})"),
    )
}

/// What is wrong with what was typed; empty when nothing is. A number that is still being typed is not wrong.
pub fn validation(asked: &Asked) -> String {
    if asked.birth == Some(TypedBirth::Impossible) {
        return format!("{} is not a date of birth", asked.birth_text);
    }
    match &asked.number {
        Some(TypedNumber::WrongCheckDigit { digits }) => {
            let number = grouped(digits);
            format!("The check digit is wrong: {number} is not an NHS number")
        }
        Some(TypedNumber::TooLong(len)) => {
            format!("An NHS number has 10 digits, this has {len}")
        }
        _ => String::new(),
    }
}

/// How many people, or what was searched. Who was not searched is always said.
pub fn status<T>(
    asked: &Asked,
    shown: usize,
    record: &Remote<T>,
    is_cut: bool,
    shared_name: &str,
    now: DateTime<Utc>,
) -> String {
    if asked.is_empty() || asked.birth == Some(TypedBirth::Impossible) {
        return String::new();
    }
    let here = || match shown {
        0 => "Nobody on this list".to_owned(),
        shown => format!("{} on this list", people(shown)),
    };
    match record {
        Remote::Idle => format!("{}. {}", here(), more(asked, shared_name)),
        Remote::Loading | Remote::Refreshing(_) if shown == 0 => {
            format!("Searching the {shared_name}…")
        }
        Remote::Loading | Remote::Refreshing(_) => {
            format!("{}. Searching the {shared_name}…", people(shown))
        }
        Remote::Ready(_) if shown == 0 => format!(
            "Nobody found. Searched {}, here and in the {shared_name}",
            searched(asked)
        ),
        Remote::Ready(_) if is_cut && shown < SHOWN => {
            format!(
                "{}; there may be more, type more to find them",
                people(shown)
            )
        }
        Remote::Ready(_) => people(shown),
        Remote::Stale(_, failing) | Remote::Failed(failing) => {
            let why = problem::short_since(&failing.why, failing.since, now);
            format!(
                "{}. The {shared_name} cannot be searched now ({why}); only people on this list were searched",
                here()
            )
        }
    }
}

fn more(asked: &Asked, shared_name: &str) -> String {
    match asked.number {
        Some(TypedNumber::Typing { .. }) if asked.names.is_empty() => {
            format!("The {shared_name} is searched when all 10 digits are there")
        }
        _ => format!("Type more to search the {shared_name}"),
    }
}

fn people(shown: usize) -> String {
    match shown {
        1 => "1 person".to_owned(),
        shown if shown >= SHOWN => format!("The first {shown} people; type more to find others"),
        shown => format!("{shown} people"),
    }
}

/// "names beginning with “smyth” born 1945".
fn searched(asked: &Asked) -> String {
    let mut parts = Vec::new();
    if !asked.names.is_empty() {
        let quoted: Vec<String> = asked.names.iter().map(|it| format!("“{it}”")).collect();
        parts.push(format!("names beginning with {}", quoted.join(" and ")));
    }
    let month = |year, month| date::when_day(&When::Month(year, month));
    match asked.birth {
        Some(TypedBirth::Day(day)) => parts.push(format!("born {}", date::day(day))),
        Some(TypedBirth::Month(year, it)) => parts.push(format!("born {}", month(year, it))),
        Some(TypedBirth::Year(year)) => parts.push(format!("born {year}")),
        Some(TypedBirth::Impossible) | None => {}
    }
    match &asked.number {
        Some(TypedNumber::Valid(it)) => {
            parts.push(format!("NHS number {}", nhs_number::spaced(it)));
        }
        Some(TypedNumber::WrongCheckDigit { digits } | TypedNumber::Typing { digits }) => {
            parts.push(format!("number {}", grouped(digits)));
        }
        Some(TypedNumber::TooLong(_)) | None => {}
    }
    parts.join(" ")
}

/// 3-3-4 with single spaces that do not break; what has not ten digits stays as it is.
fn grouped(number: &str) -> String {
    tidy::grouped(number).unwrap_or_else(|| number.to_owned())
}

#[cfg(test)]
mod tests;
