//! Sources that refuse what is asked beside the facts (`_include`, `_sort`, `_revinclude`) are asked for the facts alone.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::client::Reach;
use alongside::api::person::person;
use alongside::api::questions::Who;
use alongside::api::{ApiError, Method, Search};
use alongside::domain::{NhsNumber, Topic};
use common::{Script, encounter, ok, patient, searchset, status, told};
use futures::executor::block_on;

const JANE: &str = "9990123456";

fn jane() -> Who {
    Who::Numbers(vec![NhsNumber::received(JANE).unwrap()])
}

#[test]
fn who_refuses_what_is_asked_beside_the_facts_is_asked_for_the_facts_alone_and_remembered() {
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported"}]}"#;
    let silent = r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server","resource":[{"type":"Encounter"}]}]}"#;
    for refuses in ["_include", "_sort"] {
        let (client, script) = Script::default()
            .on(Method::Get, "/metadata", vec![ok(silent)])
            .on(Method::Get, refuses, vec![status(400, outcome)])
            .on(
                Method::Get,
                "/Encounter?",
                vec![ok(searchset(&[encounter("e", "1")], None))],
            )
            .client();
        let search = [Search::new("Encounter")
            .with("patient", "1")
            .with("_include", "Encounter:location")
            .with("_sort", "-date")];
        assert!(block_on(client.ask(&search, Reach::FirstPage))[0].is_ok());
        told(&script, &client);
        let found = block_on(client.ask(&search, Reach::FirstPage)).remove(0);
        assert_eq!(found.unwrap().resources.len(), 1, "{refuses}");
        let first = script.asked.borrow().len();
        assert!(block_on(client.ask(&search, Reach::FirstPage))[0].is_ok());
        assert_eq!(script.asked.borrow().len(), first + 1, "it is remembered");
    }
    // What is refused however it is asked stays refused, and is not asked more plainly than it was.
    let (client, script) = Script::default()
        .on(Method::Get, "", vec![status(400, outcome)])
        .client();
    let search = [Search::new("Encounter").with("patient", "1")];
    let found = block_on(client.ask(&search, Reach::FirstPage)).remove(0);
    assert!(matches!(found, Err(ApiError::Refused(_))));
    assert_eq!(script.asked.borrow().len(), 1);
}

#[test]
fn who_wrote_a_plan_is_asked_for_beside_it_where_it_does_not_come_along() {
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported"}]}"#;
    let plan = r#"{"resourceType":"CarePlan","id":"c","status":"active","subject":{"reference":"Patient/p"}}"#;
    let signed = r#"{"resourceType":"Provenance","id":"s","target":[{"reference":"CarePlan/c"}],"recorded":"2026-11-01T10:00:00Z","agent":[{"who":{"display":"Asha Rahman"}}]}"#;
    let (client, script) = Script::default()
        .on(Method::Post, "", vec![status(405, "")])
        .on(Method::Get, "_revinclude", vec![status(400, outcome)])
        .on(
            Method::Get,
            "Provenance?target=CarePlan/c",
            vec![ok(searchset(&[signed.to_owned()], None))],
        )
        .on(
            Method::Get,
            "/CarePlan?",
            vec![ok(searchset(&[plan.to_owned()], None))],
        )
        .on(
            Method::Get,
            "/Patient?",
            vec![ok(searchset(&[patient("p", JANE)], None))],
        )
        .on(Method::Get, "", vec![ok(searchset(&[], None))])
        .client();
    let answers = block_on(person(&client, &jane(), &[Topic::Plans], 100));
    let facts = answers[0].1.as_ref().unwrap();
    let written = facts.plans[0].written.as_ref().unwrap();
    assert_eq!(written.by.as_deref(), Some("Asha Rahman"));
    let asked = script.asked.borrow();
    let signatures = asked.iter().filter(|it| it.contains("/Provenance?"));
    assert_eq!(signatures.count(), 1);
}
