//! Problems (conditions), which are also the needs that a plan addresses.

mod line;

pub use line::{ProblemLine, lines};

use std::sync::Arc;

use super::{Coded, Concept, Identifier, Origin, Party, SourceId, Target, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemStatus {
    Active,
    Recurrence,
    Relapse,
    Inactive,
    Remission,
    Resolved,
}

/// What has become of a problem that something is linked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Over,
    /// Refuted, or entered in error.
    Untrue,
}

/// One `Condition`: <https://hl7.org/fhir/R4/condition.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    pub origin: Origin,
    /// What it is called by in other records.
    pub identifier: Option<Arc<Identifier>>,
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

/// The problem that a link of `source` leads to, whoever holds it. What was entered in error and again goes by one name.
pub fn behind<'a>(all: &'a [Problem], source: &SourceId, to: &Target) -> Option<&'a Problem> {
    all.iter()
        .filter(|it| to.is(source, &it.origin, it.identifier.as_ref()))
        .min_by_key(|it| it.is_error())
}

impl Problem {
    pub fn is_error(&self) -> bool {
        matches!(
            self.verification.as_deref(),
            Some("entered-in-error" | "refuted")
        )
    }

    /// In words, when whoever recorded it was not sure of it. `None` where it is confirmed, or nobody says.
    pub fn doubt(&self) -> Option<&'static str> {
        match self.verification.as_deref()? {
            "unconfirmed" => Some("not confirmed"),
            "provisional" => Some("provisional"),
            "differential" => Some("one of several possible"),
            _ => None,
        }
    }

    /// `None` while it is there.
    pub fn outcome(&self) -> Option<Outcome> {
        if self.is_error() {
            return Some(Outcome::Untrue);
        }
        (!self.is_active()).then_some(Outcome::Over)
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
