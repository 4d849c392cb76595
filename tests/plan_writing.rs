//! A crisis plan written by two people on two devices at once, with everything that may go wrong on the way: no word
//! that a device has kept is lost, nothing is written twice, nothing changes that nobody edited.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use alongside::api::session::Reader;
use alongside::api::writing::{self, KeptDraft};
use alongside::api::{ApiError, Client};
use alongside::domain::crisis::CrisisPart;
use alongside::domain::section::{Entry, Section};
use alongside::domain::{PatientId, ResourceRef};
use alongside::fhir::Held;
use alongside::state::editing::{Choice, Editing, OnDevice, OnRecord, Step};
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Dice, Fault, Record, draft_of, finish, kept, problem};
use common::source;
use futures::executor::block_on;
use serde_json::{Value, json};

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn place() -> ResourceRef {
    ResourceRef::new("CarePlan", "c1")
}

fn reader(name: &str) -> Reader {
    Reader {
        role_id: format!("role-{name}"),
        name: name.to_owned(),
        organisation: "South 3".to_owned(),
        ..Reader::nobody()
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn client(record: &Rc<Record>) -> Client<Record> {
    Client::new(source(), Rc::clone(record), Duration::from_secs(5))
}

fn part(heading: &str, text: &str) -> Value {
    json!({ "detail": { "code": { "text": heading }, "status": "scheduled", "description": text } })
}

/// A plan of Jane's, with what others put into it.
fn plan() -> Value {
    let mut named = part("Trigger factors", "w0");
    named["id"] = "t1".into();
    json!({
        "resourceType": "CarePlan", "id": "c1", "meta": { "versionId": "1", "tag": [{ "code": "theirs" }] },
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.5 }],
        "status": "active", "intent": "plan", "subject": { "reference": "Patient/jane" },
        "activity": [
            named,
            part("Pets", "Bess"),
            part("What should happen", "w1"),
            { "reference": { "reference": "Task/1" } },
            part("What should happen", "w2"),
        ],
        "note": [{ "text": "keep" }]
    })
}

fn record(transacts: bool) -> Rc<Record> {
    let record = Record {
        transacts,
        ..Record::default()
    };
    record
        .stored
        .borrow_mut()
        .insert("CarePlan/c1".to_owned(), plan());
    Rc::new(record)
}

/// One writer: the page as it is open, and what the device keeps when it is not any more.
struct Writer {
    name: &'static str,
    page: Option<(Editing, Held)>,
    device: Option<String>,
    /// Typed since the device kept a draft.
    loose: BTreeSet<String>,
    opened: usize,
}

impl Writer {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            page: None,
            device: None,
            loose: BTreeSet::new(),
            opened: 0,
        }
    }

    /// The page is opened: a draft goes on where it was.
    fn open(&mut self, api: &Client<Record>) -> Result<(), ApiError> {
        if self.page.is_some() {
            return Ok(());
        }
        self.opened += 1;
        let name = format!("{}-{}", self.name, self.opened);
        self.page = Some(if let Some(text) = &self.device {
            let kept = KeptDraft::from_text(text).unwrap();
            let draft = draft_of(&kept);
            let editing =
                Editing::restore(Section::Crisis, kept.section.entries(), draft, &name, at(0));
            (editing, kept.section)
        } else {
            let held = block_on(writing::open(
                api,
                &jane(),
                Section::Crisis,
                &place(),
                at(0),
            ))?;
            (Editing::open(Section::Crisis, held.entries(), &name), held)
        });
        Ok(())
    }

    fn keep(&mut self, now: DateTime<Utc>) {
        let Some((editing, held)) = &mut self.page else {
            return;
        };
        match editing.device() {
            OnDevice::Keep(revision) => {
                let draft = kept(held, editing.draft(), now);
                self.device = Some(draft.to_text());
                editing.kept(revision, now);
                self.loose.clear();
            }
            OnDevice::Forget => {
                self.device = None;
                editing.forgotten();
                self.loose.clear();
            }
            OnDevice::Kept => {}
        }
    }

    /// What the page does by itself. `dies` is where it is closed: 1 before it sends, 2 before the answer comes.
    fn turn(&mut self, api: &Client<Record>, now: DateTime<Utc>, dies: u64) {
        let Some((editing, _)) = &mut self.page else {
            return;
        };
        let step = editing.step(now);
        let sent = editing.draft().sent.unwrap_or_default();
        self.keep(now);
        if dies == 1 && step != Step::Nothing {
            self.page = None;
            return;
        }
        let (editing, held) = self.page.as_mut().unwrap();
        match step {
            Step::Nothing => {}
            Step::Read => match block_on(writing::read(api, &jane(), held, &sent)) {
                Ok(newer) => {
                    editing.read(newer.entries());
                    *held = newer;
                }
                Err(error) => editing.failed(problem(&error), now),
            },
            Step::Finish => {
                finish(api, (&reader(self.name), &jane()), (editing, held), now);
            }
            Step::Write(entries) => {
                let me = reader(self.name);
                let written = block_on(writing::write(api, &me, &jane(), held, &entries, now));
                if dies == 2 {
                    self.page = None;
                    return;
                }
                match written {
                    Ok(written) => {
                        editing.wrote(written.section.entries(), now);
                        *held = written.section;
                    }
                    Err(error) => editing.failed(problem(&error), now),
                }
            }
        }
        self.keep(now);
    }

    fn type_word(&mut self, nth: u64, word: &str) {
        let Some((editing, _)) = &mut self.page else {
            return;
        };
        let all = editing.entries();
        let entry = all[usize::try_from(nth).unwrap() % all.len()].clone();
        editing.write(&entry.id, format!("{} {word}", entry.text).trim());
        self.loose.insert(word.to_owned());
    }

    fn add(&mut self, word: &str) {
        let Some((editing, _)) = &mut self.page else {
            return;
        };
        let id = editing.add(CrisisPart::Coping.into());
        editing.write(&id, word);
        self.loose.insert(word.to_owned());
    }

    /// Takes an entry away, but for the only trigger; returns the words that go with it.
    fn take_away(&mut self, nth: u64) -> Vec<String> {
        let Some((editing, _)) = &mut self.page else {
            return Vec::new();
        };
        let all = editing.entries();
        let entry = all[usize::try_from(nth).unwrap() % all.len()].clone();
        if entry.part == CrisisPart::Triggers.into() {
            return Vec::new();
        }
        editing.write(&entry.id, "");
        words(std::slice::from_ref(&entry))
    }

    fn decide(&mut self) {
        if let Some((editing, _)) = &mut self.page {
            for clash in editing.clashes() {
                editing.decide(&clash.id, Choice::Both);
            }
        }
    }
}

fn words(entries: &[Entry]) -> Vec<String> {
    let all = entries.iter().flat_map(|it| it.text.split_whitespace());
    all.map(str::to_owned).collect()
}

fn held(record: &Record) -> Held {
    let stored = record.stored.borrow();
    let plan = alongside::fhir::Resource::from_value(stored["CarePlan/c1"].clone()).unwrap();
    Held::open(Section::Crisis, plan).unwrap()
}

/// The plan without what can be edited here.
fn rest(plan: &Value) -> Value {
    let mut rest = plan.clone();
    rest["meta"]["versionId"] = "".into();
    rest["meta"].as_object_mut().unwrap().remove("lastUpdated");
    let own = |it: &Value| {
        matches!(it["detail"]["code"]["text"].as_str(), Some("Pets"))
            || it.get("reference").is_some()
    };
    rest["activity"].as_array_mut().unwrap().retain(own);
    rest
}

/// Asha, after she has written a word and saved it, whatever came of that.
fn saved_a_word(api: &Client<Record>) -> Writer {
    let mut asha = Writer::new("Asha");
    asha.open(api).unwrap();
    asha.type_word(0, "new");
    asha.page.as_mut().unwrap().0.save(at(0));
    asha.turn(api, at(1), 0);
    asha
}

#[test]
fn what_is_written_is_in_the_record_with_who_wrote_it() {
    let record = record(true);
    let api = client(&record);
    let asha = saved_a_word(&api);
    let editing = &asha.page.as_ref().unwrap().0;
    assert_eq!(*editing.on_record(), OnRecord::Saved(at(1)));
    assert_eq!(asha.device, None, "no draft is needed any more");
    assert_eq!(held(&record).entries()[0].text, "w0 new");
    let stored = record.stored.borrow();
    assert_eq!(rest(&stored["CarePlan/c1"]), rest(&plan()));
    let provenance = &stored["Provenance/n1"];
    assert_eq!(provenance["target"][0]["reference"], "CarePlan/c1");
    assert_eq!(
        provenance["agent"][0]["who"]["reference"],
        "PractitionerRole/role-Asha"
    );
    assert_eq!(provenance["agent"][0]["onBehalfOf"]["display"], "South 3");
}

#[test]
fn who_wrote_it_is_said_once_where_it_had_arrived_without_an_answer() {
    for transacts in [false, true] {
        let record = record(transacts);
        let api = client(&record);
        // It is read first; then the source may say that it takes no transactions.
        let faults = [Fault::LostOnTheWayBack, Fault::None, Fault::None];
        let faults = &faults[..if transacts { 2 } else { 3 }];
        record.faults.borrow_mut().extend(faults);
        let mut asha = saved_a_word(&api);
        for second in [10, 20, 30] {
            asha.turn(&api, at(second), 0);
        }
        let editing = &asha.page.as_ref().unwrap().0;
        assert!(matches!(editing.on_record(), OnRecord::Saved(_)));
        assert_eq!(asha.device, None);
        let stored = record.stored.borrow();
        let signed = stored
            .values()
            .filter(|it| it["resourceType"] == "Provenance");
        let signed: Vec<&Value> = signed.collect();
        assert_eq!(signed.len(), 1, "{transacts}");
        assert_eq!(signed[0]["target"][0]["reference"], "CarePlan/c1");
    }
}

/// A gateway that answers with what it had, a record that takes changes for approval, a redirection to what is there.
#[test]
fn what_the_record_took_and_does_not_have_is_not_saved_and_stays_on_the_device() {
    for transacts in [false, true] {
        let record = record(transacts);
        record.keeps_old.set(true);
        let api = client(&record);
        let mut asha = saved_a_word(&api);
        let editing = &asha.page.as_ref().unwrap().0;
        assert!(matches!(editing.on_record(), OnRecord::Waiting(..)));
        assert_eq!(editing.entries()[0].text, "w0 new");
        assert!(asha.device.is_some());
        record.keeps_old.set(false);
        for second in [10, 20] {
            asha.turn(&api, at(second), 0);
        }
        let editing = &asha.page.as_ref().unwrap().0;
        assert!(matches!(editing.on_record(), OnRecord::Saved(_)));
        assert_eq!(held(&record).entries()[0].text, "w0 new");
    }
}

#[test]
fn what_a_source_did_of_a_transaction_that_failed_says_nothing_untrue() {
    let record = Rc::new(Record {
        transacts: true,
        halves: true,
        stored: record(true).stored.clone(),
        ..Record::default()
    });
    let api = client(&record);
    let mut asha = Writer::new("Asha");
    asha.open(&api).unwrap();
    asha.type_word(0, "new");
    record.stored.borrow_mut().get_mut("CarePlan/c1").unwrap()["meta"]["versionId"] = "7".into();
    asha.page.as_mut().unwrap().0.save(at(0));
    asha.turn(&api, at(1), 0);
    let kinds = |kind: &str| {
        let stored = record.stored.borrow();
        stored.keys().filter(|it| it.starts_with(kind)).count()
    };
    assert_eq!(
        kinds("Provenance"),
        0,
        "nobody has written what was not written"
    );
    // From now on one after the other.
    for second in 2..6 {
        asha.page.as_mut().unwrap().0.save(at(second));
        asha.turn(&api, at(second), 0);
    }
    assert_eq!(held(&record).entries()[0].text, "w0 new");
    assert_eq!(kinds("Provenance"), 1);
}

#[test]
fn a_plan_that_is_begun_is_made_once_however_often_it_is_sent() {
    for fault in [Fault::LostOnTheWay, Fault::LostOnTheWayBack, Fault::Failed] {
        let record = Rc::new(Record::default());
        let api = client(&record);
        let mut asha = Writer::new("Asha");
        let begun = writing::begin(
            &reader("Asha"),
            &jane(),
            Section::Crisis,
            None,
            "uuid-1",
            at(0),
        );
        asha.page = Some((
            Editing::open(Section::Crisis, begun.entries(), "uuid-1"),
            begun,
        ));
        let editing = &mut asha.page.as_mut().unwrap().0;
        let id = editing.add(CrisisPart::Triggers.into());
        editing.write(&id, "breathless");
        editing.save(at(0));
        record.faults.borrow_mut().push(fault);
        asha.turn(&api, at(1), 0);
        // The page is closed, and opened again with the draft.
        asha.page = None;
        asha.open(&api).unwrap();
        asha.page.as_mut().unwrap().0.save(at(0));
        for second in 2..6 {
            asha.turn(&api, at(second), 0);
        }
        let stored = record.stored.borrow();
        let plans: Vec<&Value> = stored
            .values()
            .filter(|it| it["resourceType"] == "CarePlan")
            .collect();
        assert_eq!(plans.len(), 1, "{fault:?}");
        assert_eq!(
            plans[0]["activity"].as_array().unwrap().len(),
            1,
            "{fault:?}"
        );
        assert_eq!(plans[0]["subject"]["reference"], "Patient/jane");
    }
}

#[test]
fn somebody_elses_plan_is_neither_read_nor_written() {
    let record = record(true);
    let api = client(&record);
    let bert = PatientId::parse("bert").unwrap();
    let read = block_on(writing::open(&api, &bert, Section::Crisis, &place(), at(0)));
    assert_eq!(read, Err(ApiError::WrongPerson));
    let held = held(&record);
    let written = block_on(writing::write(
        &api,
        &reader("Asha"),
        &bert,
        &held,
        &held.entries(),
        at(0),
    ));
    assert_eq!(written, Err(ApiError::WrongPerson));
    let read = block_on(writing::read(&api, &bert, &held, &[]));
    assert_eq!(read, Err(ApiError::WrongPerson));
}

#[test]
fn who_is_nobody_in_the_record_writes_nothing() {
    let record = record(true);
    let api = client(&record);
    let held = held(&record);
    let nobody = Reader::nobody();
    let written = block_on(writing::write(
        &api,
        &nobody,
        &jane(),
        &held,
        &held.entries(),
        at(0),
    ));
    assert_eq!(written, Err(ApiError::NotOffered));
    assert_eq!(record.stored.borrow().len(), 1);
}

#[test]
fn a_review_is_written_once_beside_what_others_write() {
    let (on, next) = ("2026-11-22".parse().unwrap(), "2027-02-22".parse().unwrap());
    for fault in [Fault::None, Fault::LostOnTheWayBack, Fault::LostOnTheWay] {
        let record = record(true);
        let api = client(&record);
        // Reading goes well, writing does not.
        record.faults.borrow_mut().extend([fault, Fault::None]);
        let me = reader("Asha");
        let review = || {
            block_on(writing::review(
                &api,
                &me,
                &jane(),
                &place(),
                (on, next),
                at(0),
            ))
        };
        // Whether it has arrived is asked before anything is said.
        assert_eq!(review().is_ok(), fault != Fault::LostOnTheWay);
        assert_eq!(review(), Ok(()), "and once more");
        let stored = record.stored.borrow();
        let all = stored["CarePlan/c1"]["activity"].as_array().unwrap();
        assert_eq!(all.len(), 7, "one kept and one planned: {fault:?}");
        assert_eq!(all[..5], plan()["activity"].as_array().unwrap()[..]);
    }
    // What says that it was taken, and keeps what it had, is not on the record, and nobody has written it.
    let old = record(true);
    old.keeps_old.set(true);
    let me = reader("Asha");
    let (api, jane, plan) = (client(&old), jane(), place());
    let kept = writing::review(&api, &me, &jane, &plan, (on, next), at(0));
    assert!(matches!(block_on(kept), Err(ApiError::Unreadable(_))));
    assert_eq!(old.stored.borrow().len(), 1);
    let bert = PatientId::parse("bert").unwrap();
    let api = client(&record(true));
    let other = block_on(writing::review(
        &api,
        &reader("Asha"),
        &bert,
        &place(),
        (on, next),
        at(0),
    ));
    assert_eq!(other, Err(ApiError::WrongPerson));
}

#[test]
fn a_draft_that_was_kept_is_the_draft_that_comes_back_and_nonsense_is_none() {
    let record = record(true);
    let api = client(&record);
    let mut asha = Writer::new("Asha");
    asha.open(&api).unwrap();
    asha.type_word(0, "new");
    asha.keep(at(1));
    let text = asha.device.clone().unwrap();
    let draft = KeptDraft::from_text(&text).unwrap();
    assert_eq!(draft.to_text(), text);
    for wrong in [
        "",
        "{}",
        "[]",
        &text[..text.len() / 2],
        &text.replace("CarePlan", "Patient"),
        &text.replace("\"ids\":[\"t1\",", "\"ids\":["),
    ] {
        assert_eq!(KeptDraft::from_text(wrong), None, "{wrong}");
    }
}

/// What has happened so far in a schedule.
#[derive(Default)]
struct Told {
    typed: BTreeSet<String>,
    /// May be gone: not kept by a device, or taken away by somebody.
    free: BTreeSet<String>,
}

impl Told {
    fn word(&mut self) -> String {
        let word = format!("n{}", self.typed.len());
        self.typed.insert(word.clone());
        word
    }

    /// Something that a writer does or that befalls them.
    fn act(&mut self, writer: &mut Writer, api: &Client<Record>, dice: &mut Dice, now: i64) {
        match dice.below(9) {
            0 | 1 => writer.type_word(dice.below(100), &self.word()),
            2 => writer.add(&self.word()),
            3 if dice.below(3) == 0 => self.free.extend(writer.take_away(dice.below(100))),
            3 | 4 => writer.keep(at(now)),
            5 => writer.decide(),
            // The tab is closed, the battery is empty.
            6 => writer.page = None,
            _ => {
                if let Some((editing, _)) = &mut writer.page {
                    editing.save(at(0));
                }
                writer.turn(api, at(now), dice.below(6));
            }
        }
        if writer.page.is_none() {
            self.free.append(&mut writer.loose);
        }
    }
}

/// Two writers type, add, take away, save and are cut off at any step, in any order. When all is well again, every word
/// that a device had kept is in the record, once, and the rest of the plan is as it was.
fn schedules(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let mut dice = Dice(seed);
        let record = record(seed % 2 == 0);
        let api = client(&record);
        let mut writers = [Writer::new("Asha"), Writer::new("Khan")];
        let (mut told, mut now) = (Told::default(), 0);
        for _ in 0..40 {
            now += i64::try_from(dice.below(20)).unwrap();
            let writer = &mut writers[usize::try_from(dice.below(2)).unwrap()];
            let fault = match dice.below(8) {
                0 => Fault::LostOnTheWay,
                1 => Fault::LostOnTheWayBack,
                2 => Fault::Failed,
                _ => Fault::None,
            };
            record.faults.borrow_mut().push(fault);
            let opened = writer.open(&api);
            if opened.is_ok() {
                told.act(writer, &api, &mut dice, now);
            }
            record.faults.borrow_mut().clear();
        }
        settle(&api, &mut writers, now);
        let found = words(&held(&record).entries());
        for word in told.typed.difference(&told.free) {
            assert!(
                found.contains(word),
                "seed {seed}: {word} is lost; {found:?}"
            );
        }
        once(&held(&record).entries(), seed);
        let stored = record.stored.borrow();
        assert_eq!(rest(&stored["CarePlan/c1"]), rest(&plan()), "seed {seed}");
    }
}

// Ten thousand, in two halves that run side by side.

#[test]
fn five_thousand_schedules_of_two_writers_lose_nothing_and_write_nothing_twice() {
    schedules(0..5_000);
}

#[test]
fn five_thousand_more_schedules_lose_nothing_and_write_nothing_twice() {
    schedules(5_000..10_000);
}

/// No word stands in two entries.
fn once(entries: &[Entry], seed: u64) {
    let mut before: BTreeSet<String> = BTreeSet::new();
    for entry in entries {
        let own: BTreeSet<String> = words(std::slice::from_ref(entry)).into_iter().collect();
        let twice: Vec<&String> = own.intersection(&before).collect();
        assert!(
            twice.is_empty(),
            "seed {seed}: twice {twice:?} in {entries:?}"
        );
        before.extend(own);
    }
}

/// The network is well, and both finish what they have begun.
fn settle(api: &Client<Record>, writers: &mut [Writer], mut now: i64) {
    for _ in 0..12 {
        for writer in writers.iter_mut() {
            writer.open(api).unwrap();
            writer.decide();
            writer.page.as_mut().unwrap().0.save(at(0));
            for _ in 0..4 {
                now += 61;
                writer.turn(api, at(now), 0);
            }
        }
    }
    for writer in writers {
        let editing = &writer.page.as_ref().unwrap().0;
        assert!(!editing.is_changed(), "{}: {:?}", writer.name, editing);
    }
}
