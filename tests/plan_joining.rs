//! An action, a goal, a team is begun: it is in the record once, and the plan names it once, whatever goes wrong between the two, on a
//! source that takes transactions and on one that does not; and whatever somebody else writes into the plan meanwhile.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::rc::Rc;
use std::time::Duration;

use alongside::api::Client;
use alongside::api::session::Reader;
use alongside::api::writing::{self, Held, KeptDraft};
use alongside::domain::section::{EntryId, Field, Part, Section};
use alongside::domain::{PatientId, ResourceRef};
use alongside::state::editing::{Editing, OnRecord, Step};
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Dice, Fault, Record, draft_of, finish, kept, problem};
use common::source;
use futures::executor::block_on;
use serde_json::{Value, json};

const JOE: &str = "PractitionerRole/joe Joe Hart";

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn record(seed: u64) -> Rc<Record> {
    let record = Record {
        transacts: seed.is_multiple_of(2),
        says_little: seed.is_multiple_of(3),
        halves: seed.is_multiple_of(4),
        creates_always: seed.is_multiple_of(5),
        ..Record::default()
    };
    let plan = json!({
        "resourceType": "CarePlan", "id": "c1", "meta": { "versionId": "1" },
        "status": "active", "intent": "plan", "subject": { "reference": "Patient/jane" },
        "activity": [{ "detail": { "status": "completed", "description": "theirs" } }],
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.50 }]
    });
    let stored = &record.stored;
    stored.borrow_mut().insert("CarePlan/c1".to_owned(), plan);
    Rc::new(record)
}

/// The page, with a new action that is complete and to be saved.
fn begun(section: Section, reader: &Reader) -> (Editing, Held) {
    let plan = ResourceRef::new("CarePlan", "c1");
    let held = writing::begin(reader, &jane(), section, Some(&plan), "uuid-1", at(0));
    let mut editing = Editing::open(section, held.entries(), "uuid-1");
    let texts: &[(Field, &str)] = match section {
        Section::Action => &[
            (Field::Action, "Memory clinic"),
            (Field::Owner, "Practitioner/1 Asha Rahman"),
            (Field::Due, "1/2/2031"),
        ],
        Section::Team => &[(Field::KeyWorker, JOE)],
        _ => &[(Field::Goal, "Walk to the shop")],
    };
    if section == Section::Team {
        let group = editing.add_together(&Field::MEMBER.map(Part::Field));
        for (field, text) in [(Field::Member, JOE), (Field::MemberRole, "GP")] {
            editing.write(&EntryId::of(&group, Part::Field(field)), text);
        }
    }
    for (field, text) in texts {
        editing.write(&EntryId(field.key().to_owned()), text);
    }
    editing.save(at(0));
    (editing, held)
}

/// One step of the page. Returns what the device has kept, and whether the page says that who wrote it is not there.
fn turn(
    page: &mut (Editing, Held),
    api: &Client<Record>,
    reader: &Reader,
    now: i64,
) -> (String, bool) {
    let mut unsigned = false;
    let (editing, held) = page;
    let step = editing.step(at(now));
    let draft = editing.draft();
    let sent = draft.sent.clone();
    let kept = kept(held, draft, at(now));
    let kept = kept.to_text();
    match step {
        Step::Nothing => {}
        Step::Read => {
            match block_on(writing::read(api, &jane(), held, &sent.unwrap_or_default())) {
                Ok(newer) => {
                    editing.read(newer.entries());
                    *held = newer;
                }
                Err(error) => editing.failed(problem(&error), at(now)),
            }
        }
        Step::Finish => unsigned = finish(api, (reader, &jane()), (editing, held), at(now)),
        Step::Write(entries) => {
            match block_on(writing::write(
                api,
                reader,
                &jane(),
                held,
                &entries,
                at(now),
            )) {
                Ok(written) => {
                    editing.wrote(written.section.entries(), at(now));
                    *held = written.section;
                    unsigned = written.unsigned.is_some();
                }
                Err(error) => editing.failed(problem(&error), at(now)),
            }
        }
    }
    (kept, unsigned)
}

fn again(kept: &str, opened: u64) -> (Editing, Held) {
    let kept = KeptDraft::from_text(kept).unwrap();
    let draft = draft_of(&kept);
    let section = kept.section.section();
    let name = format!("uuid-{opened}");
    let mut editing = Editing::restore(section, kept.section.entries(), draft, &name, at(0));
    editing.save(at(0));
    (editing, kept.section)
}

#[test]
fn what_is_begun_is_there_once_and_the_plan_names_it_once() {
    for seed in 0..4_000 {
        let mut dice = Dice(seed);
        let record = record(seed);
        let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
        let reader = Reader {
            role_id: "role-asha".to_owned(),
            name: "Asha".to_owned(),
            ..Reader::nobody()
        };
        let section = match dice.below(3) {
            0 => Section::Action,
            1 => Section::Goal,
            _ => Section::Team,
        };
        let mut page = begun(section, &reader);
        let (mut now, mut notes, mut opened, mut told) = (1, 0, 1, false);
        for _ in 0..12 {
            now += 61;
            go_wrong(&record, &mut dice);
            let (kept, unsigned) = turn(&mut page, &api, &reader, now);
            told |= unsigned;
            if dice.below(4) == 0 {
                // The tab is closed, before anybody hears how it went.
                opened += 1;
                page = again(&kept, opened);
            }
            if dice.below(4) == 0 {
                notes += 1;
                somebody_else_writes(&record, notes);
            }
        }
        record.faults.borrow_mut().clear();
        for _ in 0..8 {
            now += 61;
            page.0.save(at(now));
            turn(&mut page, &api, &reader, now);
        }
        assert!(
            matches!(page.0.on_record(), OnRecord::Saved(_)),
            "{seed}: {:?}",
            page.0.on_record()
        );
        is_there_once(&record, section, seed, notes);
        assert!(told || is_signed(&record, section), "{seed}: who wrote it");
    }
}

#[test]
fn no_plan_names_what_a_source_refused_and_did_the_rest_of() {
    for says_little in [false, true] {
        let record = Rc::new(Record {
            transacts: true,
            halves: true,
            says_little,
            refuses: Some("Goal"),
            stored: record(0).stored.clone(),
            ..Record::default()
        });
        let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
        let reader = Reader {
            role_id: "role-asha".to_owned(),
            name: "Asha".to_owned(),
            ..Reader::nobody()
        };
        let mut page = begun(Section::Goal, &reader);
        turn(&mut page, &api, &reader, 1);
        let stored = record.stored.borrow();
        let plan = stored["CarePlan/c1"].to_string();
        assert!(!plan.contains("urn:uuid"), "{plan}");
        let others: Vec<&String> = stored.keys().filter(|it| *it != "CarePlan/c1").collect();
        assert_eq!(others, Vec::<&String>::new());
    }
}

fn is_there_once(record: &Record, section: Section, seed: u64, notes: usize) {
    let stored = record.stored.borrow();
    let own: Vec<&Value> = stored
        .values()
        .filter(|it| it["resourceType"] == section.kind())
        .collect();
    assert_eq!(own.len(), 1, "{seed}: once");
    let place = format!("{}/{}", section.kind(), own[0]["id"].as_str().unwrap());
    let plan = &stored["CarePlan/c1"];
    let names = plan.to_string().matches(&format!("\"{place}\"")).count();
    assert_eq!(names, 1, "{seed}: named once");
    assert_eq!(
        plan["activity"][0]["detail"]["description"], "theirs",
        "{seed}"
    );
    let said = plan["note"].as_array().map_or(0, Vec::len);
    assert_eq!(said, notes, "{seed}: what others wrote is there");
    if section == Section::Team {
        let members = own[0]["participant"].as_array().unwrap().len();
        assert_eq!(members, 1, "{seed}: nobody joins twice");
    }
}

/// Who wrote it is there, of itself and of the plan that names it.
fn is_signed(record: &Record, section: Section) -> bool {
    let stored = record.stored.borrow();
    let own = stored.keys().find(|it| it.starts_with(section.kind()));
    let own = own.unwrap().as_str();
    stored.values().any(|it| {
        let of = it["target"].as_array().into_iter().flatten();
        let of: Vec<&str> = of.filter_map(|it| it["reference"].as_str()).collect();
        of == [own, "CarePlan/c1"]
    })
}

fn go_wrong(record: &Record, dice: &mut Dice) {
    for _ in 0..dice.below(3) {
        let fault = [Fault::LostOnTheWay, Fault::LostOnTheWayBack, Fault::Failed];
        let at = usize::try_from(dice.below(3)).unwrap();
        record.faults.borrow_mut().push(fault[at]);
        for _ in 0..dice.below(4) {
            record.faults.borrow_mut().push(Fault::None);
        }
    }
}

fn somebody_else_writes(record: &Record, nth: usize) {
    let mut stored = record.stored.borrow_mut();
    let plan = stored.get_mut("CarePlan/c1").unwrap();
    let version: u32 = plan["meta"]["versionId"].as_str().unwrap().parse().unwrap();
    plan["meta"]["versionId"] = (version + 1).to_string().into();
    let note = json!({ "text": format!("note {nth}") });
    match plan["note"].as_array_mut() {
        Some(all) => all.push(note),
        None => plan["note"] = json!([note]),
    }
}
