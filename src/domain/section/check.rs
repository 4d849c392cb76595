//! What keeps a section from being saved, at which entry.

use chrono::NaiveDate;

use super::{Entry, EntryId, Field, Form, Part, Section, YES, day, team};
use crate::domain::crisis::CrisisPart;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryError {
    pub part: Part,
    /// `None`: of the part as a whole.
    pub id: Option<EntryId>,
    pub what: EntryProblem,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EntryProblem {
    /// PRSB: mandatory.
    Missing,
    /// A group that is answered at least once, and that nobody has answered.
    NoneOf(&'static str),
    /// More than [`MOST_LETTERS`].
    TooLong,
    NotADay,
    /// Not a time of day.
    NotATime,
    /// Neither a day nor a day with a time.
    NotAMoment,
    /// Not the address of a page.
    NotAnAddress,
    /// What is planned is not before today.
    Past,
    /// What has been said or decided was not after today.
    Future,
    /// The end is before the start.
    BeforeStart,
    /// Not a number that can be rung.
    NotAPhone,
    /// A status that does not follow from the one that the record has.
    NotNext,
    /// This person or service is in the team already.
    InTeam,
    /// The key worker has to be one of the team.
    NotInTeam,
    /// Has a last day in the team.
    Leaves,
    NotANumber,
    NotWhole,
    /// Less than this, or before it.
    TooLow(&'static str),
    /// More than this, or after it.
    TooHigh(&'static str),
    /// More letters than the form takes.
    Longer(usize),
    /// What the record says is wrong with it.
    Said(String),
}

/// What a record API takes as one text (<https://hl7.org/fhir/R4/datatypes.html#string> allows a megabyte), and what
/// anybody reads in a crisis.
pub const MOST_LETTERS: usize = 4000;

/// What is wrong with a section as it is written, in the order of its parts. `base` is what the record has: what nobody
/// has changed is not held against whoever writes now.
pub fn errors(
    section: Section,
    base: &[Entry],
    entries: &[Entry],
    today: NaiveDate,
) -> Vec<EntryError> {
    if let Section::Form(form) = section {
        return super::answers::errors(form, base, entries);
    }
    let mut errors = Vec::new();
    for part in section.parts() {
        let all = || entries.iter().filter(|it| it.part == part);
        if is_mandatory(part, entries) && !all().any(|it| !it.is_blank()) {
            errors.push(EntryError {
                part,
                id: None,
                what: EntryProblem::Missing,
            });
        }
        for entry in all() {
            let before = base.iter().find(|it| it.id == entry.id);
            let wrong = wrong(before, entry, today);
            if let Some(what) = wrong.or_else(|| before_start(base, entries, entry)) {
                errors.push(EntryError {
                    part,
                    id: Some(entry.id.clone()),
                    what,
                });
            }
        }
    }
    if section == Section::Team {
        errors.extend(team::errors(base, entries));
    }
    let is_new = base.iter().all(Entry::is_blank);
    if section == Section::AboutMe && is_new && entries.iter().all(Entry::is_blank) {
        errors.push(EntryError {
            part: Field::Important.into(),
            id: None,
            what: EntryProblem::Missing,
        });
    }
    errors
}

/// What has to be there, of what can be written at all.
fn is_mandatory(part: Part, entries: &[Entry]) -> bool {
    let says = |field: Field| {
        let mut all = entries.iter().filter(|it| it.part == Part::Field(field));
        all.find_map(Entry::says)
    };
    let can_be_written = || entries.iter().any(|it| it.part == part);
    match part {
        Part::Crisis(it) => it == CrisisPart::Triggers,
        Part::Field(
            Field::Status
            | Field::Goal
            | Field::GoalStatus
            | Field::Action
            | Field::ActionStatus
            | Field::Alert
            | Field::Adjustment
            | Field::AlertStatus
            | Field::Decision
            | Field::DecidedOn
            | Field::RecordStatus
            | Field::WishKind
            | Field::Wish
            | Field::ConsentKind
            | Field::Given
            | Field::ConsentOn
            | Field::ConsentStatus,
        ) => can_be_written(),
        // An action that is still to be done is somebody's, by some day.
        Part::Field(Field::Owner | Field::Due) => {
            let is_over = matches!(
                says(Field::ActionStatus),
                Some("completed" | "cancelled" | "rejected" | "failed")
            );
            can_be_written() && !is_over
        }
        // PRSB: a plan that is in force, or is to be, has a day on which it is reviewed.
        Part::Field(Field::NextReview) => {
            let status = says(Field::Status);
            can_be_written() && matches!(status, Some("draft" | "active" | "on-hold"))
        }
        Part::Field(Field::FamilyName) => can_be_written() && says(Field::GivenName).is_none(),
        Part::Field(_) | Part::Asked(_) => false,
    }
}

fn wrong(before: Option<&Entry>, entry: &Entry, today: NaiveDate) -> Option<EntryProblem> {
    let before = before.and_then(Entry::says);
    let says = entry.says()?;
    if says.chars().count() > MOST_LETTERS {
        return Some(EntryProblem::TooLong);
    }
    if before == Some(says) {
        return None;
    }
    match entry.part.form() {
        Form::Day => match day::read(says) {
            None => Some(EntryProblem::NotADay),
            Some(it) => match entry.part {
                Part::Field(Field::Since | Field::Until) => None,
                Part::Field(Field::DecidedOn | Field::ConsentOn) => {
                    (it > today).then_some(EntryProblem::Future)
                }
                _ => (it < today).then_some(EntryProblem::Past),
            },
        },
        Form::Phone => (!is_phone(says)).then_some(EntryProblem::NotAPhone),
        Form::OneOf(_) if entry.part == Part::Field(Field::Status) => {
            (!follows(before, says)).then_some(EntryProblem::NotNext)
        }
        // Answers to a form have rules of their own.
        Form::Time | Form::Moment | Form::Open(_) => None,
        Form::OneOf(_) | Form::Words | Form::Line | Form::Tick | Form::Number | Form::Chosen => {
            debug_assert!(entry.part.form() != Form::Tick || says == YES);
            None
        }
    }
}

/// No end before the start, unless the record has it so.
fn before_start(base: &[Entry], entries: &[Entry], until: &Entry) -> Option<EntryProblem> {
    if until.part != Part::Field(Field::Until) {
        return None;
    }
    let days = |all: &[Entry]| {
        let day = |field: Field| {
            let own = |it: &&Entry| it.part == Part::Field(field) && it.group() == until.group();
            let mut all = all.iter().filter(own);
            all.find_map(|it| day::read(it.says()?))
        };
        (day(Field::Since), day(Field::Until))
    };
    let (since, end) = days(entries);
    (end? < since? && days(base) != (since, end)).then_some(EntryProblem::BeforeStart)
}

/// The life of a plan: a draft comes into force or is given up; a plan in force pauses, ends or is revoked; what is over
/// stays over, and a new plan is begun.
fn follows(before: Option<&str>, status: &str) -> bool {
    match before {
        None => matches!(status, "draft" | "active"),
        Some("draft") => matches!(status, "active" | "revoked"),
        Some("active") => matches!(status, "on-hold" | "completed" | "revoked"),
        Some("on-hold") => matches!(status, "active" | "completed" | "revoked"),
        Some("completed" | "revoked") => false,
        // The record says something that is none of these: it can be put right.
        Some(_) => true,
    }
}

/// A number with its area code, or with a country's: ten to fifteen digits, and an extension.
fn is_phone(typed: &str) -> bool {
    let folded = typed.to_lowercase();
    let (number, extension) = match folded.split_once("ext") {
        Some((number, rest)) => (number, rest.trim_start_matches(['.', ' '])),
        None => (folded.as_str(), ""),
    };
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let plain: String = number
        .chars()
        .filter(|it| !matches!(it, ' ' | '-' | '(' | ')' | '.' | '\u{a0}'))
        .collect();
    let (national, foreign) = (plain.strip_prefix('0'), plain.strip_prefix('+'));
    let fits = match (national, foreign) {
        (Some(rest), _) => is_digits(rest) && (9..=14).contains(&rest.len()),
        (_, Some(rest)) => is_digits(rest) && (9..=15).contains(&rest.len()),
        (None, None) => false,
    };
    fits && is_digits(extension.trim()) && extension.len() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(part: impl Into<Part>, text: &str) -> Entry {
        let part = part.into();
        Entry {
            id: EntryId(part.key().to_owned()),
            part,
            text: text.to_owned(),
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default()
    }

    fn wrong_with(section: Section, base: &[Entry], mine: &[Entry]) -> Vec<(Part, EntryProblem)> {
        let all = errors(section, base, mine, today());
        all.into_iter().map(|it| (it.part, it.what)).collect()
    }

    #[test]
    fn an_open_action_is_somebodys_by_some_day() {
        let action = |status, owner, due| {
            vec![
                entry(Field::Action, "Memory clinic"),
                entry(Field::Owner, owner),
                entry(Field::Due, due),
                entry(Field::ActionStatus, status),
            ]
        };
        let missing = |field: Field| (Part::Field(field), EntryProblem::Missing);
        let open = wrong_with(Section::Action, &[], &action("requested", "", ""));
        assert_eq!(open, [missing(Field::Owner), missing(Field::Due)]);
        assert_eq!(
            wrong_with(Section::Action, &[], &action("completed", "", "")),
            []
        );
        let whose = action("requested", "Practitioner/1 Asha", "24/11/2026");
        assert_eq!(wrong_with(Section::Action, &[], &whose), []);
    }

    #[test]
    fn days_make_sense_and_what_the_record_has_is_not_held_against_anybody() {
        let review = |typed: &str| {
            vec![
                entry(Field::Status, "active"),
                entry(Field::NextReview, typed),
            ]
        };
        let base = review("01-Oct-2026");
        let wrong = |typed: &str| wrong_with(Section::Plan, &base, &review(typed));
        let is = |what| vec![(Part::Field(Field::NextReview), what)];
        assert_eq!(wrong("01-Oct-2026"), []);
        assert_eq!(wrong(""), is(EntryProblem::Missing));
        assert_eq!(wrong("22/11/2026"), is(EntryProblem::Past));
        assert_eq!(wrong("23/11/2026"), []);
        assert_eq!(wrong("31/11/2026"), is(EntryProblem::NotADay));
        assert_eq!(wrong("soon"), is(EntryProblem::NotADay));
    }

    #[test]
    fn no_end_is_before_its_start_and_nothing_is_decided_tomorrow() {
        let alert = |since, until| {
            vec![
                entry(Field::Alert, "A dog in the house"),
                entry(Field::Since, since),
                entry(Field::Until, until),
                entry(Field::AlertStatus, "active"),
            ]
        };
        let ends =
            |base: &[Entry], until| wrong_with(Section::Alert, base, &alert("10/11/2026", until));
        assert_eq!(ends(&[], "10/11/2026"), []);
        let early = [(Part::Field(Field::Until), EntryProblem::BeforeStart)];
        assert_eq!(ends(&[], "9/11/2026"), early);
        assert_eq!(ends(&alert("10/11/2026", "9/11/2026"), "9/11/2026"), []);
        let decided = |on| {
            let mine = [
                entry(Field::Decision, "450476008"),
                entry(Field::DecidedOn, on),
                entry(Field::RecordStatus, "final"),
            ];
            wrong_with(Section::Cpr, &[], &mine)
        };
        assert_eq!(decided("1/2/2020"), []);
        let later = [(Part::Field(Field::DecidedOn), EntryProblem::Future)];
        assert_eq!(decided("24/11/2026"), later);
    }

    #[test]
    fn a_plan_lives_by_rules() {
        let known = ["draft", "active", "on-hold", "completed", "revoked"];
        let next = |before: &str| -> Vec<&str> {
            let base = [entry(Field::Status, before)];
            let fits = |it: &&str| {
                let mine = [
                    entry(Field::Status, it),
                    entry(Field::NextReview, "1/2/2031"),
                ];
                wrong_with(Section::Plan, &base, &mine).is_empty()
            };
            known.into_iter().filter(fits).collect()
        };
        assert_eq!(next("draft"), ["draft", "active", "revoked"]);
        assert_eq!(
            next("active"),
            ["active", "on-hold", "completed", "revoked"]
        );
        assert_eq!(
            next("on-hold"),
            ["active", "on-hold", "completed", "revoked"]
        );
        assert_eq!(next("completed"), ["completed"]);
        assert_eq!(next("revoked"), ["revoked"]);
        assert_eq!(next("unknown"), known);
    }

    #[test]
    fn a_number_can_be_rung() {
        for typed in [
            "0161 496 0132",
            "07700 900132",
            "+44 (0)7700 900 132",
            "0161-496-0132 ext. 12",
            "+353 1 234 5678",
        ] {
            assert!(is_phone(typed), "{typed}");
        }
        for typed in [
            "",
            "496 0132",
            "0161 496 013x",
            "ring Ann",
            "07700 90013200000",
            "+1",
        ] {
            assert!(!is_phone(typed), "{typed}");
        }
    }

    #[test]
    fn words_of_the_person_are_not_begun_with_nothing() {
        let blank: Vec<Entry> = Field::ABOUT_ME.iter().map(|it| entry(*it, "")).collect();
        assert_eq!(wrong_with(Section::AboutMe, &[], &blank).len(), 1);
        let had = [entry(Field::Important, "The garden")];
        assert_eq!(wrong_with(Section::AboutMe, &had, &blank), []);
    }
}
