//! The people whom the pictures of the screens show, made by hand: the first six of North 3 team.

#[path = "mock/jane.rs"]
mod jane;
#[path = "mock/others.rs"]
mod others;

use chrono::NaiveDate;

use crate::{
    chance::Chance,
    conditions::condition,
    identity::{Gender, Identity},
    person::{Person, Problem, problem},
    programme::Options,
};

/// SMITH, Jane (Mrs): the first person of the programme.
pub(crate) const JANE: usize = 0;
pub(crate) const OKAFOR: usize = 1;
pub(crate) const OBRIEN: usize = 2;
pub(crate) const HUSSAIN: usize = 3;
pub(crate) const JONES: usize = 4;
pub(crate) const KOWALSKA: usize = 5;

/// Jane Smith's number is hers alone.
pub(crate) fn reserved_number(nine: u32) -> bool {
    nine == 999_012_345
}

/// Who they are: number, family and given name, prefix, gender, birth.
type Row = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    Gender,
    (i32, u32, u32),
);

#[rustfmt::skip]
const NAMES: &[Row] = &[
    (JANE, "Smith", "Jane", "Mrs", Gender::Female, (1945, 7, 14)),
    (OKAFOR, "Okafor", "Emeka", "Mr", Gender::Male, (1938, 2, 3)),
    (OBRIEN, "O’Brien", "Maureen", "Miss", Gender::Female, (1951, 12, 22)),
    (HUSSAIN, "Hussain", "Nasreen", "Mrs", Gender::Female, (1949, 5, 9)),
    (JONES, "Jones", "Alun", "Mr", Gender::Male, (1940, 1, 30)),
    (KOWALSKA, "Kowalska", "Halina", "Mrs", Gender::Female, (1944, 8, 17)),
];

/// Whether the pictures show them.
pub(crate) fn is_one(n: usize) -> bool {
    NAMES.iter().any(|row| row.0 == n)
}

pub(crate) fn rename(n: usize, identity: &mut Identity) {
    if let Some((_, family, given, prefix, gender, (year, month, day))) =
        NAMES.iter().find(|row| row.0 == n)
    {
        (*family).clone_into(&mut identity.family);
        (*given).clone_into(&mut identity.given);
        (*prefix).clone_into(&mut identity.prefix);
        (
            identity.middle,
            identity.nickname,
            identity.gender,
            identity.language,
        ) = (None, None, *gender, None);
        identity.birth = NaiveDate::from_ymd_opt(*year, *month, *day).unwrap_or(identity.birth);
    }
    match n {
        JANE => {
            "9990123454".clone_into(&mut identity.nhs_number);
            "0161 496 0144".clone_into(&mut identity.phone);
            identity.ethnicity = ("A", "British, Mixed British");
            identity.middle = Some("Elizabeth".to_owned());
        }
        HUSSAIN => identity.language = Some(("ur", "Urdu", true)),
        KOWALSKA => identity.language = Some(("pl", "Polish", false)),
        _ => {}
    }
    crate::special::rename(n, identity);
}

/// Gives the people of the pictures what the pictures show.
pub(crate) fn shape(options: &Options, person: &mut Person) {
    match person.n {
        JANE => jane::shape(options, person),
        OKAFOR => others::okafor(options, person),
        OBRIEN => others::obrien(options, person),
        HUSSAIN => others::hussain(options, person),
        JONES => others::jones(options, person),
        KOWALSKA => others::kowalska(options, person),
        _ => crate::special::shape(options, person),
    }
}

/// The problems named, for a person made by hand.
fn problems(options: &Options, n: usize, keys: &[(&str, &str)]) -> Vec<Problem> {
    let mut chance = Chance::of(options.seed, "mock-problems", n);
    let with = |(key, since): &(&str, &str)| {
        let mut found = problem(&mut chance, options, condition(key)?, 70);
        (*since).clone_into(&mut found.since);
        Some(found)
    };
    keys.iter().filter_map(with).collect()
}
