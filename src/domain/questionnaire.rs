//! A form that a locality adds to the plan: what it asks, when, and what is an answer. A subset of FHIR's Questionnaire
//! (<https://hl7.org/fhir/R4/questionnaire.html>, SDC): groups, text, choices, days, numbers, yes or no, several answers,
//! what depends on other answers, what is mandatory, limits, what to begin with.
//!
//! Forms are few and live as long as the page, so that they are borrowed for ever; `fhir` makes each once.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Decimal;
use super::section::{Entry, Form, Part, YES, day};

/// No form is deeper than this: what depends on itself comes to an end.
const DEEPEST: u8 = 12;

#[derive(Debug)]
pub struct Questionnaire {
    /// Its canonical address, without a version.
    pub url: &'static str,
    pub version: Option<&'static str>,
    pub title: &'static str,
    /// Of its place on the page.
    pub anchor: &'static str,
    /// In their order, groups flattened.
    pub questions: Vec<Question>,
    /// As it was received.
    pub json: &'static str,
}

/// The same form in whatever version: answers to an older one are read and changed with the newest.
impl PartialEq for Questionnaire {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Eq for Questionnaire {}

impl Hash for Questionnaire {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.url.hash(state);
    }
}

impl PartialOrd for Questionnaire {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Questionnaire {
    fn cmp(&self, other: &Self) -> Ordering {
        self.url.cmp(other.url)
    }
}

#[derive(Debug)]
pub struct Question {
    pub link_id: &'static str,
    pub text: &'static str,
    /// The groups that it is in, the outermost first: link id and title.
    pub groups: Vec<(&'static str, &'static str)>,
    /// Its place in the form.
    pub order: usize,
    pub kind: Kind,
    pub repeats: bool,
    pub required: bool,
    /// Of itself and of its groups: all must hold for it to be asked.
    pub rules: Vec<Rule>,
    /// As an entry says it.
    pub least: Option<&'static str>,
    pub most: Option<&'static str>,
    /// Letters.
    pub longest: Option<usize>,
    /// What it is begun with, as entries say it.
    pub initial: Vec<&'static str>,
}

/// What is an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Words,
    Line,
    Day,
    Whole,
    Number,
    YesNo,
    /// One of these; with the same codes and words for a choice.
    OneOf(Vec<Value>, &'static [(&'static str, &'static str)]),
    /// Said to who answers: nothing is asked.
    Told,
    /// FHIR's name of what cannot be answered here.
    Other(&'static str),
}

/// What is offered for an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Value {
    Code {
        system: Option<&'static str>,
        code: &'static str,
        display: Option<&'static str>,
    },
    Text(&'static str),
    Whole(&'static str),
}

/// When something is asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// All of them must hold; else any.
    pub all: bool,
    pub conditions: Vec<Condition>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Condition {
    /// Link id.
    pub question: &'static str,
    pub operator: Operator,
    /// As an entry says it.
    pub answer: String,
}

/// <https://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Exists,
    Is,
    IsNot,
    More,
    Less,
    AtLeast,
    AtMost,
}

pub const YES_NO: [(&str, &str); 2] = [(YES, "Yes"), ("no", "No")];

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.link_id == other.link_id
    }
}

impl Eq for Question {}

impl Hash for Question {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.link_id.hash(state);
    }
}

impl PartialOrd for Question {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Question {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = || self.order.cmp(&other.order);
        match self.link_id.cmp(other.link_id) {
            Ordering::Equal => Ordering::Equal,
            by_id => order().then(by_id),
        }
    }
}

impl Question {
    /// How it is entered.
    pub const fn form(&self) -> Form {
        match &self.kind {
            Kind::Words => Form::Words,
            Kind::Line | Kind::Told | Kind::Other(_) => Form::Line,
            Kind::Day => Form::Day,
            Kind::Whole | Kind::Number => Form::Number,
            Kind::YesNo => Form::OneOf(&YES_NO),
            Kind::OneOf(_, codes) => Form::OneOf(codes),
        }
    }

    /// Whether it can be answered here.
    pub const fn is_asked(&self) -> bool {
        !matches!(self.kind, Kind::Told | Kind::Other(_))
    }
}

impl Questionnaire {
    pub fn question(&self, link_id: &str) -> Option<&Question> {
        self.questions.iter().find(|it| it.link_id == link_id)
    }

    /// Whether a question is asked, with these answers to the others.
    pub fn is_enabled(&self, question: &Question, entries: &[Entry]) -> bool {
        self.enabled(question, entries, 0)
    }

    fn enabled(&self, question: &Question, entries: &[Entry], depth: u8) -> bool {
        let holds = |rule: &Rule| {
            let mut all = rule
                .conditions
                .iter()
                .map(|it| self.holds(it, entries, depth));
            if rule.all {
                all.all(|it| it)
            } else {
                all.any(|it| it)
            }
        };
        depth > DEEPEST || question.rules.iter().all(holds)
    }

    /// What depends on something that is not understood here is asked: nothing is hidden by mistake.
    fn holds(&self, it: &Condition, entries: &[Entry], depth: u8) -> bool {
        let Some(of) = self.question(it.question).filter(|it| it.is_asked()) else {
            return true;
        };
        let answers: Vec<&str> = if self.enabled(of, entries, depth + 1) {
            let own = entries.iter().filter(|it| is_answer(it, of));
            own.filter_map(Entry::says).collect()
        } else {
            Vec::new()
        };
        let compare = |how: fn(Ordering) -> bool| {
            let order = |own: &&str| compared(&of.kind, own, &it.answer);
            answers.iter().filter_map(order).any(how)
        };
        match it.operator {
            Operator::Exists => answers.is_empty() == (it.answer != YES),
            Operator::Is => compare(Ordering::is_eq),
            Operator::IsNot => !compare(Ordering::is_eq),
            Operator::More => compare(Ordering::is_gt),
            Operator::Less => compare(Ordering::is_lt),
            Operator::AtLeast => compare(Ordering::is_ge),
            Operator::AtMost => compare(Ordering::is_le),
        }
    }
}

/// Whether an entry answers this question.
pub fn is_answer(entry: &Entry, question: &Question) -> bool {
    matches!(entry.part, Part::Asked(it) if it.link_id == question.link_id)
}

/// Two answers to a question of this kind. `None` where one of them is none.
pub fn compared(kind: &Kind, a: &str, b: &str) -> Option<Ordering> {
    match kind {
        Kind::Day => Some(day::read(a)?.cmp(&day::read(b)?)),
        Kind::Whole | Kind::Number => Decimal::parse(a)?.partial_cmp(&Decimal::parse(b)?),
        _ => Some(a.cmp(b)),
    }
}
