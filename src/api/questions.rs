//! Which searches answer which topic. One person's topics together are one batch for a source.

use super::Search;
use crate::domain::{NhsNumber, PatientId, Topic, nhs_number};

/// How a person is named to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By the source's own id.
    Id(PatientId),
    /// By NHS number, in a chained search, where the source's own id is not known.
    Numbers(Vec<NhsNumber>),
    /// By several ids of the source (one person, or a page of a list).
    Ids(Vec<PatientId>),
}

/// A page of people. As many as are asked about at once are asked for in the same words, whoever they are.
const PEOPLE: usize = 50;

impl Who {
    /// The search for the persons themselves.
    pub fn identity(&self) -> Search {
        match self {
            Self::Id(id) => Search::new("Patient").with("_id", id.as_str()),
            Self::Ids(ids) => Search::new("Patient")
                .with("_id", joined(ids))
                .count(ids.len().max(PEOPLE)),
            Self::Numbers(numbers) => Search::new("Patient")
                .with("identifier", identifiers(numbers))
                .count((numbers.len() * 2).max(2 * PEOPLE)),
        }
    }

    /// Restricts a search to them.
    #[must_use]
    pub fn restrict(&self, search: Search) -> Search {
        match self {
            Self::Id(id) => search.with("patient", id.as_str()),
            Self::Ids(ids) => search.with("patient", joined(ids)),
            Self::Numbers(numbers) => search.with("patient.identifier", identifiers(numbers)),
        }
    }
}

fn joined(ids: &[PatientId]) -> String {
    ids.iter()
        .map(PatientId::as_str)
        .collect::<Vec<_>>()
        .join(",")
}

fn identifiers(numbers: &[NhsNumber]) -> String {
    let named = numbers.iter().map(|it| {
        format!(
            "{}|{}",
            nhs_number::SYSTEM,
            super::search::escape(it.as_str())
        )
    });
    named.collect::<Vec<_>>().join(",")
}

/// Newest first, in pages that a tablet can parse without a pause.
const PAGE: usize = 250;
const CPR: &str = "http://snomed.info/sct|450475007,http://snomed.info/sct|450476008";

/// The searches for one topic about one person. The first is the one without which the topic has failed.
pub fn about(topic: Topic, who: &Who) -> Vec<Search> {
    let of = |kind| who.restrict(Search::new(kind)).count(PAGE);
    let newest = |kind| of(kind).with("_sort", "-date");
    match topic {
        Topic::Identity => vec![who.identity(), of("List").optional()],
        Topic::Allergies => vec![of("AllergyIntolerance")],
        Topic::Medicines => vec![
            of("MedicationStatement").with("_include", "MedicationStatement:medication"),
            of("MedicationRequest").with("_include", "MedicationRequest:medication"),
        ],
        Topic::Problems => vec![of("Condition")],
        Topic::Results => vec![newest("Observation"), newest("DiagnosticReport").optional()],
        Topic::Activity => vec![newest("Encounter").with("_include", "Encounter:location")],
        Topic::Appointments => vec![newest("Appointment")],
        Topic::Plans => vec![
            of("CarePlan").with("_revinclude", "Provenance:target"),
            of("Goal").optional(),
            of("Task").optional(),
            of("QuestionnaireResponse").optional(),
        ],
        Topic::Team => vec![
            of("CareTeam")
                .with("_include", "CareTeam:participant")
                .with("_include:iterate", "PractitionerRole:practitioner")
                .with("_include:iterate", "PractitionerRole:organization"),
        ],
        Topic::Contacts => vec![of("RelatedPerson")],
        Topic::Alerts => vec![of("Flag")],
        Topic::Risk => vec![of("RiskAssessment")],
        Topic::Legal => vec![
            of("Consent").optional(),
            of("Observation").with("code", CPR),
        ],
        Topic::Documents => vec![newest("DocumentReference")],
        Topic::SocialCare => vec![of("EpisodeOfCare")],
    }
}
