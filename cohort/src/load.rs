//! Fills record APIs with the programme: any FHIR R4 server, by what its `CapabilityStatement` offers.
//!
//! - Ids of ours by `PUT` where the server lets a client choose them (tried, where it does not say), else `POST`
//!   with `urn:uuid` and the ids it gives, carried from one transaction to the next.
//! - Transactions where they are offered, else batches, else single calls.
//! - 429 and 503 are waited out (`Retry-After`); a transaction that is refused is sent again one by
//!   one, so that one bad resource costs one resource.
//! - Foundation first, then the people on the demo users' lists, then the rest: the page is usable early.
//!
//! All sources are filled at once; one that fails does not stop the others.

#[path = "load/client.rs"]
pub(crate) mod client;
#[path = "load/parcel.rs"]
mod parcel;
#[path = "load/references.rs"]
pub(crate) mod references;
#[path = "load/server.rs"]
pub(crate) mod server;
#[path = "load/tracker.rs"]
mod tracker;
#[path = "load/whom.rs"]
mod whom;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use serde_json::Value;

use crate::{programme::Programme, source::Source};
use client::Client;
use parcel::Sender;
use server::Server;
use tracker::Tracker;
pub use whom::roles_of;

/// Where one source's resources go.
#[derive(Debug, Clone)]
pub struct Target {
    pub source: Source,
    /// FHIR base URL, without a slash at the end.
    pub base_url: String,
    /// Sent as `Authorization: Bearer …` where the API wants it.
    pub bearer: Option<String>,
}

impl Target {
    pub fn new(source: Source, base_url: &str) -> Self {
        Self {
            source,
            base_url: base_url.trim_end_matches('/').to_owned(),
            bearer: None,
        }
    }
}

/// How far one source is.
#[derive(Debug, Clone)]
pub struct Progress {
    pub source: Source,
    pub phase: Phase,
    /// People sent to this source so far, of the programme's, and resources stored there.
    pub people: usize,
    pub people_total: usize,
    pub resources: usize,
    /// Everybody before this person is in every source: give it to [`load`] to go on from here.
    pub next_person: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Foundation,
    People,
    Groups,
    Done,
}

/// What a load did.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Resources stored, by source.
    pub resources: BTreeMap<Source, usize>,
    /// The person to resume from; the number of people when all are in.
    pub next_person: usize,
    pub complete: bool,
    /// What a server would not take, with its reason; the first hundred for each source.
    pub refused: Vec<Refusal>,
}

#[derive(Debug, Clone)]
pub struct Refusal {
    pub source: Source,
    /// `Type/id` as the programme has it.
    pub resource: String,
    pub reason: String,
}

#[derive(Debug, Clone, thiserror::Error)]
pub enum LoadError {
    #[error("{source_id}: {base_url} cannot be reached: {reason}")]
    Unreachable {
        source_id: &'static str,
        base_url: String,
        reason: String,
    },
    #[error("{source_id}: {base_url} is not a FHIR R4 server: {reason}")]
    NotFhir {
        source_id: &'static str,
        base_url: String,
        reason: String,
    },
    #[error("{source_id}: answered {status} to {what}: {reason}")]
    Answer {
        source_id: &'static str,
        status: u16,
        what: String,
        reason: String,
    },
    #[error("stopped")]
    Stopped,
}

/// What one source gets of a person.
type Share = (usize, Vec<Value>);

/// How many people may wait for a slow source before the others wait for it.
const AHEAD: usize = 64;

/// Fills the targets. Blocks until all is in, `stop` is set (then `complete` is false), or a source failed.
///
/// `progress` is called from several threads, about once for each transaction. `resume_from` is 0
/// the first time, later [`Progress::next_person`] or [`Loaded::next_person`] of the run before.
pub fn load(
    programme: &Programme,
    targets: &[Target],
    progress: &(dyn Fn(&Progress) + Sync),
    stop: &AtomicBool,
    resume_from: usize,
) -> Result<Loaded, LoadError> {
    let tracker = Tracker::new(
        programme.len(),
        targets.iter().map(|target| target.source),
        resume_from,
        progress,
    );
    let failure: Mutex<Option<LoadError>> = Mutex::new(None);
    let fail = |error: LoadError| {
        if let Ok(mut first) = failure.lock() {
            first.get_or_insert(error);
        }
    };
    std::thread::scope(|scope| {
        let mut channels: Vec<(Source, SyncSender<Share>)> = Vec::new();
        for target in targets {
            let (sender, receiver) = sync_channel(AHEAD);
            channels.push((target.source, sender));
            let (tracker, fail) = (&tracker, &fail);
            scope.spawn(move || {
                let worker = Filling {
                    programme,
                    target,
                    tracker,
                    stop,
                    resume_from,
                };
                if let Err(error) = worker.fill(receiver) {
                    fail(error);
                }
            });
        }
        scope.spawn(|| produce(programme, channels, stop, resume_from));
    });
    match failure.into_inner() {
        Ok(Some(error)) if !matches!(error, LoadError::Stopped) => Err(error),
        _ => Ok(tracker.summary()),
    }
}

/// Makes each person once and hands everybody's share to every source. A source whose worker has
/// gone is left out.
fn produce(
    programme: &Programme,
    mut channels: Vec<(Source, SyncSender<Share>)>,
    stop: &AtomicBool,
    from: usize,
) {
    for n in from..programme.len() {
        if stop.load(Ordering::Relaxed) || channels.is_empty() {
            return;
        }
        let mut record: BTreeMap<Source, Vec<Value>> = programme.person(n).into_iter().collect();
        channels.retain(|(source, channel)| {
            channel
                .send((n, record.remove(source).unwrap_or_default()))
                .is_ok()
        });
    }
}

/// One source being filled.
struct Filling<'a> {
    programme: &'a Programme,
    target: &'a Target,
    tracker: &'a Tracker<'a>,
    stop: &'a AtomicBool,
    resume_from: usize,
}

impl Filling<'_> {
    fn fill(&self, people: Receiver<Share>) -> Result<(), LoadError> {
        let source = self.target.source;
        let client = Client::new(self.target, self.stop);
        let foundation = self.foundation();
        let server = Server::ask(&client, &foundation)?;
        let sender = Arc::new(Sender::new(client, server, self.tracker));
        self.tracker.enter(source, Phase::Foundation);
        let mut early = false;
        if self.resume_from == 0 || !sender.keeps_ids() {
            for part in foundation.chunks(parcel::SIZE) {
                sender.send(part, parcel::Keep::Foundation)?;
            }
            early = self.groups(&sender, true)?;
        }
        self.tracker.enter(source, Phase::People);
        self.people(&sender, people)?;
        if !early {
            self.tracker.enter(source, Phase::Groups);
            self.groups(&sender, false)?;
        }
        self.tracker.enter(source, Phase::Done);
        Ok(())
    }

    fn foundation(&self) -> Vec<Value> {
        let foundation = self.programme.foundation();
        let mine = foundation
            .into_iter()
            .find(|(source, _)| *source == self.target.source);
        mine.map(|(_, resources)| resources).unwrap_or_default()
    }

    /// The areas' lists. `early`: before their people, which only some servers take.
    fn groups(&self, sender: &Sender, early: bool) -> Result<bool, LoadError> {
        if self.target.source != Source::Shared {
            return Ok(true);
        }
        if early && !sender.keeps_ids() {
            return Ok(false);
        }
        for group in self.programme.groups() {
            if early {
                if !sender.try_send(&group)? {
                    return Ok(false);
                }
            } else {
                sender.send(&[group], parcel::Keep::Foundation)?;
            }
        }
        Ok(true)
    }

    /// Two at a time: while the server stores one parcel the next is written.
    fn people(&self, sender: &Arc<Sender>, people: Receiver<Share>) -> Result<(), LoadError> {
        let people = Mutex::new(people);
        let work = || -> Result<(), LoadError> {
            loop {
                let Some(parcel) = next_parcel(&people) else {
                    return Ok(());
                };
                if self.stop.load(Ordering::Relaxed) {
                    return Err(LoadError::Stopped);
                }
                sender.send_people(&parcel, self.resume_from)?;
                let resources = parcel.iter().map(|(_, resources)| resources.len()).sum();
                self.tracker.people_in(
                    self.target.source,
                    parcel.iter().map(|(n, _)| *n),
                    resources,
                );
            }
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(work);
            let mine = work();
            let others = other.join().unwrap_or(Err(LoadError::Stopped));
            mine.and(others)
        })
    }
}

/// As many whole people as fill a parcel; none when there are no more.
fn next_parcel(people: &Mutex<Receiver<Share>>) -> Option<Vec<Share>> {
    let people = people.lock().ok()?;
    let mut parcel = vec![people.recv().ok()?];
    let mut size = parcel.first().map_or(0, |(_, resources)| resources.len());
    while size < parcel::SIZE && parcel.len() < AHEAD {
        let Ok(next) = people.try_recv() else { break };
        size += next.1.len();
        parcel.push(next);
    }
    Some(parcel)
}
