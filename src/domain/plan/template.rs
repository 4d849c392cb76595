//! What a locality suggests for a kind of plan. Suggestions only: nothing of them is in a plan before somebody has taken
//! it in, one by one.

use super::super::code::SNOMED;
use super::super::folding::fold;
use super::super::section::{Field, Part, words_of};
use super::{Goal, Task, TaskStatus};
use crate::domain::{Coded, Facts, ResourceRef, SourceId};

/// "Frailty": goals, each with actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub id: String,
    pub name: String,
    /// SNOMED CT codes of problems that it is meant for.
    pub problems: Vec<String>,
    pub goals: Vec<SuggestedGoal>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestedGoal {
    pub what: String,
    /// Days from when it is taken in.
    pub target_days: Option<u32>,
    pub actions: Vec<SuggestedAction>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestedAction {
    pub what: String,
    pub due_days: Option<u32>,
    /// `Task.priority`.
    pub priority: Option<String>,
}

impl Template {
    /// Whether the record has a problem that it is meant for.
    pub fn is_for(&self, facts: &Facts) -> bool {
        let mut active = facts.problems.iter().filter(|it| it.is_active());
        active.any(|it| self.problems.iter().any(|code| it.what.has(SNOMED, code)))
    }
}

impl SuggestedGoal {
    /// The goal of the record that says the same, whoever wrote it.
    pub fn taken_in(&self, facts: &Facts, source: &SourceId) -> Option<ResourceRef> {
        let own = facts.goals.iter().filter(|it| it.origin.source == *source);
        let mut same = own
            .filter(|it| counts(it) && it.what.label().is_some_and(|it| is_same(it, &self.what)));
        same.next().map(|it| it.origin.resource.clone())
    }
}

fn counts(it: &Goal) -> bool {
    !matches!(
        it.lifecycle.as_deref(),
        Some("entered-in-error" | "cancelled" | "rejected")
    )
}

impl SuggestedAction {
    /// Whether an action of the record says the same.
    pub fn is_taken_in(&self, facts: &Facts, source: &SourceId) -> bool {
        let own = facts.tasks.iter().filter(|it| it.origin.source == *source);
        let counts = |it: &Task| {
            use TaskStatus as S;
            !matches!(
                it.status,
                Some(Coded::Known(S::EnteredInError | S::Cancelled | S::Rejected))
            )
        };
        let mut same =
            own.filter(|it| it.what.as_deref().is_some_and(|it| is_same(it, &self.what)));
        same.any(counts)
    }

    /// The priority, if it is one.
    pub fn is_priority(code: &str) -> bool {
        words_of(Part::Field(Field::Priority), code).is_some()
    }
}

fn is_same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// A name for a suggestion that says nothing by itself: what is set aside for somebody is kept on the device by it
/// (64-bit FNV-1a).
pub fn mark(template: &str, what: &str) -> String {
    let text = format!("{template}|{}", fold(what));
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{sum:016x}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::sample::{coded, problem};

    #[test]
    fn a_template_is_for_who_has_the_problem_it_names_and_has_it_still() {
        let copd = Template {
            problems: vec!["13645005".to_owned()],
            ..Template::default()
        };
        let mut facts = Facts::default();
        assert!(!copd.is_for(&facts));
        let mut it = problem("shared", "COPD", "2019");
        it.what = coded(SNOMED, "13645005", "COPD");
        facts.problems = vec![it];
        assert!(copd.is_for(&facts));
        facts.problems[0].verification = Some("entered-in-error".to_owned());
        assert!(!copd.is_for(&facts));
    }

    #[test]
    fn what_is_set_aside_is_kept_under_a_name_that_says_nothing() {
        let name = mark("frailty", "Walk to the shop");
        assert_eq!(name, mark("frailty", "walk to the  shop"));
        assert_ne!(name, mark("copd", "Walk to the shop"));
        assert!(name.len() == 16 && name.bytes().all(|it| it.is_ascii_hexdigit()));
    }
}
