//! Whom a resource is about: checked before anything of an answer is shown, so that a server's (or a proxy's)
//! mistake never puts one person's facts under another's name.

use serde_json::Value;

use crate::domain::ResourceRef;

use super::element::raw_text;

/// Where R4 resources of the patient compartment name the person
/// (<https://hl7.org/fhir/R4/compartmentdefinition-patient.html>).
const PLACES: [&str; 5] = ["patient", "subject", "for", "beneficiary", "individual"];

/// The patients a resource is about: one, or several for a group appointment. Empty when it is about nobody (a
/// Practitioner), or names the person in a way that cannot be compared (an identifier, a contained Patient, a Group).
pub fn subjects(resource: &Value) -> Vec<ResourceRef> {
    let kind = raw_text(resource, "resourceType");
    if kind == Some("Patient") {
        let id = raw_text(resource, "id");
        return id
            .map(|id| ResourceRef::new("Patient", id))
            .into_iter()
            .collect();
    }
    let mut found: Vec<_> = PLACES
        .iter()
        .filter_map(|name| resource.get(name))
        .flat_map(one_or_many)
        .filter_map(patient)
        .collect();
    // Only these name the person among others who take part.
    if matches!(kind, Some("Appointment" | "AppointmentResponse")) {
        let participants = resource.get("participant").into_iter();
        let actors = participants
            .flat_map(one_or_many)
            .filter_map(|it| it.get("actor"));
        found.extend(actors.chain(resource.get("actor")).filter_map(patient));
    }
    found
}

fn one_or_many(value: &Value) -> &[Value] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn patient(reference: &Value) -> Option<ResourceRef> {
    let found = ResourceRef::parse(raw_text(reference, "reference")?)?;
    (found.kind == "Patient").then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn another_patients_answer_can_be_told() {
        let anna = ResourceRef::new("Patient", "anna");
        let of = |value: Value| subjects(&value).contains(&anna);
        assert!(of(json!({"resourceType": "Patient", "id": "anna"})));
        assert!(!of(json!({"resourceType": "Patient", "id": "bert"})));
        assert!(!of(
            json!({"resourceType": "Task", "for": {"reference": "Patient/bert"}})
        ));
        assert!(of(
            json!({"resourceType": "Flag", "subject": {"reference": "https://x/fhir/Patient/anna/_history/2"}})
        ));
        for about_nobody in [
            json!({"resourceType": "Practitioner", "id": "p", "name": [null]}),
            json!({"resourceType": "Flag", "subject": {"display": "Anna"}}),
        ] {
            assert!(subjects(&about_nobody).is_empty());
        }
    }

    #[test]
    fn a_group_appointment_is_about_each_of_them() {
        let group = json!({"resourceType": "Appointment", "participant": [
            {"actor": {"reference": "Patient/bert"}}, null, {"actor": {"reference": "Location/1"}},
            {"actor": {"reference": "Patient/anna"}}]});
        let about = subjects(&group);
        let about: Vec<&str> = about.iter().map(|it| it.id.as_ref()).collect();
        assert_eq!(about, ["bert", "anna"]);
    }
}
