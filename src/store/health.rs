//! Keeps score of every question to a source, and learns what each source can do when the page is idle.

use std::time::Duration;

use leptos::prelude::*;

use super::Store;
use super::followers::shed;
use super::problem::problem;
use crate::api::{Abilities, ApiError};
use crate::domain::SourceId;
use crate::state::Problem;
use crate::transport::{clock, storage, timer};

/// One question under way. When it is dropped unanswered (its page was left), nothing is learned.
pub struct Watch {
    store: Store,
    source: SourceId,
    settled: bool,
}

impl Watch {
    pub fn start(store: Store, source: &SourceId) -> Self {
        shed(&store.health);
        store.health.try_update(|it| it.asked(source));
        Self {
            store,
            source: source.clone(),
            settled: false,
        }
    }

    /// The answer came: the worst of what went wrong, or nothing.
    pub fn end(mut self, outcome: Option<Problem>) {
        self.settled = true;
        self.store
            .health
            .try_update(|it| it.answered(&self.source, outcome, clock::now()));
    }

    pub fn end_with<T>(self, result: &Result<T, ApiError>) {
        self.end(result.as_ref().err().map(problem));
    }

    /// The same, of an answer that may not be whole.
    pub fn end_where<T>(self, result: &Result<T, ApiError>, is_whole: fn(&T) -> bool) {
        self.end(match result {
            Ok(it) => (!is_whole(it)).then_some(Problem::InPart),
            Err(error) => Some(problem(error)),
        });
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.settled {
            self.store.health.try_update(|it| it.dropped(&self.source));
        }
    }
}

/// Statements are asked for again after this many hours.
const KNOWN_FOR_HOURS: i64 = 24;
/// How long after the start: the first screen comes first.
const AFTER_START: Duration = Duration::from_secs(8);

/// Uses what this device knows of each source's abilities.
pub fn restore_abilities(store: Store) {
    for client in store.clients() {
        let kept = storage::load(&key(&client.source().base_url));
        let Some((at, digest)) = kept.as_deref().and_then(|it| it.split_once('\n')) else {
            continue;
        };
        let fresh = at
            .parse::<i64>()
            .is_ok_and(|at| clock::now().timestamp() - at < KNOWN_FOR_HOURS * 3600);
        if let (true, Some(abilities)) = (fresh, Abilities::restore(digest)) {
            client.learn(abilities);
        }
    }
}

/// Reads what is not known of them, when the first screen is there.
pub fn learn_abilities(store: Store) {
    leptos::task::spawn_local_scoped_with_cancellation(async move {
        timer::sleep(AFTER_START).await;
        for client in store.clients() {
            if client.knows_abilities() {
                continue;
            }
            if let Ok(abilities) = client.fetch_abilities().await {
                let kept = format!("{}\n{}", clock::now().timestamp(), abilities.keep());
                storage::save(&key(&client.source().base_url), &kept);
                client.learn(abilities);
            }
        }
    });
}

fn key(base_url: &str) -> String {
    format!("alongside.abilities.{base_url}")
}
