//! How the sources that provide something have answered: what a rule must know before it may say "none".

use super::SourceId;

/// How one source stands on one topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It has answered; what it said may be old by now.
    Answered,
    /// Its first answer is awaited.
    Loading,
    /// It could not answer.
    Failed,
    /// It was not asked: the person has no valid NHS number by which it could be.
    Unasked,
    /// It has answered about somebody else, and everything of it is left out.
    LeftOut,
    /// It keeps back what it has.
    Withheld,
    /// It has answered, and not with all of it: a page is missing, a record could not be read, something was not searched.
    InPart,
}

/// Every source that provides the topic, with its answer. One that does not offer it is not in it.
pub type Answers = [(SourceId, Answer)];

/// The sources that stand so.
pub fn sources(answers: &Answers, answer: Answer) -> Vec<SourceId> {
    let so = answers.iter().filter(|(_, it)| *it == answer);
    so.map(|(source, _)| source.clone()).collect()
}
