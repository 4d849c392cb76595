//! A section of a plan is written: kept on this device as it is typed, sent to the record when the writer says so, and brought
//! together with what others write meanwhile.

mod device;
mod drafts;
mod entries;
mod finishing;
mod opening;
pub mod outgoing;
mod sending;
mod wanted;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::health::Watch;
use super::problem::problem;
use super::{Store, chart};
use crate::api::ApiError;
use crate::api::writing::{self, Held};
use crate::domain::section::{Entry, EntryId, Section};
use crate::domain::{PatientId, ResourceRef};
use crate::state::Problem;
use crate::state::editing::{Editing, OnRecord, Step};
use crate::transport::vault::Vault;
use crate::transport::windows::Turn;
use crate::transport::{clock, timer};
pub use drafts::{Offered, discard, drafts};
pub use outgoing::{Outgoing, give_up, keep, left_here, waits_here};
pub use wanted::{New, Wanted};

/// Between two looks at what is to be done: typing is on the device well within a second.
const TURN: Duration = Duration::from_millis(300);
/// How often it is looked whether somebody else has changed the plan, in turns.
const NOTICE_TURNS: u32 = 50;

/// Whether this device keeps what is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    #[default]
    Opening,
    Keeps,
    /// The browser has no place for it, or it is full.
    KeepsNothing,
}

/// One section, open to be written.
#[derive(Clone, Copy)]
pub struct Writing {
    store: StoredValue<Store, LocalStorage>,
    /// `None` until it is here.
    pub editing: RwSignal<Option<Editing>>,
    /// Why it could not be opened, and since when.
    pub failed: RwSignal<Option<(Problem, DateTime<Utc>)>>,
    pub device: RwSignal<Device>,
    /// Its draft is on its way to the record, or open in another window: it is waited for.
    pub elsewhere: RwSignal<bool>,
    /// When it was seen that somebody else had changed it.
    pub changed: RwSignal<Option<DateTime<Utc>>>,
    /// The status of what has been ended in the record ([`Held::over`]).
    pub over: RwSignal<Option<String>>,
    /// It is in the record, but not who wrote it.
    pub unsigned: RwSignal<bool>,
    /// Of a team: the member it was opened for.
    pub who: StoredValue<Option<ResourceRef>>,
    desk: StoredValue<Desk, LocalStorage>,
}

/// What lies beside it: the resource as it was received, and where its draft is kept.
#[derive(Default)]
struct Desk {
    patient: Option<PatientId>,
    held: Option<Held>,
    vault: Option<Vault>,
    draft: String,
    busy: Rc<Cell<bool>>,
    /// Nobody else has this draft until this is dropped.
    turn: Option<Turn>,
}

/// Opens a section for as long as the calling owner lives.
pub fn open(store: Store, patient: &PatientId, wanted: Wanted) -> Writing {
    let it = Writing {
        store: StoredValue::new_local(store),
        editing: RwSignal::new(None),
        failed: RwSignal::new(None),
        device: RwSignal::new(Device::default()),
        elsewhere: RwSignal::new(false),
        changed: RwSignal::new(None),
        over: RwSignal::new(None),
        unsigned: RwSignal::new(false),
        who: StoredValue::new(None),
        desk: StoredValue::new_local(Desk {
            patient: Some(patient.clone()),
            ..Desk::default()
        }),
    };
    spawn(async move {
        if it.begin(wanted).await.is_some() {
            it.go_on().await;
        }
    });
    let online = window_event_listener(ev::online, move |_| {
        it.editing.try_update(|it| it.as_mut().map(Editing::hurry));
    });
    on_cleanup(move || {
        online.remove();
        it.keep_the_last();
    });
    it
}

impl Writing {
    /// Whether the record does not have it yet.
    pub fn is_new(self) -> bool {
        self.held().is_none_or(|it| it.reference().is_none())
    }

    /// Another number with everything that is typed.
    pub fn revision(self) -> u64 {
        let revision = self
            .editing
            .try_with(|it| it.as_ref().map(Editing::revision));
        revision.flatten().unwrap_or_default()
    }

    pub fn section(self) -> Section {
        let section = self
            .editing
            .try_with_untracked(|it| it.as_ref().map(Editing::section));
        section.flatten().unwrap_or_default()
    }

    /// What the record has of it.
    pub fn place(self) -> Option<ResourceRef> {
        self.held().and_then(|it| it.reference())
    }

    /// Sends it to the record, as soon as that can be, whether or not this is open then.
    pub fn save(self) {
        let now = clock::now();
        self.change(|it| it.save(now));
    }

    fn change(self, change: impl FnOnce(&mut Editing)) {
        self.editing.update(|it| {
            if let Some(it) = it {
                change(it);
            }
        });
    }

    fn draft(self) -> (Option<Vault>, String) {
        let desk = self
            .desk
            .try_with_value(|it| (it.vault.clone(), it.draft.clone()));
        desk.unwrap_or_default()
    }

    fn patient(self) -> Option<PatientId> {
        self.desk.try_with_value(|it| it.patient.clone()).flatten()
    }

    fn held(self) -> Option<Held> {
        self.desk.try_with_value(|it| it.held.clone()).flatten()
    }

    fn hold(self, plan: Held) {
        let over = plan.over().map(str::to_owned);
        if self.over.try_with_untracked(|it| *it != over) == Some(true) {
            self.over.try_set(over);
        }
        self.desk.try_update_value(|it| it.held = Some(plan));
    }

    async fn go_on(self) {
        // What the record has by now is read first where a draft goes on.
        let mut turns = 0;
        loop {
            self.keep().await;
            // Only what is to be done changes anything.
            let step = self.editing.try_maybe_update(|it| {
                let step = it.as_mut().map(|it| it.step(clock::now()));
                (step != Some(Step::Nothing), step)
            });
            match step.flatten() {
                None => return,
                Some(Step::Read) => self.read().await,
                Some(Step::Write(entries)) => self.write(entries).await,
                Some(Step::Finish) => self.finish().await,
                Some(Step::Nothing) if turns == 0 && timer::is_visible() => {
                    turns = NOTICE_TURNS;
                    self.notice().await;
                }
                Some(Step::Nothing) => turns = turns.saturating_sub(1),
            }
            timer::sleep(TURN).await;
        }
    }

    async fn read(self) {
        let result = self.ask().await;
        self.settle_read(result);
    }

    /// Whether somebody else has changed it; that this cannot be seen now harms nothing.
    async fn notice(self) {
        let is_new = self.held().is_none_or(|it| it.reference().is_none());
        let was_sent = self
            .editing
            .try_with_untracked(|it| it.as_ref().is_some_and(Editing::was_sent));
        if is_new && was_sent != Some(true) {
            return;
        }
        if let Ok(newer) = self.ask().await {
            self.settle_read(Ok(newer));
        }
    }

    async fn ask(self) -> Result<Held, ApiError> {
        let store = self.store.try_get_value().ok_or(ApiError::NotOffered)?;
        let (Some(client), Some(held), Some(patient)) =
            (store.shared(), self.held(), self.patient())
        else {
            return Err(ApiError::NotOffered);
        };
        let sent = self.editing.try_with_untracked(|it| {
            let sent = it.as_ref().and_then(|it| it.draft().sent);
            sent.unwrap_or_default()
        });
        writing::read(&client, &patient, &held, &sent.unwrap_or_default()).await
    }

    fn settle_read(self, result: Result<Held, ApiError>) {
        match result {
            Ok(newer) => {
                let version = self.held().map(|it| it.version().to_owned());
                let is_newer = version.is_some_and(|it| it != newer.version());
                let entries = newer.entries();
                let section = newer.section();
                let before = self.held();
                self.hold(newer);
                // What is read is not what is on the screen beside this: it had arrived, or is somebody else's.
                if is_newer && let Some(store) = self.store.try_get_value() {
                    chart::refresh(store, section.topics());
                }
                // Typed meanwhile: the revision tells; what is read goes in beside it.
                let theirs = self.editing.try_update(|it| {
                    let it = it.as_mut()?;
                    let was = it.entries().to_vec();
                    it.read(entries);
                    Some(is_newer && (was != it.entries() || !it.clashes().is_empty()))
                });
                if theirs.flatten() == Some(true) && before.is_some() {
                    self.changed.try_set(Some(clock::now()));
                }
            }
            Err(error) => {
                self.editing.try_update(|it| {
                    it.as_mut()
                        .map(|it| it.failed(problem(&error), clock::now()))
                });
            }
        }
    }

    async fn write(self, entries: Vec<Entry>) {
        // There may be nobody here when the answer comes: what is sent is kept first.
        self.keep().await;
        let Some(store) = self.store.try_get_value() else {
            return;
        };
        let reader = store.reader.try_get_untracked().flatten();
        let (Some(client), Some(held), Some(patient), Some(reader)) =
            (store.shared(), self.held(), self.patient(), reader)
        else {
            return;
        };
        let watch = Watch::start(store, &client.source().id);
        let now = clock::now();
        let result = writing::write(&client, &reader, &patient, &held, &entries, now).await;
        match &result {
            // That somebody else was faster is an answer.
            Err(ApiError::Conflict(_)) => watch.end(None),
            other => watch.end_with(other),
        }
        match result {
            Ok(written) => {
                let theirs = written.section.entries();
                self.hold(written.section);
                self.unsigned.try_set(written.unsigned.is_some());
                // The draft goes before anybody hears of it: who hears may leave.
                let is_all = self
                    .editing
                    .try_with_untracked(|it| it.as_ref().is_some_and(|it| it.entries() == entries));
                if let (Some(true), (Some(vault), name)) = (is_all, self.draft()) {
                    let busy = self.busy().await;
                    vault.remove(&name).await;
                    drop(busy);
                }
                self.editing.try_update(|it| {
                    if let Some(it) = it {
                        it.wrote(theirs, clock::now());
                        if is_all == Some(true) {
                            it.forgotten();
                        }
                    }
                });
                let section = self.held().map(|it| it.section()).unwrap_or_default();
                chart::refresh(store, section.topics());
            }
            Err(error) => {
                self.refused(&held.edited(&entries), &error);
            }
        }
    }

    /// It was not taken: why, and at which entries.
    fn refused(self, sent: &Held, error: &ApiError) {
        let blamed = blamed(sent, error);
        self.editing.try_update(|it| {
            if let Some(it) = it {
                it.blame(blamed);
                it.failed(problem(error), clock::now());
            }
        });
    }

    /// Whether everything is in the record, since it was asked to be.
    pub fn is_saved(self) -> bool {
        self.editing.with(|it| {
            it.as_ref()
                .is_some_and(|it| matches!(it.on_record(), OnRecord::Saved(_)) && !it.is_changed())
        })
    }
}

/// Which entries the source says are wrong, each with its words.
fn blamed(sent: &Held, error: &ApiError) -> Vec<(EntryId, String)> {
    let ApiError::Invalid { places, .. } = error else {
        return Vec::new();
    };
    let mut blamed: Vec<(EntryId, String)> = Vec::new();
    for (words, paths) in places {
        let found = paths.iter().find_map(|it| sent.entry_at(it));
        if let Some(id) = found.filter(|id| !blamed.iter().any(|(own, _)| own == id)) {
            blamed.push((id, words.clone()));
        }
    }
    blamed
}
