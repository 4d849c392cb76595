//! Who wrote it, beside what is written.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::domain::ResourceRef;

/// Who wrote what (references, or the `urn:uuid:` of what is created with it), and when it is said; since when the record
/// has it, where that is longer ago: <https://hl7.org/fhir/R4/provenance.html>.
pub fn provenance(
    of: &[String],
    (who, name): (&ResourceRef, &str),
    (role, organisation): (&str, &str),
    created: bool,
    (since, now): (Option<DateTime<Utc>>, DateTime<Utc>),
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
    let moment = |it: DateTime<Utc>| it.to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut provenance = json!({
        "resourceType": "Provenance",
        "target": of,
        "recorded": moment(now),
        "activity": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation", "code": activity }] },
        "agent": [agent]
    });
    if let (Some(since), Some(members)) = (since, provenance.as_object_mut()) {
        members.insert("occurredDateTime".to_owned(), moment(since).into());
    }
    provenance
}
