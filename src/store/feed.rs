//! Hospital activity of the reader's people, live while it is looked at: asks each source as the [`Feed`] says, settles
//! what it answers, and listens to sources that push.

mod line;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::health::Watch;
use super::problem::problem;
use super::{Store, alerts};
use crate::api::activity::{self, Happened, Read, Span};
use crate::api::lists::{self, PeoplePage};
use crate::api::{ApiError, Client};
use crate::domain::time::london;
use crate::domain::{Facts, NhsNumber, Patient, PatientId, SourceId, Topic, worklist};
use crate::state::feed::{How, Poll, Told, WINDOW_DAYS};
use crate::state::{Feed, Problem, Remote};
use crate::transport::{Fetch, clock, timer};

/// The stream and who it is about, for as long as the page that shows it.
#[derive(Clone, Copy)]
pub struct Live {
    pub feed: RwSignal<Feed>,
    /// Who the people of the reader are.
    pub people: RwSignal<Remote<()>>,
    /// Whose key worker the reader is.
    pub key_worker_of: RwSignal<HashSet<PatientId>>,
}

/// How often it is looked what is due.
const BEAT: Duration = Duration::from_secs(1);
/// Answers that come within this time of the first are shown as they come; later ones wait.
const GATHERING: Duration = Duration::from_millis(1500);
/// Who the reader's people are changes seldom.
const PEOPLE_BEATS: u32 = 300;

const NOBODY_BEATS: u32 = 20;
/// So many resources are read in one step of work: some milliseconds on a slow tablet.
const STEP: usize = 500;

/// The stream of the reader: one, whoever shows it, until the reader leaves.
pub fn of(store: Store) -> Live {
    if let Some((live, _)) = store.live.get_value() {
        return live;
    }
    store.read_in_steps();
    let owner = store.root.with_value(|root| root.with(Owner::new));
    let live = owner.with(|| open(store));
    store.live.set_value(Some((live, owner)));
    live
}

/// The reader leaves.
pub fn end(store: Store) {
    let live = store.live.try_update_value(Option::take).flatten();
    // What is on the screen goes first.
    leptos::task::spawn_local(async move {
        timer::sleep(BEAT).await;
        if let Some((_, owner)) = live {
            owner.cleanup();
        }
    });
}

/// Opens the stream for as long as the calling owner lives.
fn open(store: Store) -> Live {
    let live = Live {
        feed: RwSignal::new(Feed::default()),
        people: RwSignal::new(Remote::Idle),
        key_worker_of: RwSignal::new(HashSet::new()),
    };
    line::listen(store, live);
    spawn(async move {
        loop {
            gather(store, live).await;
            for beat in 0..PEOPLE_BEATS {
                // Without anybody to ask about, it is tried again soon.
                if beat >= NOBODY_BEATS && is_failing(live) {
                    break;
                }
                ask_due(store, live);
                timer::sleep(BEAT).await;
                if !is_watched(store) {
                    sleep_until_seen(store, live).await;
                }
            }
        }
    });
    live
}

/// Nobody could say who the reader's people are, and it may pass.
fn is_failing(live: Live) -> bool {
    let failing = |it: &Remote<()>| {
        let problem = it.problem().is_some_and(|(it, _)| it.is_passing());
        problem && it.seen().is_none()
    };
    live.people.try_with_untracked(failing) == Some(true)
}

/// "Try again": everybody is asked again at once.
pub fn retry(store: Store, live: Live) {
    if live.people.with_untracked(|it| it.seen().is_none()) {
        leptos::task::spawn_local(gather(store, live));
    }
    live.feed.update(|it| it.hurry(None, clock::now()));
}

/// Somebody looks, or wants to be told when they do not.
fn is_watched(store: Store) -> bool {
    timer::is_visible() || alerts::are_outside(store)
}

/// Nothing is asked while nobody looks; then everybody at once.
async fn sleep_until_seen(store: Store, live: Live) {
    while !is_watched(store) {
        timer::sleep(BEAT).await;
    }
    live.feed.try_update(|it| it.hurry(None, clock::now()));
}

/// Who the reader's people are. Those of before stay when nobody can say.
async fn gather(store: Store, live: Live) {
    if live
        .people
        .try_update(|it| *it = std::mem::take(it).asked())
        .is_none()
    {
        return;
    }
    let result = mine(store).await;
    let now = clock::now();
    let found = result.map(|(mut people, key_worker_of, is_cut)| {
        // Who was there and is not named now may have been left out.
        if is_cut {
            let before = live
                .feed
                .try_with_untracked(|it| it.people().cloned().collect());
            let before: Vec<Arc<Patient>> = before.unwrap_or_default();
            let named: HashSet<_> = people.iter().map(|it| it.id.clone()).collect();
            people.extend(before.into_iter().filter(|it| !named.contains(&it.id)));
        }
        let same = live
            .key_worker_of
            .try_with_untracked(|it| *it == key_worker_of);
        if same == Some(false) {
            live.key_worker_of.try_set(key_worker_of);
        }
        match live.feed.try_with_untracked(|feed| is_same(feed, &people)) {
            Some(true) => {
                live.feed.try_update_untracked(|it| it.rename(people));
            }
            Some(false) => {
                live.feed
                    .try_update(|it| it.open(people, &sources(store), now));
                hold_later(live);
            }
            None => {}
        }
        live.feed.try_update(|it| it.lacks_people(is_cut));
    });
    live.people
        .try_update(|it| *it = std::mem::take(it).answered(found, now));
}

/// The same people, by whom they are asked about; what else is said of them may have changed.
fn is_same(feed: &Feed, people: &[Arc<Patient>]) -> bool {
    let same = people.iter().all(|it| {
        let known = feed.person(&it.id);
        known.is_some_and(|known| known.numbers == it.numbers && known.birth == it.birth)
    });
    same && feed.people().count() == people.len() && !feed.channels().is_empty()
}

/// The first answers are shown as they come.
fn hold_later(live: Live) {
    leptos::task::spawn_local(async move {
        timer::sleep(GATHERING).await;
        while live
            .feed
            .try_with_untracked(|it| it.shown().is_empty() && !it.has_begun())
            == Some(true)
        {
            timer::sleep(BEAT).await;
        }
        live.feed.try_update(Feed::hold);
    });
}

/// Sources that tell of what happens in hospitals, each with its seconds between two questions.
pub fn sources(store: Store) -> Vec<(SourceId, u32)> {
    let config = store.config();
    let shared = config.shared().map(|it| it.id.clone());
    let tells = [Topic::Activity, Topic::Appointments, Topic::Results];
    config
        .sources
        .iter()
        .filter(|it| Some(&it.id) != shared.as_ref())
        .filter(|it| it.provides.iter().any(|topic| tells.contains(topic)))
        .map(|it| (it.id.clone(), it.poll_seconds))
        .collect()
}

/// People, those whose key worker the reader is, and whether there may be others.
type Mine = (Vec<Arc<Patient>>, HashSet<PatientId>, bool);

/// Everybody in whose care team the reader is, and whose key worker among them.
async fn mine(store: Store) -> Result<Mine, Problem> {
    let client = store.shared().ok_or(Problem::NotOffered)?;
    let reader = store
        .reader
        .try_get_untracked()
        .flatten()
        .ok_or(Problem::SignedOut)?;
    let watch = Watch::start(store, &client.source().id);
    let result = all_mine(&client, &reader, store.config().limits.list_page).await;
    watch.end_where(&result, |it| !it.0.is_cut);
    let (found, key_worker_of) = result.map_err(|error| problem(&error))?;
    let is_cut = found.is_cut || found.missing > 0;
    let people = found.patients.into_iter();
    let key_worker_of = key_worker_of.into_iter().collect();
    Ok((people.map(Arc::new).collect(), key_worker_of, is_cut))
}

async fn all_mine(
    client: &Client<Fetch>,
    reader: &crate::api::session::Reader,
    page: usize,
) -> Result<(PeoplePage, Vec<PatientId>), ApiError> {
    let (mut found, key_worker_of) = lists::mine(client, reader, page).await?;
    while let Some(next) = found.next.take() {
        let mut more = lists::more(client, next, page).await?;
        found.patients.append(&mut more.patients);
        found.missing += more.missing;
        found.next = more.next;
    }
    Ok((found, key_worker_of))
}

/// Nothing is asked while nobody looks.
fn ask_due(store: Store, live: Live) {
    if !is_watched(store) {
        return;
    }
    let due = live.feed.try_update(|it| it.due(clock::now()));
    for poll in due.unwrap_or_default() {
        spawn(ask(store, live, poll));
    }
}

async fn ask(store: Store, live: Live, poll: Poll) {
    let people: Vec<Arc<Patient>> = live
        .feed
        .try_with_untracked(|it| it.people().cloned().collect())
        .unwrap_or_default();
    let mut numbers: Vec<NhsNumber> = people
        .iter()
        .flat_map(|it| it.asked_by().cloned())
        .collect();
    numbers.sort();
    let result = match store.client(&poll.source) {
        None => Err(Problem::NotOffered),
        Some(_) if numbers.is_empty() => Ok(Happened::default()),
        Some(client) => {
            let watch = Watch::start(store, &poll.source);
            let span = Span {
                since: london(clock::now() - TimeDelta::days(WINDOW_DAYS)).date(),
                read: match poll.how {
                    How::Newest => Read::Newest,
                    How::Whole => Read::Everything,
                    How::Since(at) => Read::WrittenSince(at),
                },
            };
            let result = activity::happened(&client, &numbers, span).await;
            watch.end_where(&result, |it| it.failed.is_empty());
            result.map_err(|error| problem(&error))
        }
    };
    let now = clock::now();
    let mistaken = |facts: &Facts| worklist::mistaken(facts, &people).cloned();
    let told = result.map(|it| Told {
        mistaken: it.people.iter().filter_map(mistaken).collect(),
        facts: it
            .people
            .into_iter()
            .filter_map(|facts| worklist::whose(facts, &people))
            .collect(),
        partial: it.partial,
        failed: it.failed,
    });
    let mut first = Some(told);
    let step = move |it: &mut Feed| {
        if let Some(told) = first.take() {
            it.receive(&poll, told, now, clock::chance());
        }
        it.work(STEP, now)
    };
    in_steps(live, step).await;
}

/// Does work on the feed in steps, between which the screen can be drawn and a hand is heard; who looks at it is told
/// once, at the end.
async fn in_steps(live: Live, mut step: impl FnMut(&mut Feed) -> bool) {
    let mut is_much = false;
    loop {
        match live.feed.try_update_untracked(&mut step) {
            None => return,
            Some(true) => break,
            Some(false) => timer::breathe().await,
        }
        is_much = true;
    }
    if is_much {
        timer::breathe().await;
    }
    live.feed.try_update(|_| ());
}
