//! The parts of a crisis and contingency plan (PRSB Personalised Care and Support Plan v2.0, Contingency plan).

use crate::domain::folding::fold;

/// A heading that a crisis plan is written and read under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CrisisPart {
    /// Mandatory: at least one.
    Triggers,
    ToDo,
    Contact,
    Coping,
    Relapse,
    Anticipatory,
    IfCarerCannot,
    AdvanceStatement,
}

impl CrisisPart {
    /// In the order in which they are needed.
    pub const ALL: [Self; 8] = [
        Self::Triggers,
        Self::ToDo,
        Self::Contact,
        Self::Coping,
        Self::Relapse,
        Self::Anticipatory,
        Self::IfCarerCannot,
        Self::AdvanceStatement,
    ];

    /// What sources call it, in whatever words: "What should happen", "Actions to take". `None` for other headings.
    pub fn of(heading: &str) -> Option<Self> {
        let under = fold(heading);
        let said = |wanted: &[&str]| wanted.iter().any(|it| under.contains(it));
        Some(if said(&["contact", "to call", "to ring"]) {
            Self::Contact
        } else if said(&["trigger"]) {
            Self::Triggers
        } else if said(&["carer"]) {
            Self::IfCarerCannot
        } else if said(&["anticipatory", "equipment", "rescue"]) {
            Self::Anticipatory
        } else if said(&["advance"]) {
            Self::AdvanceStatement
        } else if said(&["coping"]) {
            Self::Coping
        } else if said(&["relapse", "warning sign"]) {
            Self::Relapse
        } else if said(&["should happen", "what to do", "action"]) {
            Self::ToDo
        } else {
            return None;
        })
    }

    /// The standard's own words, which are written to the record.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Triggers => "Trigger factors",
            Self::ToDo => "What should happen",
            Self::Contact => "Who should be contacted",
            Self::Coping => "Coping strategies",
            Self::Relapse => "Relapse indicators",
            Self::Anticipatory => "Anticipatory medicines and equipment",
            Self::IfCarerCannot => "If the carer cannot care",
            Self::AdvanceStatement => "Advance statement",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_under_the_same_heading() {
        for part in CrisisPart::ALL {
            assert_eq!(CrisisPart::of(part.title()), Some(part));
        }
        assert_eq!(CrisisPart::of("Pets"), None);
    }
}
