//! What every source knows about the people of a list: asked as many at once as fit one question. This comes after who is on
//! it, with the code that reads all kinds of facts.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::{Cursor, Known, is_at_trusts, reload};
use crate::api::lists::{self, PeoplePage};
use crate::api::questions::Who;
use crate::api::rows::{self, RowFacts};
use crate::api::{ApiError, Client};
use crate::domain::{NhsNumber, Patient, PatientId, SourceId, Topic, time::london, worklist};
use crate::routes::ListId;
use crate::state::roster::ListTicket;
use crate::state::{Heard, Listed, Problem, is_in_part};
use crate::store::Store;
use crate::store::health::Watch;
use crate::store::problem::problem;
use crate::store::together::Together;
use crate::transport::{Fetch, clock};

/// From now on sources are asked about the people of lists; those who are there already are asked about at once, for as
/// long as the calling owner lives.
pub fn begin(store: Store, list: &ListId, cursor: RwSignal<Option<Cursor>>) {
    store.read_in_steps();
    let known = Known {
        know: |store, ticket, people| Box::pin(know(store, ticket, people)),
        from_trusts: |store, shared, list| {
            Box::pin(async move { from_trusts(store, &shared, &list).await })
        },
        retry: retry_from,
    };
    store.later.update_value(|it| it.known = Some(known));
    let (ticket, unasked) = store.roster.with_untracked(|it| {
        let unasked = |it: &&Listed| it.parts.values().next().is_none();
        let people = it.people().iter().filter(unasked);
        let ids = people.map(|it| it.patient.id.clone());
        (it.ticket(), ids.collect::<Vec<_>>())
    });
    let waits = store.roster.with_untracked(|it| it.load().seen().is_none());
    if is_at_trusts(list) && waits {
        reload(store, list.clone(), cursor);
    } else if let Some(ticket) = ticket.filter(|_| !unasked.is_empty()) {
        spawn(know(store, ticket, unasked));
    }
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
    let since = day(clock::now() - TimeDelta::days(rows::DISCHARGED_DAYS));
    let asks = trusts.iter().map(|client| {
        let since = since.clone();
        async move {
            let watch = Watch::start(store, &client.source().id);
            let result = match list {
                ListId::Discharged => rows::discharged_since(client, &since).await,
                _ => rows::in_hospital(client).await,
            };
            watch.end_where(&result, |it| it.is_whole);
            result
        }
    });
    let (mut numbers, mut failure): (Vec<NhsNumber>, Option<ApiError>) = (Vec::new(), None);
    let mut answered = false;
    for result in futures::future::join_all(asks).await {
        match result {
            Ok(found) => {
                answered = true;
                numbers.extend(found.numbers);
            }
            Err(error) => failure = Some(error),
        }
    }
    if !answered {
        return Err(failure.as_ref().map_or(Problem::NotOffered, problem));
    }
    numbers.retain(NhsNumber::is_valid);
    numbers.sort();
    numbers.dedup();
    let (patients, is_cut) = lists::by_numbers(shared, &numbers)
        .await
        .map_err(|error| problem(&error))?;
    let total = u64::try_from(patients.len()).ok();
    Ok(PeoplePage {
        patients,
        total,
        is_cut,
        ..PeoplePage::default()
    })
}

fn day(at: DateTime<Utc>) -> String {
    london(at).date().to_string()
}

/// What a source said of people on the list.
struct Answer {
    source: SourceId,
    people: Vec<PatientId>,
    result: Result<Heard, Problem>,
}

/// Answers that come within this time of each other are drawn at once: each drawing of the rows costs as much.
const PATIENCE: Duration = Duration::from_millis(200);

/// Asks every source about people on the list, as many at once as fit one question.
async fn know(store: Store, ticket: ListTicket, people: Vec<PatientId>) {
    for some in people.chunks(rows::AT_ONCE) {
        let asked = Together::default();
        let asks = store.clients().into_iter().map(|client| {
            let awaited = asked.ask();
            async move {
                let answer = know_from(store, client, some.to_vec()).await;
                awaited.come(PATIENCE).await;
                take(store, ticket, answer);
            }
        });
        futures::future::join_all(asks).await;
    }
}

fn take(store: Store, ticket: ListTicket, answer: Answer) {
    store.roster.try_update(|it| {
        it.answer(
            ticket,
            &answer.source,
            &answer.people,
            answer.result,
            clock::now(),
        );
    });
}

async fn know_from(store: Store, client: Client<Fetch>, people: Vec<PatientId>) -> Answer {
    let source = client.source().id.clone();
    let is_shared = store.shared().is_some_and(|it| it.source().id == source);
    let now = clock::now();
    let since = now - TimeDelta::days(rows::NEWS_DAYS);
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
    let mut numbers: Vec<NhsNumber> = known.iter().flat_map(|it| it.asked_by().cloned()).collect();
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
        Ok(RowFacts::none())
    } else {
        let watch = Watch::start(store, &source);
        let result = rows::row_facts(&client, &who, &searches).await;
        watch.end_where(&result, |it| it.is_whole);
        result
    };
    let result = result.map(|found| Heard {
        people: found
            .people
            .into_iter()
            .filter_map(|facts| worklist::belonging(facts, &known, since, now))
            .collect(),
        is_whole: found.is_whole,
    });
    Answer {
        result: result.map_err(|error| problem(&error)),
        source,
        people,
    }
}

/// Asks one source again about the people of the open list for whom it failed.
fn retry_from(store: Store, source: &SourceId) {
    let Some(client) = store.client(source) else {
        return;
    };
    let Some(ticket) = store.roster.with_untracked(crate::state::Roster::ticket) else {
        return;
    };
    let failed: Vec<PatientId> = store.roster.with_untracked(|it| {
        let failed = |it: &&Listed| {
            let part = it.parts.get(source);
            part.is_some_and(|it| it.problem().is_some() || is_in_part(it))
        };
        it.people()
            .iter()
            .filter(failed)
            .map(|it| it.patient.id.clone())
            .collect()
    });
    leptos::task::spawn_local(async move {
        for some in failed.chunks(rows::AT_ONCE) {
            let answer = know_from(store, client.clone(), some.to_vec()).await;
            take(store, ticket, answer);
        }
    });
}
