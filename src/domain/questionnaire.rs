//! A form that a locality adds to the plan: what it asks, when, and what is an answer. A subset of FHIR's Questionnaire
//! (<https://hl7.org/fhir/R4/questionnaire.html>, SDC): groups, also such that are answered several times, text, choices,
//! days and times, numbers, yes or no, several answers, questions under each answer, what depends on other answers, what is
//! mandatory, limits, what to begin with.
//!
//! A group that repeats, and each of several answers with questions under it, has instances. One in another is named by
//! both (`domain::section`: [`Entry::group`]).
//!
//! Forms are few and live as long as the page, so that they are borrowed for ever; `fhir` makes each once.

mod enabled;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Decimal;
use super::section::{Entry, Form, Part, YES, clock, day, instance_at, is_inside};

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
    /// What it stands in, the outermost first.
    pub holders: Vec<Holder>,
    /// Its place in the form.
    pub order: usize,
    pub kind: Kind,
    /// Whether there are questions under its answer.
    pub leads: bool,
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

/// An item that holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub link_id: &'static str,
    pub title: &'static str,
    pub is: Holds,
    /// Whether something in it has to be answered; understood of a group that repeats.
    pub required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Group,
    /// A group that may be answered several times.
    Many,
    /// The answer to a question.
    Answer,
    /// One of several answers to a question, which is asked in it first.
    Each,
}

impl Holder {
    /// Whether there may be several of it, each with its own answers: its instances.
    pub const fn repeats(&self) -> bool {
        matches!(self.is, Holds::Many | Holds::Each)
    }
}

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    pub words: &'static str,
    pub system: Option<&'static str>,
    pub code: Option<&'static str>,
}

/// What is an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Words,
    Line,
    Day,
    Time,
    /// A day, or a day with a time.
    Moment,
    Whole,
    Number,
    Amount(Unit),
    /// Of a page.
    Address,
    YesNo,
    /// One of these; with the same codes and words for a choice.
    OneOf(Vec<Value>, &'static [(&'static str, &'static str)]),
    /// One of these, or the writer's own words.
    Open(Vec<Value>, &'static [(&'static str, &'static str)]),
    /// Said to who answers: nothing is asked.
    Told,
    /// A choice of which the record does not say what there is to choose from.
    Unlisted,
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
            Kind::Line | Kind::Address | Kind::Told | Kind::Unlisted | Kind::Other(_) => Form::Line,
            Kind::Day => Form::Day,
            Kind::Time => Form::Time,
            Kind::Moment => Form::Moment,
            Kind::Whole | Kind::Number | Kind::Amount(_) => Form::Number,
            Kind::YesNo => Form::OneOf(&YES_NO),
            Kind::OneOf(_, codes) => Form::OneOf(codes),
            Kind::Open(_, codes) => Form::Open(codes),
        }
    }

    /// Whether it can be answered here.
    pub const fn is_asked(&self) -> bool {
        !matches!(self.kind, Kind::Told | Kind::Unlisted | Kind::Other(_))
    }

    /// What repeats and holds it, the outermost first.
    pub fn repeated(&self) -> impl DoubleEndedIterator<Item = &Holder> {
        self.holders.iter().filter(|it| it.repeats())
    }

    /// The innermost of these.
    pub fn many(&self) -> Option<&Holder> {
        self.repeated().next_back()
    }

    /// What stands between an instance of that and the question.
    pub fn inside(&self) -> &[Holder] {
        let many = self.holders.iter().rposition(Holder::repeats);
        let inner = self.holders.get(many.map_or(0, |it| it + 1)..);
        inner.unwrap_or_default()
    }

    /// The question under whose answer it is asked.
    pub fn under(&self) -> Option<&'static str> {
        let mut holders = self.holders.iter().rev();
        let answer = holders.find(|it| match it.is {
            Holds::Answer => true,
            Holds::Each => it.link_id != self.link_id,
            Holds::Group | Holds::Many => false,
        });
        answer.map(|it| it.link_id)
    }

    /// Whether each of its answers is an instance, with the questions under it.
    pub fn opens(&self) -> bool {
        self.many().is_some_and(|it| it.link_id == self.link_id)
    }
}

impl Questionnaire {
    pub fn question(&self, link_id: &str) -> Option<&Question> {
        self.questions.iter().find(|it| it.link_id == link_id)
    }
}

/// Where a form stands on the page, from its canonical address.
pub fn anchor(canonical: &str) -> String {
    let url = canonical.split('|').next().unwrap_or(canonical);
    let name = url.rsplit('/').next().unwrap_or(url);
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    format!("form-{}", name.chars().map(plain).collect::<String>())
}

/// Whether an entry answers this question; in what repeats, in this one of its instances.
pub fn is_answer(entry: &Entry, question: &Question, instance: Option<&str>) -> bool {
    let is_it = matches!(entry.part, Part::Asked(it) if it.link_id == question.link_id);
    is_it && entry.group() == instance
}

/// How often something that repeats is answered, or begun to be: what [`Entry::group`] calls each, in order. Only those in
/// this instance of what holds it, where it says one.
pub fn instances<'a>(entries: &'a [Entry], many: &str, inside: Option<&str>) -> Vec<&'a str> {
    let mut all = Vec::new();
    for entry in entries {
        let Part::Asked(question) = entry.part else {
            continue;
        };
        let mut levels = question.repeated();
        let Some(level) = levels.position(|it| it.link_id == many) else {
            continue;
        };
        let group = entry.group().and_then(|it| instance_at(it, level));
        let is_its = |it: &&str| inside.is_none_or(|outer| is_inside(it, outer));
        all.extend(group.filter(|it| is_its(it) && !all.contains(it)));
    }
    all
}

/// What is asked together in an instance of this level (0: in the form itself), and what repeats in it with all that it
/// holds.
pub fn at_level(
    questions: &[Question],
    level: usize,
) -> impl Iterator<Item = (Option<&Holder>, &[Question])> {
    let many = move |it: &Question| it.repeated().nth(level).map(|it| it.link_id);
    let together = questions.chunk_by(move |a, b| many(a) == many(b));
    together.filter_map(move |it| Some((it.first()?.repeated().nth(level), it)))
}

/// Two answers to a question of this kind. `None` where one of them is none.
pub fn compared(kind: &Kind, a: &str, b: &str) -> Option<Ordering> {
    match kind {
        Kind::Day => Some(day::read(a)?.cmp(&day::read(b)?)),
        Kind::Time => Some(clock::read(a)?.cmp(&clock::read(b)?)),
        Kind::Moment => {
            let moment = |it| clock::read_moment(it)?.earliest();
            Some(moment(a)?.cmp(&moment(b)?))
        }
        Kind::Whole | Kind::Number | Kind::Amount(_) => {
            Decimal::parse(a)?.partial_cmp(&Decimal::parse(b)?)
        }
        _ => Some(a.cmp(b)),
    }
}
