//! The rows of the open list: who is on it at once, and what sources have told of them when that can be read
//! ([`super::told`]).

use std::fmt;
use std::sync::Arc;

use leptos::prelude::*;

use super::line::Line;
use crate::domain::Patient;
use crate::domain::worklist::{self, Order, Show};
use crate::present::{date, worklist as present};
use crate::routes::Listing;
use crate::state::Remote;
use crate::store::Store;

/// How many people each filter would show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub all: usize,
    /// There are others on the list, or may be.
    pub is_cut: bool,
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

/// The rows with what sources have told.
#[derive(Clone, Copy)]
pub struct Told {
    /// In the order and with the filter of the address.
    pub lines: Memo<Arc<Vec<Line>>>,
    pub counts: Memo<Counts>,
}

#[derive(Clone, Copy)]
pub struct Rows {
    pub store: Store,
    pub listing: Memo<Listing>,
    /// Once the code for it is there.
    pub told: RwSignal<Option<Told>>,
    pub shown: Memo<Arc<Vec<Line>>>,
    pub counts: Memo<Counts>,
}

/// Who is on the list, by name: all that can be shown before what sources tell can be read. With a filter nobody is, since
/// whom it lets through is not known.
fn plain(store: Store, show: Show) -> Vec<Line> {
    let mut people: Vec<Arc<Patient>> = match show {
        Show::All => store.roster.with(|it| {
            let people = it.people().iter();
            people.map(|it| Arc::clone(&it.patient)).collect()
        }),
        _ => Vec::new(),
    };
    worklist::sort_people(&mut people);
    let line = |patient| Line {
        patient,
        said: None,
    };
    people.into_iter().map(line).collect()
}

impl Rows {
    pub fn new(store: Store, listing: Memo<Listing>) -> Self {
        let told = RwSignal::new(None::<Told>);
        let shown = Memo::new(move |_| match told.get() {
            Some(it) => it.lines.get(),
            None => Arc::new(plain(store, listing.with(|it| it.show))),
        });
        let counts = Memo::new(move |_| match told.get() {
            Some(it) => it.counts.get(),
            None => Counts {
                all: store.roster.with(|it| it.people().len()),
                is_cut: store.roster.with(crate::state::Roster::goes_on),
                ..Counts::default()
            },
        });
        Self {
            store,
            listing,
            told,
            shown,
            counts,
        }
    }

    /// Nobody could say who is on the list.
    pub fn is_failed(self) -> bool {
        self.store
            .roster
            .with(|it| matches!(it.load(), Remote::Failed(_)))
    }

    /// "50 of 2,000 people".
    pub fn loaded_words(self) -> String {
        let by_name = self.listing.with(|it| it.order == Order::Name);
        self.store
            .roster
            .with(|it| present::people(it.people().len(), it.total(), it.has_more(), by_name))
    }

    /// How many, as at when; nothing before anybody could be counted, which would be read out as "0 people".
    pub fn head_words(self) -> String {
        if self.is_failed() {
            "Nobody is known".to_owned()
        } else if self.store.roster.with(|it| it.load().seen().is_none()) {
            String::new()
        } else {
            format!("{} · {}", self.loaded_words(), self.as_at())
        }
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
