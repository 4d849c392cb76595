//! The forms of a locality, with what there is to choose from asked of the record.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use alongside::api::{Method, forms};
use alongside::domain::questionnaire::{Kind, Questionnaire};
use common::{Script, ok, searchset, status};
use futures::executor::block_on;

const ADDRESS: &str = "https://example.org/Questionnaire/rooms";

fn form() -> String {
    r#"{"resourceType":"Questionnaire","id":"q","url":"https://example.org/Questionnaire/rooms","status":"active","item":[
        {"linkId":"a","type":"choice","text":"A","answerValueSet":"https://example.org/ValueSet/a|3"},
        {"linkId":"b","type":"group","text":"B","item":[
            {"linkId":"b.1","type":"open-choice","text":"B1","answerValueSet":"https://example.org/ValueSet/b"},
            {"linkId":"b.2","type":"choice","text":"B2","answerValueSet":"https://example.org/ValueSet/a|3"}]}]}"#
        .to_owned()
}

fn expansion(code: &str) -> String {
    format!(
        r#"{{"resourceType":"ValueSet","status":"active","expansion":{{"timestamp":"2026-01-01T00:00:00Z","contains":[{{"system":"urn:s","code":"{code}","display":"Called {code}"}}]}}}}"#
    )
}

fn offered(form: &Questionnaire, link_id: &str) -> Vec<&'static str> {
    match &form.question(link_id).unwrap().kind {
        Kind::OneOf(_, codes) | Kind::Open(_, codes) => codes.iter().map(|it| it.1).collect(),
        Kind::Unlisted => vec!["unlisted"],
        other => panic!("{other:?}"),
    }
}

#[test]
fn value_sets_are_asked_of_the_record_once_each_and_one_that_it_cannot_list_closes_its_question_only()
 {
    let (client, script) = Script::default()
        .on(
            Method::Get,
            "Questionnaire?url=",
            vec![ok(searchset(&[form()], None))],
        )
        .on(Method::Get, "ValueSet/a", vec![ok(expansion("x"))])
        .on(
            Method::Get,
            "expand?url=https%3A%2F%2Fexample.org%2FValueSet%2Fb",
            vec![status(501, "{}")],
        )
        .on(Method::Get, "ValueSet?url=", vec![ok(searchset(&[], None))])
        .client();
    let found = block_on(forms::read(&client, &[ADDRESS.to_owned()])).unwrap();
    let form = found[0].unwrap();
    assert_eq!(offered(form, "a"), ["Called x"]);
    assert_eq!(offered(form, "b.2"), ["Called x"]);
    assert_eq!(offered(form, "b.1"), ["unlisted"]);
    let asked = script.asked.borrow();
    let sets: Vec<&String> = asked.iter().filter(|it| it.contains("expand")).collect();
    assert_eq!(sets.len(), 2, "{asked:?}");
    assert!(sets[0].contains("valueSetVersion=3"), "{sets:?}");
    // What a draft keeps of the form has what was offered.
    let kept = alongside::fhir::questionnaire(&serde_json::from_str(form.json).unwrap()).unwrap();
    assert!(std::ptr::eq(kept, form));
}

#[test]
fn a_value_set_that_names_its_codes_is_read_where_the_record_does_not_list() {
    let set = |url: &str| {
        format!(
            r#"{{"resourceType":"ValueSet","id":"v","url":"{url}","version":"3","status":"active","compose":{{"include":[{{"system":"urn:s","concept":[{{"code":"k","display":"Kitchen"}}]}}]}}}}"#
        )
    };
    let (client, _) = Script::default()
        .on(
            Method::Get,
            "Questionnaire?url=",
            vec![ok(searchset(&[form()], None))],
        )
        .on(Method::Get, "expand", vec![status(404, "{}")])
        .on(
            Method::Get,
            "ValueSet?url=",
            vec![ok(searchset(
                &[
                    set("https://example.org/ValueSet/a"),
                    set("https://example.org/ValueSet/other"),
                ],
                None,
            ))],
        )
        .client();
    let found = block_on(forms::read(&client, &[ADDRESS.to_owned()])).unwrap();
    let form = found[0].unwrap();
    assert_eq!(offered(form, "a"), ["Kitchen"]);
    assert_eq!(offered(form, "b.1"), ["unlisted"]);
}
