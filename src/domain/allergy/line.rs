//! One line per agent, whoever recorded it.

use super::Allergy;
use crate::domain::code::SNOMED;
use crate::domain::folding::fold;
use crate::domain::sameness::grouped;
use crate::domain::{Coded, Concept, SourceId};

/// The same agent from one or more sources.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct AllergyLine {
    /// Every record of it, the ones that count first.
    pub entries: Vec<Allergy>,
    /// At least one source has it as active.
    pub current: bool,
}

impl AllergyLine {
    pub fn agent(&self) -> Option<&Concept> {
        self.entries.first().map(|it| &it.agent)
    }

    /// Each source once.
    pub fn sources(&self) -> Vec<SourceId> {
        let mut all: Vec<SourceId> = self
            .entries
            .iter()
            .map(|it| it.origin.source.clone())
            .collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|it| seen.insert(it.clone()));
        all
    }
}

/// Lines by agent (same SNOMED code, else same words), by name, those that count now first. Refuted records, records
/// entered in error and statements that there are none are left out.
pub fn lines(allergies: &[Allergy]) -> Vec<AllergyLine> {
    let real = allergies
        .iter()
        .filter(|it| !it.states_none_known && !is_refuted(it))
        .cloned();
    let mut all: Vec<AllergyLine> = grouped(real, |it| &it.agent, &[SNOMED])
        .into_iter()
        .map(|mut entries| {
            entries.sort_by_key(|it| !it.is_current());
            let current = entries.iter().any(Allergy::is_current);
            AllergyLine { entries, current }
        })
        .collect();
    all.sort_by_cached_key(|it| (!it.current, !is_high(it), name(it)));
    all
}

fn name(line: &AllergyLine) -> String {
    fold(line.agent().and_then(Concept::label).unwrap_or(""))
}

/// What can kill stands first.
fn is_high(line: &AllergyLine) -> bool {
    line.entries
        .iter()
        .any(|it| it.is_current() && it.criticality.as_deref() == Some("high"))
}

fn is_refuted(allergy: &Allergy) -> bool {
    use super::Verification as V;
    matches!(
        allergy.verification,
        Some(Coded::Known(V::Refuted | V::EnteredInError))
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Clinical, Verification};
    use super::*;
    use crate::domain::sample::{allergy, source};

    #[test]
    fn the_same_agent_from_two_sources_is_one_line_with_both() {
        let lines = lines(&[
            allergy("gp", "Penicillin"),
            allergy("rm2", "penicillin"),
            allergy("rm2", "Latex"),
        ]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].sources(), [source("gp"), source("rm2")]);
    }

    #[test]
    fn what_was_entered_in_error_or_refuted_is_left_out_and_what_is_over_stands_apart() {
        let (mut wrong, mut refuted, mut over) =
            (allergy("gp", "A"), allergy("gp", "B"), allergy("gp", "C"));
        wrong.verification = Some(Coded::Known(Verification::EnteredInError));
        refuted.verification = Some(Coded::Known(Verification::Refuted));
        over.clinical = Some(Coded::Known(Clinical::Resolved));
        let lines = lines(&[wrong, refuted, over.clone()]);
        assert_eq!(
            lines,
            [AllergyLine {
                entries: vec![over],
                current: false
            }]
        );
    }

    #[test]
    fn one_source_that_still_has_it_keeps_it_current() {
        let mut over = allergy("gp", "Penicillin");
        over.clinical = Some(Coded::Known(Clinical::Resolved));
        let lines = lines(&[over, allergy("rm2", "Penicillin")]);
        assert!(lines.len() == 1 && lines[0].current && lines[0].entries.len() == 2);
        assert_eq!(lines[0].entries[0].origin.source, source("rm2"));
    }
}
