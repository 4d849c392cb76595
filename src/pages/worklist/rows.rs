//! The rows of the open list: made from what the sources have said so far, sorted and filtered here.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::cells::Line;
use crate::domain::worklist::{self, Order, Row, Show};
use crate::domain::{SourceId, Topic};
use crate::present::date;
use crate::routes::{ListId, Listing};
use crate::state::{Listed, Remote};
use crate::store::{Store, looked};

/// How many people each filter would show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub all: usize,
    pub in_hospital: Count,
    pub changed: Count,
    pub overdue: Count,
}

/// A count of what sources tell: none while they are awaited, a least one where some tell nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    #[default]
    Awaited,
    Exactly(usize),
    AtLeast(usize),
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Awaited => f.write_str("…"),
            Self::Exactly(count) => write!(f, "{count}"),
            Self::AtLeast(count) => write!(f, "{count}+"),
        }
    }
}

#[derive(Clone, Copy)]
pub struct Rows {
    store: Store,
    /// In the order and with the filter of the address.
    pub shown: Memo<Vec<Line>>,
    pub counts: Memo<Counts>,
}

/// What a row takes from the shared record, with the type that it is asked by.
const SHARED: [(Topic, &str); 3] = [
    (Topic::Plans, "CarePlan"),
    (Topic::Team, "CareTeam"),
    (Topic::Risk, "RiskAssessment"),
];

impl Rows {
    pub fn new(store: Store, listing: Memo<Listing>) -> Self {
        // In the order of the list, so that the line made before is found by its place.
        let made = Memo::new(move |before: Option<&Vec<Line>>| {
            let now = store.now.get();
            let looked = store.looked.get();
            store.roster.with(|roster| {
                let people = roster.people().iter().enumerate();
                let line = |(at, it): (usize, &Listed)| {
                    let before = before.and_then(|it| it.get(at));
                    line(store, before, it, looked.last(&it.patient.id), now)
                };
                people.map(line).collect::<Vec<_>>()
            })
        });
        let at_trusts = Memo::new(move |_| listing.with(|it| it.list == ListId::InHospital));
        // Somebody may have gone home since the list was asked for.
        let stays = move |it: &&Line| !at_trusts.get() || it.may_be_in_hospital();
        let counts = Memo::new(move |_| {
            made.with(|all| count(&all.iter().filter(stays).collect::<Vec<_>>()))
        });
        let shown = Memo::new(move |_| {
            let listing = listing.get();
            let mut rows: Vec<Line> = made.with(|all| {
                let here = all.iter().filter(stays);
                here.filter(|it| it.row.shows(listing.show))
                    .cloned()
                    .collect()
            });
            // While sources are still awaited, the order that hangs on their answers would jump with each of them.
            let settled = !rows.iter().any(|it| it.place_waits || it.shared_waits);
            worklist::sort(&mut rows, if settled { listing.order } else { Order::Name });
            rows
        });
        Self {
            store,
            shown,
            counts,
        }
    }

    /// "50 of 2,000 people".
    pub fn loaded_words(self) -> String {
        self.store.roster.with(|it| {
            let here = it.people().len();
            match it.total() {
                Some(total) if usize::try_from(total).is_ok_and(|total| total > here) => {
                    format!("{here} of {total} people")
                }
                _ if it.has_more() => format!("{here} people so far"),
                _ if here == 1 => "1 person".to_owned(),
                _ => format!("{here} people"),
            }
        })
    }

    /// "as at 14:05", "as at 14:05, refreshing".
    pub fn as_at(self) -> String {
        self.store.roster.with(|roster| {
            let now = self.store.now.get();
            let waiting = roster
                .people()
                .iter()
                .any(|it| it.parts.values().any(Remote::is_waiting));
            let refreshing = if waiting || roster.load().is_waiting() {
                ", refreshing"
            } else {
                ""
            };
            roster
                .load()
                .seen()
                .map(|it| format!("{}{refreshing}", date::as_at(it.at, now)))
                .unwrap_or_default()
        })
    }
}

fn count(lines: &[&Line]) -> Counts {
    let of = |show, waits: fn(&Line) -> bool, silent: fn(&Line) -> bool| {
        let here = || lines.iter().filter(|it| it.row.shows(show)).count();
        if lines.iter().any(|it| waits(it)) {
            Count::Awaited
        } else if lines.iter().any(|it| silent(it)) {
            Count::AtLeast(here())
        } else {
            Count::Exactly(here())
        }
    };
    let no_place: fn(&Line) -> bool = |it| !it.not_reached.is_empty();
    let no_plan: fn(&Line) -> bool = |it| it.silent.contains(&Topic::Plans);
    Counts {
        all: lines.len(),
        in_hospital: of(Show::InHospital, |it| it.place_waits, no_place),
        changed: of(
            Show::Changed,
            |it| it.place_waits || it.shared_waits,
            |it| !it.not_reached.is_empty() || !it.silent.is_empty(),
        ),
        overdue: of(Show::ReviewOverdue, |it| it.shared_waits, no_plan),
    }
}

/// The line made before, unless something has changed since.
fn line(
    store: Store,
    before: Option<&Line>,
    listed: &Listed,
    looked: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Line {
    let is_same = |it: &&Line| {
        let who = it.row.patient.id == listed.patient.id;
        // Overdue and "since" change by the day, so within an hour nothing needs to be made again.
        let recent = (now - it.made).num_minutes() < 60;
        who && it.version == listed.version && it.looked == looked && recent
    };
    match before.filter(is_same) {
        Some(it) => it.clone(),
        None => make(store, listed, looked, now),
    }
}

fn make(
    store: Store,
    listed: &Listed,
    looked_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Line {
    let config = store.config();
    let missing = |topic: Topic| {
        let providing = config
            .sources
            .iter()
            .filter(|it| it.provides.contains(&topic));
        let silent = providing.filter(|it| {
            listed
                .parts
                .get(&it.id)
                .is_none_or(|data| data.seen().is_none())
        });
        silent.map(|it| it.id.clone()).collect::<Vec<_>>()
    };
    let since = looked_at.unwrap_or_else(|| looked::never_looked(now));
    let mut row = Row::of(&listed.patient, &listed.facts(), Some(since), now, missing);
    if !store.anybody_provides(Topic::Activity) {
        row.whereabouts = row.whereabouts.where_nobody_tells();
    }
    let is_awaited = |source: &SourceId| {
        let part = listed.parts.get(source);
        part.is_none_or(|it| it.problem().is_none())
    };
    let waits = |topic| missing(topic).iter().any(is_awaited);
    row.whereabouts = row.whereabouts.awaiting(is_awaited);
    let not_reached = row.whereabouts.missing.iter();
    let not_reached = not_reached.map(|it| store.source_name(it)).collect();
    Line {
        row: Arc::new(row),
        place_waits: waits(Topic::Activity),
        shared_waits: waits(Topic::Plans),
        silent: SHARED
            .into_iter()
            .filter(|(_, kind)| !missing(Topic::Plans).is_empty() || !store.shared_offers(kind))
            .map(|(topic, _)| topic)
            .collect(),
        not_reached,
        made: now,
        looked: looked_at,
        version: listed.version,
    }
}
