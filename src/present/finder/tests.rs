//! Rules of the guides by id, and that the finder never hides what it did not search.

use super::*;
use crate::domain::finder::understand;
use crate::domain::sample::{now, patient, time};
use crate::state::{Problem, Seen};

fn asked(typed: &str) -> Asked {
    understand(typed, now())
}

fn ready() -> Remote<()> {
    Remote::Ready(Seen {
        value: (),
        at: now(),
    })
}

fn says(typed: &str, shown: usize, record: &Remote<()>) -> String {
    status(&asked(typed), shown, record, false, "Shared record", now())
}

#[test]
fn num_0001_a_number_is_shown_in_groups_of_three_three_and_four() {
    let jane = patient("shared", "9434765919", "Smith", "Jane", "1945-07-14");
    assert_eq!(
        detail(&jane, now()),
        "Born 14-Jul-1945 (81y) · 943 476 5919"
    );
}

#[test]
fn num_0010_a_number_takes_its_shape_while_it_is_typed() {
    for (typed, shaped) in [
        ("943", "943"),
        ("9434", "943 4"),
        ("943476", "943 476"),
        ("943 4765", "943 476 5"),
        ("943 476 ", "943 476"),
        ("94347659", "943 476 59"),
        ("9434765919", "943 476 5919"),
        ("943-476-5919", "943 476 5919"),
        ("94 34 76 59 19", "943 476 5919"),
        ("943\u{a0}476\u{2011}5919", "943 476 5919"),
    ] {
        assert_eq!(tidy(typed), shaped, "{typed:?}");
    }
}

#[test]
fn num_0012_what_is_no_number_is_left_as_it_was_typed() {
    for typed in [
        "smith",
        "1945",
        "14/07/1945",
        "14071945",
        "14 07",
        "14-07-1945",
        "14 07 1945",
        "1945-07-14",
        "1945-",
        "smith 9434",
        "94347659191",
        "",
        "O’Brien 1945",
    ] {
        assert_eq!(tidy(typed), typed);
    }
    assert_eq!(tidy("140 719 45"), "14071945", "typed digit by digit");
}

#[test]
fn num_0010_every_digit_of_a_birth_date_can_be_typed_in_turn() {
    let mut shown = String::new();
    for digit in "14071945".chars() {
        shown.push(digit);
        shown = tidy(&shown);
    }
    assert_eq!(shown, "14071945");
    assert!(asked(&shown).birth.is_some());
}

#[test]
fn num_0013_a_wrong_check_digit_is_said_and_an_unfinished_number_is_not_wrong() {
    assert_eq!(
        validation(&asked("943 476 5918")),
        "The check digit is wrong: 943 476 5918 is not an NHS number"
    );
    assert_eq!(
        validation(&asked("943 476 59191")),
        "An NHS number has 10 digits, this has 11"
    );
    assert_eq!(
        validation(&asked("smith 12/13/1945")),
        "12/13/1945 is not a date of birth"
    );
    for fine in ["943 476", "943 476 5919", "smith", "14/07/1945", ""] {
        assert_eq!(validation(&asked(fine)), "", "{fine}");
    }
}

#[test]
fn a_number_that_fails_its_check_or_is_missing_is_said() {
    let failing = patient("shared", "9912003814", "Smith", "Jane", "1945");
    assert_eq!(
        detail(&failing, now()),
        "Born 1945 (80–81y) · 991 200 3814 (fails its check)"
    );
    let mut without = patient("shared", "", "Smith", "Jane", "1945-07-14");
    without.deceased = crate::domain::sample::when("2026-03-03").map(Deceased::On);
    assert_eq!(
        detail(&without, now()),
        "Born 14-Jul-1945 (80y) · Died 03-Mar-2026 · No NHS number"
    );
}

#[test]
fn what_was_searched_is_said_when_nobody_is_found() {
    assert_eq!(
        says("Smyth 1945", 0, &ready()),
        "Nobody found. Searched names beginning with “smyth” born 1945, here and in the Shared record"
    );
    assert_eq!(
        says("943 476 5919", 0, &ready()),
        "Nobody found. Searched NHS number 943 476 5919, here and in the Shared record"
    );
    assert_eq!(says("smith", 3, &ready()), "3 people");
    assert_eq!(says("smith", 1, &ready()), "1 person");
    assert_eq!(
        says("smith", SHOWN, &ready()),
        "The first 12 people; type more to find others"
    );
}

#[test]
fn a_record_that_was_not_searched_is_always_said() {
    assert_eq!(
        says("smith", 0, &Remote::Loading),
        "Searching the Shared record…"
    );
    let failed = Remote::Idle.answered(Err(Problem::Unreachable), time("2026-11-22T13:48:00Z"));
    assert_eq!(
        says("smith", 0, &failed),
        "Nobody on this list. The Shared record cannot be searched now (not reached since 13:48); only people on this \
         list were searched"
    );
    assert_eq!(
        says("s", 2, &Remote::Idle),
        "2 people on this list. Type more to search the Shared record"
    );
    assert_eq!(
        says("9434", 0, &Remote::Idle),
        "Nobody on this list. The Shared record is searched when all 10 digits are there"
    );
    assert_eq!(says("", 0, &Remote::Idle), "");
}
