//! One appointment as a file for a calendar (iCalendar, RFC 5545). The file leaves this page: it says when, where and
//! with which clinic, never who the person is or why.

use chrono::{DateTime, TimeDelta, Utc};

use super::appointment;
use super::name::clean;
use crate::domain::When;
use crate::domain::appointment::{Appointment, AppointmentStatus};
use crate::domain::{Coded, time};

/// Where no end is given.
const USUAL: TimeDelta = TimeDelta::minutes(30);
/// Octets in a line, its break not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// The file, or `None` for one without a date. `source` is the organisation's name.
pub fn file(it: &Appointment, source: &str, now: DateTime<Utc>) -> Option<String> {
    let (from, until) = span(it)?;
    let words = appointment::words(it, now);
    let place = words
        .place
        .map_or_else(|| clean(source), |it| format!("{it}, {}", clean(source)));
    let is_sure = matches!(
        it.status,
        Some(Coded::Known(
            AppointmentStatus::Booked | AppointmentStatus::Arrived | AppointmentStatus::CheckedIn
        ))
    );
    let origin = &it.origin;
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Alongside//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!(
            "UID:{}",
            text(&format!(
                "{}@{}",
                origin.resource.id,
                origin.source.as_str()
            ))
        ),
        format!("DTSTAMP:{}", instant(now)),
        from,
        until,
        format!("SUMMARY:{}", text(&words.what)),
        format!("LOCATION:{}", text(&place)),
        format!("STATUS:{}", if is_sure { "CONFIRMED" } else { "TENTATIVE" }),
        "CLASS:PRIVATE".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Some(lines.iter().map(|it| folded(it)).collect())
}

/// From when, and until when, the end not among it; of a whole day the first day that is none of it any more (3.6.1).
fn span(it: &Appointment) -> Option<(String, String)> {
    let start = it.start.as_ref()?;
    Some(match start {
        When::At(at) => {
            let end = match &it.end {
                Some(When::At(end)) if end > at => *end,
                // Until some time of another day: all of it.
                Some(When::Day(last)) if *last > time::london(*at).date() => {
                    time::start_of_day(last.succ_opt()?)?
                }
                _ => *at + USUAL,
            };
            (
                format!("DTSTART:{}", instant(*at)),
                format!("DTEND:{}", instant(end)),
            )
        }
        When::Day(on) => {
            let day =
                |name, it: chrono::NaiveDate| format!("{name};VALUE=DATE:{}", it.format("%Y%m%d"));
            let last = match &it.end {
                Some(end @ (When::Day(_) | When::At(_))) => end.last_day(),
                _ => None,
            };
            let last = last.filter(|it| it > on).unwrap_or(*on);
            (day("DTSTART", *on), day("DTEND", last.succ_opt()?))
        }
        // Nobody is booked for a whole month.
        When::Month(..) | When::Year(_) | When::Text(_) => return None,
    })
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT (3.3.11): what separates is escaped.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for letter in clean(raw).chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            it if it.is_control() => {}
            it => out.push(it),
        }
    }
    out
}

/// A content line (3.1): folded between letters, ended with CRLF.
fn folded(line: &str) -> String {
    let (mut out, mut used) = (String::with_capacity(line.len() + 4), 0);
    for letter in line.chars() {
        if used + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(letter);
        used += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

/// Days of the week that begins with this Monday's: the Monday on or before `day`.
pub fn monday(day: chrono::NaiveDate) -> chrono::NaiveDate {
    use chrono::Datelike;
    let past = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(chrono::Days::new(past)).unwrap_or(day)
}

/// "Today, Sun 22-Nov-2026", "Tomorrow, Mon 23-Nov-2026", "Thu 03-Dec-2026": with its date, for it may be printed; "Date not
/// fixed yet".
pub fn heading(start: Option<&When>, now: DateTime<Utc>) -> String {
    let day = match start {
        Some(loose @ (When::Month(..) | When::Year(_))) => {
            return format!("{}, day not fixed yet", super::date::when_day(loose));
        }
        other => other.and_then(When::first_day),
    };
    let Some(day) = day else {
        return "Date not fixed yet".to_owned();
    };
    let today = time::london(now).date();
    if day == today {
        format!("Today, {}", weekday(day))
    } else if today.succ_opt() == Some(day) {
        format!("Tomorrow, {}", weekday(day))
    } else {
        weekday(day)
    }
}

/// "Thu 03-Dec-2026".
pub fn weekday(day: chrono::NaiveDate) -> String {
    format!("{} {}", day.format("%a"), super::date::day(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Concept;
    use crate::domain::sample::{appointment, now};

    #[test]
    fn a_file_says_when_and_where_and_nothing_about_the_person() {
        let mut it = appointment("rm2", "2026-12-03T10:20:00Z");
        it.end = Some(When::parse("2026-12-03T10:40:00Z"));
        it.status = Some(Coded::Known(AppointmentStatus::Booked));
        it.service = Some(Concept::from_text("Heart failure; ward 3, desk\\1"));
        it.reasons = vec![Concept::from_text("Heart failure")];
        it.patient_instruction = Some("Bring Jane’s tablets".to_owned());
        let file = file(&it, "South\r\nManchester", now()).unwrap();
        for line in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "DTSTART:20261203T102000Z\r\n",
            "DTEND:20261203T104000Z\r\n",
            "SUMMARY:Heart failure\\; ward 3\\, desk\\\\1\r\n",
            "STATUS:CONFIRMED\r\n",
            "END:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(file.contains(line), "{line} is not in {file}");
        }
        assert!(!file.contains("Jane") && !file.contains("DESCRIPTION"));
        assert_eq!(file.matches("LOCATION").count(), 1);
        assert!(
            file.lines().all(|it| !it.starts_with("Manchester")),
            "a name breaks no line"
        );
    }

    #[test]
    fn a_day_without_a_time_is_a_whole_day_and_no_date_is_no_file() {
        let mut it = appointment("rm2", "2026-12-31");
        it.end = None;
        let whole = file(&it, "rm2", now()).unwrap();
        assert!(whole.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        for start in [
            None,
            Some(When::parse("2026-12")),
            Some(When::parse("2027")),
        ] {
            it.start = start;
            assert_eq!(file(&it, "rm2", now()), None);
        }
    }

    #[test]
    fn the_last_day_is_all_in_it_and_none_after_it() {
        let until = |start: &str, end: &str| {
            let mut it = appointment("rm2", start);
            it.end = Some(When::parse(end));
            let file = file(&it, "rm2", now()).unwrap();
            let end = file.lines().find(|it| it.starts_with("DTEND"));
            end.unwrap().to_owned()
        };
        for (end, said) in [
            ("2026-12-05", "DTEND;VALUE=DATE:20261206"),
            ("2026-12-03", "DTEND;VALUE=DATE:20261204"),
            ("2026-12-31", "DTEND;VALUE=DATE:20270101"),
            ("2026-12-05T16:00:00Z", "DTEND;VALUE=DATE:20261206"),
            // Before it begins, or nobody knows on which day.
            ("2026-12-01", "DTEND;VALUE=DATE:20261204"),
            ("2026-12", "DTEND;VALUE=DATE:20261204"),
        ] {
            assert_eq!(until("2026-12-03", end), said, "{end}");
        }
        let from = "2026-07-03T10:20:00Z";
        assert_eq!(until(from, "2026-07-05"), "DTEND:20260705T230000Z");
        assert_eq!(until(from, "2026-07-03"), "DTEND:20260703T105000Z");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut it = appointment("rm2", "2026-12-03T10:20:00Z");
        it.service = Some(Concept::from_text(&"é".repeat(200)));
        let file = file(&it, "rm2", now()).unwrap();
        assert!(file.split("\r\n").all(|it| it.len() <= LINE));
        assert!(file.replace("\r\n ", "").contains(&"é".repeat(200)));
    }

    #[test]
    fn weeks_begin_on_monday_and_days_are_named() {
        let day = |it: &str| it.parse::<chrono::NaiveDate>().unwrap();
        assert_eq!(monday(day("2026-11-22")), day("2026-11-16"));
        assert_eq!(monday(day("2026-11-23")), day("2026-11-23"));
        let now = "2026-11-22T23:30:00Z".parse().unwrap();
        let said = |it: &str| heading(Some(&When::parse(it)), now);
        assert_eq!(said("2026-11-22"), "Today, Sun 22-Nov-2026");
        assert_eq!(said("2026-11-23T09:00:00Z"), "Tomorrow, Mon 23-Nov-2026");
        assert_eq!(said("2026-12-03"), "Thu 03-Dec-2026");
        assert_eq!(heading(None, now), "Date not fixed yet");
    }
}
