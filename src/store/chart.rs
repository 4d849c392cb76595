//! Opens a person: asks every source, each in one round trip, and keeps the answers fresh while the page is looked at.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::followers::shed;
use super::health::Watch;
use super::problem::problem;
use super::together::Together;
use super::{Store, TICK};
use crate::api::ApiError;
use crate::api::person::{self, TopicAnswer};
use crate::api::questions::Who;
use crate::domain::{NhsNumber, Patient, PatientId, SourceId, Topic};
use crate::state::{Part, Problem};
use crate::transport::{clock, timer};

thread_local! {
    /// What is asked about who is open. One page is one thread.
    static ASKED: Together = Together::default();
}

/// Answers of trusts that come within this time of each other are drawn at once, or with that of the shared record, which
/// waits for nobody: that is the last one as a rule, and until it comes there is time to draw them.
const PATIENCE: Duration = Duration::from_millis(50);

/// Opens a person for as long as the calling owner lives.
pub fn open(store: Store, id: &PatientId) {
    store.read_in_steps();
    store
        .later
        .update_value(|it| it.retry_person = Some(retry_from));
    let config = store.config();
    let providers: Vec<_> = config
        .sources
        .iter()
        .map(|it| (it.id.clone(), it.provides.clone()))
        .collect();
    shed(&store.chart());
    store.chart().update(|it| it.open(id, &providers));
    // Coming from a list, the NHS number is known: all sources are asked at once.
    let numbers = listed_numbers(store, id);
    for source in config
        .sources
        .iter()
        .filter(|it| Some(&it.id) != config.shared().map(|it| &it.id))
    {
        if !numbers.is_empty() {
            spawn(ask(
                store,
                id.clone(),
                source.id.clone(),
                source.provides.clone(),
                numbers.clone(),
            ));
        }
    }
    let id = id.clone();
    spawn(async move {
        ask_shared(store, id.clone(), numbers).await;
        keep_fresh(store, id).await;
    });
}

/// Asks the shared record, then those sources that could not be asked without the NHS number that it gives.
async fn ask_shared(store: Store, id: PatientId, asked_with: Vec<NhsNumber>) {
    let Some(shared) = store.shared() else { return };
    let (source, topics) = (shared.source().id.clone(), shared.source().provides.clone());
    ask(store, id.clone(), source, topics, Vec::new()).await;
    let numbers = numbers(store, &id);
    if numbers != asked_with || numbers.is_empty() {
        ask_others(store, &id, &numbers).await;
    }
}

async fn ask_others(store: Store, id: &PatientId, numbers: &[NhsNumber]) {
    let config = store.config();
    let shared = config.shared().map(|it| it.id.clone());
    let others = config
        .sources
        .iter()
        .filter(|it| Some(&it.id) != shared.as_ref());
    let asks = others.map(|it| {
        ask(
            store,
            id.clone(),
            it.id.clone(),
            it.provides.clone(),
            numbers.to_vec(),
        )
    });
    futures::future::join_all(asks).await;
}

/// Asks one source and settles its answer. Without a number, a source other than the shared record cannot be asked.
async fn ask(
    store: Store,
    id: PatientId,
    source: SourceId,
    topics: Vec<Topic>,
    numbers: Vec<NhsNumber>,
) {
    let (Some(client), Some(shared)) = (store.client(&source), store.shared()) else {
        return;
    };
    let is_open = store
        .chart()
        .try_with_untracked(|it| it.id() == Some(&id))
        .unwrap_or(false);
    if !is_open || topics.is_empty() {
        return;
    }
    let is_shared = shared.source().id == source;
    let Some(asked) = store.chart().try_update(|it| it.ask(&source, &topics)) else {
        return;
    };
    let settle = move |answers| {
        store
            .chart()
            .try_update(|it| it.settle(asked, &source, answers, clock::now()))
    };
    let who = match (is_shared, numbers.is_empty()) {
        (true, _) => Who::Id(id),
        (false, false) => Who::Numbers(numbers),
        (false, true) => {
            let reason = unmatched(store);
            settle(topics.iter().map(|it| (*it, Err(reason.clone()))).collect());
            return;
        }
    };
    let awaited = ASKED.with(Together::ask);
    let watch = Watch::start(store, &client.source().id);
    let answers = person::person(&client, &who, &topics, store.config().limits.per_search).await;
    watch.end(worst(&answers));
    awaited
        .come(if is_shared { Duration::ZERO } else { PATIENCE })
        .await;
    let answers = answers
        .into_iter()
        .map(|(topic, result)| (topic, result.map_err(|error| problem(&error))));
    settle(answers.collect());
}

/// What this answer says of the source: something failed that may work again, or nothing at all was given, or not all of
/// it. That the source does not know this person is no failure of it.
fn worst(answers: &[TopicAnswer]) -> Option<Problem> {
    let errors = || answers.iter().filter_map(|(_, it)| it.as_ref().err());
    let is_silent = errors().count() == answers.len();
    let mut problems = errors()
        .filter(|it| !matches!(it, ApiError::Absent(_) | ApiError::NotOffered))
        .map(problem);
    let failed = problems.find(|it| is_silent || it.is_passing());
    let mut given = answers.iter().filter_map(|(_, it)| it.as_ref().ok());
    failed.or_else(|| given.any(|it| !it.is_given()).then_some(Problem::InPart))
}

/// Why other sources cannot be asked: the shared record did not answer, or gives no NHS number that passes its check.
fn unmatched(store: Store) -> Problem {
    let known = store.chart().try_with_untracked(|it| {
        it.about(&[Topic::Identity])
            .any(|part| part.data.seen().is_some())
    });
    if known == Some(true) {
        Problem::Unnumbered
    } else {
        Problem::Unmatched
    }
}

fn listed_numbers(store: Store, id: &PatientId) -> Vec<NhsNumber> {
    listed(store, id)
        .map(|it| it.asked_by().cloned().collect())
        .unwrap_or_default()
}

/// The person as the open list knows them, to show a name at once.
pub fn listed(store: Store, id: &PatientId) -> Option<Arc<Patient>> {
    store.roster.with_untracked(|it| {
        it.people()
            .iter()
            .find(|it| it.patient.id == *id)
            .map(|it| Arc::clone(&it.patient))
    })
}

fn numbers(store: Store, id: &PatientId) -> Vec<NhsNumber> {
    let facts = store.chart().try_with_untracked(|chart| {
        let parts = chart
            .about(&[Topic::Identity])
            .filter_map(|it| it.data.seen());
        let patients = parts
            .flat_map(|it| it.value.patients.iter())
            .filter(|it| it.id == *id);
        patients
            .flat_map(|it| it.asked_by().cloned())
            .collect::<Vec<_>>()
    });
    facts.unwrap_or_default()
}

/// Asks again what is due, while the page is visible.
async fn keep_fresh(store: Store, id: PatientId) {
    loop {
        timer::sleep(TICK).await;
        let is_open = store.chart().try_with_untracked(|it| it.id() == Some(&id));
        if is_open != Some(true) {
            return;
        }
        if timer::is_visible() {
            ask_due(store, &id).await;
        }
    }
}

async fn ask_due(store: Store, id: &PatientId) {
    let config = store.config();
    let numbers = numbers(store, id);
    let asks = config.sources.iter().filter_map(|source| {
        let due = store
            .chart()
            .try_with_untracked(|it| it.due(&source.id, source.fresh_for_seconds, clock::now()))?;
        (!due.is_empty()).then(|| ask(store, id.clone(), source.id.clone(), due, numbers.clone()))
    });
    futures::future::join_all(asks).await;
}

/// The shared record has something new on these topics: it is asked again.
pub fn refresh(store: Store, topics: &[Topic]) {
    let open = store.chart().try_with_untracked(|it| it.id().cloned());
    if let (Some(Some(id)), Some(shared)) = (open, store.shared()) {
        let source = shared.source().id.clone();
        leptos::task::spawn_local(ask(store, id, source, topics.to_vec(), Vec::new()));
    }
}

/// "Try again" on a panel: asks the sources whose answer on these topics failed.
pub fn retry(store: Store, topics: &[Topic]) {
    retry_where(store, |part| topics.contains(&part.topic));
}

/// Asks one source again for what failed.
fn retry_from(store: Store, source: &SourceId) {
    retry_where(store, |part| part.source == *source);
}

/// What was asked for has not come, or not all of it.
fn is_lacking(part: &Part) -> bool {
    let seen = part.data.seen();
    part.data.problem().is_some() || seen.is_some_and(|it| !it.value.is_given())
}

fn retry_where(store: Store, wanted: impl Fn(&Part) -> bool) {
    let Some(id) = store.chart().with_untracked(|it| it.id().cloned()) else {
        return;
    };
    let failed = store.chart().with_untracked(|chart| {
        let mut failed: Vec<(SourceId, Vec<Topic>)> = Vec::new();
        for part in chart
            .parts()
            .iter()
            .filter(|it| is_lacking(it) && wanted(it))
        {
            match failed.iter_mut().find(|(source, _)| *source == part.source) {
                Some((_, topics)) => topics.push(part.topic),
                None => failed.push((part.source.clone(), vec![part.topic])),
            }
        }
        failed
    });
    let shared = store.shared().map(|it| it.source().id.clone());
    let shared_failed = failed
        .iter()
        .any(|(source, _)| Some(source) == shared.as_ref());
    leptos::task::spawn_local(async move {
        if shared_failed && numbers(store, &id).is_empty() {
            // Without the shared record nobody could be asked: begin again with everything.
            ask_shared(store, id, Vec::new()).await;
            return;
        }
        let numbers = numbers(store, &id);
        let asks = failed
            .into_iter()
            .map(|(source, topics)| ask(store, id.clone(), source, topics, numbers.clone()));
        futures::future::join_all(asks).await;
    });
}
