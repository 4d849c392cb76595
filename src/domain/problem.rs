//! Problems (conditions), which are also the needs that a plan addresses.

mod line;

pub use line::{ProblemLine, lines};

use super::{Coded, Concept, Origin, Party, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemStatus {
    Active,
    Recurrence,
    Relapse,
    Inactive,
    Remission,
    Resolved,
}

/// One `Condition`: <https://hl7.org/fhir/R4/condition.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    pub origin: Origin,
    pub what: Concept,
    pub status: Option<Coded<ProblemStatus>>,
    /// `confirmed`, `refuted`, `entered-in-error` …, as received.
    pub verification: Option<String>,
    pub categories: Vec<Concept>,
    pub severity: Option<Concept>,
    pub onset: Option<When>,
    pub abatement: Option<When>,
    pub recorded: Option<When>,
    pub body_sites: Vec<Concept>,
    pub recorder: Option<Party>,
    pub notes: Vec<String>,
}

impl Problem {
    pub fn is_error(&self) -> bool {
        matches!(
            self.verification.as_deref(),
            Some("entered-in-error" | "refuted")
        )
    }

    pub fn is_active(&self) -> bool {
        use ProblemStatus as S;
        !self.is_error()
            && !matches!(
                self.status,
                Some(Coded::Known(S::Inactive | S::Remission | S::Resolved))
            )
            && self.abatement.is_none()
    }
}
