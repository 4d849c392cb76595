//! The rules of clinical-ux.md on dates and times, by id.

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
