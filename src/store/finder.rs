//! Finding a person: among those already here at once, then in the shared record when typing pauses.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Store;
use super::health::Watch;
use super::problem::problem;
use crate::api::Client;
use crate::api::find::{self, Wanted};
use crate::domain::finder::{
    Asked, Key, SHOWN, TypedBirth, TypedNumber, fragments, matches, spellings, understand,
};
use crate::domain::{NhsNumber, Patient};
use crate::state::{Problem, Query as Load, Remote};
use crate::transport::{Fetch, clock, timer};

/// People, and whether the record has named everybody.
type People = Arc<(Vec<Arc<Patient>>, bool)>;

/// What the finder has found for what is typed.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What was understood of it.
    pub asked: Memo<Asked>,
    /// People who are already here, best match first.
    pub here: Memo<Vec<Arc<Patient>>>,
    /// People of the shared record.
    pub record: RwSignal<Load<Wanted, People>>,
}

const PAUSE: Duration = Duration::from_millis(250);
/// Where the record cannot be searched it is tried again after this time, then after twice that, as often as this.
const AGAIN: Duration = Duration::from_secs(5);
const TIMES: u32 = 6;

impl Finder {
    pub fn new(store: Store, typed: RwSignal<String>) -> Self {
        let asked = Memo::new(move |_| understand(&typed.get(), clock::now()));
        let people = Memo::new(move |_| {
            store.roster.with(|it| {
                Arc::new(
                    it.people()
                        .iter()
                        .map(|it| Arc::clone(&it.patient))
                        .collect::<Vec<_>>(),
                )
            })
        });
        // Made anew only when other people are on the list, not when more is known about them.
        let keys = Memo::new(move |_| {
            people.with(|it| Arc::new(it.iter().map(|it| Key::of(it)).collect::<Vec<_>>()))
        });
        let here = Memo::new(move |_| {
            let found = asked.with(|asked| keys.with(|keys| matches(asked, keys, SHOWN)));
            people.with(|people| {
                found
                    .into_iter()
                    .filter_map(|at| people.get(at).cloned())
                    .collect()
            })
        });
        let finder = Self {
            asked,
            here,
            record: RwSignal::new(Load::default()),
        };
        Effect::new(move |_| finder.look(store));
        finder
    }

    /// People to show: those here first, then those of the record who are not here.
    pub fn hits(&self) -> Vec<Arc<Patient>> {
        let mut hits = self.here.get();
        self.record.with(|query| {
            let found = query
                .remote()
                .seen()
                .map(|it| Arc::clone(&it.value))
                .unwrap_or_default();
            for patient in &found.0 {
                if !hits.iter().any(|it| it.id == patient.id) {
                    hits.push(Arc::clone(patient));
                }
            }
        });
        hits.truncate(SHOWN);
        hits
    }

    /// Whether nobody else can be meant: a whole number, or the record has named everybody, and there is one person.
    pub fn is_certain(&self) -> bool {
        let whole = |it: &Asked| matches!(it.number, Some(TypedNumber::Valid(_)));
        let searched = || {
            self.record
                .with(|it| matches!(it.remote(), Remote::Ready(seen) if seen.value.1))
        };
        self.hits().len() == 1 && (self.asked.with(whole) || searched())
    }

    /// Asks the record when what is typed makes sense and rests for a moment. A newer question drops an older one.
    fn look(self, store: Store) {
        let asked = self.asked.get();
        let Some(wanted) = wanted(&asked) else {
            self.record.set(Load::default());
            return;
        };
        let ticket = self.record.try_update(|it| it.open(wanted.clone()));
        let (Some(ticket), Some(client)) = (ticket, store.shared()) else {
            return;
        };
        spawn(async move {
            let mut wait = PAUSE;
            for time in 0..TIMES {
                timer::sleep(wait).await;
                wait = AGAIN * 2_u32.pow(time);
                if self.record.try_with_untracked(|it| it.is_current(ticket)) != Some(true) {
                    return;
                }
                // Until it answers it is said that it cannot be searched, and since when.
                let found = search(store, &client, &wanted, &asked).await;
                let is_passing = found.as_ref().is_err_and(Problem::is_passing);
                self.record
                    .try_update(|it| it.settle(ticket, found, clock::now()));
                if !is_passing {
                    return;
                }
            }
        });
    }
}

/// Whom the record names, and whether that is everybody.
async fn search(
    store: Store,
    client: &Client<Fetch>,
    wanted: &Wanted,
    asked: &Asked,
) -> Result<People, Problem> {
    let watch = Watch::start(store, &client.source().id);
    let result = find::find(client, wanted, SHOWN).await;
    watch.end_with(&result);
    let page = result.map_err(|error| problem(&error))?;
    let mut people = page.patients;
    // Not every server looks at all that it is asked for.
    people.retain(|it| Key::of(it).matches(asked));
    if people.is_empty() && page.is_cut {
        return Err(Problem::InPart);
    }
    let people = people.into_iter().map(Arc::new).collect();
    Ok(Arc::new((people, !page.is_cut)))
}

/// The question for the record, with names in the ways in which they may be written there: a server folds accents and
/// apostrophes in its own way, if at all.
/// `None` while too little is typed.
fn wanted(asked: &Asked) -> Option<Wanted> {
    let number = match &asked.number {
        Some(TypedNumber::Valid(number)) => Some(number.clone()),
        // A record may hold a number that fails its check.
        Some(TypedNumber::WrongCheckDigit { digits }) => NhsNumber::received(digits),
        _ => None,
    };
    let birth = match asked.birth {
        Some(TypedBirth::Day(day)) => Some(day.to_string()),
        Some(TypedBirth::Month(year, month)) => Some(format!("{year:04}-{month:02}")),
        Some(TypedBirth::Year(year)) => Some(format!("{year:04}")),
        Some(TypedBirth::Impossible) | None => None,
    };
    let asks = asked.is_searchable() || number.is_some();
    asks.then(|| Wanted {
        number,
        birth,
        names: spellings(&asked.typed_names),
        within: fragments(&asked.typed_names),
    })
}
