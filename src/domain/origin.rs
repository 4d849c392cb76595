//! Where a fact comes from, and who or what a fact points at.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// The short id of a source in `config.json`, e.g. `rw3`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(Arc<str>);

impl SourceId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The resource types that this page asks for.
pub const KINDS: [&str; 29] = [
    "AllergyIntolerance",
    "Appointment",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Consent",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "EpisodeOfCare",
    "Flag",
    "Goal",
    "Group",
    "HealthcareService",
    "List",
    "Location",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "RelatedPerson",
    "RiskAssessment",
    "Task",
];

/// `Type/id` within one source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceRef {
    /// One of the [`KINDS`] takes no room of its own.
    pub kind: Cow<'static, str>,
    /// Shared by everything that names the same: a fact, what follows from it, what is said of it.
    pub id: Arc<str>,
}

impl ResourceRef {
    pub fn new(kind: &str, id: &str) -> Self {
        Self {
            kind: self::kind(kind),
            id: id.into(),
        }
    }

    /// Reads `Patient/1`, `https://host/base/Patient/1` and `…/Patient/1/_history/2`. `None` for anything else
    /// (`urn:uuid:…`, `#contained`).
    pub fn parse(reference: &str) -> Option<Self> {
        let path = reference
            .split_once("/_history/")
            .map_or(reference, |(path, _)| path);
        let mut parts = path.rsplit('/');
        let id = parts.next().filter(|it| is_id(it))?;
        let kind = parts.next().filter(|it| is_kind(it))?;
        Some(Self::new(kind, id))
    }
}

/// A resource type: one of the [`KINDS`] takes no room of its own.
pub(super) fn kind(kind: &str) -> Cow<'static, str> {
    KINDS
        .iter()
        .find(|it| **it == kind)
        .map_or_else(|| Cow::Owned(kind.to_owned()), |it| Cow::Borrowed(*it))
}

/// Whether it can be one.
pub(super) fn is_kind(raw: &str) -> bool {
    raw.starts_with(|it: char| it.is_ascii_uppercase())
        && raw.bytes().all(|it| it.is_ascii_alphabetic())
}

impl std::fmt::Display for ResourceRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// FHIR's `id`: 1 to 64 of letters, digits, `-` and `.`. Safe in a path.
pub fn is_id(raw: &str) -> bool {
    (1..=64).contains(&raw.len())
        && raw
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
}

/// Which resource of which source a fact was read from, and when that resource last changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    pub source: SourceId,
    pub resource: ResourceRef,
    pub updated: Option<DateTime<Utc>>,
}

impl Origin {
    /// Of a fact that is kept without its id, for what it says alone.
    pub fn nameless(source: SourceId, kind: &'static str) -> Self {
        Self {
            source,
            resource: ResourceRef {
                kind: Cow::Borrowed(kind),
                id: Arc::default(),
            },
            updated: None,
        }
    }
}

/// Somebody or something that a fact names: a display, a reference, or both.
/// `name` is `None` when the source gave only a reference that could not be resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Party {
    pub name: Option<String>,
    pub reference: Option<ResourceRef>,
}
