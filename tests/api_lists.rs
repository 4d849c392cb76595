//! Lists of people from servers that do not look at what they are asked for.

#![allow(clippy::unwrap_used)] // in the tests' own helper

mod common;

use alongside::api::ApiError;
use alongside::api::Method;
use alongside::api::lists::{ListKey, by_numbers, people};
use alongside::api::rows::in_hospital;
use alongside::api::session::Reader;
use alongside::domain::NhsNumber;
use common::{Script, ok, patient, searchset};
use futures::executor::block_on;

fn team(id: &str, person: &str, member: &str) -> String {
    format!(
        r#"{{"resourceType":"CareTeam","id":"{id}","subject":{{"reference":"Patient/{person}"}},"participant":[{{"member":{{"reference":"{member}"}}}}]}}"#
    )
}

fn asha() -> Reader {
    Reader {
        role_id: "asha".to_owned(),
        practitioner_id: "asha-p".to_owned(),
        name: "Asha".to_owned(),
        role: "GP".to_owned(),
        organisation: String::new(),
    }
}

#[test]
fn somebody_elses_teams_are_no_list_of_mine() {
    let answer = searchset(
        &[
            team("t1", "1", "PractitionerRole/asha"),
            team("t2", "2", "PractitionerRole/somebody-else"),
            team(
                "t3",
                "3",
                "https://elsewhere.example/fhir/Practitioner/asha-p",
            ),
            patient("1", "9990123456"),
            patient("2", "9990123464"),
            patient("3", "9990123472"),
        ],
        None,
    );
    let (client, _) = Script::default()
        .on(Method::Get, "/CareTeam?", vec![ok(answer)])
        .client();
    let page = block_on(people(&client, &ListKey::Mine, &asha(), 50)).unwrap();
    let ids: Vec<&str> = page.patients.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert_eq!(page.total, Some(2));
}

#[test]
fn somebody_who_was_not_asked_for_by_number_is_in_no_list() {
    let numbers = vec![NhsNumber::received("9990123456").unwrap()];
    let asked = |people: &[String]| {
        let (client, _) = Script::default()
            .on(Method::Get, "/Patient?", vec![ok(searchset(people, None))])
            .client();
        block_on(by_numbers(&client, &numbers))
    };
    let right = asked(&[patient("1", "9990123456")]).unwrap();
    assert_eq!(right.len(), 1);
    let wrong = asked(&[patient("1", "9990123456"), patient("2", "9990123464")]);
    assert!(matches!(wrong, Err(ApiError::WrongPerson)), "{wrong:?}");
}

#[test]
fn who_is_in_hospital_is_looked_up_by_their_own_ids() {
    let stay = r#"{"resourceType":"Encounter","id":"e","status":"in-progress","class":{"code":"IMP"},"subject":{"reference":"Patient/1"}}"#;
    let looked_up = |id: &str, number: &str| {
        let (client, _) = Script::default()
            .on(
                Method::Get,
                "/Encounter?",
                vec![ok(searchset(&[stay.to_owned()], None))],
            )
            .on(
                Method::Get,
                "/Patient?",
                vec![ok(searchset(&[patient(id, number)], None))],
            )
            .client();
        block_on(in_hospital(&client))
    };
    let right = looked_up("1", "9990123456").unwrap();
    assert!(right.numbers.len() == 1 && right.is_whole);
    let wrong = looked_up("2", "9990123464");
    assert!(matches!(wrong, Err(ApiError::WrongPerson)), "{wrong:?}");
}

#[test]
fn an_answer_of_which_something_is_missing_is_no_whole_one() {
    let outcome =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"incomplete"}]}"#;
    let taken_out = r#"{"resourceType":"Bundle","type":"searchset","total":3}"#;
    let asked = |stays: String| {
        let (client, _) = Script::default()
            .on(Method::Get, "/Encounter?", vec![ok(stays)])
            .on(Method::Get, "/Patient?", vec![ok(searchset(&[], None))])
            .client();
        block_on(in_hospital(&client)).unwrap().is_whole
    };
    assert!(asked(searchset(&[], None)));
    assert!(!asked(searchset(&[outcome.to_owned()], None)));
    assert!(!asked(taken_out.to_owned()));
}
