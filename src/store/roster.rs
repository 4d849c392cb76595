//! Opens a list of people, page by page: who is on it. What each source knows about them is asked by [`known`], whose code
//! comes when the first people are on the screen.

pub mod known;

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::followers::shed;
use super::health::Watch;
use super::problem::problem;
use super::{Store, TICK};
use crate::api::Client;
pub use crate::api::lists::Cursor;
use crate::api::lists::{self, ListChoice, ListKey, PeoplePage};
use crate::domain::{Patient, PatientId, SourceId, Topic};
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

/// What is under way.
type Under<T> = Pin<Box<dyn Future<Output = T>>>;

type FirstPage = Result<PeoplePage, Problem>;

/// What is asked beside who is on a list.
#[derive(Clone, Copy)]
pub struct Known {
    /// What every source knows of these people.
    know: fn(Store, ListTicket, Vec<PatientId>) -> Under<()>,
    /// Who is on a list that begins at the trusts.
    from_trusts: fn(Store, Client<Fetch>, ListId) -> Under<FirstPage>,
    /// A source that failed is asked again.
    pub(super) retry: fn(Store, &SourceId),
}

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
    if is_at_trusts(&list) && store.later.get_value().known.is_none() {
        // Who can ask them comes, and begins again.
        return;
    }
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

/// Lists that begin at the trusts.
fn is_at_trusts(list: &ListId) -> bool {
    matches!(list, ListId::InHospital | ListId::Discharged)
}

/// What every source knows of these people, once the code for it is there; until then they wait for it.
async fn know(store: Store, ticket: ListTicket, people: Vec<PatientId>) {
    if let Some(known) = store.later.get_value().known {
        (known.know)(store, ticket, people).await;
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
        watch.end_where(&result, is_whole);
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

/// Nobody is missing, as far as the record says.
fn is_whole(page: &PeoplePage) -> bool {
    !page.is_cut
}

fn ids(patients: &[Patient]) -> Vec<PatientId> {
    patients.iter().map(|it| it.id.clone()).collect()
}

fn arrived(page: PeoplePage) -> Arrived {
    Arrived {
        has_more: page.next.is_some(),
        patients: page.patients,
        total: page.total,
        missing: page.missing,
        is_cut: page.is_cut,
    }
}

async fn first_page(store: Store, list: &ListId) -> FirstPage {
    let client = store.shared().ok_or(Problem::NotOffered)?;
    let key = match list {
        ListId::Mine => ListKey::Mine,
        ListId::Team(id) => ListKey::Team(id.clone()),
        ListId::Area(id) => ListKey::Area(id.clone()),
        ListId::Everyone => ListKey::Everyone,
        ListId::InHospital | ListId::Discharged => {
            let known = store.later.get_value().known.ok_or(Problem::NotOffered)?;
            return (known.from_trusts)(store, client, list.clone()).await;
        }
    };
    let Some(reader) = store.reader.try_get_untracked().flatten() else {
        return Err(Problem::SignedOut);
    };
    let watch = Watch::start(store, &client.source().id);
    let result = lists::people(&client, &key, &reader, store.config().limits.list_page).await;
    watch.end_where(&result, is_whole);
    result.map_err(|error| problem(&error))
}

/// For a list that begins at the trusts: those that could not be asked who is there.
pub fn silent_trusts(store: Store) -> Vec<SourceId> {
    let at_trusts = store
        .roster
        .with(|it| it.key().is_some_and(|it| is_at_trusts(&it.list)));
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
