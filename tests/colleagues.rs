//! Who can join a team, from servers that know a chained search, that refuse it, and that do not look at what they are
//! asked for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use alongside::api::colleagues::find_colleagues;
use alongside::api::{ApiError, Method};
use common::{Script, ok, searchset, status};
use futures::executor::block_on;

fn person(id: &str, family: &str) -> String {
    format!(
        r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"family":"{family}","given":["Tom"]}}]}}"#
    )
}

fn role(id: &str, person: &str) -> String {
    format!(
        r#"{{"resourceType":"PractitionerRole","id":"{id}","practitioner":{{"reference":"Practitioner/{person}"}},"organization":{{"display":"North"}},"code":[{{"text":"District nurse"}}]}}"#
    )
}

fn place(id: &str, name: &str) -> String {
    format!(r#"{{"resourceType":"Organization","id":"{id}","name":"{name}"}}"#)
}

#[test]
fn a_source_that_gives_everybody_gives_who_was_asked_for() {
    let everybody = [
        person("a", "Achebe"),
        person("b", "Brown"),
        role("r-a", "a"),
        role("r-b", "b"),
        place("o", "Achebe House"),
        place("p", "North"),
    ];
    let (client, _) = Script::default()
        .on(Method::Get, "/", vec![ok(searchset(&everybody, None))])
        .client();
    let found = block_on(find_colleagues(&client, " tom ach")).unwrap();
    let names: Vec<String> = found.all.iter().map(|it| it.to.to_string()).collect();
    assert_eq!(names, ["PractitionerRole/r-a"]);
    assert_eq!(found.all[0].roles, ["District nurse"]);
    assert_eq!(found.all[0].organisation.as_deref(), Some("North"));
    let found = block_on(find_colleagues(&client, "ache")).unwrap();
    let names: Vec<&str> = found.all.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Tom Achebe", "Achebe House"]);
}

#[test]
fn where_the_chain_is_refused_the_roles_of_who_was_found_are_asked_for() {
    let (client, _) = Script::default()
        .on(
            Method::Get,
            "/PractitionerRole?_include",
            vec![status(400, "{}"), ok(searchset(&[role("r-a", "a")], None))],
        )
        .on(
            Method::Get,
            "/Practitioner?",
            vec![ok(searchset(&[person("a", "Achebe")], None))],
        )
        .on(
            Method::Get,
            "/Organization?",
            vec![ok(searchset(&[], None))],
        )
        .client();
    let found = block_on(find_colleagues(&client, "achebe")).unwrap();
    assert_eq!(found.all.len(), 1);
    assert_eq!(found.all[0].to.to_string(), "PractitionerRole/r-a");
}

#[test]
fn nobody_found_and_a_source_that_fails_are_two_things() {
    let (client, _) = Script::default()
        .on(Method::Get, "/", vec![ok(searchset(&[], None))])
        .client();
    assert!(
        block_on(find_colleagues(&client, "zz"))
            .unwrap()
            .all
            .is_empty()
    );
    assert!(
        block_on(find_colleagues(&client, "  "))
            .unwrap()
            .all
            .is_empty()
    );
    let (client, _) = Script::default()
        .on(Method::Get, "/", vec![status(500, "")])
        .client();
    assert!(matches!(
        block_on(find_colleagues(&client, "zz")),
        Err(ApiError::Failed(500))
    ));
}
