//! Leptos signals around the state machines and the record APIs: the only place where questions are sent and answers
//! are settled. Pages read signals and call functions here; they never see `api` or `fhir`.
//!
//! Everything that waits belongs to the page that asked for it and is cancelled with it.

pub mod alerts;
pub mod chart;
pub mod colleagues;
pub mod feed;
pub mod finder;
mod followers;
pub mod forms;
pub mod health;
pub mod history;
mod line;
pub mod looked;
pub mod place;
pub mod presence;
pub mod problem;
pub mod reader;
pub mod review;
pub mod roster;
pub mod suggestions;
mod together;
pub mod writing;

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::session::Reader;
use crate::api::{Client, Config, steps};
use crate::domain::{SourceId, Topic};
use crate::state::looked::KeptIn;
use crate::state::{Chart, Health, Looked, Roster};
use crate::transport::{Fetch, clock, timer};
use place::Place;
use roster::RosterKey;

/// Everything that lives as long as the page. Cheap to copy; found with [`use_store`].
#[derive(Clone, Copy)]
pub struct Store {
    config: StoredValue<Arc<Config>>,
    clients: StoredValue<Vec<Client<Fetch>>, LocalStorage>,
    pub reader: RwSignal<Option<Reader>>,
    pub health: RwSignal<Health>,
    pub roster: RwSignal<Roster<RosterKey>>,
    /// Now, to the quarter minute: for ages, overdue dates and "2 h ago".
    pub now: RwSignal<DateTime<Utc>>,
    /// What has code of its own.
    later: StoredValue<Later>,
    /// Where the reader is.
    pub place: RwSignal<Place>,
    /// Where it is kept whom the reader has looked at.
    pub looked_kept: RwSignal<KeptIn>,
    /// Somebody has moved a hand here: what may be wanted next is loaded.
    pub hand: RwSignal<bool>,
    /// What stands beside every page, once its code is there: it watches what happens in hospitals.
    pub beside: RwSignal<Option<fn() -> AnyView>>,
    /// What the reader wants to be told of.
    pub alerts: RwSignal<alerts::Alerting>,
    /// How many events that the reader wants to be told of wait to be looked at.
    pub news: RwSignal<usize>,
    /// The feed of this reader, and what owns it.
    live: StoredValue<Option<(feed::Live, Owner)>>,
    /// Owns what outlives a page.
    root: StoredValue<Owner>,
}

/// What is no matter of the first screen, each from when its code is there.
#[derive(Clone, Copy, Default)]
struct Later {
    /// The open person, once anybody is.
    chart: Option<RwSignal<Chart>>,
    /// Whom the reader has looked at, once anybody asks.
    looked: Option<RwSignal<Looked>>,
    /// What is known of the people of a list.
    known: Option<roster::Known>,
    /// How the open person is asked for again. Set by [`chart`].
    retry_person: Option<Retry>,
}

/// Asks a source again.
type Retry = fn(Store, &SourceId);

/// How often the clock on the screen moves and due refreshes are looked for.
const TICK: Duration = Duration::from_secs(15);

impl Store {
    pub fn new(config: Config) -> Self {
        let transport = Rc::new(Fetch);
        let timeout = Duration::from_secs(u64::from(config.limits.timeout_seconds));
        let client = |source| Client::new(source, Rc::clone(&transport), timeout);
        let clients: Vec<Client<Fetch>> = config.sources.iter().cloned().map(client).collect();
        let health = Health::of(config.sources.iter().map(|it| it.id.clone()));
        let reader = reader::kept();
        Self {
            clients: StoredValue::new_local(clients),
            config: StoredValue::new(Arc::new(config)),
            looked_kept: RwSignal::new(KeptIn::default()),
            alerts: RwSignal::new(alerts::Alerting::default()),
            reader: RwSignal::new(reader),
            health: RwSignal::new(health),
            roster: RwSignal::new(Roster::default()),
            now: RwSignal::new(clock::now()),
            later: StoredValue::new(Later::default()),
            place: RwSignal::new(Place::current()),
            hand: RwSignal::new(false),
            beside: RwSignal::new(None),
            news: RwSignal::new(0),
            live: StoredValue::new(None),
            root: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The person who is open.
    pub fn chart(&self) -> RwSignal<Chart> {
        self.later.get_value().chart.unwrap_or_else(|| {
            let made = self.root.get_value().with(RwSignal::default);
            self.later.update_value(|it| it.chart = Some(made));
            made
        })
    }

    /// When the reader last looked at each person, as this device knows it.
    pub fn looked(&self) -> RwSignal<Looked> {
        self.later.get_value().looked.unwrap_or_else(|| {
            let kept = self.reader.with_untracked(|it| looked::kept(it.as_ref()));
            let made = self.root.get_value().with(|| RwSignal::new(kept));
            self.later.update_value(|it| it.looked = Some(made));
            made
        })
    }

    pub fn config(&self) -> Arc<Config> {
        self.config.get_value()
    }

    /// The short name of a source, for tags.
    pub fn source_name(&self, id: &SourceId) -> String {
        self.config.with_value(|config| {
            config
                .source(id)
                .map_or_else(|| id.as_str().to_owned(), |it| it.short_name.clone())
        })
    }

    /// Whether any source is configured to provide this.
    pub fn anybody_provides(&self, topic: Topic) -> bool {
        self.config
            .with_value(|it| it.sources.iter().any(|it| it.provides.contains(&topic)))
    }

    /// Whether the shared record can be asked for this type about a person: what cannot be asked is not known.
    pub fn shared_offers(&self, kind: &'static str) -> bool {
        self.shared().is_some_and(|it| it.offers(kind))
    }

    pub fn shared_id(&self) -> Option<SourceId> {
        self.config
            .with_value(|it| it.shared().map(|it| it.id.clone()))
    }

    /// The short name of the shared record.
    pub fn shared_name(&self) -> String {
        self.config.with_value(|it| {
            it.shared()
                .map(|it| it.short_name.clone())
                .unwrap_or_default()
        })
    }

    fn clients(&self) -> Vec<Client<Fetch>> {
        self.clients.with_value(Clone::clone)
    }

    /// From now on long answers are read with pauses. Only what is not in the first bytes asks for it.
    fn read_in_steps(&self) {
        for client in self.clients() {
            client.read_in_steps(steps::read);
        }
    }

    fn shared(&self) -> Option<Client<Fetch>> {
        let clients = self.clients();
        let shared = self
            .config
            .with_value(|it| it.shared().map(|it| it.id.clone()))?;
        clients.into_iter().find(|it| it.source().id == shared)
    }

    fn client(&self, id: &SourceId) -> Option<Client<Fetch>> {
        self.clients().into_iter().find(|it| it.source().id == *id)
    }
}

/// The store of this page.
///
/// # Panics
/// When called outside the app, which provides it before anything else.
#[expect(
    clippy::expect_used,
    reason = "the app provides the store before it shows anything"
)]
pub fn use_store() -> Store {
    use_context::<Store>().expect("the store is provided by the app")
}

/// Moves the clock on the screen, for as long as the calling owner lives.
pub fn keep_time(store: Store) {
    leptos::task::spawn_local_scoped_with_cancellation(async move {
        loop {
            timer::sleep(TICK).await;
            followers::shed(&store.now);
            if store.now.try_set(clock::now()).is_some() {
                return;
            }
        }
    });
}

/// Now, by this device's clock.
pub fn now() -> DateTime<Utc> {
    clock::now()
}

/// Waits, e.g. until somebody stops typing.
pub async fn pause(time: Duration) {
    timer::sleep(time).await;
}

/// "Try again" in the list of sources: what is open is asked of this source again.
pub fn retry_source(store: Store, source: &SourceId) {
    if let Some(retry) = store.later.get_value().retry_person {
        retry(store, source);
    }
    if let Some(known) = store.later.get_value().known {
        (known.retry)(store, source);
    }
}
