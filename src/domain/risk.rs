//! The score that put the person in the programme (`RiskAssessment`).

use super::{Concept, Decimal, Origin, Party, When};

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Risk {
    pub origin: Origin,
    pub status: Option<String>,
    pub at: Option<When>,
    pub method: Option<Concept>,
    pub performer: Option<Party>,
    pub mitigation: Option<String>,
    pub predictions: Vec<Prediction>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Prediction {
    pub outcome: Option<Concept>,
    /// Between 0 and 1.
    pub probability: Option<Decimal>,
    /// `low`, `moderate`, `high` … where no number is given.
    pub qualitative: Option<Concept>,
    /// Over which time, in words, e.g. "12 months".
    pub horizon: Option<String>,
}
