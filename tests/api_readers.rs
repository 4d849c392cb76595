//! Whom one can be, by what the record has.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::Method;
use alongside::api::session::{Reader, people};
use common::{Script, batch_response, ok, searchset};
use futures::executor::block_on;

const PERSON: &str =
    r#"{"resourceType":"Practitioner","id":"p-7","name":[{"family":"Rahman","given":["Asha"]}]}"#;
const ROLE: &str = r#"{"resourceType":"PractitionerRole","id":"r-7","practitioner":{"reference":"Practitioner/p-7"},"code":[{"text":"Nurse"}]}"#;

/// The readers, and how often the record was asked.
fn offered(suggested: &[String], roles: &[&str]) -> (Vec<Reader>, usize) {
    let roles: Vec<String> = roles.iter().map(|it| (*it).to_owned()).collect();
    let persons = searchset(&[PERSON.to_owned()], None);
    let first = batch_response(&[searchset(&[], None), persons]);
    let (client, script) = Script::default()
        .on(Method::Post, "_id=gone", vec![ok(first)])
        .on(
            Method::Get,
            "PractitionerRole?_include",
            vec![ok(searchset(&roles, None))],
        )
        .client();
    let readers = block_on(people(&client, suggested, "")).unwrap();
    let asked = script.asked.borrow().len();
    (readers, asked)
}

#[test]
fn where_nobody_is_there_who_is_suggested_others_are_offered_in_their_roles() {
    let (readers, asked) = offered(&["gone".to_owned()], &[PERSON, ROLE]);
    let found: Vec<(&str, &str)> = readers
        .iter()
        .map(|it| (it.role_id.as_str(), it.name.as_str()))
        .collect();
    assert_eq!((found, asked), (vec![("r-7", "Asha Rahman")], 2));
    // A record without roles has people.
    let (readers, _) = offered(&["gone".to_owned()], &[]);
    let found = readers
        .first()
        .map(|it| (it.role_id.as_str(), it.practitioner_id.as_str()));
    assert_eq!(found, Some(("", "p-7")));
}
