use serde_json::json;

use super::*;
use crate::domain::section::{EntryProblem, Section, errors, merge};
use crate::fhir::{Held, Resource, questionnaire};

fn form() -> &'static Questionnaire {
    let only_if =
        |question: &str| json!([{ "question": question, "operator": "=", "answerBoolean": true }]);
    let unit = json!([{ "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding":
        { "system": "http://unitsofmeasure.org", "code": "Cel", "display": "°C" } }]);
    questionnaire(&json!({
        "resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/rooms", "status": "active",
        "item": [
            { "linkId": "home", "type": "group", "text": "Home", "item": [
                { "linkId": "rooms", "type": "group", "text": "Room", "repeats": true, "item": [
                    { "linkId": "room", "type": "string", "text": "Which", "required": true },
                    { "linkId": "damp", "type": "boolean", "text": "Damp", "item": [
                        { "linkId": "damp.where", "type": "string", "text": "Where", "required": true,
                          "enableWhen": only_if("damp") },
                        { "linkId": "damp.seen", "type": "date", "text": "Seen on" }
                    ] },
                    { "linkId": "risks", "type": "open-choice", "text": "Risks", "repeats": true,
                      "answerOption": [{ "valueCoding": { "system": "urn:r", "code": "rug", "display": "Rug" } }] },
                    { "linkId": "beds", "type": "group", "text": "Beds", "repeats": true,
                      "item": [{ "linkId": "bed", "type": "string", "text": "Bed" }] },
                    { "linkId": "warmth", "type": "quantity", "text": "Warmth", "extension": unit }
                ] }
            ] },
            { "linkId": "mould", "type": "text", "text": "Who treats the damp", "enableWhen": only_if("damp") },
            { "linkId": "carer", "type": "open-choice", "text": "Carer", "answerOption": [{ "valueString": "Family" }],
              "item": [
                { "linkId": "carer.at", "type": "time", "text": "Comes at" },
                { "linkId": "carer.since", "type": "dateTime", "text": "Since" },
                { "linkId": "carer.page", "type": "url", "text": "Page" },
                { "linkId": "carer.photo", "type": "attachment", "text": "Photo" }
            ] },
            { "linkId": "drugs", "type": "string", "text": "Drugs", "repeats": true,
              "item": [{ "linkId": "dose", "type": "string", "text": "Dose" }] }
        ]
    }))
    .unwrap()
}

fn held(items: &Value) -> Held {
    let value = json!({
        "resourceType": "QuestionnaireResponse", "id": "r1", "meta": { "versionId": "1" }, "status": "completed",
        "questionnaire": "https://example.org/Questionnaire/rooms", "subject": { "reference": "Patient/jane" },
        "item": items
    });
    let value = if items.as_array().is_some_and(Vec::is_empty) {
        let mut value = value;
        value.as_object_mut().unwrap().shift_remove("item");
        value
    } else {
        value
    };
    Held::open(Section::Form(form()), Resource::from_value(value).unwrap()).unwrap()
}

fn room(name: &str, more: &Value) -> Value {
    let mut items = vec![json!({ "linkId": "room", "answer": [{ "valueString": name }] })];
    items.extend(more.as_array().unwrap().iter().cloned());
    json!({ "linkId": "rooms", "text": "Room", "item": items })
}

fn two() -> Held {
    held(&json!([{ "linkId": "home", "item": [
        room("Kitchen", &json!([
            { "linkId": "damp", "answer": [{ "valueBoolean": true, "item": [
                { "linkId": "damp.where", "answer": [{ "valueString": "Sink" }] },
                { "linkId": "theirs", "answer": [{ "valueString": "under the answer" }] }
            ] }] },
            { "linkId": "desks", "item": [{ "linkId": "desk", "answer": [{ "valueString": "kept" }] }] }
        ])),
        room("Bath", &json!([
            { "linkId": "risks", "answer": [{ "valueCoding": { "system": "urn:r", "code": "rug" } }, { "valueString": "Step" }] }
        ]))
    ] }]))
}

fn named(group: Option<&str>, link_id: &str) -> EntryId {
    EntryId::within(group, link_id)
}

/// `(instance, link id or the rest of the name, text)`.
type Said<'a> = (Option<&'a str>, &'a str, &'a str);

fn said(entries: &mut Vec<Entry>, (group, name, text): Said<'_>) {
    let id = named(group, name);
    match entries.iter_mut().find(|it| it.id == id) {
        Some(it) => text.clone_into(&mut it.text),
        None => entries.push(Entry {
            part: Section::Form(form())
                .part(name.split('~').next().unwrap())
                .unwrap(),
            id,
            text: text.to_owned(),
        }),
    }
}

fn with_said(held: &Held, all: &[Said<'_>]) -> Vec<Entry> {
    let mut entries = held.entries();
    for it in all {
        said(&mut entries, *it);
    }
    entries
}

fn after(held: &Held, all: &[Said<'_>]) -> Held {
    held.edited(&with_said(held, all))
}

fn rooms(held: &Held) -> Vec<Value> {
    let home = held.resource().value().pointer("/item/0/item");
    home.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn says(held: &Held, group: &str, name: &str) -> String {
    let id = named(Some(group), name);
    let all = held.entries();
    all.iter()
        .find(|it| it.id == id)
        .map(|it| it.text.clone())
        .unwrap_or_default()
}

fn blank(held: &Held, group: &str) -> Vec<Entry> {
    let mut all = held.entries();
    for it in all.iter_mut().filter(|it| it.group() == Some(group)) {
        it.text.clear();
    }
    all
}

fn wrong(held: &Held, all: &[Said<'_>]) -> Vec<(EntryId, EntryProblem)> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    let found = errors(
        Section::Form(form()),
        &held.entries(),
        &with_said(held, all),
        today,
    );
    found
        .into_iter()
        .map(|it| {
            (
                it.id.unwrap_or_else(|| EntryId(it.part.key().to_owned())),
                it.what,
            )
        })
        .collect()
}

#[test]
fn a_group_that_repeats_is_read_and_changed_instance_by_instance() {
    let it = two();
    assert_eq!(
        (says(&it, "#0", "room"), says(&it, "#1", "room")),
        ("Kitchen".to_owned(), "Bath".to_owned())
    );
    assert_eq!(says(&it, "#0", "damp.where"), "Sink");
    assert_eq!(says(&it, "#1", "risks=Step"), "Step");
    assert_eq!(
        it.edited(&it.entries()),
        it,
        "nothing is changed by reading"
    );
    let now = after(
        &it,
        &[
            (Some("#1"), "room", "Bathroom"),
            (Some("#1"), "risks=Step", ""),
            (Some("#1"), "warmth", "019.50"),
        ],
    );
    let (old, new) = (rooms(&it), rooms(&now));
    assert_eq!(new[0], old[0], "the neighbour");
    assert_eq!(new[1]["item"][0]["answer"][0]["valueString"], "Bathroom");
    assert_eq!(
        new[1]["item"][1]["answer"],
        json!([{ "valueCoding": { "system": "urn:r", "code": "rug" } }])
    );
    assert_eq!(
        new[1]["item"][2]["answer"][0].to_string(),
        r#"{"valueQuantity":{"value":19.50,"unit":"°C","system":"http://unitsofmeasure.org","code":"Cel"}}"#
    );
}

#[test]
fn an_instance_is_added_behind_the_others_under_a_name_of_its_own() {
    let it = two();
    let now = after(
        &it,
        &[
            (Some("w-1"), "room", "Hall"),
            (Some("w-1"), "risks~1", "urn:r|rug"),
            (Some("w-1"), "risks~2", "Coats"),
        ],
    );
    let all = rooms(&now);
    assert_eq!(all.len(), 3);
    assert_eq!(all[2]["id"], "w-1");
    assert_eq!(
        all[2]["item"][1]["answer"],
        json!([{ "valueCoding": { "system": "urn:r", "code": "rug", "display": "Rug" } }, { "valueString": "Coats" }])
    );
    assert_eq!(says(&now, "w-1", "room"), "Hall");
    let first = after(&held(&json!([])), &[(Some("w-1"), "room", "Hall")]);
    assert_eq!(
        first.resource().value()["item"][0]["linkId"],
        "home",
        "in the group that it stands in"
    );
    assert_eq!(says(&first, "w-1", "room"), "Hall");
    let nothing = after(&it, &[(Some("w-2"), "room", " ")]);
    assert_eq!(nothing, it, "a blank one is none");
}

#[test]
fn an_instance_that_says_nothing_any_more_goes_unless_something_foreign_is_in_it() {
    let it = two();
    let now = it.edited(&blank(&it, "#1"));
    assert_eq!(rooms(&now), rooms(&it)[..1]);
    let mut both = blank(&now, "#0");
    both.push(it.entries().pop().unwrap());
    let now = now.edited(&both[..both.len() - 1]);
    let left = &rooms(&now)[0];
    let links: Vec<&str> = left["item"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["linkId"].as_str())
        .collect();
    assert_eq!(links, ["damp", "desks"], "what is not asked here");
    assert_eq!(
        left["item"][0]["answer"],
        json!([{ "item": [{ "linkId": "theirs", "answer": [{ "valueString": "under the answer" }] }] }]),
        "and what stands under an answer that is taken back"
    );
    let bare = held(&json!([{ "linkId": "home", "item": [room("Bath", &json!([]))] }]));
    let gone = bare.edited(&blank(&bare, "#0"));
    assert!(
        gone.resource().value().get("item").is_none(),
        "no empty array"
    );
}

#[test]
fn what_depends_on_an_answer_in_a_group_that_repeats_looks_at_its_own_instance() {
    let it = two();
    let where_ = form().question("damp.where").unwrap();
    let mould = form().question("mould").unwrap();
    let entries = with_said(&it, &[(Some("#1"), "damp", "no")]);
    assert!(form().is_enabled(where_, Some("#0"), &entries));
    assert!(!form().is_enabled(where_, Some("#1"), &entries));
    assert!(
        form().is_enabled(mould, None, &entries),
        "outside, any instance counts"
    );
    let dry = with_said(&it, &[(Some("#0"), "damp", "no")]);
    assert!(!form().is_enabled(mould, None, &dry));
    let now = it.edited(&dry);
    assert_eq!(
        rooms(&now)[0]["item"][1]["answer"],
        json!([{ "valueBoolean": false, "item": [{ "linkId": "theirs", "answer": [{ "valueString": "under the answer" }] }] }])
    );
}

#[test]
fn questions_under_an_answer_are_answered_under_it() {
    let it = held(&json!([]));
    let at = form().question("carer.at").unwrap();
    assert!(
        at.is_asked() && !form().is_enabled(at, None, &it.entries()),
        "there is no answer yet"
    );
    assert!(!form().question("carer.photo").unwrap().is_asked());
    let now = after(
        &it,
        &[
            (None, "carer", "The neighbour"),
            (None, "carer.at", "9.05"),
            (None, "carer.since", "1 7 2026 14:05"),
            (None, "carer.page", "https://example.org/a?b=c"),
        ],
    );
    assert_eq!(
        now.resource().value()["item"],
        json!([{ "linkId": "carer", "text": "Carer", "answer": [{ "valueString": "The neighbour", "item": [
            { "linkId": "carer.at", "text": "Comes at", "answer": [{ "valueTime": "09:05:00" }] },
            { "linkId": "carer.since", "text": "Since", "answer": [{ "valueDateTime": "2026-07-01T13:05:00Z" }] },
            { "linkId": "carer.page", "text": "Page", "answer": [{ "valueUri": "https://example.org/a?b=c" }] }
        ] }] }])
    );
    let again = Held::open(Section::Form(form()), now.resource().clone()).unwrap();
    let text = |name: &str| {
        again
            .entries()
            .into_iter()
            .find(|it| it.id.0 == name)
            .unwrap()
            .text
    };
    assert_eq!(
        (text("carer.at"), text("carer.since")),
        ("09:05".to_owned(), "01-Jul-2026 14:05".to_owned())
    );
    let other = after(&again, &[(None, "carer", "Family")]);
    assert_eq!(
        other.resource().value()["item"][0]["answer"][0]["item"],
        again.resource().value()["item"][0]["answer"][0]["item"]
    );
    let none = after(&again, &[(None, "carer", "")]);
    assert!(
        none.resource().value().get("item").is_none(),
        "{}",
        none.resource()
    );
}

#[test]
fn what_is_wrong_in_an_instance_is_said_there_and_one_that_says_nothing_is_none() {
    let it = two();
    assert_eq!(wrong(&it, &[(Some("w-1"), "room", "")]), []);
    assert_eq!(
        wrong(
            &it,
            &[
                (Some("#1"), "room", ""),
                (Some("#1"), "damp", "yes"),
                (Some("#1"), "damp.where", "")
            ]
        ),
        [
            (named(Some("#1"), "room"), EntryProblem::Missing),
            (named(Some("#1"), "damp.where"), EntryProblem::Missing)
        ]
    );
    assert_eq!(
        wrong(&it, &[(Some("#0"), "warmth", "warm")]),
        [(named(Some("#0"), "warmth"), EntryProblem::NotANumber)]
    );
    let carer = |name, text| wrong(&it, &[(None, "carer", "Family"), (None, name, text)]);
    assert_eq!(carer("carer.at", "25:00")[0].1, EntryProblem::NotATime);
    assert_eq!(carer("carer.since", "July")[0].1, EntryProblem::NotAMoment);
    for (text, fits) in [
        ("https://nhs.uk", true),
        ("nhs.uk", false),
        ("https://a b", false),
        ("urn:x", true),
        (":", false),
    ] {
        assert_eq!(carer("carer.page", text).is_empty(), fits, "{text}");
    }
}

#[test]
fn what_a_server_blames_is_found_in_its_instance() {
    let it = two();
    let at = |path: &str| it.entry_at(&format!("QuestionnaireResponse.{path}"));
    assert_eq!(
        at("item[0].item[1].item[0].answer[0].value"),
        Some(named(Some("#1"), "room"))
    );
    assert_eq!(
        at("item[0].item[0].item[1].answer[0].item[0]"),
        Some(named(Some("#0"), "damp.where"))
    );
}

#[path = "answers_nested_tests.rs"]
mod nested;
#[path = "answers_versions_tests.rs"]
mod versions;
