//! What a source says that it can do: a digest of its `CapabilityStatement`
//! (<https://hl7.org/fhir/R4/capabilitystatement.html>), small enough to keep on the device.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Search;

/// Only the resource types that this page asks for are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    pub fhir_version: String,
    pub batch: bool,
    types: BTreeMap<String, TypeAbilities>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct TypeAbilities {
    search: bool,
    parameters: Vec<String>,
    includes: Vec<String>,
    reverse_includes: Vec<String>,
}

/// The parts of the statement that are read; everything else is skipped without being built, because statements of
/// several megabytes are common.
#[derive(Deserialize)]
struct Statement {
    #[serde(rename = "resourceType")]
    resource_type: String,
    #[serde(rename = "fhirVersion", default)]
    fhir_version: String,
    #[serde(default)]
    rest: Vec<Rest>,
}

#[derive(Deserialize)]
struct Rest {
    #[serde(default)]
    mode: String,
    #[serde(default)]
    interaction: Vec<Coded>,
    #[serde(default)]
    resource: Vec<Kind>,
}

#[derive(Deserialize)]
struct Coded {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    name: String,
    #[serde(default)]
    interaction: Vec<Coded>,
    #[serde(rename = "searchParam", default)]
    parameters: Vec<Named>,
    #[serde(rename = "searchInclude", default)]
    includes: Vec<String>,
    #[serde(rename = "searchRevInclude", default)]
    reverse_includes: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

/// The resource types that this page searches.
const ASKED: [&str; 28] = [
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
    "QuestionnaireResponse",
    "RelatedPerson",
    "RiskAssessment",
    "Task",
];

impl Abilities {
    /// Reads a `CapabilityStatement`. `None` when it is not one: then nothing is assumed.
    pub fn read(body: &str) -> Option<Self> {
        let statement: Statement = serde_json::from_str(body).ok()?;
        if statement.resource_type != "CapabilityStatement" {
            return None;
        }
        let server = statement.rest.into_iter().find(|it| it.mode != "client")?;
        let batch = server.interaction.iter().any(|it| it.code == "batch");
        let kept = server
            .resource
            .into_iter()
            .filter(|it| ASKED.contains(&it.name.as_str()));
        let types = kept
            .map(|it| (it.name.clone(), TypeAbilities::from(it)))
            .collect();
        Some(Self {
            fhir_version: statement.fhir_version,
            batch,
            types,
        })
    }

    /// From what was kept on the device.
    pub fn restore(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }

    /// To keep on the device.
    pub fn keep(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The search as this source can answer it: without the includes it does not offer, with `subject` for a
    /// `patient` it does not know. `None` when the question itself is not offered.
    pub fn fit(&self, search: &Search) -> Option<Search> {
        let kind = self.types.get(search.kind())?;
        if !kind.search {
            return None;
        }
        let search = &kind.in_its_words(search.clone());
        let fitted = search
            .clone()
            .keeping(|name, value| kind.keeps(name, value));
        let asked = |it: &Search| {
            it.parameters()
                .iter()
                .filter(|(name, _)| !name.starts_with('_'))
                .count()
        };
        (asked(&fitted) == asked(search)).then_some(fitted)
    }
}

impl TypeAbilities {
    /// Many types know the person as `subject`, and not every server knows `patient` for them.
    fn in_its_words(&self, search: Search) -> Search {
        let knows = |name: &str| self.parameters.iter().any(|it| it == name);
        if !knows("patient") && knows("subject") {
            search.renamed("patient", "subject", "subject.identifier")
        } else {
            search
        }
    }

    fn keeps(&self, name: &str, value: &str) -> bool {
        let offers =
            |list: &[String]| list.is_empty() || list.iter().any(|it| it == value || it == "*");
        match name {
            "_include" => offers(&self.includes),
            // What follows from an include is not listed per type: where includes work at all, it is tried.
            "_include:iterate" => !self.includes.is_empty(),
            "_revinclude" => offers(&self.reverse_includes),
            _ if name.starts_with('_') || self.parameters.is_empty() => true,
            _ => {
                let plain = name.split(['.', ':']).next().unwrap_or(name);
                self.parameters.iter().any(|it| it == plain)
            }
        }
    }
}

impl From<Kind> for TypeAbilities {
    fn from(kind: Kind) -> Self {
        let search = kind.interaction.is_empty()
            || kind.interaction.iter().any(|it| it.code == "search-type");
        Self {
            search,
            parameters: kind.parameters.into_iter().map(|it| it.name).collect(),
            includes: kind.includes,
            // Only the one that is asked for: the full list is long.
            reverse_includes: kind
                .reverse_includes
                .into_iter()
                .filter(|it| it == "Provenance:target")
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",
        "interaction":[{"code":"batch"}],"resource":[
        {"type":"CareTeam","interaction":[{"code":"search-type"}],"searchParam":[{"name":"patient"}],
         "searchInclude":["CareTeam:subject"]},
        {"type":"Task","interaction":[{"code":"read"}]},{"type":"Basic"}]}]}"#;

    #[test]
    fn only_what_is_offered_is_asked() {
        let abilities = Abilities::read(STATEMENT).unwrap();
        let team = Search::new("CareTeam")
            .with("patient", "1")
            .with("_include", "CareTeam:participant");
        assert_eq!(
            abilities.fit(&team).map(|it| it.path()).as_deref(),
            Some("CareTeam?patient=1")
        );
        assert_eq!(
            abilities.fit(&Search::new("CareTeam").with("status", "active")),
            None
        );
        assert_eq!(
            abilities.fit(&Search::new("Task").with("patient", "1")),
            None
        );
        assert_eq!(
            abilities.fit(&Search::new("Flag").with("patient", "1")),
            None
        );
        assert!(abilities.batch);
        assert_eq!(Abilities::restore(&abilities.keep()), Some(abilities));
    }

    #[test]
    fn a_server_that_says_subject_is_asked_for_the_subject() {
        let statement = STATEMENT.replace("\"patient\"", "\"subject\"");
        let abilities = Abilities::read(&statement).unwrap();
        let path = |search: Search| abilities.fit(&search).map(|it| it.path());
        let team = Search::new("CareTeam");
        assert_eq!(
            path(team.clone().with("patient", "1")).as_deref(),
            Some("CareTeam?subject=1")
        );
        let chained = path(team.with("patient.identifier", "9"));
        assert_eq!(chained.as_deref(), Some("CareTeam?subject.identifier=9"));
    }

    #[test]
    fn what_is_not_a_capability_statement_teaches_nothing() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"resourceType":"OperationOutcome"}"#,
            r#"{"resourceType":"CapabilityStatement"}"#,
        ] {
            assert_eq!(Abilities::read(body), None, "{body}");
        }
    }
}
