//! References between resources, and the ids that a server gave instead of ours.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::Value;

/// `Type/our-id` → `Type/their-id`.
pub(crate) type Given = BTreeMap<String, String>;

/// `Type/id` of a resource.
pub(crate) fn address(resource: &Value) -> String {
    let part = |name: &str| {
        resource
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    format!("{}/{}", part("resourceType"), part("id"))
}

/// The `Type/id` of an answered location: `https://…/Patient/12/_history/1`, `Patient/12`.
pub(crate) fn located(location: &str) -> Option<String> {
    let mut parts = location.split("/_history").next()?.rsplit('/');
    let id = parts.next().filter(|id| !id.is_empty())?;
    Some(format!("{}/{id}", parts.next()?))
}

/// Whether a reference is `Type/id` of this server: not contained, not elsewhere, not a URN.
fn is_local(target: &str) -> bool {
    target.contains('/') && !target.contains(':') && !target.starts_with('#')
}

/// Every local reference of a resource, changed by `change`. None takes the reference out and
/// leaves its display; it returns whether that happened.
fn walk(value: &mut Value, change: &dyn Fn(&str) -> Option<String>) -> bool {
    match value {
        Value::Object(members) => {
            let mut cut = false;
            let target = members
                .get("reference")
                .and_then(Value::as_str)
                .map(str::to_owned);
            if let Some(target) = target.filter(|target| is_local(target)) {
                if let Some(other) = change(&target) {
                    members.insert("reference".into(), other.into());
                } else {
                    members.shift_remove("reference");
                    cut = true;
                }
            }
            for member in members.values_mut() {
                cut |= walk(member, change);
            }
            cut
        }
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |cut, value| walk(value, change) | cut),
        _ => false,
    }
}

/// For a transaction: to others of the same transaction by `urn:uuid`, to earlier ones by the given id.
pub(crate) fn in_transaction(resource: &mut Value, inside: &BTreeSet<String>, given: &Given) {
    walk(resource, &|target| {
        if inside.contains(target) {
            return target
                .split('/')
                .next_back()
                .map(|id| format!("urn:uuid:{id}"));
        }
        Some(
            given
                .get(target)
                .cloned()
                .unwrap_or_else(|| target.to_owned()),
        )
    });
}

/// For single calls: only to what already has an id. Tells whether something had to be left out.
pub(crate) fn known_only(resource: &mut Value, given: &Given) -> bool {
    walk(resource, &|target| given.get(target).cloned())
}

/// What it refers to on this server, `Type/id`.
pub(crate) fn targets(resource: &Value) -> BTreeSet<String> {
    let found = RefCell::new(BTreeSet::new());
    walk(&mut resource.clone(), &|target| {
        found.borrow_mut().insert(target.to_owned());
        Some(target.to_owned())
    });
    found.into_inner()
}

/// For an API that has the rest already: given ids put in; where ids are not ours, references to
/// anything else keep their words only.
pub(crate) fn only(resource: &mut Value, given: &Given, ours: bool) {
    walk(resource, &|target| {
        let known = given.get(target).cloned();
        if ours {
            Some(known.unwrap_or_else(|| target.to_owned()))
        } else {
            known
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_location_is_read_in_every_form() {
        assert_eq!(
            located("http://x/fhir/Patient/12/_history/1").as_deref(),
            Some("Patient/12")
        );
        assert_eq!(located("Patient/12").as_deref(), Some("Patient/12"));
    }

    #[test]
    fn references_inside_a_transaction_become_urns_and_contained_ones_stay() {
        let mut task = json!({ "for": { "reference": "Patient/a" }, "owner": { "reference": "Organization/b" }, "focus": { "reference": "#c" } });
        let given = Given::from([("Organization/b".to_owned(), "Organization/9".to_owned())]);
        in_transaction(&mut task, &BTreeSet::from(["Patient/a".to_owned()]), &given);
        assert_eq!(
            task,
            json!({ "for": { "reference": "urn:uuid:a" }, "owner": { "reference": "Organization/9" }, "focus": { "reference": "#c" } })
        );
    }
}
