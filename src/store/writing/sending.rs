//! One thing that waits is sent, as an editor would: nothing is sent before it is known what the record has.

use leptos::prelude::*;

use super::drafts::{going_on, owner, patient_of, text, turn_of};
use super::finishing::finish;
use super::outgoing::Keeper;
use crate::api::ApiError;
use crate::api::writing::{self, Held, KeptDraft};
use crate::domain::PatientId;
use crate::domain::section::Entry;
use crate::state::editing::{Editing, OnDevice, Step};
use crate::state::outbox::Came;
use crate::store::chart;
use crate::store::health::Watch;
use crate::store::problem::problem;
use crate::transport::{clock, vault, windows};

struct One<'a> {
    keeper: &'a Keeper,
    name: &'a str,
    patient: PatientId,
    held: Held,
    editing: Editing,
}

pub(super) async fn send(keeper: &Keeper, name: &str) -> Came {
    // Whoever has it open sends it from there.
    let Some(_turn) = windows::free_turn(&turn_of(name)).await else {
        return Came::Open;
    };
    let kept = keeper.vault.load(name).await;
    let kept = kept.and_then(|it| KeptDraft::from_text(&it));
    let patient = patient_of(&owner(&keeper.reader), name);
    let (Some(kept), Some(patient)) = (kept.filter(|it| it.asked.is_some()), patient) else {
        return Came::Gone;
    };
    if !kept.section.is_about(&patient) {
        return Came::Gone;
    }
    let (held, mut editing) = going_on(kept, &vault::fresh_name());
    editing.try_again();
    let one = One {
        keeper,
        name,
        patient,
        held,
        editing,
    };
    one.go().await
}

impl One<'_> {
    async fn go(mut self) -> Came {
        loop {
            let step = self.editing.step(clock::now());
            self.keep().await;
            match step {
                Step::Nothing => break,
                Step::Read => self.read().await,
                Step::Write(entries) => self.write(&entries).await,
                Step::Finish => self.finish().await,
            }
        }
        self.editing.outcome().map_or(Came::Gone, Came::Of)
    }

    async fn keep(&mut self) {
        match self.editing.device() {
            OnDevice::Kept => {}
            OnDevice::Forget => {
                self.keeper.vault.remove(self.name).await;
                self.editing.forgotten();
            }
            OnDevice::Keep(revision) => {
                let now = clock::now();
                let draft = text(self.held.clone(), self.editing.draft(), now);
                if self.keeper.vault.save(self.name, &draft).await {
                    self.editing.kept(revision, now);
                }
            }
        }
    }

    async fn read(&mut self) {
        let sent = self.editing.draft().sent.unwrap_or_default();
        let read = match self.keeper.store.shared() {
            Some(client) => {
                let watch = Watch::start(self.keeper.store, &client.source().id);
                let read = writing::read(&client, &self.patient, &self.held, &sent).await;
                watch.end_with(&read);
                read
            }
            None => Err(ApiError::NotOffered),
        };
        match read {
            Ok(newer) => {
                let is_newer = newer.version() != self.held.version();
                self.editing.read(newer.entries());
                self.held = newer;
                // It may be what was sent and not answered.
                if is_newer {
                    self.show();
                }
            }
            Err(error) => self.editing.failed(problem(&error), clock::now()),
        }
    }

    async fn write(&mut self, entries: &[Entry]) {
        let Some(client) = self.keeper.store.shared() else {
            let problem = problem(&ApiError::NotOffered);
            return self.editing.failed(problem, clock::now());
        };
        let watch = Watch::start(self.keeper.store, &client.source().id);
        let (reader, now) = (&self.keeper.reader, clock::now());
        let written =
            writing::write(&client, reader, &self.patient, &self.held, entries, now).await;
        match &written {
            // That somebody else was faster is an answer.
            Err(ApiError::Conflict(_)) => watch.end(None),
            other => watch.end_with(other),
        }
        match written {
            Ok(written) => {
                let entries = written.section.entries();
                self.editing.wrote(entries, clock::now());
                self.held = written.section;
                self.keeper.it.unsigned.try_set(written.unsigned.is_some());
                self.show();
            }
            Err(error) => self.editing.failed(problem(&error), clock::now()),
        }
    }

    async fn finish(&mut self) {
        let keeper = self.keeper;
        match finish(keeper.store, &keeper.reader, &self.patient, &self.held).await {
            Ok(written) => {
                self.editing.finished(clock::now());
                self.held = written.section;
                keeper.it.unsigned.try_set(written.unsigned.is_some());
                self.show();
            }
            Err(problem) => self.editing.failed(problem, clock::now()),
        }
    }

    /// Whoever has the person open sees what is in the record now.
    fn show(&self) {
        let store = self.keeper.store;
        let open = store.chart().try_with_untracked(|it| it.id().cloned());
        if open.flatten().as_ref() == Some(&self.patient) {
            chart::refresh(store, self.held.section().topics());
        }
    }
}
