//! The small pieces of FHIR JSON that every resource is made of, and the systems they name.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value, json};

pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const LOINC: &str = "http://loinc.org";
pub(crate) const DMD: &str = "https://dmd.nhs.uk";
pub(crate) const UCUM: &str = "http://unitsofmeasure.org";
pub(crate) const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";
pub(crate) const ODS: &str = "https://fhir.nhs.uk/Id/ods-organization-code";
pub(crate) const ODS_SITE: &str = "https://fhir.nhs.uk/Id/ods-site-code";
pub(crate) const UK: &str = "https://fhir.hl7.org.uk";
pub(crate) const HL7: &str = "http://terminology.hl7.org/CodeSystem";

/// `https://fhir.hl7.org.uk/StructureDefinition/…`
pub(crate) fn uk_definition(name: &str) -> String {
    format!("{UK}/StructureDefinition/{name}")
}

/// `https://fhir.hl7.org.uk/CodeSystem/…`
pub(crate) fn uk_codes(name: &str) -> String {
    format!("{UK}/CodeSystem/{name}")
}

/// `http://terminology.hl7.org/CodeSystem/…`
pub(crate) fn hl7_codes(name: &str) -> String {
    format!("{HL7}/{name}")
}

/// The start of a resource that has a UK Core profile.
pub(crate) fn profiled(kind: &str, id: &str) -> Map<String, Value> {
    let mut resource = plain(kind, id);
    resource.insert(
        "meta".into(),
        json!({ "profile": [uk_definition(&format!("UKCore-{kind}"))] }),
    );
    resource
}

/// The start of any other resource.
pub(crate) fn plain(kind: &str, id: &str) -> Map<String, Value> {
    let mut resource = Map::new();
    resource.insert("resourceType".into(), kind.into());
    resource.insert("id".into(), id.into());
    resource
}

/// Adds the members of `rest`, leaving out nulls and empty lists: FHIR has neither.
pub(crate) fn with(mut resource: Map<String, Value>, rest: Value) -> Value {
    if let Value::Object(members) = rest {
        for (name, value) in members {
            let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            if !empty {
                resource.insert(name, value);
            }
        }
    }
    Value::Object(resource)
}

pub(crate) fn text(words: &str) -> Value {
    json!({ "text": words })
}

pub(crate) fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

pub(crate) fn concept(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [coding(system, code, display)] })
}

/// A SNOMED concept, or its words alone where no code is certain.
pub(crate) fn snomed(code: &str, display: &str) -> Value {
    if code.is_empty() {
        return text(display);
    }
    // Where people say it in other words than SNOMED CT does.
    let term = match code {
        "50417007" => "Lower respiratory tract infection",
        "49436004" => "Atrial fibrillation",
        "1108111000000107" => "Requires reasonable adjustment for health and care access",
        _ => display,
    };
    json!({ "coding": [coding(SNOMED, code, term)], "text": display })
}

pub(crate) fn identifier(system: &str, value: &str) -> Value {
    json!({ "system": system, "value": value })
}

/// A reference to `Type/id`, with the words to show before it is read.
pub(crate) fn reference(kind: &str, id: &str, display: &str) -> Value {
    json!({ "reference": format!("{kind}/{id}"), "display": display })
}

pub(crate) fn link(kind: &str, id: &str) -> Value {
    json!({ "reference": format!("{kind}/{id}") })
}

pub(crate) fn extension(url: &str, kind: &str, value: Value) -> Value {
    let mut extension = Map::new();
    extension.insert("url".into(), url.into());
    extension.insert(format!("value{kind}"), value);
    Value::Object(extension)
}

/// A decimal exactly as written: `5.30` stays `5.30`.
pub(crate) fn decimal(written: &str) -> Value {
    serde_json::from_str(written).unwrap_or_else(|_| Value::String(written.to_owned()))
}

pub(crate) fn quantity(value: &str, unit: &str, ucum: &str) -> Value {
    json!({ "value": decimal(value), "unit": unit, "system": UCUM, "code": ucum })
}

pub(crate) fn instant(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// As people read it: `12-Oct-2026`.
pub(crate) fn spoken(date: NaiveDate) -> String {
    date.format("%d-%b-%Y").to_string()
}

pub(crate) fn period(start: NaiveDateTime, end: Option<NaiveDateTime>) -> Value {
    match end {
        Some(end) => json!({ "start": instant(start), "end": instant(end) }),
        None => json!({ "start": instant(start) }),
    }
}

/// Sets a member, making the objects on the way: `set(stay, &["period", "end"], …)`.
pub(crate) fn set(value: &mut Value, path: &[&str], new: Value) {
    let mut here = value;
    for name in path {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        let Some(members) = here.as_object_mut() else {
            return;
        };
        here = members.entry(*name).or_insert(Value::Null);
    }
    *here = new;
}

/// Adds to a list member, making the list.
pub(crate) fn push(value: &mut Value, name: &str, new: Value) {
    match value.get_mut(name).and_then(Value::as_array_mut) {
        Some(list) => list.push(new),
        None => set(value, &[name], Value::Array(vec![new])),
    }
}
