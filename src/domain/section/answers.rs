//! What keeps the answers to a form from being saved.

use super::check::{EntryError, EntryProblem, MOST_LETTERS};
use super::{Entry, Part, day};
use crate::domain::questionnaire::{Kind, Question, Questionnaire, compared, is_answer};

/// In the order of the form; what is not asked now is not wrong.
pub(super) fn errors(
    form: &'static Questionnaire,
    base: &[Entry],
    entries: &[Entry],
) -> Vec<EntryError> {
    let mut errors = Vec::new();
    let asked = form.questions.iter().filter(|it| it.is_asked());
    for question in asked.filter(|it| form.is_enabled(it, entries)) {
        let part = Part::Asked(question);
        let mut own = entries
            .iter()
            .filter(|it| is_answer(it, question))
            .peekable();
        let can_be_written = question.repeats || own.peek().is_some();
        let own: Vec<&Entry> = own.collect();
        if question.required && can_be_written && own.iter().all(|it| it.is_blank()) {
            errors.push(EntryError {
                part,
                id: None,
                what: EntryProblem::Missing,
            });
        }
        for entry in own {
            let before = base.iter().find(|it| it.id == entry.id);
            let wrong = entry.says().and_then(|it| wrong(question, it));
            // What nobody has changed is not held against whoever writes now.
            let is_new = before.and_then(Entry::says) != entry.says();
            errors.extend(wrong.filter(|_| is_new).map(|what| EntryError {
                part,
                id: Some(entry.id.clone()),
                what,
            }));
        }
    }
    if errors.is_empty() && base.iter().chain(entries).all(Entry::is_blank) {
        let first = form.questions.iter().find(|it| it.is_asked());
        errors.extend(first.map(|it| EntryError {
            part: Part::Asked(it),
            id: None,
            what: EntryProblem::Missing,
        }));
    }
    errors
}

/// Digits, with digits behind a point where there is one. No comma: it means two things.
fn is_number(says: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let plain = says.strip_prefix('-').unwrap_or(says);
    match plain.split_once('.') {
        Some((whole, rest)) => digits(whole) && digits(rest),
        None => digits(plain),
    }
}

fn wrong(question: &Question, says: &str) -> Option<EntryProblem> {
    let letters = says.chars().count();
    if let Some(most) = question.longest.filter(|most| letters > *most) {
        return Some(EntryProblem::Longer(most));
    }
    if letters > MOST_LETTERS {
        return Some(EntryProblem::TooLong);
    }
    let not_one = match question.kind {
        Kind::Day => day::read(says).is_none().then_some(EntryProblem::NotADay),
        Kind::Number => (!is_number(says)).then_some(EntryProblem::NotANumber),
        Kind::Whole => says
            .parse::<i32>()
            .is_err()
            .then_some(EntryProblem::NotWhole),
        _ => None,
    };
    let order = |limit: &str| compared(&question.kind, says, limit);
    let low = question
        .least
        .filter(|it| order(it).is_some_and(std::cmp::Ordering::is_lt));
    let high = question
        .most
        .filter(|it| order(it).is_some_and(std::cmp::Ordering::is_gt));
    not_one
        .or(low.map(EntryProblem::TooLow))
        .or(high.map(EntryProblem::TooHigh))
}
