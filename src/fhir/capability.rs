//! What a server can do, from its own statement: <https://hl7.org/fhir/R4/capabilitystatement.html>.
//!
//! A digest, because it is asked on every screen and the statement can be a megabyte. Only `mode` = `server` counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::element::raw_text;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// e.g. `4.0.1`.
    pub fhir_version: Option<String>,
    pub software: Option<String>,
    /// `batch`, `transaction`, `search-system`, `history-system`.
    pub system: BTreeSet<String>,
    pub patch_formats: BTreeSet<String>,
    pub types: BTreeMap<String, TypeCapabilities>,
}

/// `rest.resource`, as far as it changes what we ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeCapabilities {
    /// `read`, `search-type`, `update`, `patch`, `history-instance` …
    pub interactions: BTreeSet<String>,
    pub search_params: BTreeSet<String>,
    /// e.g. `CarePlan:care-team`, or `*`.
    pub includes: BTreeSet<String>,
    pub rev_includes: BTreeSet<String>,
    pub operations: BTreeSet<String>,
    /// `versioned-update` means that `If-Match` is honoured.
    pub versioning: Option<String>,
    pub update_create: bool,
    pub conditional_create: bool,
    pub conditional_update: bool,
    /// `not-supported`, `modified-since`, `not-match`, `full-support`.
    pub conditional_read: Option<String>,
    pub conditional_delete: Option<String>,
}

impl Capabilities {
    /// `None` when it is another kind of resource. Anything unreadable in it counts as not offered.
    pub fn of(value: &Value) -> Option<Self> {
        if raw_text(value, "resourceType") != Some("CapabilityStatement") {
            return None;
        }
        let software = value.get("software").and_then(|it| raw_text(it, "name"));
        let mut digest = Self {
            fhir_version: raw_text(value, "fhirVersion").map(str::to_owned),
            software: software.map(str::to_owned),
            patch_formats: texts(value, "patchFormat"),
            ..Self::default()
        };
        for rest in objects(value, "rest").filter(|it| raw_text(it, "mode") != Some("client")) {
            digest.system.extend(named(rest, "interaction", "code"));
            for wire in objects(rest, "resource") {
                if let Some(kind) = raw_text(wire, "type") {
                    digest.types.insert(kind.to_owned(), of_type(wire));
                }
            }
        }
        Some(digest)
    }

    pub fn can_batch(&self) -> bool {
        self.system.contains("batch")
    }

    pub fn can_transact(&self) -> bool {
        self.system.contains("transaction")
    }

    /// Whether a type offers an interaction, e.g. `CarePlan`, `update`.
    pub fn allows(&self, kind: &str, interaction: &str) -> bool {
        self.types
            .get(kind)
            .is_some_and(|it| it.interactions.contains(interaction))
    }

    /// Whether a type can be searched by a parameter. Servers ignore others silently, so ask first.
    pub fn searches(&self, kind: &str, param: &str) -> bool {
        self.types
            .get(kind)
            .is_some_and(|it| it.search_params.contains(param))
    }
}

fn of_type(wire: &Value) -> TypeCapabilities {
    let flag = |name: &str| wire.get(name).and_then(Value::as_bool).unwrap_or(false);
    let text = |name: &str| raw_text(wire, name).map(str::to_owned);
    TypeCapabilities {
        interactions: named(wire, "interaction", "code").collect(),
        search_params: named(wire, "searchParam", "name").collect(),
        includes: texts(wire, "searchInclude"),
        rev_includes: texts(wire, "searchRevInclude"),
        operations: named(wire, "operation", "name").collect(),
        versioning: text("versioning"),
        update_create: flag("updateCreate"),
        conditional_create: flag("conditionalCreate"),
        conditional_update: flag("conditionalUpdate"),
        conditional_read: text("conditionalRead"),
        conditional_delete: text("conditionalDelete"),
    }
}

fn objects<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let items = value.get(name).and_then(Value::as_array);
    items.into_iter().flatten().filter(|it| it.is_object())
}

fn named<'a>(
    value: &'a Value,
    list: &str,
    name: &'static str,
) -> impl Iterator<Item = String> + use<'a> {
    objects(value, list).filter_map(move |it| raw_text(it, name).map(str::to_owned))
}

fn texts(value: &Value, name: &str) -> BTreeSet<String> {
    let items = value.get(name).and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_offers_is_read_per_type() {
        let digest = Capabilities::of(&serde_json::json!({
            "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
            "rest": [{"mode": "server", "interaction": [{"code": "batch"}], "resource": [{
                "type": "CarePlan", "updateCreate": true,
                "interaction": [{"code": "update"}, null, {"code": 3}],
                "searchParam": [{"name": "patient"}], "searchInclude": ["CarePlan:care-team"]
            }]}, {"mode": "client", "interaction": [{"code": "transaction"}]}]
        }))
        .unwrap();
        assert!(digest.can_batch() && !digest.can_transact());
        assert!(digest.allows("CarePlan", "update") && !digest.allows("Task", "update"));
        assert!(digest.searches("CarePlan", "patient") && !digest.searches("CarePlan", "part-of"));
        assert!(digest.types["CarePlan"].update_create);
    }
}
