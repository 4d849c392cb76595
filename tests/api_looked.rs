//! What one reader looked at on several devices, through one list in the record: two at once, faults at every step,
//! other people's lists, servers that cannot.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use alongside::api::looked::{self, Kept};
use alongside::api::session::Reader;
use alongside::api::{ApiError, Client};
use alongside::domain::PatientId;
use alongside::state::Looked;
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Dice, Fault, Record};
use common::source;
use futures::executor::block_on;
use serde_json::{Value, json};

fn reader() -> Reader {
    Reader {
        role_id: "role-1".to_owned(),
        practitioner_id: "prac-1".to_owned(),
        ..Reader::nobody()
    }
}

fn client(record: &Rc<Record>) -> Client<Record> {
    Client::new(source(), Rc::clone(record), Duration::from_secs(5))
}

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn id(name: &str) -> PatientId {
    PatientId::parse(name).unwrap()
}

/// A device: what it knows, and what it knows of the record.
#[derive(Default)]
struct Device {
    looked: Looked,
    kept: Kept,
}

impl Device {
    fn read(&mut self, record: &Client<Record>, now: DateTime<Utc>) -> Result<(), ApiError> {
        self.kept = block_on(looked::read(record, &reader()))?;
        self.looked.merge(&self.kept.looks, now);
        Ok(())
    }

    fn write(&mut self, record: &Client<Record>, now: DateTime<Utc>) -> Result<(), ApiError> {
        if self.looked.is_ahead_of(&self.kept.looks, now) {
            let looks = self.looked.latest();
            self.kept = block_on(looked::write(record, &reader(), &self.kept, &looks, now))?;
            self.looked.merge(&self.kept.looks, now);
        }
        Ok(())
    }
}

#[test]
fn what_was_looked_at_here_is_known_there() {
    let record = Rc::new(Record::default());
    let api = client(&record);
    let (mut here, mut there) = (Device::default(), Device::default());
    here.read(&api, at(0)).unwrap();
    here.looked.look(&id("anna"), at(0));
    here.write(&api, at(0)).unwrap();
    there.read(&api, at(1)).unwrap();
    assert_eq!(there.looked.last(&id("anna")), Some(at(0)));
    let lists = record.stored.borrow();
    let list = lists.values().next().unwrap();
    assert_eq!(list["source"]["reference"], "Practitioner/prac-1");
    assert_eq!(list["entry"][0]["item"]["reference"], "Patient/anna");
}

#[test]
fn whoever_comes_second_reads_and_merges_and_nothing_is_overwritten() {
    let record = Rc::new(Record::default());
    let api = client(&record);
    let (mut here, mut there) = (Device::default(), Device::default());
    for it in [&mut here, &mut there] {
        it.read(&api, at(0)).unwrap();
    }
    here.looked.look(&id("anna"), at(1));
    here.write(&api, at(1)).unwrap();
    there.looked.look(&id("bert"), at(2));
    // There is one already; the answer says so, and what it lacks is written.
    there.write(&api, at(2)).unwrap();
    there.write(&api, at(2)).unwrap();
    here.looked.look(&id("carl"), at(3));
    assert!(matches!(
        here.write(&api, at(3)),
        Err(ApiError::Conflict(_))
    ));
    here.read(&api, at(3)).unwrap();
    here.write(&api, at(3)).unwrap();
    there.read(&api, at(4)).unwrap();
    for name in ["anna", "bert", "carl"] {
        assert!(here.looked.last(&id(name)).is_some() && there.looked.last(&id(name)).is_some());
    }
    assert_eq!(record.stored.borrow().len(), 1);
}

#[test]
fn what_is_not_understood_survives_and_other_peoples_lists_are_left_alone() {
    let record = Rc::new(Record::default());
    let api = client(&record);
    let list = |id: &str, owner: &str, entry: Value| {
        json!({
            "resourceType": "List", "id": id, "meta": { "versionId": "7", "profile": ["https://x/y"] },
            "identifier": [{ "system": "urn:alongside:last-looked", "value": owner }],
            "status": "current", "mode": "working", "entry": entry, "extension": [{ "url": "https://x", "valueString": "kept" }]
        })
    };
    let strange = json!([
        { "item": { "reference": "Patient/anna" }, "date": "2026-11-01T10:00:00Z", "extension": [{ "url": "https://x" }] },
        { "item": { "display": "Somebody" } },
        { "item": { "reference": "Patient/gone" }, "deleted": true, "date": "2026-11-01T10:00:00Z" },
        17
    ]);
    let other = list(
        "a",
        "somebody-else",
        json!([{ "item": { "reference": "Patient/x" }, "date": "2026-11-01T10:00:00Z" }]),
    );
    record
        .stored
        .borrow_mut()
        .insert("List/a".to_owned(), other.clone());
    record
        .stored
        .borrow_mut()
        .insert("List/b".to_owned(), list("b", "prac-1", strange));
    let mut here = Device::default();
    here.read(&api, at(0)).unwrap();
    assert!(here.looked.last(&id("x")).is_none());
    assert!(here.looked.last(&id("gone")).is_none());
    here.looked.look(&id("anna"), at(0));
    here.looked.look(&id("bert"), at(0));
    here.write(&api, at(0)).unwrap();
    let lists = record.stored.borrow();
    assert_eq!(lists["List/a"], other);
    let own = &lists["List/b"];
    assert_eq!(own["extension"][0]["valueString"], "kept");
    assert_eq!(own["entry"][0]["extension"][0]["url"], "https://x");
    assert_ne!(own["entry"][0]["date"], "2026-11-01T10:00:00Z");
    assert_eq!(own["entry"][1]["item"]["display"], "Somebody");
    assert_eq!(own["entry"][2]["deleted"], true);
    assert_eq!(own["entry"][3], 17);
    assert_eq!(own["entry"][4]["item"]["reference"], "Patient/bert");
}

#[test]
fn a_list_that_was_deleted_is_begun_again() {
    let record = Rc::new(Record::default());
    let api = client(&record);
    let mut here = Device::default();
    here.looked.look(&id("anna"), at(0));
    here.write(&api, at(0)).unwrap();
    record.stored.borrow_mut().clear();
    here.looked.look(&id("bert"), at(1));
    assert!(matches!(
        here.write(&api, at(1)),
        Err(ApiError::Conflict(_))
    ));
    here.read(&api, at(1)).unwrap();
    here.write(&api, at(1)).unwrap();
    assert_eq!(
        record.stored.borrow().values().next().unwrap()["entry"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn somebody_whom_the_record_does_not_have_keeps_nobody_else_out_of_the_list() {
    let record = Rc::new(Record {
        wants_people: true,
        ..Record::default()
    });
    for name in ["anna", "bert"] {
        let person = json!({ "resourceType": "Patient", "id": name, "meta": { "versionId": "1" } });
        let place = format!("Patient/{name}");
        record.stored.borrow_mut().insert(place, person);
    }
    let api = client(&record);
    let mut here = Device::default();
    for (name, minute) in [("anna", 0), ("gone", 1), ("bert", 2)] {
        here.looked.look(&id(name), at(minute));
    }
    assert!(matches!(
        here.write(&api, at(3)),
        Err(ApiError::Invalid { .. })
    ));
    let people: Vec<PatientId> = here.looked.all().into_iter().map(|it| it.0).collect();
    let unknown = block_on(looked::unknown(&api, &people)).unwrap();
    assert_eq!(unknown, [id("gone")]);
    here.looked = here.looked.without(&unknown);
    here.write(&api, at(3)).unwrap();
    let mut there = Device::default();
    there.read(&api, at(4)).unwrap();
    assert_eq!(there.looked.last(&id("anna")), Some(at(0)));
    assert_eq!(there.looked.last(&id("bert")), Some(at(2)));
    // What cannot be told of everybody is told of nobody.
    record.faults.borrow_mut().push(Fault::Failed);
    assert!(block_on(looked::unknown(&api, &people)).is_err());
}

#[test]
fn a_reader_who_is_nobody_has_no_list() {
    let record = Rc::new(Record::default());
    let api = client(&record);
    let nobody = Reader::nobody();
    let read = block_on(looked::read(&api, &nobody));
    assert_eq!(read, Err(ApiError::NotOffered));
}

/// Three devices look, read and write in any order, and any step may fail before or after it has taken place. When
/// the network is well again, all know the latest look at each person, and so does the record.
#[test]
fn two_thousand_schedules_of_three_devices_and_faults_lose_no_look() {
    let names = ["anna", "bert", "carl", "dora"];
    for seed in 0..2_000 {
        let mut dice = Dice(seed);
        let record = Rc::new(Record {
            says_little: seed % 3 == 0,
            creates_always: seed % 5 == 0,
            ..Record::default()
        });
        let api = client(&record);
        let mut devices = [Device::default(), Device::default(), Device::default()];
        let mut latest: BTreeMap<&str, i64> = BTreeMap::new();
        let mut minute = 0;
        for _ in 0..30 {
            minute += i64::try_from(dice.below(50)).unwrap() + 1;
            let now = at(minute);
            let which = usize::try_from(dice.below(3)).unwrap();
            let device = &mut devices[which];
            let faults = [
                Fault::None,
                Fault::LostOnTheWay,
                Fault::LostOnTheWayBack,
                Fault::Failed,
            ];
            let fault = faults[usize::try_from(dice.below(8)).unwrap().min(6) % 4];
            record.faults.borrow_mut().push(fault);
            match dice.below(4) {
                0 => {
                    let name = names[usize::try_from(dice.below(4)).unwrap()];
                    device.looked.look(&id(name), now);
                    latest.insert(name, minute);
                }
                1 => drop(device.read(&api, now)),
                _ => {
                    if device.write(&api, now).is_err() {
                        let _ = device.read(&api, now);
                    }
                }
            }
            record.faults.borrow_mut().clear();
        }
        all_agree(&api, &mut devices, at(minute + 1), &latest, seed);
    }
}

/// The network is well again: after each has read and written, nobody lacks anything.
fn all_agree(
    api: &Client<Record>,
    devices: &mut [Device],
    now: DateTime<Utc>,
    latest: &BTreeMap<&str, i64>,
    seed: u64,
) {
    for _ in 0..3 {
        for device in devices.iter_mut() {
            device.read(api, now).unwrap();
            while device.write(api, now).is_err() {
                device.read(api, now).unwrap();
            }
        }
    }
    for device in devices {
        device.read(api, now).unwrap();
        let ahead = device.looked.is_ahead_of(&device.kept.looks, now);
        assert!(!ahead, "seed {seed}");
        for (name, minute) in latest {
            let last = device.looked.last(&id(name));
            assert_eq!(last, Some(at(*minute)), "seed {seed}, {name}");
        }
    }
}
