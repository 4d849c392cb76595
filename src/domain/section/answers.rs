//! What keeps the answers to a form from being saved.

use super::check::{EntryError, EntryProblem, MOST_LETTERS};
use super::{Entry, EntryId, Part, clock, day, lineage};
use crate::domain::questionnaire::{
    Kind, Question, Questionnaire, at_level, compared, instances, is_answer,
};

/// In the order of the form; what is not asked now is not wrong.
pub(super) fn errors(
    form: &'static Questionnaire,
    base: &[Entry],
    entries: &[Entry],
) -> Vec<EntryError> {
    let it = Answered {
        form,
        base,
        entries,
    };
    let mut errors = it.within(&form.questions, None);
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

struct Answered<'a> {
    form: &'static Questionnaire,
    base: &'a [Entry],
    entries: &'a [Entry],
}

impl Answered<'_> {
    /// What is wrong in one instance of what repeats and in what repeats in it, or in all of the form.
    fn within(&self, questions: &'static [Question], instance: Option<&str>) -> Vec<EntryError> {
        let level = instance.map_or(0, |it| lineage(it).count());
        let mut errors = Vec::new();
        for (many, together) in at_level(questions, level) {
            let Some(many) = many else {
                errors.extend(self.wrong(together, instance));
                continue;
            };
            let mut all = instances(self.entries, many.link_id, instance);
            // One that says nothing is none.
            all.retain(|instance| {
                self.entries
                    .iter()
                    .any(|it| it.is_of(instance) && !it.is_blank())
            });
            if many.required && all.is_empty() {
                // What one more would be asked first.
                let new = EntryId::within(instance, "");
                let mut asked = together.iter().filter(|it| it.is_asked());
                let first = asked.find(|it| self.form.is_enabled(it, Some(&new.0), self.entries));
                errors.extend(first.map(|it| EntryError {
                    part: Part::Asked(it),
                    id: Some(EntryId::within(instance, many.link_id)),
                    what: EntryProblem::NoneOf(many.title),
                }));
            }
            for instance in all {
                errors.extend(self.within(together, Some(instance)));
            }
        }
        errors
    }

    /// With these questions, in this instance.
    fn wrong(&self, questions: &'static [Question], instance: Option<&str>) -> Vec<EntryError> {
        let mut errors = Vec::new();
        let asked = questions.iter().filter(|it| it.is_asked());
        for question in asked.filter(|it| self.form.is_enabled(it, instance, self.entries)) {
            let part = Part::Asked(question);
            let own = self
                .entries
                .iter()
                .filter(|it| is_answer(it, question, instance));
            let own: Vec<&Entry> = own.collect();
            let can_be_written = question.repeats || !own.is_empty();
            if question.required && can_be_written && own.iter().all(|it| it.is_blank()) {
                errors.push(EntryError {
                    part,
                    // Which of the instances.
                    id: instance.map(|it| EntryId::of(it, part)),
                    what: EntryProblem::Missing,
                });
            }
            for entry in own {
                let before = self.base.iter().find(|it| it.id == entry.id);
                let wrong = entry.says().and_then(|it| problem(question, it));
                // What nobody has changed is not held against whoever writes now.
                let is_new = before.and_then(Entry::says) != entry.says();
                errors.extend(wrong.filter(|_| is_new).map(|what| EntryError {
                    part,
                    id: Some(entry.id.clone()),
                    what,
                }));
            }
        }
        errors
    }
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

/// `https://…`, or another sort of address with its name in front, without white space
/// (<https://hl7.org/fhir/R4/datatypes.html#uri>).
fn is_address(says: &str) -> bool {
    let is_name = |it: &str| {
        let fits = |it: u8| it.is_ascii_alphanumeric() || b"+-.".contains(&it);
        it.starts_with(|it: char| it.is_ascii_alphabetic()) && it.bytes().all(fits)
    };
    let has_name = says
        .split_once(':')
        .is_some_and(|(name, rest)| is_name(name) && !rest.is_empty());
    has_name && !says.contains(char::is_whitespace)
}

fn problem(question: &Question, says: &str) -> Option<EntryProblem> {
    let letters = says.chars().count();
    if let Some(most) = question.longest.filter(|most| letters > *most) {
        return Some(EntryProblem::Longer(most));
    }
    if letters > MOST_LETTERS {
        return Some(EntryProblem::TooLong);
    }
    let not_one = match question.kind {
        Kind::Day => day::read(says).is_none().then_some(EntryProblem::NotADay),
        Kind::Time => clock::read(says)
            .is_none()
            .then_some(EntryProblem::NotATime),
        Kind::Moment => clock::read_moment(says)
            .is_none()
            .then_some(EntryProblem::NotAMoment),
        Kind::Address => (!is_address(says)).then_some(EntryProblem::NotAnAddress),
        Kind::Number | Kind::Amount(_) => (!is_number(says)).then_some(EntryProblem::NotANumber),
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
