//! The name by which other resources can call a resource: for references that give no display.

use serde_json::Value;

use super::element::raw_text;
use crate::domain::When;
use crate::domain::patient::use_order;

/// What to call a resource that a reference leads to. `None` when it has nothing that serves as a name.
pub fn of_resource(resource: &Value) -> Option<String> {
    let at = |name: &str| resource.get(name);
    match raw_text(resource, "resourceType")? {
        "Patient" | "Practitioner" | "RelatedPerson" | "Person" => of_person(at("name")?),
        "Medication" => of_medication(resource),
        "PractitionerRole" => of_role(resource),
        "Goal" => of_concept(at("description")?),
        "Device" => of_device(resource),
        "Condition" | "Observation" | "AllergyIntolerance" | "Procedure" | "Flag" | "Substance"
        | "DiagnosticReport" | "ServiceRequest" => of_concept(at("code")?),
        "CarePlan" | "Questionnaire" => plain(resource, "title"),
        "DocumentReference" => plain(resource, "description").or_else(|| of_concept(at("type")?)),
        "Task" => plain(resource, "description").or_else(|| of_concept(at("code")?)),
        _ => plain(resource, "name"),
    }
}

/// The words for a `CodeableConcept`: text, else a display, else the bare code.
pub fn of_concept(concept: &Value) -> Option<String> {
    let codings = || concept.get("coding").and_then(Value::as_array);
    let first = |name| codings()?.iter().find_map(|it| raw_text(it, name));
    raw_text(concept, "text")
        .or_else(|| first("display"))
        .or_else(|| first("code"))
        .map(str::to_owned)
}

/// How a name stands among others: [`use_order`].
pub fn order(name: &Value) -> impl Ord + use<> {
    let end = name.get("period").and_then(|it| raw_text(it, "end"));
    use_order(raw_text(name, "use"), end.map(When::parse).as_ref())
}

/// The first name that is in use: text, else prefix, given names and family name.
fn of_person(names: &Value) -> Option<String> {
    let names = names.as_array()?;
    let name = names.iter().min_by_key(|it| order(it))?;
    if let Some(text) = plain(name, "text") {
        return Some(text);
    }
    let many = |part: &str| {
        let items = name.get(part).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str)
    };
    let parts: Vec<&str> = many("prefix")
        .chain(many("given"))
        .chain(raw_text(name, "family"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn of_medication(medication: &Value) -> Option<String> {
    let coded = medication.get("code").and_then(of_concept);
    coded.or_else(|| {
        let parts = medication.get("ingredient")?.as_array()?.iter();
        let names: Vec<String> = parts
            .filter_map(|it| of_concept(it.get("itemCodeableConcept")?))
            .collect();
        (!names.is_empty()).then(|| names.join(" + "))
    })
}

fn of_role(role: &Value) -> Option<String> {
    let who = role.get("practitioner").and_then(|it| plain(it, "display"));
    who.or_else(|| of_concept(role.get("code")?.as_array()?.first()?))
}

fn of_device(device: &Value) -> Option<String> {
    let named = || plain(device.get("deviceName")?.as_array()?.first()?, "name");
    named().or_else(|| of_concept(device.get("type")?))
}

fn plain(value: &Value, name: &str) -> Option<String> {
    raw_text(value, name).map(str::to_owned)
}
