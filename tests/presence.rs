//! Who edits a section of a plan, said by one window and heard by another through the record: with what, with what not,
//! and what is no such word.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use alongside::api::presence::{self, Editing, Said};
use alongside::api::session::Reader;
use alongside::api::{
    ApiError, Client, Method, Push, Request, Response, Transport, TransportError,
};
use alongside::domain::presence::AtWork;
use alongside::domain::section::Section;
use alongside::domain::{PatientId, ResourceRef};
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Fault, Record};
use common::{ok, source};
use futures::executor::block_on;
use serde_json::{Value, json};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn tom() -> Reader {
    Reader {
        role_id: "tom-role".to_owned(),
        practitioner_id: "tom".to_owned(),
        ..Reader::nobody()
    }
}

/// A record with a directory.
fn record() -> Rc<Record> {
    let record = Record::default();
    let directory = [
        json!({ "resourceType": "Practitioner", "id": "tom", "name": [{ "family": "Achebe", "given": ["Tom"] }] }),
        json!({ "resourceType": "Organization", "id": "north", "name": "North 3 team" }),
        json!({ "resourceType": "PractitionerRole", "id": "tom-role", "practitioner": { "reference": "Practitioner/tom" },
            "organization": { "reference": "Organization/north" }, "code": [{ "text": "District nurse" }] }),
    ];
    for it in directory {
        let place = format!(
            "{}/{}",
            it["resourceType"].as_str().unwrap(),
            it["id"].as_str().unwrap()
        );
        record.stored.borrow_mut().insert(place, it);
    }
    Rc::new(record)
}

fn client(record: &Rc<Record>) -> Client<Record> {
    Client::new(source(), Rc::clone(record), Duration::from_secs(5))
}

fn crisis() -> Editing {
    Editing {
        patient: jane(),
        section: Section::Crisis,
        of: ResourceRef::new("CarePlan", "c"),
        since: at(0),
        name: "w-1".to_owned(),
    }
}

/// The server's own time of everything that is a list.
fn written_at(record: &Record, when: DateTime<Utc>) {
    for it in record.stored.borrow_mut().values_mut() {
        if it["resourceType"] == "List" {
            it["meta"]["lastUpdated"] = json!(when.to_rfc3339());
        }
    }
}

fn list(record: &Record) -> Value {
    let stored = record.stored.borrow();
    let mut lists = stored.values().filter(|it| it["resourceType"] == "List");
    lists.next().cloned().unwrap_or_default()
}

fn heard(record: &Rc<Record>, about: &str) -> Vec<AtWork> {
    let about = PatientId::parse(about).unwrap();
    block_on(presence::read(&client(record), &about, &[]))
        .unwrap()
        .0
}

fn say(record: &Rc<Record>) -> Said {
    block_on(presence::say(&client(record), &tom(), &crisis())).unwrap()
}

#[test]
fn what_one_window_says_another_hears_with_name_role_and_organisation() {
    let record = record();
    say(&record);
    written_at(&record, at(1));
    let expected = AtWork {
        is_over: false,
        word: ResourceRef::new("List", "n1"),
        who: ResourceRef::new("PractitionerRole", "tom-role"),
        name: "Tom Achebe".to_owned(),
        role: Some("District nurse".to_owned()),
        organisation: Some("North 3 team".to_owned()),
        place: "crisis".to_owned(),
        of: ResourceRef::new("CarePlan", "c"),
        since: at(0),
        said: at(1),
    };
    assert_eq!(heard(&record, "jane"), [expected]);
    assert_eq!(heard(&record, "bert"), [], "of somebody else's plan");
}

#[test]
fn the_word_has_nothing_clinical_and_no_names() {
    let record = record();
    say(&record);
    let mut list = list(&record);
    let members = list.as_object_mut().unwrap();
    for own in ["id", "meta", "date"] {
        members.remove(own);
    }
    assert_eq!(
        list,
        json!({
            "resourceType": "List",
            "identifier": [{ "system": "urn:alongside:editing", "value": "w-1" }],
            "status": "current",
            "mode": "working",
            "title": "Being edited",
            "code": { "coding": [{ "system": "urn:alongside:editing", "code": "being-edited", "display": "Being edited" }] },
            "subject": { "reference": "Patient/jane" },
            "source": { "reference": "PractitionerRole/tom-role" },
            "entry": [{
                "flag": { "coding": [{ "system": "urn:alongside:section", "code": "crisis" }] },
                "date": "2026-11-18T11:06:40.000Z",
                "item": { "reference": "CarePlan/c" }
            }]
        })
    );
}

#[test]
fn it_is_said_again_in_the_same_place_and_what_others_put_beside_it_stays() {
    let record = record();
    let said = say(&record);
    let before = list(&record);
    let again = block_on(presence::say_again(&client(&record), said, at(2))).unwrap();
    let mut after = list(&record);
    assert_ne!(before["date"], after["date"]);
    after["date"] = before["date"].clone();
    after["meta"] = before["meta"].clone();
    assert_eq!(before, after);
    written_at(&record, at(2));
    assert_eq!(heard(&record, "jane")[0].since, at(0));
    block_on(presence::say_again(&client(&record), again, at(4))).unwrap();
}

#[test]
fn who_closes_is_heard_no_more_also_where_nothing_may_be_deleted() {
    let record = record();
    let said = say(&record);
    written_at(&record, at(1));
    block_on(presence::take_back(&client(&record), said, at(2)));
    assert_eq!(list(&record)["status"], "retired");
    written_at(&record, at(2));
    assert!(heard(&record, "jane")[0].is_over, "and can be swept");
}

/// Pushes some seconds after it was written, and only what is there then.
struct BehindAQueue {
    record: Rc<Record>,
    waiting: RefCell<Vec<String>>,
    pushed: RefCell<Vec<Value>>,
}

impl Transport for BehindAQueue {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let place = request.url.trim_start_matches("/fhir/rw3/").to_owned();
        if request.method == Method::Delete {
            self.record.stored.borrow_mut().remove(&place);
            return Ok(ok(""));
        }
        self.waiting.borrow_mut().push(place);
        self.record.send(request).await
    }

    async fn sleep(&self, time: Duration) {
        if time >= Duration::from_secs(6) {
            let stored = self.record.stored.borrow();
            let due = self.waiting.take();
            let there = due.iter().filter_map(|it| stored.get(it).cloned());
            self.pushed.borrow_mut().extend(there);
        }
    }
}

#[test]
fn that_it_is_over_is_heard_from_a_source_that_pushes_later_too_and_then_nothing_is_left() {
    let record = record();
    let said = say(&record);
    let queue = Rc::new(BehindAQueue {
        record: Rc::clone(&record),
        waiting: RefCell::default(),
        pushed: RefCell::default(),
    });
    let client = Client::new(source(), Rc::clone(&queue), Duration::from_secs(5));
    block_on(presence::take_back(&client, said, at(2)));
    let pushed = queue.pushed.borrow();
    assert_eq!(pushed.len(), 1);
    assert_eq!(pushed[0]["status"], "retired");
    let stored = record.stored.borrow();
    assert!(!stored.keys().any(|it| it.starts_with("List/")));
}

#[test]
fn a_word_that_somebody_has_taken_away_is_said_anew() {
    let record = record();
    let said = say(&record);
    record
        .stored
        .borrow_mut()
        .retain(|place, _| !place.starts_with("List/"));
    let again = block_on(presence::say_again(&client(&record), said, at(2)));
    assert!(again.is_err());
    say(&record);
    written_at(&record, at(3));
    assert_eq!(heard(&record, "jane").len(), 1);
}

#[test]
fn what_a_source_says_about_itself_is_no_error_of_anybody() {
    let record = record();
    record.faults.borrow_mut().push(Fault::Refused);
    let refused = block_on(presence::say(&client(&record), &tom(), &crisis()));
    assert!(matches!(refused, Err(ApiError::Invalid { .. })));
    record.faults.borrow_mut().push(Fault::LostOnTheWay);
    assert!(block_on(presence::read(&client(&record), &jane(), &[])).is_err());
    let nobody = block_on(presence::say(
        &client(&record),
        &Reader::nobody(),
        &crisis(),
    ));
    assert_eq!(nobody, Err(ApiError::NotOffered));
    assert_eq!(list(&record), Value::Null);
}

#[test]
fn other_lists_and_half_words_are_none() {
    let record = record();
    say(&record);
    written_at(&record, at(1));
    let good = list(&record);
    let changes: [(&str, Value); 9] = [
        ("/code/coding/0/system", json!("urn:alongside:last-looked")),
        ("/code/coding/0/code", json!("seen")),
        ("/subject/reference", json!("Group/jane")),
        ("/source", Value::Null),
        ("/entry", json!([])),
        ("/entry/0/item", json!({ "display": "a plan" })),
        ("/entry/0/flag", json!({ "text": "crisis" })),
        ("/meta/lastUpdated", json!("2026")),
        ("/status", json!("entered-in-error")),
    ];
    for (place, value) in changes {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        record.stored.borrow_mut().insert("List/n1".to_owned(), bad);
        assert_eq!(heard(&record, "jane"), [], "{place}");
    }
}

#[test]
fn a_device_that_is_ahead_does_not_begin_in_the_future() {
    let record = record();
    say(&record);
    written_at(&record, at(-60));
    assert_eq!(heard(&record, "jane")[0].since, at(-60));
}

#[test]
fn who_is_known_is_not_looked_up_again_and_who_is_not_found_is_heard_all_the_same() {
    let record = record();
    say(&record);
    written_at(&record, at(1));
    let (all, known) = block_on(presence::read(&client(&record), &jane(), &[])).unwrap();
    record
        .stored
        .borrow_mut()
        .retain(|place, _| place.starts_with("List/"));
    let (again, new) = block_on(presence::read(&client(&record), &jane(), &known)).unwrap();
    assert_eq!((&again, new), (&all, Vec::new()));
    assert_eq!(heard(&record, "jane")[0].name, "");
}

#[test]
fn it_is_switched_on_by_the_configuration_and_its_mistakes_are_named() {
    assert_eq!(presence::wanted(&Value::Null), Ok(None));
    let topic = json!({ "topic": "https://x.example/t" });
    let topic = presence::wanted(&topic).unwrap();
    assert_eq!(topic, Some(Push::Topic("https://x.example/t".to_owned())));
    for (wrong, place) in [
        (json!(true), "presence"),
        (json!({ "topics": "x" }), "presence.topics"),
        (json!({ "criteria": ["List?"] }), "presence.webSocketUrl"),
    ] {
        assert_eq!(presence::wanted(&wrong).unwrap_err().place, place);
    }
}
