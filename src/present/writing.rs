//! A plan while it is written: what is asked for, what is wrong, and where what was typed is. "Saved on this device" and
//! "saved to the record" are never the same words.

mod standing;
mod wrong;

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use super::{date, name};
use crate::domain::crisis::CrisisPart;
use crate::domain::plan::Written;
use crate::domain::questionnaire::{Kind, Question};
use crate::domain::section::{Chosen, Field, Form, Part, Section, words_of};

pub(super) use standing::refused;
pub use standing::{Standing, standing};
pub use wrong::error;

/// That what is written in has been ended in the record: `status` is FHIR's word for it.
pub fn over(status: &str) -> String {
    let how = match status {
        "entered-in-error" => "as entered in error".to_owned(),
        other => format!("(status: {})", name::clean(other)),
    };
    format!(
        "The record says that this has been ended {how}. What you save here stays in it, and is not in force."
    )
}

/// What belongs there (PRSB Personalised Care and Support Plan v2.0).
pub const fn hint(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Crisis(part) => match part {
            CrisisPart::Triggers => "What tells you that this is starting? At least one.",
            CrisisPart::ToDo => "What to do first, and then. One step at a time.",
            CrisisPart::Contact => "Who to ring, in which order, and when.",
            CrisisPart::Coping => "What helps the person while it lasts.",
            CrisisPart::Relapse => "What others may notice first.",
            CrisisPart::Anticipatory => "What is kept ready, and where.",
            CrisisPart::IfCarerCannot => "Who takes over, and what else depends on the carer.",
            CrisisPart::AdvanceStatement => {
                "What the person wants to be known, and where the paper is."
            }
        },
        Part::Field(field) => match field {
            Field::Callee => {
                "Linked to the record: their number is always the one that is known there."
            }
            Field::Need => "A problem of the record that the plan is about.",
            Field::AgreedWith => "The person, or who speaks for them.",
            Field::NextReview | Field::TargetDate | Field::Due | Field::ReviewBy => {
                "For example, 12 3 2027"
            }
            Field::Goal => "In the person’s own words: what they want to reach.",
            Field::Action => "What is done, where, and how often.",
            Field::Owner => "Who does it, of the team or the carers.",
            Field::Phone => "With the area code.",
            Field::Alert => "In few words: it is shown at the top of every page about this person.",
            Field::Adjustment => "What has to be done differently, by whom.",
            Field::Attorney => "Who can decide, of the carers and next of kin.",
            Field::MemberRole => "What they do for this person, for example District nurse.",
            Field::OnBehalfOf => "Where they do it for somebody other than themselves.",
            Field::Since | Field::Until | Field::DecidedOn | Field::ConsentOn => {
                "For example, 12 3 2026"
            }
            _ => return None,
        },
        Part::Asked(question) => return asked_hint(question),
    })
}

/// How an answer to a form is written.
const fn asked_hint(question: &Question) -> Option<&'static str> {
    match question.kind {
        Kind::Day => Some("For example, 12 3 2026"),
        Kind::Time => Some("For example, 14:30"),
        Kind::Moment => Some("For example, 12 3 2026, or 12 3 2026 14:30"),
        Kind::Address => Some("For example, https://www.nhs.uk"),
        Kind::Whole => Some("A whole number"),
        _ => None,
    }
}

/// What an answer is asked for with, and in what it is counted. What need not be answered says so.
pub fn label(question: &Question) -> String {
    let unit = match &question.kind {
        Kind::Amount(unit) => format!(", {}", unit.words),
        _ => String::new(),
    };
    let optional = if question.required { "" } else { " (optional)" };
    format!("{}{unit}{optional}", question.text)
}

/// Why a question is not answered here. What the record has of it is never lost.
pub fn closed(question: &Question) -> String {
    let why = match question.kind {
        Kind::Unlisted => {
            ": cannot be answered here, because the record does not say what there is to choose from."
        }
        _ => ": cannot be answered here.",
    };
    format!("{}{why} What the record has stays as it is.", question.text)
}

/// "Add another trigger factor".
pub const fn add(part: Part) -> &'static str {
    match part {
        Part::Crisis(part) => match part {
            CrisisPart::Triggers => "Add another trigger factor",
            CrisisPart::ToDo => "Add another step",
            CrisisPart::Contact => "Add somebody else to contact",
            CrisisPart::Coping => "Add another coping strategy",
            CrisisPart::Relapse => "Add another relapse indicator",
            CrisisPart::Anticipatory => "Add another medicine or equipment",
            CrisisPart::IfCarerCannot => "Add another arrangement",
            CrisisPart::AdvanceStatement => "Add another statement",
        },
        Part::Field(_) => "Add somebody of the team or a carer",
        Part::Asked(_) => "Add another answer",
    }
}

/// What a section is called while it is written.
pub const fn title(section: Section, is_new: bool) -> &'static str {
    match (section, is_new) {
        (Section::Crisis | Section::Plan, _) => "Write the plan",
        (Section::AboutMe, _) => "Write in the person’s own words",
        (Section::Goal, true) => "Add a goal",
        (Section::Goal, false) => "Change this goal",
        (Section::Action, true) => "Add an action",
        (Section::Action, false) => "Change this action",
        (Section::Carer, true) => "Add a carer or next of kin",
        (Section::Carer, false) => "Change this carer or next of kin",
        (Section::Alert, true) => "Add an alert",
        (Section::Alert, false) => "Change this alert",
        (Section::Adjustment, true) => "Add an individual need",
        (Section::Adjustment, false) => "Change this individual need",
        (Section::Cpr, true) => "Record a CPR decision",
        (Section::Cpr, false) => "Change the CPR decision",
        (Section::Wish, true) => "Add a wish or an assessment",
        (Section::Wish, false) => "Change this wish or assessment",
        (Section::Consent, true) => "Add a consent, decision or power",
        (Section::Consent, false) => "Change this consent, decision or power",
        (Section::Team, true) => "Begin the team",
        (Section::Team, false) => "Change the team",
        (Section::Form(_), true) => "Answer this form",
        (Section::Form(_), false) => "Change the answers",
    }
}

/// What is written, in a few words: "This device has kept changes to this plan".
pub const fn kept(section: Section, is_new: bool) -> &'static str {
    match (section, is_new) {
        (Section::Crisis | Section::Plan, true) => "a new plan",
        (Section::Crisis | Section::Plan, false) => "changes to this plan",
        (Section::AboutMe, true) => "the person’s own words",
        (Section::AboutMe, false) => "changes to the person’s own words",
        (Section::Goal, true) => "a new goal",
        (Section::Goal, false) => "changes to a goal",
        (Section::Action, true) => "a new action",
        (Section::Action, false) => "changes to an action",
        (Section::Carer, true) => "a new carer or next of kin",
        (Section::Carer, false) => "changes to a carer or next of kin",
        (Section::Alert, true) => "a new alert",
        (Section::Alert, false) => "changes to an alert",
        (Section::Adjustment, true) => "a new individual need",
        (Section::Adjustment, false) => "changes to an individual need",
        (Section::Cpr, true) => "a CPR decision",
        (Section::Cpr, false) => "changes to the CPR decision",
        (Section::Wish, true) => "a wish or an assessment",
        (Section::Wish, false) => "changes to a wish or an assessment",
        (Section::Consent, true) => "a consent, decision or power",
        (Section::Consent, false) => "changes to a consent, decision or power",
        (Section::Team, true) => "a new team",
        (Section::Team, false) => "changes to the team",
        (Section::Form(_), true) => "answers to a form",
        (Section::Form(_), false) => "changes to the answers to a form",
    }
}

/// That the device has what somebody wrote, and the record does not. `what`: as [`kept`] says it; `wrote` and `saved`: the
/// clock times when it was written, and since when it was to be saved; `is_stopped`: it waits for a person.
pub fn draft(what: &str, wrote: &str, saved: Option<&str>, is_stopped: bool) -> String {
    let are_many = ["changes", "answers", "the person’s own words"];
    let (are, wait) = if are_many.iter().any(|it| what.starts_with(it)) {
        ("They are", "wait")
    } else {
        ("It is", "waits")
    };
    match saved {
        None => format!(
            "This device has kept {what} that you wrote at {wrote}. {are} not on the record."
        ),
        Some(since) if is_stopped => format!(
            "You saved {what} at {since}. {are} on this device, and not on the record: go on writing to see why."
        ),
        Some(since) => format!(
            "You saved {what} at {since}. {are} on this device, and {wait} to be saved to the record."
        ),
    }
}

/// What an entry says, for people to read.
pub fn shown(part: Part, text: &str) -> String {
    match part.form() {
        Form::Words
        | Form::Line
        | Form::Day
        | Form::Time
        | Form::Moment
        | Form::Phone
        | Form::Number => match part {
            Part::Asked(Question {
                kind: Kind::Amount(unit),
                ..
            }) => format!("{text} {}", unit.words),
            _ => text.to_owned(),
        },
        Form::OneOf(_) | Form::Open(_) => words_of(part, text).unwrap_or(text).to_owned(),
        Form::Tick => "Yes".to_owned(),
        Form::Chosen => match Chosen::read(text) {
            Some(it) if !it.name.is_empty() => it.name,
            _ => "Not named in the record".to_owned(),
        },
    }
}

/// What a typed day is understood as: the weekday shows a slip.
pub fn day_read(it: NaiveDate) -> String {
    let weekday = match it.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    format!("{weekday} {}", date::day(it))
}

/// A version: when it was written, by whom, for whom. `known`: whether who wrote could be read.
pub fn version(
    at: Option<DateTime<Utc>>,
    by: Option<&Written>,
    known: bool,
    now: DateTime<Utc>,
) -> String {
    let at = at.map_or_else(
        || "a time not recorded".to_owned(),
        |it| date::clock(it, now),
    );
    let parts = by.map(|it| [it.by.clone(), it.role.clone(), it.organisation.clone()]);
    let who: Vec<String> = parts
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|it| super::name::shown(&it))
        .collect();
    match (who.is_empty(), known) {
        (false, _) => format!("{at}, {}", who.join(", ")),
        (true, true) => format!("{at}, writer not recorded"),
        (true, false) => format!("{at}, writer not known"),
    }
}

/// The way back to a version: "Bring back the version of 14:05, Priya Nair, Care coordinator".
pub fn bring_back(
    at: Option<DateTime<Utc>>,
    by: Option<&Written>,
    known: bool,
    now: DateTime<Utc>,
) -> String {
    format!("Bring back the version of {}", version(at, by, known, now))
}

/// Where an answer was emptied, or nothing was written yet.
pub const BLANK: &str = "Left blank";

/// What is said when a draft is not thrown away.
pub const IN_USE: &str =
    "It is on its way to the record, or open in another window: it can be thrown away there.";

/// What is said when the editor is closed before that.
pub const WAITS: &str =
    "Kept on this device, and saved to the record as soon as it can be reached.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::section::{EntryError, EntryProblem};

    #[test]
    fn what_is_wrong_is_an_instruction() {
        let missing = EntryError {
            part: CrisisPart::Triggers.into(),
            id: None,
            what: EntryProblem::Missing,
        };
        assert_eq!(error(&missing), "Enter at least one trigger factor");
    }

    /// One new thing is one, changes and answers are many.
    #[test]
    fn what_a_device_has_kept_is_said_in_its_number() {
        let kept = |section, is_new| draft(kept(section, is_new), "14:05", None, false);
        assert_eq!(
            kept(Section::Adjustment, true),
            "This device has kept a new individual need that you wrote at 14:05. It is not on the record."
        );
        for (section, is_new) in [(Section::Adjustment, false), (Section::AboutMe, true)] {
            let said = kept(section, is_new);
            assert!(said.ends_with("They are not on the record."), "{said}");
        }
        assert_eq!(
            draft("a new goal", "14:05", Some("14:06"), false),
            "You saved a new goal at 14:06. It is on this device, and waits to be saved to the record."
        );
        assert!(draft("a new goal", "", Some("14:06"), true).contains("14:06. It is on"));
    }

    #[test]
    fn the_way_back_says_to_which_version() {
        let now = "2026-11-22T14:10:00Z".parse().unwrap();
        let at = "2026-11-22T14:05:00Z".parse().unwrap();
        assert_eq!(
            bring_back(Some(at), None, true, now),
            "Bring back the version of 14:05, writer not recorded"
        );
    }
}
