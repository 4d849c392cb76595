//! A person as one source knows them.

use super::{Coded, Concept, NhsNumber, Origin, Party, Period, ResourceRef, When, origin};

/// The logical id of a person in one source: opaque, safe in a path, the only thing about a person in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatientId(String);

/// What was given is not a FHIR id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a FHIR id")]
pub struct BadId;

impl PatientId {
    /// Checks once, so that it is safe in a path everywhere.
    pub fn parse(raw: &str) -> Result<Self, BadId> {
        if origin::is_id(raw) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(BadId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
    Other,
    Unknown,
}

/// A `HumanName`; parts in the order received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// `usual`, `official`, `nickname`, `old`, `maiden` …, as received.
    pub usage: Option<String>,
    pub family: Option<String>,
    pub given: Vec<String>,
    pub prefix: Vec<String>,
    /// The whole name as text, for sources that give nothing else.
    pub text: Option<String>,
    pub period: Period,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deceased {
    /// Known to have died, not when.
    Yes,
    On(When),
}

/// A phone number, e-mail or other way to reach somebody. `rank` 1 is tried first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telecom {
    pub system: Option<String>,
    pub value: String,
    pub usage: Option<String>,
    pub rank: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub usage: Option<String>,
    /// From house to postcode, in postal order; `text` split at line breaks when there is nothing else.
    pub lines: Vec<String>,
    pub period: Period,
}

/// An NHS number with what the source says of its verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenNumber {
    pub number: NhsNumber,
    /// UKCore-NHSNumberVerificationStatus, e.g. "Number present and verified".
    pub verification: Option<Concept>,
}

/// A hospital or other local number, with who gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalNumber {
    pub system: Option<String>,
    pub value: String,
    pub label: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    pub origin: Origin,
    pub id: PatientId,
    pub active: bool,
    pub numbers: Vec<SeenNumber>,
    pub local_numbers: Vec<LocalNumber>,
    pub names: Vec<PersonName>,
    pub birth: Option<When>,
    pub gender: Option<Coded<Gender>>,
    pub deceased: Option<Deceased>,
    pub telecoms: Vec<Telecom>,
    pub addresses: Vec<Address>,
    pub practice: Option<Party>,
    pub ethnicity: Option<Concept>,
    pub languages: Vec<Concept>,
    pub interpreter_required: bool,
    /// The record that is to be used instead of this one (`link.type` = `replaced-by`).
    pub replaced_by: Option<ResourceRef>,
}

impl Patient {
    /// The name to show: `usual`, else `official`, else the first that is not old.
    pub fn name(&self) -> Option<&PersonName> {
        let with = |usage: &str| {
            self.names
                .iter()
                .find(|it| it.usage.as_deref() == Some(usage))
        };
        let current = || {
            self.names
                .iter()
                .find(|it| !matches!(it.usage.as_deref(), Some("old" | "maiden")))
        };
        with("usual")
            .or_else(|| with("official"))
            .or_else(current)
            .or_else(|| self.names.first())
    }

    pub fn number(&self) -> Option<&SeenNumber> {
        self.numbers.first()
    }
}
