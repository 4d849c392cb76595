//! Opens a list of people: who is on it, then what each source knows about them, page by page.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::followers::shed;
use super::health::Watch;
use super::problem::problem;
use super::{Store, TICK};
pub use crate::api::lists::Cursor;
use crate::api::lists::{self, ListChoice, ListKey, PeoplePage};
use crate::api::questions::Who;
use crate::api::rows;
use crate::api::{ApiError, Client};
use crate::domain::{NhsNumber, Patient, PatientId, SourceId, Topic, time::london, worklist};
use crate::routes::ListId;
use crate::state::Problem;
use crate::state::roster::{Arrived, ListTicket};
use crate::transport::{Fetch, clock, timer};

/// Which list is open, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterKey {
    pub list: ListId,
    pub reader: String,
}

/// How far back rows look for news.
const NEWS_DAYS: i64 = 14;
const DISCHARGED_DAYS: i64 = 7;
/// How often a list is asked for again, in ticks.
const REFRESH_TICKS: u32 = 8;

/// A list that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    pub list: ListId,
    /// Its name, and how many people where that is known.
    pub text: String,
    pub group: &'static str,
}

fn picked(choice: ListChoice) -> Picked {
    let text = match choice.people {
        Some(people) => format!("{} ({people})", choice.name),
        None => choice.name,
    };
    let (list, group) = match choice.key {
        ListKey::Team(id) => (ListId::Team(id), "My teams"),
        ListKey::Area(id) => (ListId::Area(id), "Areas"),
        ListKey::Mine => (ListId::Mine, "Mine"),
        ListKey::Everyone => (ListId::Everyone, "Whole programme"),
    };
    Picked { list, text, group }
}

/// The lists that can be picked: teams and areas of the shared record.
pub async fn choices(store: Store) -> Result<Vec<Picked>, Problem> {
    let (Some(client), Some(reader)) = (store.shared(), store.reader.get_untracked()) else {
        return Err(Problem::NotOffered);
    };
    let watch = Watch::start(store, &client.source().id);
    let result = lists::choices(&client, &reader).await;
    watch.end_with(&result);
    result
        .map(|found| found.into_iter().map(picked).collect())
        .map_err(|error| problem(&error))
}

/// Opens a list for as long as the calling owner lives. Returns where to ask for more pages.
pub fn open(store: Store, list: ListId) -> RwSignal<Option<Cursor>> {
    let cursor = RwSignal::new(None);
    begin(store, &list);
    spawn(async move {
        loop {
            load(store, list.clone(), cursor).await;
            for _ in 0..REFRESH_TICKS {
                timer::sleep(TICK).await;
            }
            while !timer::is_visible() {
                timer::sleep(TICK).await;
            }
        }
    });
    cursor
}

/// "Try again" on a list.
pub fn reload(store: Store, list: ListId, cursor: RwSignal<Option<Cursor>>) {
    leptos::task::spawn_local(load(store, list, cursor));
}

/// The list that is open from now on: people of another one are gone at once.
fn begin(store: Store, list: &ListId) -> Option<ListTicket> {
    let reader = store.reader.try_get_untracked().flatten();
    let reader = reader
        .map(|it| it.role_id + &it.practitioner_id)
        .unwrap_or_default();
    let key = RosterKey {
        list: list.clone(),
        reader,
    };
    shed(&store.roster);
    store.roster.try_update(|it| it.open(key))
}

async fn load(store: Store, list: ListId, cursor: RwSignal<Option<Cursor>>) {
    let Some(ticket) = begin(store, &list) else {
        return;
    };
    let result = first_page(store, &list).await;
    let ids = result
        .as_ref()
        .map(|page| ids(&page.patients))
        .unwrap_or_default();
    let next = result.as_ref().ok().and_then(|page| page.next.clone());
    let taken = store
        .roster
        .try_update(|it| it.settle(ticket, result.map(arrived), clock::now()));
    if taken == Some(true) {
        if store
            .roster
            .try_with_untracked(crate::state::Roster::is_extended)
            != Some(true)
        {
            cursor.try_set(next);
        }
        know(store, ticket, ids).await;
    }
}

/// The next page of the open list, when the reader comes near its end.
pub fn more(store: Store, cursor: RwSignal<Option<Cursor>>) {
    let Some(next) = cursor.try_update(Option::take).flatten() else {
        return;
    };
    let Some(client) = store.shared() else { return };
    let Some(ticket) = store.roster.with_untracked(crate::state::Roster::ticket) else {
        return;
    };
    leptos::task::spawn_local(async move {
        let page = store.config().limits.list_page;
        let watch = Watch::start(store, &client.source().id);
        let result = lists::more(&client, next.clone(), page).await;
        watch.end_with(&result);
        match result {
            Ok(page) => {
                let (ids, later) = (ids(&page.patients), page.next.clone());
                if store
                    .roster
                    .try_update(|it| it.extend(ticket, arrived(page)))
                    == Some(true)
                {
                    cursor.try_set(later);
                    know(store, ticket, ids).await;
                }
            }
            // Kept for the next try; the sources list says what is wrong.
            Err(_) => {
                cursor.try_set(Some(next));
            }
        }
    });
}

fn ids(patients: &[Patient]) -> Vec<PatientId> {
    patients.iter().map(|it| it.id.clone()).collect()
}

fn arrived(page: PeoplePage) -> Arrived {
    Arrived {
        has_more: page.next.is_some(),
        patients: page.patients.into_iter().map(worklist::listed).collect(),
        total: page.total,
        missing: page.missing,
    }
}

async fn first_page(store: Store, list: &ListId) -> Result<PeoplePage, Problem> {
    let client = store.shared().ok_or(Problem::NotOffered)?;
    let key = match list {
        ListId::Mine => ListKey::Mine,
        ListId::Team(id) => ListKey::Team(id.clone()),
        ListId::Area(id) => ListKey::Area(id.clone()),
        ListId::Everyone => ListKey::Everyone,
        ListId::InHospital | ListId::Discharged => return from_trusts(store, &client, list).await,
    };
    let Some(reader) = store.reader.try_get_untracked().flatten() else {
        return Err(Problem::SignedOut);
    };
    let watch = Watch::start(store, &client.source().id);
    let result = lists::people(&client, &key, &reader, store.config().limits.list_page).await;
    watch.end_with(&result);
    result.map_err(|error| problem(&error))
}

/// Lists that begin at the trusts: everybody in hospital now, or discharged lately. A trust that fails leaves the
/// list incomplete, which the sources and the rows say; only when every trust fails is there no list.
async fn from_trusts(
    store: Store,
    shared: &Client<Fetch>,
    list: &ListId,
) -> Result<PeoplePage, Problem> {
    let trusts: Vec<Client<Fetch>> = store
        .clients()
        .into_iter()
        .filter(|it| it.source().provides.contains(&Topic::Activity))
        .collect();
    let since = day(clock::now() - TimeDelta::days(DISCHARGED_DAYS));
    let asks = trusts.iter().map(|client| {
        let since = since.clone();
        async move {
            let watch = Watch::start(store, &client.source().id);
            let result = match list {
                ListId::Discharged => rows::discharged_since(client, &since).await,
                _ => rows::in_hospital(client).await,
            };
            watch.end_with(&result);
            result
        }
    });
    let (mut numbers, mut failure): (Vec<NhsNumber>, Option<ApiError>) = (Vec::new(), None);
    let mut answered = false;
    for result in futures::future::join_all(asks).await {
        match result {
            Ok(found) => {
                answered = true;
                numbers.extend(found);
            }
            Err(error) => failure = Some(error),
        }
    }
    if !answered {
        return Err(failure.as_ref().map_or(Problem::NotOffered, problem));
    }
    numbers.sort();
    numbers.dedup();
    let patients = lists::by_numbers(shared, &numbers)
        .await
        .map_err(|error| problem(&error))?;
    let total = u64::try_from(patients.len()).ok();
    Ok(PeoplePage {
        patients,
        total,
        ..PeoplePage::default()
    })
}

fn day(at: DateTime<Utc>) -> String {
    london(at).date().to_string()
}

/// Asks every source about people on the list, as many at once as fit one question.
async fn know(store: Store, ticket: ListTicket, people: Vec<PatientId>) {
    for some in people.chunks(50) {
        let asks = store
            .clients()
            .into_iter()
            .map(|client| know_from(store, ticket, client, some.to_vec()));
        futures::future::join_all(asks).await;
    }
}

async fn know_from(
    store: Store,
    ticket: ListTicket,
    client: Client<Fetch>,
    people: Vec<PatientId>,
) {
    let source = client.source().id.clone();
    let is_shared = store.shared().is_some_and(|it| it.source().id == source);
    let now = clock::now();
    let since = now - TimeDelta::days(NEWS_DAYS);
    let known: Vec<std::sync::Arc<Patient>> = store
        .roster
        .try_with_untracked(|it| {
            let listed = it
                .people()
                .iter()
                .filter(|it| people.contains(&it.patient.id));
            listed
                .map(|it| std::sync::Arc::clone(&it.patient))
                .collect()
        })
        .unwrap_or_default();
    // In one order whoever asks: the script that starts the page asks the same question ahead.
    let mut numbers: Vec<NhsNumber> = known
        .iter()
        .flat_map(|it| it.numbers.iter().map(|it| it.number.clone()))
        .collect();
    numbers.sort();
    let mut ids = people.clone();
    ids.sort();
    let (who, searches) = if is_shared {
        (Who::Ids(ids), rows::shared_row(&day(since)))
    } else {
        (Who::Numbers(numbers.clone()), rows::trust_row(&day(since)))
    };
    store.roster.try_update(|it| it.ask(&source, &people));
    let result = if !is_shared && numbers.is_empty() {
        Ok(Vec::new())
    } else {
        let watch = Watch::start(store, &source);
        let result = rows::row_facts(&client, &who, &searches).await;
        watch.end_with(&result);
        result
    };
    let result = result.map(|found| {
        found
            .into_iter()
            .filter_map(|facts| worklist::belonging(facts, &known, since, now))
            .collect()
    });
    let result = result.map_err(|error| problem(&error));
    store
        .roster
        .try_update(|it| it.answer(ticket, &source, &people, result, clock::now()));
}

/// Asks one source again about the people of the open list for whom it failed.
pub fn retry_from(store: Store, source: &SourceId) {
    let Some(client) = store.client(source) else {
        return;
    };
    let Some(ticket) = store.roster.with_untracked(crate::state::Roster::ticket) else {
        return;
    };
    let failed: Vec<PatientId> = store.roster.with_untracked(|it| {
        let failed = |it: &&crate::state::Listed| {
            it.parts
                .get(source)
                .is_some_and(|data| data.problem().is_some())
        };
        it.people()
            .iter()
            .filter(failed)
            .map(|it| it.patient.id.clone())
            .collect()
    });
    leptos::task::spawn_local(async move {
        for some in failed.chunks(50) {
            know_from(store, ticket, client.clone(), some.to_vec()).await;
        }
    });
}

/// For a list that begins at the trusts: those that could not be asked who is there.
pub fn silent_trusts(store: Store) -> Vec<SourceId> {
    let at_trusts = store.roster.with(|it| {
        matches!(
            it.key().map(|it| &it.list),
            Some(ListId::InHospital | ListId::Discharged)
        )
    });
    if !at_trusts {
        return Vec::new();
    }
    let config = store.config();
    let provides = |id: &SourceId| {
        config
            .source(id)
            .is_some_and(|it| it.provides.contains(&Topic::Activity))
    };
    store.health.with(|health| {
        let failing = health
            .sources()
            .iter()
            .filter(|it| it.problem.is_some() && provides(&it.source));
        failing.map(|it| it.source.clone()).collect()
    })
}
