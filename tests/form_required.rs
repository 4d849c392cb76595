//! A group of a form that has to be answered at least once.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use alongside::domain::questionnaire::Questionnaire;
use alongside::domain::section::{Entry, EntryError, EntryId, EntryProblem, Part, Section, errors};
use alongside::fhir;
use alongside::present::writing::error;
use chrono::NaiveDate;
use serde_json::json;

fn form() -> &'static Questionnaire {
    fhir::questionnaire(&json!({
        "resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/rooms", "status": "active",
        "item": [
            { "linkId": "home", "type": "boolean", "text": "At home" },
            { "linkId": "rooms", "type": "group", "text": "Room", "repeats": true, "required": true,
              "enableWhen": [{ "question": "home", "operator": "=", "answerBoolean": true }], "item": [
                { "linkId": "said", "type": "display", "text": "Each room" },
                { "linkId": "room", "type": "string", "text": "Which room" }
            ] }
        ]
    }))
    .unwrap()
}

fn entry(group: Option<&str>, link_id: &str, text: &str) -> Entry {
    let part = Part::Asked(form().question(link_id).unwrap());
    let id = group.map_or_else(
        || EntryId::within(None, link_id),
        |it| EntryId::of(it, part),
    );
    Entry {
        id,
        part,
        text: text.to_owned(),
    }
}

fn wrong(entries: &[Entry]) -> Vec<EntryError> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    errors(Section::Form(form()), &[], entries, today)
}

#[test]
fn a_group_that_has_to_be_answered_is_asked_for_until_it_is_once() {
    let home = entry(None, "home", "yes");
    let none = wrong(std::slice::from_ref(&home));
    assert_eq!(none.len(), 1);
    assert_eq!(none[0].what, EntryProblem::NoneOf("Room"));
    assert_eq!(none[0].part.key(), "room", "what is asked there first");
    assert_eq!(error(&none[0]), "Add at least one: Room");
    let blank = [home.clone(), entry(Some("a"), "room", " ")];
    assert_eq!(wrong(&blank), none, "one that says nothing is none");
    let one = [home, entry(Some("a"), "room", "Kitchen")];
    assert_eq!(wrong(&one), []);
}

#[test]
fn it_is_not_asked_for_where_it_is_not_asked() {
    assert_eq!(wrong(&[entry(None, "home", "no")]), []);
}
