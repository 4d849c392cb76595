use serde_json::json;

use super::*;
use crate::domain::questionnaire::{Kind, Questionnaire};
use crate::fhir::questionnaire;

fn form(contained: &Json, set: &str) -> Json {
    json!({
        "resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/listed", "status": "active",
        "contained": contained,
        "item": [{ "linkId": "q", "type": "choice", "text": "Which", "answerValueSet": set }]
    })
}

fn offered(form: &Json) -> Option<Vec<(&'static str, &'static str)>> {
    let form: &'static Questionnaire = questionnaire(form)?;
    match &form.questions.first()?.kind {
        Kind::OneOf(_, codes) => Some(codes.to_vec()),
        Kind::Unlisted => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_value_set_that_the_form_contains_is_what_there_is_to_choose_from() {
    let named = json!([{ "resourceType": "ValueSet", "id": "v", "compose": { "include": [
        { "system": "urn:a", "concept": [{ "code": "1", "display": "One" }, { "code": "2" }] },
        { "system": "urn:b", "concept": [{ "code": "1", "display": "Other one" }] }
    ] } }]);
    let all = offered(&form(&named, "#v")).unwrap();
    assert_eq!(
        all,
        [
            ("urn:a|1", "One"),
            ("urn:a|2", "2"),
            ("urn:b|1", "Other one")
        ]
    );
    let expanded = json!([{ "resourceType": "ValueSet", "id": "v", "expansion": { "total": 3, "contains": [
        { "system": "urn:a", "code": "x", "abstract": true, "contains": [{ "system": "urn:a", "code": "1", "display": "One" }] },
        { "system": "urn:a", "code": "old", "inactive": true }
    ] } }]);
    assert_eq!(
        offered(&form(&expanded, "#v")),
        Some(vec![("urn:a|1", "One")])
    );
}

#[test]
fn what_is_not_all_there_is_is_not_offered() {
    let filtered = json!([{ "resourceType": "ValueSet", "id": "v", "compose": { "include": [
        { "system": "urn:a", "concept": [{ "code": "1" }] }, { "system": "urn:b", "filter": [{ "property": "p" }] }
    ] } }]);
    let some = json!([{ "resourceType": "ValueSet", "id": "v", "expansion": { "total": 9, "contains": [{ "code": "1" }] } }]);
    let many: Vec<Json> = (0..=MOST_LISTED)
        .map(|it| json!({ "code": it.to_string() }))
        .collect();
    let many =
        json!([{ "resourceType": "ValueSet", "id": "v", "expansion": { "contains": many } }]);
    for contained in [filtered, some, many, json!([])] {
        assert_eq!(offered(&form(&contained, "#v")), None);
    }
}

#[test]
fn what_the_record_lists_is_kept_with_the_form_and_makes_the_same_form_each_time() {
    let set = "https://example.org/ValueSet/rooms|2";
    let plain = form(&json!([]), set);
    assert_eq!(unlisted(&plain), [set]);
    assert_eq!(offered(&plain), None);
    let listed = |stamp: &str| {
        let mut form = plain.clone();
        let expansion = json!({ "resourceType": "ValueSet", "expansion": {
            "identifier": stamp, "timestamp": stamp, "contains": [{ "system": "urn:a", "code": "k", "display": "Kitchen" }]
        } });
        list_answers(&mut form, set, &expansion);
        form
    };
    let first = listed("now");
    assert_eq!(offered(&first), Some(vec![("urn:a|k", "Kitchen")]));
    assert!(unlisted(&first).is_empty());
    let (first, second) = (questionnaire(&first), questionnaire(&listed("later")));
    assert!(std::ptr::eq(first.unwrap(), second.unwrap()));
    let mut nothing = plain.clone();
    list_answers(&mut nothing, set, &json!({ "resourceType": "ValueSet" }));
    assert_eq!(nothing, plain, "an answer that lists nothing");
}
