//! Allergies and intolerances, and the statement that there are none.

mod line;
mod standing;

pub use line::{AllergyLine, lines};
pub use standing::{Standing, Strip, strip};

use super::{Coded, Concept, Origin, Party, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clinical {
    Active,
    Inactive,
    Resolved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verification {
    Unconfirmed,
    Confirmed,
    Refuted,
    EnteredInError,
}

/// One `AllergyIntolerance`: <https://hl7.org/fhir/R4/allergyintolerance.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Allergy {
    pub origin: Origin,
    pub agent: Concept,
    /// SNOMED 716186003 or a descendant: says that there is no known allergy (or none of a kind, when `agent` is narrower),
    /// or that nobody knows: what it says, never that there is one.
    pub states_none_known: bool,
    /// `allergy` or `intolerance`, as received.
    pub kind: Option<String>,
    pub criticality: Option<String>,
    pub clinical: Option<Coded<Clinical>>,
    pub verification: Option<Coded<Verification>>,
    pub reactions: Vec<Reaction>,
    pub onset: Option<When>,
    pub recorded: Option<When>,
    pub recorder: Option<Party>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reaction {
    pub manifestations: Vec<Concept>,
    pub substance: Option<Concept>,
    /// `mild`, `moderate`, `severe`, as received.
    pub severity: Option<String>,
    pub onset: Option<When>,
    pub description: Option<String>,
}

impl Allergy {
    /// Counts in the banner strip: neither refuted, entered in error, inactive nor resolved. Unknown codes count.
    pub fn is_current(&self) -> bool {
        let refuted = matches!(
            self.verification,
            Some(Coded::Known(
                Verification::Refuted | Verification::EnteredInError
            ))
        );
        let over = matches!(
            self.clinical,
            Some(Coded::Known(Clinical::Inactive | Clinical::Resolved))
        );
        !refuted && !over
    }
}
