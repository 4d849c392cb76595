//! "I am editing this section": a working `List` with one entry (<https://hl7.org/fhir/R4/list.html>). `source` is who,
//! `subject` the person, `entry.item` what is edited, `entry.flag` which section, `entry.date` since when. `date` is when
//! it was said last, and changes with every word, for a server may keep no version in which nothing is new. Whether it
//! still holds is told by `meta.lastUpdated`, the server's own time; `status` is `retired` once it is over.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::domain::{PatientId, ResourceRef, When};

use super::Resource;
use super::element::raw_text;

const SYSTEM: &str = "urn:alongside:editing";
const CODE: &str = "being-edited";
const SECTION: &str = "urn:alongside:section";

/// Who says it, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    pub who: &'a ResourceRef,
    pub patient: &'a PatientId,
    pub place: &'a str,
    pub of: &'a ResourceRef,
    pub since: DateTime<Utc>,
}

/// What such a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// It is said to be over.
    pub is_over: bool,
    /// The list.
    pub word: ResourceRef,
    pub who: ResourceRef,
    pub place: String,
    pub of: ResourceRef,
    pub since: DateTime<Utc>,
    /// By the server's clock.
    pub said: DateTime<Utc>,
}

/// A new one, `name` its own.
pub fn editing_list(word: &Word<'_>, name: &str) -> Value {
    json!({
        "resourceType": "List",
        "identifier": [{ "system": SYSTEM, "value": name }],
        "status": "current",
        "mode": "working",
        "title": "Being edited",
        "code": { "coding": [{ "system": SYSTEM, "code": CODE, "display": "Being edited" }] },
        "subject": { "reference": format!("Patient/{}", word.patient.as_str()) },
        "date": text(word.since),
        "source": { "reference": word.who.to_string() },
        "entry": [{
            "flag": { "coding": [{ "system": SECTION, "code": word.place }] },
            "date": text(word.since),
            "item": { "reference": word.of.to_string() }
        }]
    })
}

/// Changes `date`: it is said again.
pub fn say_again(list: &mut Value, now: DateTime<Utc>) {
    if let Some(members) = list.as_object_mut() {
        members.insert("date".to_owned(), text(now));
    }
}

/// Changes `date` and `status`: it is over.
pub fn say_over(list: &mut Value, now: DateTime<Utc>) {
    say_again(list, now);
    if let Some(members) = list.as_object_mut() {
        members.insert("status".to_owned(), "retired".into());
    }
}

/// What a list says of this person's plan; `None` when it is another list, of somebody else, or says it in a way that is not
/// understood.
pub fn being_edited(list: &Resource, patient: &PatientId) -> Option<Heard> {
    let value = list.value();
    let is_over = match raw_text(value, "status") {
        Some("current") => false,
        Some("retired") => true,
        _ => return None,
    };
    let subject = reference(value.get("subject")?)?;
    let is_theirs = subject.kind == "Patient" && *subject.id == *patient.as_str();
    if list.kind() != "List" || !is_theirs || coded(value.get("code")?, SYSTEM) != Some(CODE) {
        return None;
    }
    let entries = value.get("entry").and_then(Value::as_array)?;
    let [entry] = entries.as_slice() else {
        return None;
    };
    let said = list.last_updated()?;
    let since = match When::parse(raw_text(entry, "date")?) {
        When::At(at) => at,
        _ => said,
    };
    Some(Heard {
        is_over,
        word: list.reference()?,
        who: reference(value.get("source")?)?,
        place: coded(entry.get("flag")?, SECTION)?.to_owned(),
        of: reference(entry.get("item")?)?,
        since: since.min(said),
        said,
    })
}

fn reference(value: &Value) -> Option<ResourceRef> {
    ResourceRef::parse(raw_text(value, "reference")?)
}

fn coded<'a>(concept: &'a Value, system: &str) -> Option<&'a str> {
    let all = concept.get("coding")?.as_array()?;
    let own = all.iter().find(|it| raw_text(it, "system") == Some(system));
    raw_text(own?, "code")
}

fn text(at: DateTime<Utc>) -> Value {
    at.to_rfc3339_opts(SecondsFormat::Millis, true).into()
}
