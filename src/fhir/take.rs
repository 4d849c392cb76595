//! What the api takes out of an answer: whole resources are moved, never copied, and nothing is interpreted further.

use serde_json::Value;

use super::{Bundle, OperationOutcome, Severity};
use crate::domain::{NhsNumber, PatientId, ResourceRef, nhs_number};

/// A searchset, taken apart: <https://hl7.org/fhir/R4/bundle.html#searchset>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Searchset {
    pub resources: Vec<Value>,
    pub next: Option<String>,
    pub total: Option<u64>,
    /// How many were found: what came along with them (`search.mode`) is not counted.
    pub matches: usize,
    /// `OperationOutcome` entries that tell of an error, in words.
    pub remarks: Vec<String>,
    /// There are records which were not given: whoever stands between may have taken them out.
    pub is_cut: bool,
}

/// One entry of a batch-response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchAnswer {
    /// The number at the start of `response.status`.
    pub status: Option<u16>,
    pub resource: Option<Value>,
    pub outcome: Option<Value>,
}

/// Takes the resources out of a searchset. An entry without one that can be read stands for one that is not known;
/// outcomes become remarks.
pub fn searchset(mut bundle: Value) -> Searchset {
    let (next, total) = Bundle::of(&bundle)
        .map(|it| (it.next().map(str::to_owned), it.total()))
        .unwrap_or_default();
    let entries = bundle.get("entry");
    let mut set = Searchset {
        next,
        total,
        is_cut: entries.is_some_and(|it| !it.is_array() && !it.is_null()),
        ..Searchset::default()
    };
    for entry in take_entries(&mut bundle) {
        let mode = entry.pointer("/search/mode").and_then(Value::as_str);
        set.matches += usize::from(!matches!(mode, Some("include" | "outcome")));
        let Some(resource) = take(entry, "resource") else {
            set.is_cut = true;
            continue;
        };
        match kind(&resource) {
            // That a sort was ignored is nothing for people; that something could not be given is.
            Some("OperationOutcome") => {
                let failed =
                    OperationOutcome::of(&resource).is_some_and(OperationOutcome::is_failure);
                if failed {
                    let words = Some(outcome_words(&resource)).filter(|it| !it.is_empty());
                    let words = words.unwrap_or_else(|| "something could not be given".to_owned());
                    set.remarks.push(words);
                }
            }
            Some(kind) if kind.starts_with(|it: char| it.is_ascii_uppercase()) => {
                set.resources.push(resource);
            }
            // No type of FHIR's: what it is about nobody knows.
            _ => set.is_cut = true,
        }
    }
    let is_end = set.resources.is_empty() && set.next.is_none();
    set.is_cut |= is_end && set.total.is_some_and(|it| it > 0);
    set
}

/// Takes the answers out of a batch-response, in order. `None` when it is no Bundle.
pub fn batch_answers(mut bundle: Value) -> Option<Vec<BatchAnswer>> {
    Bundle::of(&bundle)?;
    let answer = |mut entry: Value| BatchAnswer {
        status: entry
            .pointer("/response/status")
            .and_then(Value::as_str)
            .and_then(status_number),
        outcome: entry.pointer_mut("/response/outcome").map(Value::take),
        resource: take(entry, "resource"),
    };
    Some(take_entries(&mut bundle).into_iter().map(answer).collect())
}

fn status_number(status: &str) -> Option<u16> {
    status.trim().split(' ').next()?.parse().ok()
}

fn take_entries(bundle: &mut Value) -> Vec<Value> {
    match bundle.get_mut("entry").map(Value::take) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    }
}

fn take(mut entry: Value, name: &str) -> Option<Value> {
    let value = entry.get_mut(name).map(Value::take)?;
    value.is_object().then_some(value)
}

/// What an `OperationOutcome` says to people; empty when it says nothing or is none.
pub fn outcome_words(value: &Value) -> String {
    let Some(outcome) = OperationOutcome::of(value) else {
        return String::new();
    };
    let words: Vec<String> = outcome
        .issues()
        .filter_map(|it| it.details.or(it.diagnostics))
        .collect();
    words.join("; ")
}

/// What an `OperationOutcome` says is wrong and where: words for people, with FHIR paths.
pub fn outcome_places(value: &Value) -> Vec<(String, Vec<String>)> {
    let issues = OperationOutcome::of(value).into_iter();
    let wrong = issues
        .flat_map(OperationOutcome::issues)
        .filter(|it| it.severity >= Severity::Error && !it.expression.is_empty());
    wrong.map(|it| (it.words(), it.expression)).collect()
}

pub fn kind(resource: &Value) -> Option<&str> {
    resource.get("resourceType").and_then(Value::as_str)
}

/// `Type/id` of a resource. `None` without an id that is one.
pub fn reference_to(resource: &Value) -> Option<ResourceRef> {
    let id = resource
        .get("id")
        .and_then(Value::as_str)
        .filter(|it| crate::domain::origin::is_id(it))?;
    Some(ResourceRef::new(kind(resource)?, id))
}

/// The logical id, checked.
pub fn patient_id(resource: &Value) -> Option<PatientId> {
    PatientId::parse(resource.get("id")?.as_str()?).ok()
}

/// The NHS numbers of a Patient; none for anything else.
pub fn nhs_numbers(patient: &Value) -> Vec<NhsNumber> {
    let identifiers = patient.get("identifier").and_then(Value::as_array);
    let is_patient = kind(patient) == Some("Patient");
    let numbers = identifiers.into_iter().flatten().filter(|it| {
        is_patient && it.get("system").and_then(Value::as_str) == Some(nhs_number::SYSTEM)
    });
    numbers
        .filter_map(|it| NhsNumber::received(it.get("value")?.as_str()?))
        .collect()
}

/// The members of a Group that are patients.
pub fn members(group: &Value) -> Vec<PatientId> {
    let members = group
        .get("member")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let current = members.filter(|it| it.get("inactive") != Some(&Value::Bool(true)));
    let references =
        current.filter_map(|it| ResourceRef::parse(it.pointer("/entity/reference")?.as_str()?));
    references
        .filter(|it| it.kind == "Patient")
        .filter_map(|it| PatientId::of(&it).ok())
        .collect()
}

/// Whether a resource is by its nature about no patient, and may come along with any answer: organisations and the
/// like.
pub fn is_about_nobody(resource: &Value) -> bool {
    matches!(
        kind(resource),
        Some(
            "Organization"
                | "Practitioner"
                | "PractitionerRole"
                | "Location"
                | "HealthcareService"
                | "Medication"
                | "Provenance"
                | "Device"
        )
    )
}

/// The professionals and organisations that a team or a role points at.
pub fn people_behind(resource: &Value) -> Vec<ResourceRef> {
    let reference = |value: &Value| ResourceRef::parse(value.get("reference")?.as_str()?);
    match kind(resource) {
        Some("CareTeam") => {
            let members = resource
                .get("participant")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            members
                .filter_map(|it| reference(it.get("member")?))
                .collect()
        }
        Some("PractitionerRole") => ["practitioner", "organization"]
            .into_iter()
            .filter_map(|it| reference(resource.get(it)?))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_that_were_taken_out_on_the_way_are_not_none() {
        let is_cut = |bundle: Value| searchset(bundle).is_cut;
        let entry = |resource: Value| json!({ "fullUrl": "http://x/Flag/1", "resource": resource });
        let flag = || json!({ "resourceType": "Flag", "id": "1" });
        let bare = json!({ "fullUrl": "http://x/Flag/2", "search": { "mode": "match" } });
        let of = |total: u64, entries: Vec<Value>| json!({ "resourceType": "Bundle", "type": "searchset", "total": total, "entry": entries });
        assert!(is_cut(of(2, vec![entry(flag()), bare])));
        assert!(is_cut(of(2, vec![])));
        assert!(!is_cut(of(0, vec![])));
        let fewer = of(9, vec![entry(flag())]);
        assert!(!is_cut(fewer), "others may be on other pages");
        for unread in [
            json!(null),
            json!({}),
            json!("Flag/1"),
            entry(json!({ "id": "1" })),
            entry(json!({ "resourceType": "flag", "id": "1" })),
            entry(json!({ "resourceType": "", "id": "1" })),
        ] {
            assert!(is_cut(of(1, vec![entry(flag()), unread])));
        }
        for odd in [json!({}), json!("Flag"), json!(7)] {
            assert!(is_cut(json!({ "resourceType": "Bundle", "entry": odd })));
        }
        assert!(!is_cut(json!({ "resourceType": "Bundle", "entry": null })));
    }
}
