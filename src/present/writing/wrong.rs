//! What keeps a section from being saved, in words.

use crate::domain::crisis::CrisisPart;
use crate::domain::section::{EntryError, EntryProblem, Field, Form, MOST_LETTERS, Part};

/// What is wrong, as an instruction.
pub fn error(error: &EntryError) -> String {
    let title = error.part.title().to_lowercase();
    let is_day = matches!(error.part.form(), Form::Day | Form::Time | Form::Moment);
    match &error.what {
        EntryProblem::Said(words) => {
            let said = crate::present::name::shown(words);
            let said = said.unwrap_or_else(|| "no reason given".to_owned());
            format!("The record does not take the {title}: {said}")
        }
        EntryProblem::Missing => missing(error.part, &title),
        EntryProblem::NoneOf(title) => format!("Add at least one: {title}"),
        EntryProblem::NotANumber => {
            format!("{}: enter a number, for example 2.5", error.part.title())
        }
        EntryProblem::NotWhole => format!("{}: enter a whole number", error.part.title()),
        EntryProblem::TooLow(least) if is_day => {
            format!("{}: {least} or later", error.part.title())
        }
        EntryProblem::TooHigh(most) if is_day => {
            format!("{}: {most} or earlier", error.part.title())
        }
        EntryProblem::TooLow(least) => {
            format!("{}: {least} or more", error.part.title())
        }
        EntryProblem::TooHigh(most) => {
            format!("{}: {most} or less", error.part.title())
        }
        EntryProblem::Longer(most) => {
            format!("{}: {most} letters at the most", error.part.title())
        }
        EntryProblem::TooLong => {
            format!("Shorten {title}: {MOST_LETTERS} letters at the most")
        }
        EntryProblem::NotADay => {
            format!("Enter a real day for the {title}, for example 12 3 2027")
        }
        EntryProblem::NotATime => {
            format!("{}: enter a time, for example 14:30", error.part.title())
        }
        EntryProblem::NotAMoment => format!(
            "{}: enter a day, or a day with a time, for example 12 3 2026 14:30",
            error.part.title()
        ),
        EntryProblem::NotAnAddress => format!(
            "{}: enter an address, for example https://www.nhs.uk",
            error.part.title()
        ),
        EntryProblem::Future => format!("The {title} must be today or earlier"),
        EntryProblem::Past => format!("The {title} must be today or later"),
        other => rule(other).to_owned(),
    }
}

/// What breaks a rule of its section, whatever it is called.
const fn rule(what: &EntryProblem) -> &'static str {
    match what {
        EntryProblem::NotAPhone => {
            "Enter a phone number with its area code, for example 0161 496 0132"
        }
        EntryProblem::BeforeStart => "The end must not be before the start",
        EntryProblem::InTeam => "This person or service is in the team already",
        EntryProblem::NotInTeam => "The key worker must be one of the team",
        EntryProblem::Leaves => {
            "Who has a last day in the team cannot become its key worker: take that day away, or choose somebody else"
        }
        EntryProblem::NotNext => {
            "A plan that is completed or revoked stays so, and a plan in force is not a draft again"
        }
        _ => "This cannot be saved as it is",
    }
}

fn missing(part: Part, title: &str) -> String {
    match part {
        Part::Asked(it) => format!("Answer: {}", it.text),
        Part::Crisis(CrisisPart::Triggers) => "Enter at least one trigger factor".to_owned(),
        Part::Field(Field::Important) => "Answer at least one of these".to_owned(),
        Part::Field(Field::FamilyName) => "Enter a first or a last name".to_owned(),
        Part::Field(Field::Action) => "Enter what is to be done".to_owned(),
        Part::Field(Field::Owner) => "Choose who does it".to_owned(),
        Part::Field(Field::NextReview) => "Enter the day of the next review".to_owned(),
        Part::Field(Field::Due) => "Enter the day by which it is to be done".to_owned(),
        Part::Field(Field::Alert) => "Enter what everybody must know".to_owned(),
        Part::Field(Field::Adjustment) => "Enter what is needed".to_owned(),
        Part::Field(Field::Decision) => "Choose the CPR decision".to_owned(),
        Part::Field(Field::Wish) => "Enter what was said or found".to_owned(),
        Part::Field(Field::WishKind) => "Choose what it is about".to_owned(),
        Part::Field(Field::Member) => "Find and choose who joins the team".to_owned(),
        Part::Field(Field::Given) => "Choose whether it is given or refused".to_owned(),
        _ if matches!(part.form(), Form::OneOf(_)) => format!("Choose the {title}"),
        _ => format!("Enter the {title}"),
    }
}
