//! Finding a person: among those already here at once, then in the shared record when typing pauses.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Store;
use super::health::Watch;
use super::problem::problem;
use crate::api::find::{self, Wanted};
use crate::domain::finder::{self, Asked};
use crate::domain::{Patient, PatientId};
use crate::state::{Problem, Query};
use crate::transport::{clock, timer};

/// What the finder has found for what is typed.
#[derive(Clone, Copy)]
pub struct Finder {
    pub typed: RwSignal<String>,
    /// What was understood of it.
    pub asked: Memo<Asked>,
    /// People who are already here, best match first.
    pub here: Memo<Vec<Arc<Patient>>>,
    /// People of the shared record.
    pub record: RwSignal<Query<String, Arc<Vec<Arc<Patient>>>>>,
}

const SHOWN: usize = 12;
const PAUSE: Duration = Duration::from_millis(250);

impl Finder {
    pub fn new(store: Store) -> Self {
        let typed = RwSignal::new(String::new());
        let asked = Memo::new(move |_| finder::understand(&typed.get(), clock::now()));
        let keys = Memo::new(move |_| store.roster.with(|it| it.people().iter().map(|it| finder::Key::of(&it.patient)).collect::<Vec<_>>()));
        let here = Memo::new(move |_| {
            let found = asked.with(|asked| keys.with(|keys| finder::matches(asked, keys, SHOWN)));
            store.roster.with(|it| found.into_iter().filter_map(|at| it.people().get(at)).map(|it| Arc::clone(&it.patient)).collect())
        });
        let finder = Self { typed, asked, here, record: RwSignal::new(Query::default()) };
        Effect::new(move |_| finder.look(store));
        finder
    }

    /// People to show: those here first, then those of the record who are not here.
    pub fn hits(&self) -> Vec<Arc<Patient>> {
        let mut hits = self.here.get();
        self.record.with(|query| {
            let found = query.remote().seen().map(|it| Arc::clone(&it.value)).unwrap_or_default();
            for patient in found.iter() {
                if !hits.iter().any(|it| it.id == patient.id) {
                    hits.push(Arc::clone(patient));
                }
            }
        });
        hits.truncate(SHOWN);
        hits
    }

    pub fn clear(&self) {
        self.typed.set(String::new());
    }

    /// Asks the record when what is typed makes sense and rests for a moment. A newer question drops an older one.
    fn look(self, store: Store) {
        let asked = self.asked.get();
        let Some(wanted) = wanted(&asked) else {
            self.record.set(Query::default());
            return;
        };
        let key = format!("{wanted:?}");
        let ticket = self.record.try_update(|it| it.open(key));
        let (Some(ticket), Some(client)) = (ticket, store.shared()) else { return };
        spawn(async move {
            timer::sleep(PAUSE).await;
            if self.record.try_with_untracked(|it| it.is_current(ticket)) != Some(true) {
                return;
            }
            let watch = Watch::start(store, &client.source().id);
            let result = find::find(&client, &wanted, SHOWN).await;
            watch.end_with(&result);
            let found = result.map(|page| Arc::new(page.patients.into_iter().map(Arc::new).collect::<Vec<_>>()));
            self.record.try_update(|it| it.settle(ticket, found.map_err(|error| problem(&error)), clock::now()));
        });
    }
}

/// The question for the record; `None` while too little is typed.
fn wanted(asked: &Asked) -> Option<Wanted> {
    todo!()
}
