//! Who wrote it, beside what is written.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::domain::ResourceRef;

/// Who wrote what (references, or the `urn:uuid:` of what is created with it), when: <https://hl7.org/fhir/R4/provenance.html>.
pub fn provenance(
    of: &[String],
    (who, name): (&ResourceRef, &str),
    (role, organisation): (&str, &str),
    created: bool,
    now: DateTime<Utc>,
) -> Value {
    let mut agent = json!({
        "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "author" }] },
        "who": { "reference": who.to_string(), "display": name }
    });
    if let Some(members) = agent.as_object_mut() {
        if !role.is_empty() {
            members.insert("role".to_owned(), json!([{ "text": role }]));
        }
        if !organisation.is_empty() {
            let organisation = json!({ "display": organisation });
            members.insert("onBehalfOf".to_owned(), organisation);
        }
    }
    let of: Vec<Value> = of.iter().map(|it| json!({ "reference": it })).collect();
    let activity = if created { "CREATE" } else { "UPDATE" };
    json!({
        "resourceType": "Provenance",
        "target": of,
        "recorded": now.to_rfc3339_opts(SecondsFormat::Millis, true),
        "activity": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation", "code": activity }] },
        "agent": [agent]
    })
}
