//! When a reader last looked at whom, as a working `List` of people (<https://hl7.org/fhir/R4/list.html>): `entry.item`
//! is the person, `entry.date` when.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::domain::{PatientId, ResourceRef, When};

use super::element::raw_text;

/// `identifier.system` of these lists; the value is the id of whose it is.
pub const LOOKED: &str = "urn:alongside:last-looked";

/// Whether this is the list of this owner.
pub fn is_looked_list(resource: &Value, owner: &str) -> bool {
    let identifiers = resource.get("identifier").and_then(Value::as_array);
    let own =
        |it: &Value| raw_text(it, "system") == Some(LOOKED) && raw_text(it, "value") == Some(owner);
    raw_text(resource, "resourceType") == Some("List")
        && identifiers.is_some_and(|all| all.iter().any(own))
}

/// Who was looked at, and when. Entries that say it in another way are left out.
pub fn looks(list: &Value) -> Vec<(PatientId, DateTime<Utc>)> {
    entries(list).iter().filter_map(look).collect()
}

/// A new, empty list. `owner` is the reader.
pub fn looked_list(owner: &ResourceRef) -> Value {
    json!({
        "resourceType": "List",
        "identifier": [{ "system": LOOKED, "value": *owner.id }],
        "status": "current",
        "mode": "working",
        "title": "Last looked at",
        "source": { "reference": owner.to_string() }
    })
}

/// Changes `entry` so that it holds these people, and `date`. Entries that are not understood stay as they are, those
/// of people who are not among `looks` any more go.
pub fn set_looks(list: &mut Value, looks: &[(PatientId, DateTime<Utc>)], now: DateTime<Utc>) {
    let Some(members) = list.as_object_mut() else {
        return;
    };
    members.insert("date".to_owned(), text(now));
    let wanted: HashMap<&PatientId, DateTime<Utc>> =
        looks.iter().map(|(id, at)| (id, *at)).collect();
    let mut all = match members.remove("entry") {
        Some(Value::Array(all)) => all,
        _ => Vec::new(),
    };
    let mut there = HashSet::new();
    all.retain_mut(|entry| {
        let Some((id, at)) = look(entry) else {
            return true;
        };
        let Some(wanted) = wanted.get(&id) else {
            return false;
        };
        if *wanted != at
            && let Some(entry) = entry.as_object_mut()
        {
            entry.insert("date".to_owned(), text(*wanted));
        }
        there.insert(id)
    });
    let new = looks.iter().filter(|(id, _)| !there.contains(id));
    all.extend(new.map(|(id, at)| {
        json!({ "item": { "reference": format!("Patient/{}", id.as_str()) }, "date": text(*at) })
    }));
    // An empty array is not allowed.
    if !all.is_empty() {
        members.insert("entry".to_owned(), Value::Array(all));
    }
}

fn text(at: DateTime<Utc>) -> Value {
    at.to_rfc3339_opts(SecondsFormat::Secs, true).into()
}

fn entries(list: &Value) -> &[Value] {
    list.get("entry")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn look(entry: &Value) -> Option<(PatientId, DateTime<Utc>)> {
    let members: &Map<String, Value> = entry.as_object()?;
    // `deleted` and `flag` change what an entry means.
    if members.contains_key("deleted") || members.contains_key("modifierExtension") {
        return None;
    }
    let item = ResourceRef::parse(raw_text(entry.get("item")?, "reference")?)?;
    let id = PatientId::of(&item).ok()?;
    match When::parse(raw_text(entry, "date")?) {
        When::At(at) if item.kind == "Patient" => Some((id, at)),
        _ => None,
    }
}
