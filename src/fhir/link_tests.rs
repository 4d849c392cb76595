//! What is called by an identifier, and what is linked by one.

use serde_json::{Value, json};

use crate::domain::sample::source;
use crate::domain::{Facts, Linked};
use crate::fhir::convert::{facts, list_facts};

fn stay(identifier: &Value) -> Value {
    json!({ "resourceType": "Encounter", "id": "e1", "status": "finished", "class": { "code": "IMP" }, "identifier": identifier })
}

fn called(identifier: &Value) -> Option<String> {
    let facts = facts(&source("rw3"), [&stay(identifier)]);
    assert_eq!(facts.issues, [], "nothing that is shown depends on it");
    let by = facts.encounters[0].identifier.as_ref()?;
    Some(format!("{} {}", by.system, by.value))
}

#[test]
fn something_is_called_by_its_official_name_and_never_by_one_that_is_over() {
    let id = |of: &str, value: &str| json!({ "use": of, "system": "urn:x", "value": value });
    let plain = json!({ "system": "urn:x", "value": "plain" });
    for (all, by) in [
        (json!([plain, id("official", "1")]), Some("urn:x 1")),
        (
            json!([id("usual", "2"), id("official", "1")]),
            Some("urn:x 2"),
        ),
        (json!([id("secondary", "2"), plain]), Some("urn:x 2")),
        (json!([id("old", "1"), id("temp", "2")]), None),
        (
            json!([{ "value": "no system" }, { "system": "urn:x" }, plain]),
            Some("urn:x plain"),
        ),
        (json!([{ "system": "urn:with blank", "value": "1" }]), None),
        (json!([{ "system": "urn:x", "value": " 1" }]), None),
        (json!([{ "system": "urn:x", "value": "1\u{0}" }]), None),
        (
            json!([{ "system": "urn:x", "value": "9".repeat(1_000_000) }]),
            None,
        ),
        (
            json!([7, null, "urn:x", { "system": 1, "value": [] }]),
            None,
        ),
        (json!({ "system": "urn:x", "value": "no list" }), None),
        (json!(null), None),
    ] {
        assert_eq!(called(&all).as_deref(), by, "{all:.200}");
    }
}

#[test]
fn a_list_of_thousands_keeps_no_names_and_no_links() {
    let stay = stay(&json!([{ "system": "urn:x", "value": "1" }]));
    let plan = json!({
        "resourceType": "CarePlan", "id": "c1", "status": "active",
        "addresses": [{ "display": "COPD" }], "supportingInfo": [{ "display": "A letter" }]
    });
    let told = |facts: &Facts| {
        let plan = &facts.plans[0];
        let links = plan.needs.len() + plan.supporting.len();
        (facts.encounters[0].identifier.is_some(), links)
    };
    let of = source("shared");
    assert_eq!(told(&facts(&of, [&stay, &plan])), (true, 2));
    assert_eq!(told(&list_facts(&of, [&stay, &plan])), (false, 0));
}

#[test]
fn a_link_leads_to_its_address_else_to_what_it_names() {
    let by = json!({ "system": "urn:x", "value": "7" });
    let linked = |member: &str, it: Value| {
        let plan =
            json!({ "resourceType": "CarePlan", "id": "c1", "status": "active", member: [it] });
        let mut plan = facts(&source("shared"), [&plan]).plans.remove(0);
        let Linked { name, to } = plan.needs.pop().or(plan.supporting.pop()).unwrap();
        (
            name.unwrap_or_default(),
            to.map(|it| it.to_string()).unwrap_or_default(),
        )
    };
    let told = |name: &str, to: &str| (name.to_owned(), to.to_owned());
    let any = "supportingInfo";
    assert_eq!(
        linked(
            any,
            json!({ "type": "Encounter", "identifier": by, "display": "A stay" })
        ),
        told("A stay", "Encounter?identifier=urn:x|7")
    );
    assert_eq!(
        linked(
            any,
            json!({ "type": "Encounter", "identifier": by, "reference": "Encounter/1" })
        ),
        told("7", "Encounter/1")
    );
    assert_eq!(
        linked(any, json!({ "identifier": by })),
        told("7", ""),
        "of whatever type"
    );
    assert_eq!(
        linked("addresses", json!({ "identifier": by, "display": "COPD" })),
        told("COPD", "Condition?identifier=urn:x|7"),
        "what is addressed is a Condition"
    );
}

#[test]
fn a_role_is_called_by_the_practitioner_that_it_contains_not_by_one_of_the_record_that_names_it() {
    let practitioner = |family: &str| json!({ "resourceType": "Practitioner", "id": "p1", "name": [{ "family": family }] });
    let role = |contained: Value| {
        json!({
            "resourceType": "PractitionerRole", "id": "r1", "practitioner": { "reference": "#p1" },
            "contained": contained
        })
    };
    let named = |reference: &str, contained: Value, role: Value| {
        let stay = json!({
            "resourceType": "Encounter", "id": "e1", "status": "finished", "class": { "code": "IMP" },
            "contained": contained, "participant": [{ "individual": { "reference": reference } }]
        });
        let facts = facts(&source("rw3"), [&stay, &role]);
        facts.encounters[0]
            .professionals
            .first()
            .and_then(|it| it.1.name.clone())
    };
    let beside = role(json!([practitioner("Okafor")]));
    let own = json!([practitioner("Smith")]);
    let okafor = Some("Okafor".to_owned());
    assert_eq!(named("PractitionerRole/r1", own, beside.clone()), okafor);
    assert_eq!(named("PractitionerRole/r1", json!([]), beside), okafor);
    // Two that one record contains name each other in it.
    let mut inner = role(json!(null));
    inner["contained"].take();
    let both = json!([inner, practitioner("Okafor")]);
    assert_eq!(named("#r1", both, json!(null)), okafor);
}
