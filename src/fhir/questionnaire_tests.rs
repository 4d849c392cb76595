use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::domain::section::{Entry, EntryId, EntryProblem, Part, Section, errors};
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::{Held, Resource};

const YES_CODE: &str = "http://terminology.hl7.org/CodeSystem/v2-0136|Y";

fn form() -> &'static Questionnaire {
    questionnaire(&json!({
        "resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/home", "version": "2",
        "title": "Home", "status": "active",
        "item": [
            { "linkId": "said", "type": "display", "text": "Ask at home." },
            { "linkId": "heat", "type": "group", "text": "Heating", "item": [
                { "linkId": "heat.kind", "type": "choice", "text": "Heated by", "required": true, "answerOption": [
                    { "valueCoding": { "system": "urn:heat", "code": "gas", "display": "Gas" } },
                    { "valueCoding": { "system": "urn:heat", "code": "none", "display": "Nothing" } },
                    { "valueString": "Something else" }
                ] },
                { "linkId": "heat.temp", "type": "decimal", "text": "Temperature", "extension": [
                    { "url": LEAST, "valueDecimal": 0 }, { "url": MOST, "valueDecimal": 40 }
                ] },
                { "linkId": "heat.since", "type": "date", "text": "Cold since",
                  "enableWhen": [{ "question": "heat.kind", "operator": "=", "answerCoding": { "system": "urn:heat", "code": "none" } }] }
            ] },
            { "linkId": "alone", "type": "boolean", "text": "Lives alone", "initial": [{ "valueBoolean": false }] },
            { "linkId": "steps", "type": "integer", "text": "Steps to the door", "maxLength": 3 },
            { "linkId": "pets", "type": "string", "text": "Pets", "repeats": true },
            { "linkId": "aids", "type": "choice", "text": "Aids", "repeats": true, "enableBehavior": "any", "answerOption": [
                { "valueString": "Rail" }, { "valueString": "Ramp" }
            ], "enableWhen": [
                { "question": "alone", "operator": "=", "answerBoolean": true },
                { "question": "steps", "operator": ">", "answerInteger": 2 }
            ] },
            { "linkId": "photo", "type": "attachment", "text": "Photo" }
        ]
    }))
    .unwrap()
}

fn response(items: &Json) -> Held {
    let value = json!({
        "resourceType": "QuestionnaireResponse", "id": "r1", "meta": { "versionId": "1" },
        "questionnaire": "https://example.org/Questionnaire/home|1", "status": "completed",
        "subject": { "reference": "Patient/jane" }, "item": items
    });
    Held::open(Section::Form(form()), Resource::from_value(value).unwrap()).unwrap()
}

fn old() -> Held {
    response(&json!([
        { "linkId": "heat", "text": "Heating", "extension": [{ "url": "urn:theirs", "valueString": "keep" }], "item": [
            { "linkId": "heat.kind", "answer": [{ "id": "a1", "valueCoding": { "system": "urn:heat", "code": "gas" } }] }
        ] },
        { "linkId": "gone", "text": "No longer asked", "answer": [{ "valueString": "kept" }] },
        { "linkId": "pets", "answer": [{ "valueString": "Bess" }, { "valueCoding": { "code": "cat" } }] },
        { "linkId": "photo", "answer": [{ "valueAttachment": { "title": "door" } }] }
    ]))
}

fn texts(held: &Held) -> BTreeMap<String, String> {
    let all = held.entries().into_iter();
    all.map(|it| (it.id.0, it.text)).collect()
}

/// With these answers instead.
fn edited(held: &Held, changes: &[(&str, &str)]) -> Held {
    let mut entries = held.entries();
    for (id, text) in changes {
        match entries.iter_mut().find(|it| it.id.0 == *id) {
            Some(it) => (*text).clone_into(&mut it.text),
            None => entries.push(Entry {
                id: EntryId(format!("new-{}", entries.len())),
                part: Section::Form(form()).part(id).unwrap(),
                text: (*text).to_owned(),
            }),
        }
    }
    held.edited(&entries)
}

fn item<'a>(held: &'a Held, path: &str) -> &'a Json {
    held.resource().value().pointer(path).unwrap()
}

#[test]
fn a_form_is_read_once_with_what_it_asks_and_what_cannot_be_answered_here() {
    assert!(std::ptr::eq(form(), form()));
    let kinds: Vec<(&str, bool)> = form()
        .questions
        .iter()
        .map(|it| (it.link_id, it.is_asked()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("said", false),
            ("heat.kind", true),
            ("heat.temp", true),
            ("heat.since", true),
            ("alone", true),
            ("steps", true),
            ("pets", true),
            ("aids", true),
            ("photo", false)
        ]
    );
    assert_eq!(form().questions[1].holders[0].link_id, "heat");
    assert_eq!(form().questions[4].initial, ["no"]);
    assert_eq!(
        questionnaire(&json!({ "resourceType": "Questionnaire" })),
        None
    );
}

#[test]
fn answers_to_an_older_version_are_read_by_link_id_and_the_rest_survives() {
    let held = old();
    let now = texts(&held);
    assert_eq!(now["heat.kind"], "urn:heat|gas");
    assert_eq!(now["pets=Bess"], "Bess");
    assert!(!now.contains_key("photo") && now["steps"].is_empty());
    assert_eq!(
        held.edited(&held.entries()),
        held,
        "nothing is changed by reading"
    );
    let after = edited(
        &held,
        &[
            ("heat.temp", "07.50"),
            ("pets", "Tom"),
            ("alone", "yes"),
            ("aids", "Rail"),
        ],
    );
    let items = item(&after, "/item");
    let links: Vec<&str> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["linkId"].as_str().unwrap())
        .collect();
    assert_eq!(
        links,
        ["heat", "gone", "alone", "pets", "aids", "photo"],
        "in the form's order"
    );
    assert_eq!(
        items[0]["item"][1]["answer"][0]["valueDecimal"].to_string(),
        "7.50"
    );
    assert_eq!(
        items[0]["extension"],
        item(&held, "/item/0/extension").clone()
    );
    assert_eq!(items[1], *item(&held, "/item/1"));
    assert_eq!(
        items[3]["answer"],
        json!([{ "valueString": "Bess" }, { "valueCoding": { "code": "cat" } }, { "valueString": "Tom" }])
    );
    assert_eq!(items[5], *item(&held, "/item/3"));
    let same = Held::open(Section::Form(form()), after.resource().clone()).unwrap();
    assert_eq!(texts(&same)["aids=Rail"], "Rail");
}

#[test]
fn a_changed_answer_keeps_what_else_it_has_and_an_emptied_one_goes_with_its_group() {
    let after = edited(&old(), &[("heat.kind", "Something else")]);
    assert_eq!(
        item(&after, "/item/0/item/0/answer"),
        &json!([{ "id": "a1", "valueString": "Something else" }])
    );
    let after = edited(&old(), &[("heat.kind", ""), ("pets=Bess", "")]);
    assert_eq!(
        item(&after, "/item/0/linkId"),
        "heat",
        "it has something of theirs"
    );
    assert!(item(&after, "/item/0").get("item").is_none());
    assert_eq!(
        item(&after, "/item/2/answer"),
        &json!([{ "valueCoding": { "code": "cat" } }])
    );
    let bare = response(
        &json!([{ "linkId": "heat", "item": [{ "linkId": "heat.temp", "answer": [{ "valueDecimal": 19 }] }] }]),
    );
    let after = edited(&bare, &[("heat.temp", "")]);
    assert!(
        after.resource().value().get("item").is_none(),
        "no empty array"
    );
}

#[test]
fn what_depends_on_another_answer_is_asked_then_and_taken_away_when_it_is_not_any_more() {
    let since = form().question("heat.since").unwrap();
    let cold = edited(
        &old(),
        &[
            ("heat.kind", "urn:heat|none"),
            ("heat.since", "12-Mar-2026"),
        ],
    );
    assert_eq!(
        item(&cold, "/item/0/item/1/answer/0/valueDate"),
        "2026-03-12"
    );
    assert!(form().is_enabled(since, None, &cold.entries()));
    assert!(!form().is_enabled(since, None, &old().entries()));
    let warm = edited(&cold, &[("heat.kind", "urn:heat|gas")]);
    assert_eq!(item(&warm, "/item/0/item").as_array().unwrap().len(), 1);
    // What somebody has answered although it was not asked stays.
    let odd = response(&json!([{ "linkId": "heat", "item": [
        { "linkId": "heat.kind", "answer": [{ "valueString": "Something else" }] },
        { "linkId": "heat.since", "answer": [{ "valueDate": "2026-03-12" }] }
    ] }]));
    let after = edited(&odd, &[("steps", "1")]);
    assert_eq!(item(&after, "/item/0"), item(&odd, "/item/0"));
    let aids = form().question("aids").unwrap();
    let with = |changes: &[(&str, &str)]| {
        form().is_enabled(aids, None, &edited(&old(), changes).entries())
    };
    assert!(!with(&[("steps", "2")]));
    assert!(with(&[("steps", "10")]), "by number, not by letter");
    assert!(with(&[("alone", "yes")]));
}

#[test]
fn what_is_wrong_is_said_at_its_question() {
    let held = response(&json!([]));
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    let wrong = |changes: &[(&str, &str)]| -> Vec<(&str, EntryProblem)> {
        let mut entries = held.entries();
        for (id, text) in changes {
            let own = entries.iter_mut().find(|it| it.id.0 == *id).unwrap();
            (*text).clone_into(&mut own.text);
        }
        let all = errors(Section::Form(form()), &held.entries(), &entries, today);
        let key = |part: Part| part.key();
        all.into_iter().map(|it| (key(it.part), it.what)).collect()
    };
    let kind = ("heat.kind", YES_CODE);
    assert_eq!(wrong(&[]), [("heat.kind", EntryProblem::Missing)]);
    assert_eq!(
        wrong(&[kind, ("heat.temp", "40.5")]),
        [("heat.temp", EntryProblem::TooHigh("40"))]
    );
    assert_eq!(
        wrong(&[kind, ("heat.temp", "-1")]),
        [("heat.temp", EntryProblem::TooLow("0"))]
    );
    assert_eq!(
        wrong(&[kind, ("heat.temp", "1,5")]),
        [("heat.temp", EntryProblem::NotANumber)]
    );
    assert_eq!(
        wrong(&[kind, ("steps", "2.5")]),
        [("steps", EntryProblem::NotWhole)]
    );
    assert_eq!(
        wrong(&[kind, ("steps", "1000")]),
        [("steps", EntryProblem::Longer(3))]
    );
    assert_eq!(
        wrong(&[kind, ("heat.since", "soon")]),
        [],
        "it is not asked"
    );
    assert_eq!(
        wrong(&[("heat.kind", "urn:heat|none"), ("heat.since", "soon")]),
        [("heat.since", EntryProblem::NotADay)]
    );
}

#[test]
fn one_that_is_begun_says_which_form_it_answers_and_which_plan() {
    let jane = PatientId::parse("jane").unwrap();
    let plan = ResourceRef::new("CarePlan", "c1");
    let now = crate::domain::sample::now();
    let held = Held::begin(
        Section::Form(form()),
        &jane,
        Some(&plan),
        None,
        "uuid-1",
        now,
    );
    let value = held.resource().value();
    assert_eq!(
        value["questionnaire"],
        "https://example.org/Questionnaire/home|2"
    );
    assert_eq!(value["basedOn"][0]["reference"], "CarePlan/c1");
    assert_eq!(held.entry_at("QuestionnaireResponse.item[0]"), None);
    let held = old();
    assert_eq!(
        held.entry_at("QuestionnaireResponse.item[0].item[0].answer[0].value"),
        Some(EntryId("heat.kind".to_owned()))
    );
    let asha = ResourceRef::new("PractitionerRole", "r1");
    let before = edited(&old(), &[("steps", "1")]);
    let held = held.stamped(&before, (&asha, "Asha Rahman"), now);
    let value = held.resource().value();
    let form = value["questionnaire"].as_str().unwrap();
    assert!(form.ends_with("|2"));
    // Who has written the answers down goes with when.
    let author = json!({ "reference": "PractitionerRole/r1", "display": "Asha Rahman" });
    assert_eq!(value["author"], author);
}
