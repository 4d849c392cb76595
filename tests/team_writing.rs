//! Two people change a team at once, each another member, and add somebody; whatever goes wrong on the way: both changes
//! are there, nobody joins twice, and everybody else stays byte for byte. Where both change the same, a person decides.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::rc::Rc;
use std::time::Duration;

use alongside::api::Client;
use alongside::api::session::Reader;
use alongside::api::writing::{self, Held, KeptDraft};
use alongside::domain::section::{Entry, EntryId, Field, Part, Section};
use alongside::domain::{PatientId, ResourceRef};
use alongside::state::editing::{Choice, Editing, OnRecord, Step};
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Dice, Fault, Record, draft_of, finish, kept, problem};
use common::source;
use futures::executor::block_on;
use serde_json::{Value, json};

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn member(role: &str, who: &str) -> Value {
    json!({
        "role": [{ "text": role }],
        "member": { "reference": format!("PractitionerRole/{who}"), "display": who },
        "period": { "start": "2025-01-01" },
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.50 }]
    })
}

fn record(seed: u64) -> Rc<Record> {
    let record = Record {
        transacts: seed.is_multiple_of(2),
        says_little: seed.is_multiple_of(3),
        ..Record::default()
    };
    let mut key = member("GP", "ann");
    key["role"] = json!([{ "text": "GP" }, { "text": "Key worker" }]);
    let team = json!({
        "resourceType": "CareTeam", "id": "t1", "meta": { "versionId": "1" },
        "status": "active", "subject": { "reference": "Patient/jane" },
        "participant": [key, member("District nurse", "tom"), { "member": { "display": "Somebody" } }, member("Dietitian", "eve")],
        "note": [{ "text": "theirs" }]
    });
    record
        .stored
        .borrow_mut()
        .insert("CareTeam/t1".to_owned(), team);
    Rc::new(record)
}

struct Writer {
    reader: Reader,
    page: (Editing, Held),
}

impl Writer {
    fn open(api: &Client<Record>, name: &str) -> Self {
        let place = ResourceRef::new("CareTeam", "t1");
        let held = block_on(writing::open(api, &jane(), Section::Team, &place, at(0))).unwrap();
        let reader = Reader {
            role_id: format!("role-{name}"),
            name: name.to_owned(),
            ..Reader::nobody()
        };
        Self {
            page: (Editing::open(Section::Team, held.entries(), name), held),
            reader,
        }
    }

    fn write(&mut self, group: &str, field: Field, text: &str) {
        self.page
            .0
            .write(&EntryId::of(group, Part::Field(field)), text);
    }

    fn add(&mut self, who: &str, role: &str) {
        let group = self.page.0.add_together(&Field::MEMBER.map(Part::Field));
        self.write(&group, Field::Member, who);
        self.write(&group, Field::MemberRole, role);
    }

    fn turn(&mut self, api: &Client<Record>, now: i64) {
        let (editing, held) = &mut self.page;
        match editing.step(at(now)) {
            Step::Nothing => {}
            Step::Read => {
                let sent = editing.draft().sent.unwrap_or_default();
                match block_on(writing::read(api, &jane(), held, &sent)) {
                    Ok(newer) => {
                        editing.read(newer.entries());
                        *held = newer;
                    }
                    Err(error) => editing.failed(problem(&error), at(now)),
                }
            }
            Step::Finish => {
                finish(api, (&self.reader, &jane()), (editing, held), at(now));
            }
            Step::Write(entries) => {
                let jane = jane();
                let sent = writing::write(api, &self.reader, &jane, held, &entries, at(now));
                match block_on(sent) {
                    Ok(written) => {
                        editing.wrote(written.section.entries(), at(now));
                        *held = written.section;
                    }
                    Err(error) => editing.failed(problem(&error), at(now)),
                }
            }
        }
    }
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

fn team(record: &Record) -> Value {
    record.stored.borrow()["CareTeam/t1"].clone()
}

#[test]
fn two_who_change_two_members_at_once_both_find_their_change() {
    for seed in 0..1_500 {
        let mut dice = Dice(seed);
        let record = record(seed);
        let before = team(&record);
        let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
        let (mut asha, mut bell) = (Writer::open(&api, "asha"), Writer::open(&api, "bell"));
        asha.write("#1", Field::MemberRole, "Community matron");
        asha.add("PractitionerRole/joe Joe", "Physiotherapist");
        asha.page.0.write(
            &EntryId("key-worker".to_owned()),
            "PractitionerRole/tom tom",
        );
        bell.write("#3", Field::Until, "30 11 2026");
        bell.add("Practitioner/kim Kim", "Physiotherapist");
        let mut now = 0;
        for _ in 0..12 {
            now += 61;
            go_wrong(&record, &mut dice);
            let who = if dice.below(2) == 0 {
                &mut asha
            } else {
                &mut bell
            };
            who.page.0.save(at(now));
            who.turn(&api, now);
        }
        record.faults.borrow_mut().clear();
        for _ in 0..6 {
            for who in [&mut asha, &mut bell] {
                now += 61;
                who.page.0.save(at(now));
                who.turn(&api, now);
            }
        }
        for who in [&asha, &bell] {
            let stands = who.page.0.on_record();
            assert!(matches!(stands, OnRecord::Saved(_)), "{seed}: {stands:?}");
            assert!(who.page.0.clashes().is_empty(), "{seed}");
        }
        let after = team(&record);
        let mut expected = before.clone();
        let all = expected["participant"].as_array_mut().unwrap();
        all[0]["role"] = json!([{ "text": "GP" }]);
        all[1]["role"] = json!([{ "text": "Community matron" }, { "text": "Key worker" }]);
        all[3]["period"]["end"] = "2026-11-30".into();
        let members = after["participant"].as_array().unwrap();
        assert_eq!(members.len(), 6, "{seed}: nobody joins twice");
        for (at, it) in all.iter().enumerate() {
            assert_eq!(members[at].to_string(), it.to_string(), "{seed}");
        }
        assert_eq!(after["note"], before["note"], "{seed}");
    }
}

#[test]
fn where_both_change_the_same_member_a_person_decides() {
    let record = record(0);
    let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
    let (mut asha, mut bell) = (Writer::open(&api, "asha"), Writer::open(&api, "bell"));
    asha.write("#1", Field::MemberRole, "Community matron");
    bell.write("#1", Field::MemberRole, "Ward sister");
    for who in [&mut asha, &mut bell] {
        who.page.0.save(at(1));
        for now in 1..4 {
            who.turn(&api, now * 61);
        }
    }
    let clashes = bell.page.0.clashes();
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].theirs.as_deref(), Some("Community matron"));
    assert_eq!(
        team(&record)["participant"][1]["role"][0]["text"],
        "Community matron"
    );
    bell.page.0.decide(&clashes[0].id, Choice::Mine);
    bell.page.0.save(at(300));
    bell.turn(&api, 400);
    assert_eq!(
        team(&record)["participant"][1]["role"][0]["text"],
        "Ward sister"
    );
}

#[test]
fn a_member_whom_somebody_has_taken_out_is_kept_or_left_out_whole() {
    for choice in [Choice::Mine, Choice::Theirs] {
        let record = record(1);
        let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
        let mut asha = Writer::open(&api, "asha");
        asha.write("#1", Field::Until, "30 11 2026");
        {
            let mut stored = record.stored.borrow_mut();
            let team = stored.get_mut("CareTeam/t1").unwrap();
            team["meta"]["versionId"] = "2".into();
            team["participant"].as_array_mut().unwrap().remove(1);
        }
        let mut now = 0;
        for _ in 0..4 {
            now += 61;
            asha.page.0.save(at(now));
            asha.turn(&api, now);
        }
        let clashes = asha.page.0.clashes();
        assert_eq!(clashes.len(), 1);
        asha.page.0.decide(&clashes[0].id, choice);
        for _ in 0..3 {
            now += 61;
            asha.page.0.save(at(now));
            asha.turn(&api, now);
        }
        assert!(matches!(asha.page.0.on_record(), OnRecord::Saved(_)));
        let after = team(&record);
        let members = after["participant"].as_array().unwrap();
        if choice == Choice::Mine {
            assert_eq!(members.len(), 4);
            assert_eq!(members[3]["member"]["reference"], "PractitionerRole/tom");
            assert_eq!(members[3]["role"][0]["text"], "District nurse");
            assert_eq!(
                members[3]["period"],
                json!({ "start": "2025-01-01", "end": "2026-11-30" })
            );
        } else {
            assert_eq!(members.len(), 3);
        }
    }
}

#[test]
fn who_is_key_worker_until_a_day_to_come_is_so_in_a_draft_that_is_opened_after_that_day() {
    let record = record(0);
    {
        let mut stored = record.stored.borrow_mut();
        let team = stored.get_mut("CareTeam/t1").unwrap();
        team["participant"][0]["period"]["end"] = "2026-12-31".into();
    }
    let api = Client::new(source(), Rc::clone(&record), Duration::from_secs(5));
    let mut asha = Writer::open(&api, "asha");
    let key = EntryId("key-worker".to_owned());
    let is = |all: &[Entry]| {
        let own = all.iter().find(|it| it.id == key).unwrap();
        own.text.clone()
    };
    let ann = "PractitionerRole/ann ann";
    assert_eq!(is(asha.page.0.base()), ann);
    asha.write("#1", Field::MemberRole, "Community matron");
    let text = kept(&asha.page.1, asha.page.0.draft(), at(60)).to_text();
    let draft = KeptDraft::from_text(&text).unwrap();
    assert_eq!(is(&draft.section.entries()), ann);
    let base = draft.section.entries();
    let mut editing = Editing::restore(Section::Team, base, draft_of(&draft), "later", at(0));
    // Half a year later.
    let now = 180 * 24 * 3_600;
    editing.save(at(now));
    asha.page = (editing, draft.section);
    for more in 0..4 {
        asha.turn(&api, now + more * 61);
    }
    assert!(matches!(asha.page.0.on_record(), OnRecord::Saved(_)));
    let after = team(&record);
    assert_eq!(after["participant"][0]["role"][1]["text"], "Key worker");
    assert_eq!(
        after["participant"][1]["role"][0]["text"],
        "Community matron"
    );
}
