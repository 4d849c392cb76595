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
use crate::transport::clock;

/// How a form that the configuration names stands while it is not here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    #[default]
    Waits,
    /// Since when.
    Failed(Problem, DateTime<Utc>),
    /// The shared record has none of this address in force.
    NotThere,
}

thread_local! {
    /// What was read last: the next plan has it at once.
    static KNOWN: RefCell<Vec<&'static Questionnaire>> = const { RefCell::new(Vec::new()) };
}

/// For one plan that is open.
#[derive(Clone, Copy)]
pub struct Forms {
    /// Those that are here.
    pub all: RwSignal<Vec<&'static Questionnaire>>,
    /// All that the configuration names: canonical addresses, with their versions.
    pub wanted: StoredValue<Vec<String>>,
    /// What is wrong with the configuration: where, and what.
    pub wrong: StoredValue<Option<(String, String)>>,
    /// How those that are not here stand, by their place in `wanted`.
    stands: RwSignal<Vec<Stands>>,
    /// Of the plan: what is asked again outlives the button that asks.
    owner: StoredValue<Owner>,
}

impl Forms {
    /// Whether what answers this is no section of its own.
    pub fn are_other(self, canonical: Option<&str>) -> bool {
        self.wanted.with_value(|all| {
            let own = |it: &String| it.split('|').next() == canonical;
            canonical.is_none() || !all.iter().any(own)
        })
    }

    /// The form of this address, once it is here.
    pub fn get(self, address: &str) -> Option<&'static Questionnaire> {
        let own = |it: &&&Questionnaire| Some(it.url) == address.split('|').next();
        self.all.with(|all| all.iter().find(own).copied())
    }

    /// Of the one at this place.
    pub fn stands(self, at: usize) -> Stands {
        self.stands
            .with(|all| all.get(at).cloned().unwrap_or_default())
    }
}

/// The form whose place on the page has this name.
pub fn at(anchor: &str) -> Option<&'static Questionnaire> {
    KNOWN.with_borrow(|it| it.iter().find(|it| it.anchor == anchor).copied())
}

/// Asks, for as long as the calling owner lives.
pub fn open(store: Store) -> Forms {
    let (wanted, wrong) = match forms::wanted(&store.config().questionnaires) {
        Ok(wanted) => (wanted, None),
        Err(error) => (Vec::new(), Some((error.place, error.what))),
    };
    let it = Forms {
        all: RwSignal::new(KNOWN.with_borrow(Clone::clone)),
        wanted: StoredValue::new(wanted),
        wrong: StoredValue::new(wrong),
        stands: RwSignal::new(Vec::new()),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
    };
    ask(store, it);
    it
}

/// Once more, where something failed.
pub fn ask(store: Store, it: Forms) {
    it.stands.set(Vec::new());
    it.owner
        .with_value(|owner| owner.with(|| spawn(read(store, it))));
}

async fn read(store: Store, it: Forms) {
    let wanted = it.wanted.try_get_value().unwrap_or_default();
    let (Some(client), false) = (store.shared(), wanted.is_empty()) else {
        return;
    };
    let watch = Watch::start(store, &client.source().id);
    let found = forms::read(&client, &wanted).await;
    watch.end_with(&found);
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            let failed = Stands::Failed(problem(&error), clock::now());
            it.stands.try_set(vec![failed; wanted.len()]);
            return;
        }
    };
    let stands = found.iter().map(|it| match it {
        Some(_) => Stands::Waits,
        None => Stands::NotThere,
    });
    let stands = stands.collect();
    take_in(it, found.into_iter().flatten().collect());
    it.stands.try_set(stands);
}

fn take_in(it: Forms, forms: Vec<&'static Questionnaire>) {
    KNOWN.set(forms.clone());
    // Only what is different is drawn again.
    it.all.try_maybe_update(|all| {
        let same = |(a, b): (&&Questionnaire, &&Questionnaire)| std::ptr::eq(*a, *b);
        let is_new = all.len() != forms.len() || !all.iter().zip(&forms).all(same);
        *all = forms;
        (is_new, ())
    });
}
