//! The official R4 examples (npm `hl7.fhir.r4.examples` 4.0.1, 5,306 resources, CC0), for the tests that read them.

use std::path::PathBuf;
use std::sync::LazyLock;

use alongside::fhir::Resource;

const PACKAGE: &str = "hl7.fhir.r4.examples-4.0.1";

/// One example: its file's name, its text, and what was parsed.
pub struct Example {
    pub name: String,
    #[allow(dead_code, reason = "not every test compares it")]
    pub text: String,
    pub resource: Resource,
}

pub static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let folder = folder();
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| !it.starts_with('.') && it != "package.json")
        .collect();
    names.sort();
    let read = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        let resource = Resource::parse(&text).unwrap_or_else(|it| panic!("{name}: {it}"));
        Example {
            name,
            text,
            resource,
        }
    };
    names.into_iter().map(read).collect()
});

fn folder() -> PathBuf {
    if let Some(named) = std::env::var_os("FHIR_R4_EXAMPLES") {
        return PathBuf::from(named);
    }
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let cached = cache.map(|it| it.join("alongside").join(PACKAGE).join("package"));
    cached.filter(|it| it.is_dir()).unwrap_or_else(|| {
        panic!(
            "the official examples are missing: `npm pack hl7.fhir.r4.examples@4.0.1`, unpack it, and set \
             FHIR_R4_EXAMPLES to its `package` folder (or unpack it into ~/.cache/alongside/{PACKAGE})"
        )
    })
}

/// The kinds of which each resource gives exactly one fact.
#[allow(dead_code, reason = "not every test converts")]
pub const READ: [&str; 25] = [
    "Patient",
    "AllergyIntolerance",
    "MedicationStatement",
    "MedicationRequest",
    "Condition",
    "Observation",
    "Flag",
    "DiagnosticReport",
    "Encounter",
    "Appointment",
    "CarePlan",
    "Goal",
    "Task",
    "QuestionnaireResponse",
    "CareTeam",
    "RelatedPerson",
    "RiskAssessment",
    "Consent",
    "DocumentReference",
    "EpisodeOfCare",
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "Location",
    "HealthcareService",
];
