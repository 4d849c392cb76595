//! The forms that a locality adds to the plan: named in `config.json`, asked of the shared record with the first plan.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Store;
use super::health::Watch;
use super::problem::problem;
use crate::api::forms;
use crate::domain::questionnaire::Questionnaire;
use crate::state::Problem;
use crate::transport::{clock, fetch};

/// Why there are fewer forms than the configuration names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The file is wrong: where, and what.
    Config(String, String),
    /// Since when.
    Failed(Problem, DateTime<Utc>),
    /// The shared record has none of this address in force.
    NotThere(String),
}

#[derive(Clone, Default)]
struct Known {
    wanted: Vec<String>,
    forms: Vec<&'static Questionnaire>,
}

thread_local! {
    /// What was read last: the next plan has it at once.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// For one plan that is open.
#[derive(Clone, Copy)]
pub struct Forms {
    pub all: RwSignal<Vec<&'static Questionnaire>>,
    pub missing: RwSignal<Vec<Missing>>,
    /// Canonical addresses, with their versions.
    wanted: RwSignal<Vec<String>>,
}

impl Forms {
    /// Whether what answers this is no section of its own.
    pub fn are_other(self, canonical: Option<&str>) -> bool {
        self.wanted.with(|all| {
            let own = |it: &String| it.split('|').next() == canonical;
            canonical.is_none() || !all.iter().any(own)
        })
    }
}

/// The form whose place on the page has this name.
pub fn at(anchor: &str) -> Option<&'static Questionnaire> {
    KNOWN.with_borrow(|it| it.forms.iter().find(|it| it.anchor == anchor).copied())
}

/// Asks, for as long as the calling owner lives.
pub fn open(store: Store) -> Forms {
    let known = KNOWN.with_borrow(Clone::clone);
    let it = Forms {
        all: RwSignal::new(known.forms),
        missing: RwSignal::new(Vec::new()),
        wanted: RwSignal::new(known.wanted),
    };
    ask(store, it);
    it
}

/// Once more, where something failed.
pub fn ask(store: Store, it: Forms) {
    spawn(async move {
        let config = fetch::file("/config.json").await.unwrap_or_default();
        let missing = match forms::wanted(&config) {
            Ok(wanted) => {
                it.wanted.try_set(wanted.clone());
                read(store, it, wanted).await
            }
            Err(error) => vec![Missing::Config(error.place, error.what)],
        };
        it.missing.try_set(missing);
    });
}

async fn read(store: Store, it: Forms, wanted: Vec<String>) -> Vec<Missing> {
    let (Some(client), false) = (store.shared(), wanted.is_empty()) else {
        return Vec::new();
    };
    let watch = Watch::start(store, &client.source().id);
    let found = forms::read(&client, &wanted).await;
    watch.end_with(&found);
    let found = match found {
        Ok(found) => found,
        Err(error) => return vec![Missing::Failed(problem(&error), clock::now())],
    };
    let gone = wanted.iter().zip(&found).filter(|(_, it)| it.is_none());
    let gone = gone
        .map(|(url, _)| Missing::NotThere(url.clone()))
        .collect();
    let forms: Vec<&'static Questionnaire> = found.into_iter().flatten().collect();
    KNOWN.set(Known {
        wanted,
        forms: forms.clone(),
    });
    // Only what is different is drawn again.
    it.all.try_maybe_update(|all| {
        let same = |(a, b): (&&Questionnaire, &&Questionnaire)| std::ptr::eq(*a, *b);
        let is_new = all.len() != forms.len() || !all.iter().zip(&forms).all(same);
        *all = forms;
        (is_new, ())
    });
    gone
}
