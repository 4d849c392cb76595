//! Who edits sections of the open plan, where the shared record pushes it: heard while the plan is on the screen, and said
//! while a section is open to be written. What fails here is silent: nobody is kept from anything by it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Store;
use super::line::{self, Lost};
use super::writing::Writing;
use crate::api::presence::{self as record, Editing, Said};
use crate::api::push::Asked;
use crate::api::session::Reader;
use crate::api::{ApiError, Client};
use crate::domain::team::Colleague;
use crate::domain::{PatientId, ResourceRef};
use crate::state::presence::{OwnWord, Presence, Say};
use crate::transport::{Fetch, clock, timer, vault};

/// The record of the person comes first; and who only passes by asks nothing.
const AFTER: Duration = Duration::from_secs(1);
/// How often it is looked what is due.
const BEAT: Duration = Duration::from_millis(500);

thread_local! {
    /// The shared record has refused to push it: it is not asked again before the page starts anew.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// Of the plan that is open.
#[derive(Clone, Copy)]
pub struct Colleagues {
    store: Store,
    patient: StoredValue<PatientId>,
    pub present: RwSignal<Presence>,
    /// What is wrong with the configuration: where, and what.
    pub wrong: StoredValue<Option<(String, String)>>,
}

/// Listens for as long as the calling owner lives.
pub fn open(store: Store, patient: &PatientId) -> Colleagues {
    let wanted = record::wanted(&store.config().presence);
    let (push, wrong) = match wanted {
        Ok(push) => (push, None),
        Err(error) => (None, Some((error.place, error.what))),
    };
    let it = Colleagues {
        store,
        patient: StoredValue::new(patient.clone()),
        present: RwSignal::new(Presence::default()),
        wrong: StoredValue::new(wrong),
    };
    let reader = store.reader.get_untracked();
    if let (Some(push), Some(client), Some(reader)) = (push, store.shared(), reader) {
        let asked = record::asked(push, patient);
        spawn(it.listen(client.clone(), asked));
        spawn(it.look_on(client, reader));
    }
    it
}

impl Colleagues {
    async fn listen(self, client: Client<Fetch>, asked: Asked) {
        let (mut wait, mut kept) = (line::FIRST_WAIT, None);
        timer::sleep(AFTER).await;
        while !REFUSED.get() {
            while !timer::is_visible() {
                timer::sleep(BEAT).await;
            }
            let begun = clock::now();
            match self.hear(&client, &asked, &mut kept).await {
                Ok(()) => {}
                Err(lost) => {
                    REFUSED.set(!lost.is_passing);
                    kept = None;
                }
            }
            self.present.try_update(Presence::lost);
            wait = line::wait_after(begun, wait);
            timer::sleep(line::about(wait)).await;
        }
    }

    async fn hear(
        self,
        client: &Client<Fetch>,
        asked: &Asked,
        kept: &mut Option<line::Subscription>,
    ) -> Result<(), Lost> {
        let line = line::open(client, asked, kept).await?;
        let opened = |it: &mut Presence| it.opened(line.ahead, clock::now());
        self.present.try_update(opened);
        while line.next().await?.is_some() {
            self.quietly(|it| it.hint(clock::now()));
        }
        Ok(())
    }

    /// Asks the record when that is due, and forgets whose word is over.
    async fn look_on(self, client: Client<Fetch>, reader: Reader) {
        let me: Vec<ResourceRef> = [reader.role_reference(), reader.person_reference()]
            .into_iter()
            .flatten()
            .collect();
        let mut known: Vec<Colleague> = Vec::new();
        loop {
            let now = clock::now();
            // Nobody looks: nothing is asked.
            if timer::is_visible() && self.quietly(|it| it.ask(now)) == Some(true) {
                let Some(patient) = self.patient.try_get_value() else {
                    return;
                };
                let told = record::read(&client, &patient, &known).await.ok();
                let told = told.map(|(all, new)| {
                    known.extend(new);
                    all
                });
                let mut left = Vec::new();
                self.change(|it| left = it.told(told, &me, clock::now()));
                record::sweep(&client, &left).await;
            }
            self.change(|it| _ = it.forget(clock::now()));
            timer::sleep(BEAT).await;
        }
    }

    /// What is drawn does not change by this.
    fn quietly<T>(self, change: impl FnOnce(&mut Presence) -> T) -> Option<T> {
        self.present.try_update_untracked(change)
    }

    /// Only what is different is drawn again.
    fn change(self, change: impl FnOnce(&mut Presence)) {
        self.present.try_maybe_update(|it| {
            let before = it.clone();
            change(it);
            (*it != before, ())
        });
    }

    /// Says that the reader edits this, for as long as the calling owner lives. `whole` is what something is part of that
    /// the record does not have yet.
    pub fn say(self, writing: Writing, whole: Option<ResourceRef>) {
        let (client, reader) = (self.store.shared(), self.store.reader.get_untracked());
        let (Some(client), Some(reader)) = (client, reader) else {
            return;
        };
        if record::voice(&reader).is_none() {
            return;
        }
        let now = clock::now();
        let own = RwSignal::new(OwnWord::open(now));
        Effect::new(move |before: Option<u64>| {
            let revision = writing.revision();
            if before.is_some_and(|it| it != revision) {
                own.try_update_untracked(|it| it.typed(clock::now()));
            }
            revision
        });
        let patient = self.patient.get_value();
        let speaker = Speaker {
            it: self,
            client,
            reader,
            what: Editing {
                section: writing.section(),
                of: writing
                    .place()
                    .or(whole)
                    .unwrap_or_else(|| ResourceRef::new("Patient", patient.as_str())),
                patient,
                since: now,
                name: vault::fresh_name(),
            },
            said: Rc::default(),
        };
        // The window goes: what was said is taken back while there is a moment left.
        let (last, client) = (Rc::clone(&speaker.said), speaker.client.clone());
        let leaving = window_event_listener(ev::pagehide, move |_| {
            own.try_update_untracked(OwnWord::is_over);
            if let Some(said) = last.take() {
                let client = client.clone();
                leptos::task::spawn_local(async move {
                    record::take_back(&client, said, clock::now()).await;
                });
            }
        });
        on_cleanup(move || leaving.remove());
        // Outlives the section: what was said is taken back.
        leptos::task::spawn_local(speaker.go_on(own));
    }
}

/// Says what the reader edits.
struct Speaker {
    it: Colleagues,
    client: Client<Fetch>,
    reader: Reader,
    what: Editing,
    said: Rc<RefCell<Option<Said>>>,
}

impl Speaker {
    async fn go_on(mut self, own: RwSignal<OwnWord>) {
        loop {
            let live = |it: &Presence| it.is_live();
            let is_live = self.it.present.try_with_untracked(live);
            let now = clock::now();
            let next = own.try_with_untracked(|it| it.next(is_live == Some(true), now));
            match next {
                // The section is closed.
                None => break,
                Some(Say::Nothing) => {}
                Some(Say::Over) => {
                    self.take_back(now).await;
                    own.try_update_untracked(OwnWord::is_over);
                }
                Some(Say::Begin | Say::Again) => {
                    let result = self.say(now).await;
                    let now = clock::now();
                    own.try_update_untracked(|it| match &result {
                        Ok(said) => {
                            self.said.replace(Some(said.clone()));
                            it.stands(now);
                        }
                        Err(_) => it.failed(now),
                    });
                }
            }
            timer::sleep(BEAT).await;
        }
        self.take_back(clock::now()).await;
    }

    async fn say(&mut self, now: DateTime<Utc>) -> Result<Said, ApiError> {
        match self.said.take() {
            Some(said) => record::say_again(&self.client, said, now).await,
            None => record::say(&self.client, &self.reader, &self.what).await,
        }
    }

    async fn take_back(&mut self, now: DateTime<Utc>) {
        if let Some(said) = self.said.take() {
            record::take_back(&self.client, said, now).await;
        }
    }
}
