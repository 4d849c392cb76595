//! The rows with what the sources have told so far, sorted and filtered here. This is a part of its own: its code, which
//! reads all kinds of facts, comes when the first people are on the screen.

mod cells;

use std::borrow::Borrow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Ground;
use super::line::Line;
use super::rows::{Count, Counts, Told};
use crate::domain::worklist::{self, Brief, Order, Row, Show};
use crate::domain::{SourceId, Topic};
use crate::present::{problem, whereabouts};
use crate::routes::{ListId, Listing};
use crate::state::{Listed, Problem, is_in_part};
use crate::store::roster::known;
use crate::store::{Store, looked};

/// Of a row what sorts and counts it, and what is still awaited for it. The row itself is made again when it is drawn: a
/// list can be of thousands, and few are seen.
#[derive(Clone, Debug)]
struct Known {
    brief: Brief,
    /// Where the person is, and what changed, is not known yet.
    place_waits: bool,
    /// Plan, key worker and risk are not known yet.
    shared_waits: bool,
    /// On what the shared record has not answered, or cannot be asked.
    silent: Vec<Topic>,
    /// Which sources of hospital activity have not told all, in words.
    unheard: Option<Box<str>>,
    made: DateTime<Utc>,
    /// When the reader last looked at the person.
    looked: Option<DateTime<Utc>>,
    version: u64,
    /// Another one for everything else that is shown; `None` while everything waits.
    shown: Option<u64>,
}

/// Whoever is the same and of the same version says the same.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
            && self.made == other.made
            && self.brief.changes == other.brief.changes
            && self.brief.patient.id == other.brief.patient.id
    }
}

impl Borrow<Brief> for Arc<Known> {
    fn borrow(&self) -> &Brief {
        &self.brief
    }
}

impl Known {
    /// Of what the cells show: an answer that changes nothing on the screen draws nothing again.
    fn fingerprint(&self, row: &Row) -> Option<u64> {
        let is_hot = self.brief.in_hospital;
        if self.place_waits && self.shared_waits && !is_hot && row.alerts == 0 {
            return None;
        }
        let mut hash = DefaultHasher::new();
        // Words such as "yesterday" go by the day, and by the hour at most.
        (self.made.timestamp() / 3600, is_hot, row.alerts).hash(&mut hash);
        (self.place_waits, self.shared_waits).hash(&mut hash);
        if !self.place_waits || is_hot {
            (&row.whereabouts, &self.unheard).hash(&mut hash);
        }
        if !self.place_waits {
            (row.changes, &row.newest).hash(&mut hash);
        }
        if !self.shared_waits {
            (&row.plan, &row.key_worker, &row.risk, &self.silent).hash(&mut hash);
        }
        Some(hash.finish())
    }

    /// Is there, or cannot be said not to be: a source has not answered yet.
    fn may_be_in_hospital(&self) -> bool {
        self.brief.in_hospital || self.place_waits || self.unheard.is_some()
    }
}

/// Shows nothing by itself: from now on rows have what sources tell, for as long as this lives.
#[component]
pub fn ToldPart() -> impl IntoView {
    let Ground { rows, cursor } = expect_context();
    let list = rows.listing.with_untracked(|it| it.list.clone());
    known::begin(rows.store, &list, cursor);
    rows.told.set(Some(told(rows.store, rows.listing)));
    on_cleanup(move || {
        rows.told.try_set(None);
    });
}

/// What a row takes from the shared record, with the type that it is asked by.
const SHARED: [(Topic, &str); 3] = [
    (Topic::Plans, "CarePlan"),
    (Topic::Team, "CareTeam"),
    (Topic::Risk, "RiskAssessment"),
];

fn told(store: Store, listing: Memo<Listing>) -> Told {
    // In the order of the list, so that the line made before is found by its place.
    let made = Memo::new(move |before: Option<&Vec<Arc<Known>>>| {
        let now = store.now.get();
        let looked = store.looked().get();
        store.roster.with(|roster| {
            let people = roster.people().iter().enumerate();
            let one = |(at, it): (usize, &Listed)| {
                let before = before.and_then(|it| it.get(at));
                known_line(store, before, it, looked.last(&it.patient.id), now)
            };
            people.map(one).collect::<Vec<_>>()
        })
    });
    let at_trusts = Memo::new(move |_| listing.with(|it| it.list == ListId::InHospital));
    // Somebody may have gone home since the list was asked for.
    let stays = move |it: &&Arc<Known>| !at_trusts.get() || it.may_be_in_hospital();
    let counts = Memo::new(move |_| {
        let is_cut = store.roster.with(crate::state::Roster::goes_on);
        made.with(|all| count(&all.iter().filter(stays).collect::<Vec<_>>(), is_cut))
    });
    let lines = Memo::new(move |_| {
        let listing = listing.get();
        let mut rows: Vec<Arc<Known>> = made.with(|all| {
            let here = all.iter().filter(stays);
            here.filter(|it| it.brief.shows(listing.show))
                .cloned()
                .collect()
        });
        // While sources are still awaited, the order that hangs on their answers would jump with each of them.
        let settled = !rows.iter().any(|it| it.place_waits || it.shared_waits);
        worklist::sort(&mut rows, if settled { listing.order } else { Order::Name });
        let line = |it: Arc<Known>| Line {
            patient: Arc::clone(&it.brief.patient),
            said: Some(it),
        };
        Arc::new(rows.into_iter().map(line).collect::<Vec<_>>())
    });
    Told { lines, counts }
}

/// `is_cut`: there may be others on the list, of whom nothing is known.
fn count(lines: &[&Arc<Known>], is_cut: bool) -> Counts {
    let of = |show, waits: fn(&Known) -> bool, silent: fn(&Known) -> bool| {
        let here = || lines.iter().filter(|it| it.brief.shows(show)).count();
        if lines.iter().any(|it| waits(it)) {
            Count::Awaited
        } else if is_cut || lines.iter().any(|it| silent(it)) {
            Count::AtLeast(here())
        } else {
            Count::Exactly(here())
        }
    };
    let no_place: fn(&Known) -> bool = |it| it.unheard.is_some();
    let no_plan: fn(&Known) -> bool = |it| it.silent.contains(&Topic::Plans);
    Counts {
        all: lines.len(),
        is_cut,
        in_hospital: of(Show::InHospital, |it| it.place_waits, no_place),
        changed: of(
            Show::Changed,
            |it| it.place_waits || it.shared_waits,
            |it| it.unheard.is_some() || !it.silent.is_empty(),
        ),
        overdue: of(Show::ReviewOverdue, |it| it.shared_waits, no_plan),
    }
}

/// The line made before, unless something has changed since.
fn known_line(
    store: Store,
    before: Option<&Arc<Known>>,
    listed: &Listed,
    looked: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Arc<Known> {
    let is_same = |it: &&Arc<Known>| {
        let who = it.brief.patient.id == listed.patient.id;
        // Overdue and "since" change by the day, so within an hour nothing needs to be made again.
        let recent = (now - it.made).num_minutes() < 60;
        who && it.version == listed.version && it.looked == looked && recent
    };
    match before.filter(is_same) {
        Some(it) => Arc::clone(it),
        None => make(store, listed, looked, now),
    }
}

fn make(
    store: Store,
    listed: &Listed,
    looked_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Arc<Known> {
    let row = row(store, listed, looked_at, now);
    let waits = |topic| {
        let mut silent = silent_on(store, listed, topic).into_iter();
        silent.any(|it| is_awaited(listed, &it))
    };
    let unheard = whereabouts::unheard(&row.whereabouts, &|it| store.source_name(it), &|id| {
        why(listed, id)
    });
    let shared_is_silent = !silent_on(store, listed, Topic::Plans).is_empty();
    let mut known = Known {
        brief: row.brief(),
        place_waits: waits(Topic::Activity),
        shared_waits: waits(Topic::Plans),
        silent: SHARED
            .into_iter()
            .filter(|(_, kind)| shared_is_silent || !store.shared_offers(kind))
            .map(|(topic, _)| topic)
            .collect(),
        unheard: unheard.map(String::into_boxed_str),
        made: now,
        looked: looked_at,
        version: listed.version,
        shown: None,
    };
    known.shown = known.fingerprint(&row);
    Arc::new(known)
}

/// Sources that should tell about this and have not, or not all of it.
fn silent_on(store: Store, listed: &Listed, topic: Topic) -> Vec<SourceId> {
    let config = store.config();
    let providing = config
        .sources
        .iter()
        .filter(|it| it.provides.contains(&topic));
    let silent = providing.filter(|it| {
        if is_unasked(store, listed, &it.id) {
            return true;
        }
        let part = listed.parts.get(&it.id);
        part.is_none_or(|it| it.seen().is_none() || is_in_part(it))
    });
    silent.map(|it| it.id.clone()).collect()
}

/// Without a valid NHS number nobody but the shared record can be asked.
fn is_unasked(store: Store, listed: &Listed, source: &SourceId) -> bool {
    listed.patient.asked_by().next().is_none() && Some(source) != store.shared_id().as_ref()
}

/// What went wrong with a source, in the words of the panels: "too busy to answer".
fn why(listed: &Listed, source: &SourceId) -> String {
    let problem = listed.parts.get(source).and_then(|it| it.problem());
    let problem = problem.map_or(&Problem::Unreachable, |(it, _)| it);
    problem::short(problem)
}

fn is_awaited(listed: &Listed, source: &SourceId) -> bool {
    let part = listed.parts.get(source);
    part.is_none_or(|it| it.seen().is_none() && it.problem().is_none())
}

/// The whole row, as the sources tell it now.
fn row(store: Store, listed: &Listed, looked_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Row {
    let since = looked_at.unwrap_or_else(|| looked::never_looked(now));
    let missing = |topic| silent_on(store, listed, topic);
    let mut row = Row::of(&listed.patient, &listed.facts(), Some(since), now, missing);
    if !store.anybody_provides(Topic::Activity) {
        row.whereabouts = row.whereabouts.where_nobody_tells();
    }
    let is_partial = |it: &SourceId| listed.parts.get(it).is_some_and(is_in_part);
    row.whereabouts = row
        .whereabouts
        .unasked(|it| is_unasked(store, listed, it))
        .awaiting(|it| is_awaited(listed, it))
        .in_part(is_partial);
    row
}
