//! What a writer has asked to be saved goes on by itself: with the editor closed, from another window, after any crash,
//! beside a colleague who writes the same plans. All of it arrives, once; nothing that was not asked for does.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use alongside::api::Client;
use alongside::api::session::Reader;
use alongside::api::writing::{self, KeptDraft};
use alongside::domain::crisis::CrisisPart;
use alongside::domain::section::{Entry, Section};
use alongside::domain::{PatientId, ResourceRef};
use alongside::fhir::Held;
use alongside::state::editing::{Choice, Editing, OnDevice, Step};
use alongside::state::outbox::{Came, Found, Outbox, Stopped};
use chrono::{DateTime, TimeDelta, Utc};
use common::record::{Dice, Fault, Record, draft_of, finish, kept, problem};
use common::source;
use futures::executor::block_on;
use serde_json::{Value, json};

const PLANS: [&str; 2] = ["c1", "c2"];

fn jane() -> PatientId {
    PatientId::parse("jane").unwrap()
}

fn asha() -> Reader {
    Reader {
        role_id: "asha".to_owned(),
        name: "Asha".to_owned(),
        ..Reader::nobody()
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn plan(id: &str) -> Value {
    let part = |heading: &str, text: String| json!({ "detail": { "code": { "text": heading }, "status": "scheduled", "description": text } });
    json!({
        "resourceType": "CarePlan", "id": id, "meta": { "versionId": "1" },
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.5 }],
        "status": "active", "intent": "plan", "subject": { "reference": "Patient/jane" },
        "activity": [
            part("Trigger factors", format!("{id}w0")),
            part("Pets", "Bess".to_owned()),
            part("What should happen", format!("{id}w1")),
        ]
    })
}

fn words(entries: &[Entry]) -> BTreeSet<String> {
    let all = entries.iter().flat_map(|it| it.text.split_whitespace());
    all.map(str::to_owned).collect()
}

/// One browser: what it keeps, and who has what of it.
#[derive(Default)]
struct Device {
    drafts: BTreeMap<String, String>,
    /// Draft → window.
    locks: BTreeMap<String, usize>,
    /// The window that sends what waits.
    sender: Option<usize>,
    names: usize,
}

struct Page {
    editing: Editing,
    held: Held,
    draft: String,
}

/// One window of it.
#[derive(Default)]
struct Window {
    page: Option<Page>,
    outbox: Outbox,
}

/// What is known of every word.
#[derive(Default)]
struct Told {
    typed: usize,
    /// Was in the editor when it was asked to be saved.
    asked: BTreeSet<String>,
    /// The device has kept that it was asked.
    promised: BTreeSet<String>,
    all: BTreeSet<String>,
}

struct World {
    record: Rc<Record>,
    api: Client<Record>,
    device: Device,
    windows: [Window; 2],
    told: Told,
    now: i64,
}

impl World {
    fn new(seed: u64) -> Self {
        let record = Record {
            transacts: seed.is_multiple_of(2),
            says_little: seed.is_multiple_of(3),
            ..Record::default()
        };
        for id in PLANS {
            let mut stored = record.stored.borrow_mut();
            stored.insert(format!("CarePlan/{id}"), plan(id));
        }
        let record = Rc::new(record);
        Self {
            api: Client::new(source(), Rc::clone(&record), Duration::from_secs(5)),
            record,
            device: Device::default(),
            windows: Default::default(),
            told: Told::default(),
            now: 0,
        }
    }

    fn word(&mut self) -> String {
        self.told.typed += 1;
        let word = format!("n{}", self.told.typed);
        self.told.all.insert(word.clone());
        word
    }

    /// Opens a plan to be written: the draft of it that waits, where there is one, else as the record has it.
    fn open(&mut self, window: usize, id: &str) {
        if self.windows[window].page.is_some() {
            return;
        }
        self.device.names += 1;
        let name = format!("w{}", self.device.names);
        let place = ResourceRef::new("CarePlan", id);
        let of = Some(place.clone());
        let mut drafts = self.device.drafts.iter();
        let own = drafts.find_map(|(draft, text)| {
            let kept = KeptDraft::from_text(text).unwrap();
            (kept.section.reference() == of).then(|| (draft.clone(), kept))
        });
        let page = match own {
            // It is open elsewhere, or on its way.
            Some((draft, _)) if self.device.locks.contains_key(&draft) => return,
            Some((draft, kept)) => Page {
                editing: restore(&kept, &name),
                held: kept.section,
                draft,
            },
            None => {
                let jane = jane();
                let opened = writing::open(&self.api, &jane, Section::Crisis, &place, at(0));
                let Ok(held) = block_on(opened) else { return };
                Page {
                    editing: Editing::open(Section::Crisis, held.entries(), &name),
                    held,
                    draft: name,
                }
            }
        };
        self.device.locks.insert(page.draft.clone(), window);
        self.windows[window].page = Some(page);
    }

    fn keep(&mut self, window: usize) {
        if let Some(page) = &mut self.windows[window].page {
            page.keep(&mut self.device, &mut self.told, at(self.now));
        }
    }

    fn close(&mut self, window: usize) {
        self.keep(window);
        if let Some(page) = self.windows[window].page.take() {
            self.device.locks.remove(&page.draft);
        }
    }

    /// The tab is closed, the battery is empty.
    fn crash(&mut self, window: usize) {
        self.windows[window] = Window::default();
        self.device.locks.retain(|_, it| *it != window);
        if self.device.sender == Some(window) {
            self.device.sender = None;
        }
    }

    fn save(&mut self, window: usize) {
        let now = at(self.now);
        if let Some(page) = &mut self.windows[window].page {
            page.editing.save(now);
            if page.editing.waits().is_some() {
                self.told.asked.extend(words(page.editing.entries()));
            }
        }
    }

    fn type_word(&mut self, window: usize, nth: u64) {
        let word = self.word();
        if let Some(Page { editing, .. }) = &mut self.windows[window].page {
            let all = editing.entries();
            let entry = all[usize::try_from(nth).unwrap() % all.len()].clone();
            editing.write(&entry.id, format!("{} {word}", entry.text).trim());
        }
    }

    fn add(&mut self, window: usize) {
        let word = self.word();
        if let Some(Page { editing, .. }) = &mut self.windows[window].page {
            let id = editing.add(CrisisPart::Coping.into());
            editing.write(&id, &word);
        }
    }

    fn decide(&mut self, window: usize) {
        if let Some(Page { editing, .. }) = &mut self.windows[window].page {
            for clash in editing.clashes() {
                editing.decide(&clash.id, Choice::Both);
            }
        }
    }

    /// A colleague elsewhere.
    fn colleague(&mut self, id: &str, nth: u64) {
        let word = self.word();
        self.told.asked.insert(word.clone());
        self.told.promised.insert(word.clone());
        let mut stored = self.record.stored.borrow_mut();
        let plan = stored.get_mut(&format!("CarePlan/{id}")).unwrap();
        let all = plan["activity"].as_array_mut().unwrap();
        let own: Vec<usize> = (0..all.len())
            .filter(|it| all[*it]["detail"]["code"]["text"] != "Pets")
            .collect();
        let place = own[usize::try_from(nth).unwrap() % own.len()];
        let text = &mut all[place]["detail"]["description"];
        *text = format!("{} {word}", text.as_str().unwrap()).into();
        let version: u32 = plan["meta"]["versionId"].as_str().unwrap().parse().unwrap();
        plan["meta"]["versionId"] = (version + 1).to_string().into();
    }

    /// One step of an editor. Closed on the way by `dies`: 1 before it sends, 2 before the answer comes.
    fn turn(&mut self, window: usize, dies: u64) {
        let now = at(self.now);
        let Some(mut page) = self.windows[window].page.take() else {
            return;
        };
        if page.step(&self.api, &mut self.device, &mut self.told, (now, dies)) == After::Died {
            return self.crash(window);
        }
        self.windows[window].page = Some(page);
    }

    /// What goes on beside every page of a window.
    fn send(&mut self, window: usize, dies: u64) {
        if *self.device.sender.get_or_insert(window) != window {
            return;
        }
        let now = at(self.now);
        let outbox = &mut self.windows[window].outbox;
        outbox.found(waiting(&self.device), now);
        let Some(name) = outbox.next(now) else { return };
        if self.device.locks.contains_key(&name) {
            outbox.settled(&name, Came::Open, now);
            return;
        }
        let text = &self.device.drafts[&name];
        let kept = KeptDraft::from_text(text).unwrap();
        assert!(kept.section.is_about(&jane()));
        self.device.names += 1;
        let mut page = Page {
            editing: restore(&kept, &format!("s{}", self.device.names)),
            held: kept.section,
            draft: name.clone(),
        };
        self.device.locks.insert(name.clone(), window);
        for step in 0.. {
            let dies = if step == 1 { dies } else { 0 };
            let after = page.step(&self.api, &mut self.device, &mut self.told, (now, dies));
            match after {
                After::Died => return self.crash(window),
                After::Done => break,
                After::More => {}
            }
        }
        self.device.locks.remove(&name);
        let came = page.editing.outcome().map_or(Came::Gone, Came::Of);
        self.windows[window].outbox.settled(&name, came, now);
    }

    fn act(&mut self, dice: &mut Dice) {
        let window = usize::try_from(dice.below(2)).unwrap();
        let id = PLANS[usize::try_from(dice.below(2)).unwrap()];
        match dice.below(14) {
            0 | 1 => self.open(window, id),
            2 | 3 => self.type_word(window, dice.below(100)),
            4 => self.add(window),
            5 => self.keep(window),
            6 | 7 => self.save(window),
            8 => self.turn(window, dice.below(5)),
            9 => self.close(window),
            10 => self.crash(window),
            11 => self.decide(window),
            12 if dice.below(3) == 0 => self.colleague(id, dice.below(100)),
            _ => self.send(window, dice.below(5)),
        }
    }

    /// All is well again: everything that waits goes, and what needs a person gets one.
    fn settle(&mut self, seed: u64) {
        for window in [0, 1] {
            self.close(window);
        }
        for _ in 0..12 {
            self.now += 61;
            self.send(0, 0);
            self.send(1, 0);
            for id in PLANS {
                let stopped = waiting(&self.device).into_iter().any(|it| {
                    it.stopped.is_some() && it.of.as_ref().is_some_and(|it| *it.id == *id)
                });
                if stopped {
                    self.open(0, id);
                    self.decide(0);
                    self.save(0);
                    for _ in 0..4 {
                        self.now += 61;
                        self.turn(0, 0);
                        self.decide(0);
                        self.save(0);
                    }
                    self.close(0);
                }
            }
        }
        let left = waiting(&self.device);
        let known = self.windows.each_ref().map(|it| &it.outbox);
        assert_eq!(left, [], "seed {seed}: nothing waits any more; {known:?}");
    }

    fn check(&self, seed: u64) {
        let mut found = BTreeSet::new();
        for id in PLANS {
            let stored = self.record.stored.borrow();
            let plan = &stored[&format!("CarePlan/{id}")];
            let untouched = crate::plan(id);
            for activity in plan["activity"].as_array().unwrap() {
                if activity["detail"]["code"]["text"] == "Pets" {
                    continue;
                }
                let text = activity["detail"]["description"].as_str().unwrap();
                let own: BTreeSet<String> = text.split_whitespace().map(str::to_owned).collect();
                for word in own {
                    assert!(found.insert(word.clone()), "seed {seed}: {word} twice");
                }
            }
            assert_eq!(plan["extension"], untouched["extension"], "seed {seed}");
        }
        for word in &self.told.promised {
            assert!(found.contains(word), "seed {seed}: {word} is lost");
        }
        let never = self.told.all.difference(&self.told.asked);
        for word in never {
            assert!(
                !found.contains(word),
                "seed {seed}: nobody asked for {word}"
            );
        }
    }
}

fn restore(kept: &KeptDraft, name: &str) -> Editing {
    let entries = kept.section.entries();
    Editing::restore(Section::Crisis, entries, draft_of(kept), name, at(0))
}

/// What the device has that was asked to be saved.
fn waiting(device: &Device) -> Vec<Found> {
    let found = device.drafts.iter().filter_map(|(name, text)| {
        let kept = KeptDraft::from_text(text).unwrap();
        let asked = kept.asked?;
        let why = if kept.clashes.is_empty() {
            Stopped::NotTaken
        } else {
            Stopped::Undecided
        };
        Some(Found {
            name: name.clone(),
            patient: jane(),
            section: kept.section.section(),
            of: kept.section.reference(),
            since: asked.at,
            stopped: asked.is_stopped.then_some(why),
        })
    });
    found.collect()
}

#[derive(Clone, Copy, PartialEq)]
enum After {
    More,
    Done,
    Died,
}

impl Page {
    fn keep(&mut self, device: &mut Device, told: &mut Told, now: DateTime<Utc>) {
        match self.editing.device() {
            OnDevice::Keep(revision) => {
                let draft = self.editing.draft();
                let asked = draft.asked.as_ref().filter(|it| !it.is_stopped);
                told.promised
                    .extend(asked.map(|it| words(&it.entries)).unwrap_or_default());
                let draft = kept(&self.held, draft, now);
                device.drafts.insert(self.draft.clone(), draft.to_text());
                self.editing.kept(revision, now);
            }
            OnDevice::Forget => {
                device.drafts.remove(&self.draft);
                self.editing.forgotten();
            }
            OnDevice::Kept => {}
        }
    }

    fn step(
        &mut self,
        api: &Client<Record>,
        device: &mut Device,
        told: &mut Told,
        (now, dies): (DateTime<Utc>, u64),
    ) -> After {
        let step = self.editing.step(now);
        let sent = self.editing.draft().sent.unwrap_or_default();
        self.keep(device, told, now);
        if dies == 1 && step != Step::Nothing {
            return After::Died;
        }
        let done = step == Step::Nothing;
        match step {
            Step::Nothing => {}
            Step::Read => match block_on(writing::read(api, &jane(), &self.held, &sent)) {
                Ok(newer) => {
                    self.editing.read(newer.entries());
                    self.held = newer;
                }
                Err(error) => self.editing.failed(problem(&error), now),
            },
            Step::Finish => {
                let page = (&mut self.editing, &mut self.held);
                finish(api, (&asha(), &jane()), page, now);
            }
            Step::Write(entries) => {
                let (asha, jane) = (asha(), jane());
                let written = writing::write(api, &asha, &jane, &self.held, &entries, now);
                let written = block_on(written);
                if dies == 2 {
                    return After::Died;
                }
                match written {
                    Ok(written) => {
                        self.editing.wrote(written.section.entries(), now);
                        self.held = written.section;
                    }
                    Err(error) => self.editing.failed(problem(&error), now),
                }
            }
        }
        self.keep(device, told, now);
        if done { After::Done } else { After::More }
    }
}

fn schedules(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let mut dice = Dice(seed);
        let mut world = World::new(seed);
        for _ in 0..60 {
            world.now += i64::try_from(dice.below(20)).unwrap();
            let fault = match dice.below(10) {
                0 => Fault::LostOnTheWay,
                1 => Fault::LostOnTheWayBack,
                2 => Fault::Failed,
                3 if dice.below(3) == 0 => Fault::Refused,
                _ => Fault::None,
            };
            // What the second question meets, and the first.
            let second = [Fault::None, Fault::LostOnTheWayBack, fault];
            let second = second[usize::try_from(dice.below(3)).unwrap()];
            world.record.faults.borrow_mut().extend([second, fault]);
            world.act(&mut dice);
            world.record.faults.borrow_mut().clear();
        }
        world.settle(seed);
        world.check(seed);
    }
}

// In two halves that run side by side.

#[test]
fn what_was_asked_to_be_saved_arrives_once_and_nothing_else_does() {
    schedules(0..2_500);
}

#[test]
fn what_was_asked_to_be_saved_arrives_once_and_nothing_else_does_again() {
    schedules(2_500..5_000);
}

#[test]
fn one_window_sends_and_another_takes_over_when_it_is_gone() {
    let mut world = World::new(0);
    world.open(0, "c1");
    world.type_word(0, 0);
    world.save(0);
    world.close(0);
    assert_eq!(world.device.drafts.len(), 1);
    world
        .record
        .faults
        .borrow_mut()
        .push(Fault::LostOnTheWayBack);
    world.send(0, 0);
    assert_eq!(world.windows[0].outbox.all().len(), 1, "it is not known");
    world.now += 60;
    world.send(1, 0);
    assert!(world.windows[1].outbox.all().is_empty(), "not its turn");
    world.crash(0);
    world.send(1, 0);
    assert!(world.device.drafts.is_empty(), "it had arrived");
    world.check(0);
}
