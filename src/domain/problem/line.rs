//! One line per problem, whoever recorded it.

use super::Problem;
use crate::domain::code::SNOMED;
use crate::domain::folding::fold;
use crate::domain::sameness::grouped;
use crate::domain::{Concept, SourceId, When};

/// The same problem from one or more sources.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ProblemLine {
    /// Every record of it, active ones first.
    pub entries: Vec<Problem>,
    /// At least one source has it as active.
    pub active: bool,
}

impl ProblemLine {
    pub fn what(&self) -> Option<&Concept> {
        self.entries.first().map(|it| &it.what)
    }

    /// The earliest onset that any source gives.
    pub fn onset(&self) -> Option<&When> {
        let known = self.entries.iter().filter_map(|it| it.onset.as_ref());
        let dated = known.clone().filter(|it| it.earliest().is_some());
        dated
            .min_by_key(|it| it.earliest())
            .or_else(|| known.clone().next())
    }

    /// In words, when nobody who has it (as active, if anybody has) was sure of it.
    pub fn doubt(&self) -> Option<&'static str> {
        let mut counted = self
            .entries
            .iter()
            .filter(|it| it.is_active() == self.active);
        let first = counted.clone().find_map(Problem::doubt)?;
        counted.all(|it| it.doubt().is_some()).then_some(first)
    }

    /// Each source once.
    pub fn sources(&self) -> Vec<SourceId> {
        let mut seen = std::collections::HashSet::new();
        let all = self.entries.iter().map(|it| it.origin.source.clone());
        all.filter(|it| seen.insert(it.clone())).collect()
    }
}

/// Lines by problem (same SNOMED code, else same words): the active ones by name, then the past ones. Refuted records
/// and records entered in error are left out.
pub fn lines(problems: &[Problem]) -> Vec<ProblemLine> {
    let real = problems.iter().filter(|it| !it.is_error()).cloned();
    let mut all: Vec<ProblemLine> = grouped(real, |it| &it.what, &[SNOMED])
        .into_iter()
        .map(|mut entries| {
            entries.sort_by_key(|it| !it.is_active());
            let active = entries.iter().any(Problem::is_active);
            ProblemLine { entries, active }
        })
        .collect();
    all.sort_by_cached_key(|it| {
        (
            !it.active,
            fold(it.what().and_then(Concept::label).unwrap_or("")),
        )
    });
    all
}

#[cfg(test)]
mod tests {
    use super::super::ProblemStatus;
    use super::*;
    use crate::domain::Coded;
    use crate::domain::sample::{problem, source};

    #[test]
    fn the_same_problem_from_two_sources_is_one_line_since_the_earliest_onset() {
        let mut over = problem("gp", "Gout", "2001");
        over.status = Some(Coded::Known(ProblemStatus::Resolved));
        let mut wrong = problem("gp", "Stroke", "2001");
        wrong.verification = Some("entered-in-error".to_owned());
        let all = lines(&[
            over,
            problem("rm2", "Heart failure", "2020-03"),
            problem("gp", "heart failure", "2019"),
            wrong,
        ]);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].onset(), Some(&When::Year(2019)));
        assert_eq!(all[0].sources(), [source("rm2"), source("gp")]);
        assert!(!all[1].active);
    }

    #[test]
    fn what_nobody_has_confirmed_says_so() {
        let mut guess = problem("gp", "Heart failure", "2019");
        guess.verification = Some("provisional".to_owned());
        assert_eq!(lines(&[guess.clone()])[0].doubt(), Some("provisional"));
        let mut sure = problem("rm2", "Heart failure", "2020");
        assert_eq!(lines(&[guess.clone(), sure.clone()])[0].doubt(), None);
        sure.status = Some(Coded::Known(ProblemStatus::Resolved));
        assert_eq!(
            lines(&[guess, sure])[0].doubt(),
            Some("provisional"),
            "who has it as over is not sure that it is there"
        );
    }
}
