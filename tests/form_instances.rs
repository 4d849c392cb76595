//! What repeats in a form while it is written: begun, added, taken away, brought back.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

use alongside::domain::questionnaire::{Holder, Question, Questionnaire, instances};
use alongside::domain::section::{Entry, EntryId, Section};
use alongside::fhir;
use alongside::state::editing::Editing;
use serde_json::{Value, json};

fn said(it: &Editing, group: &str) -> Vec<String> {
    let own = it.entries().iter().filter(|it| it.group() == Some(group));
    own.map(|it| it.text.clone()).collect()
}

/// Beds in rooms, shelves that are only boards, a group that only holds another, and helpers, each with a day.
fn nested() -> &'static Questionnaire {
    let leaf = |link: &str| json!({ "linkId": link, "type": "string", "text": link });
    let with = |mut it: Value, name: &str, value: Value| {
        it[name] = value;
        it
    };
    let yes = || Value::Bool(true);
    let many = |link: &str, items: Value| json!({ "linkId": link, "type": "group", "text": link, "repeats": true, "item": items });
    let said = |it: &str| json!({ "valueString": it });
    let helpers = with(leaf("helpers"), "repeats", yes());
    let helpers = with(helpers, "initial", json!([said("Ann"), said("Bob")]));
    let helpers = with(helpers, "item", json!([leaf("day")]));
    fhir::questionnaire(&json!({
        "resourceType": "Questionnaire", "url": "https://example.org/nested", "status": "active",
        "item": [
            many("rooms", json!([leaf("room"), many("beds", json!([leaf("bed")]))])),
            many("shelves", json!([with(leaf("board"), "repeats", yes())])),
            many("outer", json!([many("inner", json!([leaf("deep")]))])),
            helpers
        ]
    }))
    .unwrap()
}

fn many(form: &'static Questionnaire, link_id: &str) -> &'static Holder {
    let mut all = form.questions.iter().flat_map(Question::repeated);
    all.find(|it| it.link_id == link_id).unwrap()
}

#[test]
fn each_suggested_answer_with_questions_under_it_begins_one() {
    let form = nested();
    let mut it = Editing::open(Section::Form(form), Vec::new(), "w");
    it.begin(form);
    let said: Vec<(&str, &str)> = it
        .entries()
        .iter()
        .map(|it| (it.part.key(), it.text.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("helpers", "Ann"),
            ("day", ""),
            ("helpers", "Bob"),
            ("day", "")
        ]
    );
}

#[test]
fn what_is_added_has_a_place_to_write_whatever_is_asked_in_it() {
    let form = nested();
    let mut it = Editing::open(Section::Form(form), Vec::new(), "w");
    let shelf = it.add_instance(form, many(form, "shelves"), None);
    assert_eq!(said(&it, &shelf), [""], "an answer of several");
    let outer = it.add_instance(form, many(form, "outer"), None);
    let inner: Vec<&Entry> = it.entries().iter().filter(|it| it.is_of(&outer)).collect();
    assert_eq!(inner.len(), 1);
    assert_eq!(inner[0].part.key(), "deep", "in what is in it");
}

#[test]
fn what_is_in_one_goes_stays_and_comes_back_with_it() {
    let form = nested();
    let mut then = Editing::open(Section::Form(form), Vec::new(), "w");
    let room = then.add_instance(form, many(form, "rooms"), None);
    let bed = then.add_instance(form, many(form, "beds"), Some(&room));
    then.write(&EntryId::within(Some(&room), "room"), "Kitchen");
    then.write(&EntryId::within(Some(&bed), "bed"), "Cot");
    let all = then.entries().to_vec();
    let mut now = Editing::open(Section::Form(form), all.clone(), "v");
    now.take_away(&room);
    assert_eq!(said(&now, &bed), [""]);
    now.put_back(&room);
    assert!(!now.is_changed());
    // Only the bed is gone: it comes back in its room.
    let mut now = Editing::open(Section::Form(form), all[..1].to_vec(), "v");
    now.bring_back(&all);
    let beds = instances(now.entries(), "beds", Some(&room));
    assert_eq!(beds.len(), 1);
    assert_eq!(said(&now, beds[0]), ["Cot"]);
    // Both are gone: together, under new names.
    let mut now = Editing::open(Section::Form(form), Vec::new(), "v");
    now.bring_back(&all);
    let rooms = instances(now.entries(), "rooms", None);
    assert_eq!(rooms.len(), 1);
    let beds = instances(now.entries(), "beds", Some(rooms[0]));
    assert_eq!(
        (said(&now, rooms[0]), said(&now, beds[0])),
        (vec!["Kitchen".to_owned()], vec!["Cot".to_owned()])
    );
    assert_ne!(rooms[0], room);
}
