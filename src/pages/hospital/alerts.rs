//! What nobody had planned, told at once on every page: quietly, without moving anything, until it is looked at.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::PatientId;
use crate::domain::stream::{Event, EventKey};
use crate::domain::time::london;
use crate::pages::Arrival;
use crate::present::{self, feed as words};
use crate::routes::{Page, Section, Watching};
use crate::state::Feed;
use crate::store::feed::Live;
use crate::store::{Store, alerts, feed, use_store};
use crate::ui::Toast;

/// As many at once; of more, how many. On a phone one is much already.
const MOST: usize = 3;
const NARROW: f64 = 641.0;

/// Of whom, and of what: a group appointment is an event of each of them.
type Alert = (PatientId, EventKey);

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Told {
    key: EventKey,
    person: PatientId,
    name: String,
    number: String,
    what: String,
    /// "14:05, South Manchester", with the day when it is not today.
    from: String,
}

#[component]
pub fn Alerts() -> impl IntoView {
    let store = use_store();
    let live = feed::of(store);
    let closed = RwSignal::new(HashSet::<Alert>::new());
    let told = Memo::new(move |_| waiting(store, live));
    // Whoever is opened has been looked at; what comes while somebody is open is told all the same.
    Effect::new(move |_| {
        let open = open_person(store);
        let is_open = |it: &&Arc<Event>| Some(&it.person) == open.as_ref();
        let seen: Vec<Alert> =
            told.with_untracked(|it| it.iter().filter(is_open).map(alert).collect());
        if !seen.is_empty() {
            closed.update(|it| it.extend(seen));
        }
    });
    let new = Memo::new(move |_| {
        let mut all = told.get();
        closed.with(|closed| all.retain(|it| !closed.contains(&alert(it))));
        all
    });
    let number = Memo::new(move |_| new.with(Vec::len));
    let arrival = use_context::<Arrival>();
    let tell = move |number| {
        store.news.set(number);
        if let Some(arrival) = arrival {
            arrival.show_title(store);
        }
    };
    Effect::new(move |_| tell(number.get()));
    on_cleanup(move || tell(0));
    tell_elsewhere(store, number);
    view! { <Toasts live new closed/> }
}

/// The reader is not at the page: how many, and never about whom.
fn tell_elsewhere(store: Store, number: Memo<usize>) {
    Effect::new(move |before: Option<usize>| {
        let now = number.get();
        if before.is_some_and(|it| now > it) && !is_quiet(store) {
            alerts::tell(
                store,
                &present::alerts::notice(now),
                present::alerts::NOTICE,
            );
        }
        now
    });
}

#[component]
fn Toasts(
    live: Live,
    new: Memo<Vec<Arc<Event>>>,
    closed: RwSignal<HashSet<Alert>>,
) -> impl IntoView {
    let store = use_store();
    // Where everything that happens is shown, nothing needs to be said beside it.
    let shown = Memo::new(move |_| {
        let is_there = store
            .place
            .with(|it| matches!(it.page, Some(Page::Hospital(_))));
        if is_there || is_quiet(store) {
            Vec::new()
        } else {
            new.get()
        }
    });
    let first = move || {
        let first = shown.with(|all| all.iter().take(most()).cloned().collect::<Vec<_>>());
        let feed = live.feed;
        feed.with_untracked(|feed| {
            let told = first.iter().map(|it| told(store, feed, it));
            told.collect::<Vec<_>>()
        })
    };
    let more = move || {
        let more = shown.with(Vec::len).saturating_sub(most());
        let href = Page::Hospital(Watching::default()).path();
        (more > 0).then(|| view! { <p class="app-toasts__more"><a class="nhsuk-link" href=href>{more} " more in Hospital activity"</a></p> })
    };
    let toast = move |it: Told| {
        let key = (it.person.clone(), it.key.clone());
        let close = Callback::new(move |()| {
            closed.update(|all| {
                all.insert(key.clone());
            });
        });
        // What happened stands beside what to do if it goes wrong.
        let href = Page::Patient(it.person, Section::Overview).path();
        view! { <Toast name=it.name number=it.number href what=it.what from=it.from on_close=close/> }
    };
    view! {
        <div class="app-toasts" role="status" aria-label="New in hospitals">
            <For each=first key=|it| it.clone() children=toast/>
            {more}
        </div>
    }
}

fn is_quiet(store: Store) -> bool {
    let time = london(store.now.get()).time();
    store.alerts.with(|it| it.rules.are_quiet(time))
}

fn most() -> usize {
    let width = window().inner_width().ok().and_then(|it| it.as_f64());
    if width.is_some_and(|it| it < NARROW) {
        1
    } else {
        MOST
    }
}

fn open_person(store: Store) -> Option<PatientId> {
    store.place.with(|it| match &it.page {
        Some(Page::Patient(id, _)) => Some(id.clone()),
        _ => None,
    })
}

fn alert(it: &Arc<Event>) -> Alert {
    (it.person.clone(), it.key.clone())
}

/// New events that the reader wants to be told of.
fn waiting(store: Store, live: Live) -> Vec<Arc<Event>> {
    let (rules, now) = (store.alerts.get().rules, store.now.get_untracked());
    live.key_worker_of.with(|mine| {
        let wanted = |it: &&Arc<Event>| rules.tell(it, now, || mine.contains(&it.person));
        live.feed
            .with(|feed| feed.waiting().iter().filter(wanted).cloned().collect())
    })
}

/// An event in words.
fn told(store: Store, feed: &Feed, event: &Event) -> Told {
    // What stands over midnight was yesterday.
    let now = store.now.get();
    let names = |id: &_| store.source_name(id);
    let person = feed.person(&event.person);
    let number = person.and_then(|it| it.numbers.first());
    Told {
        key: event.key.clone(),
        person: event.person.clone(),
        name: person
            .map(|it| present::name::of_patient(it))
            .unwrap_or_default(),
        number: number
            .map(|it| present::nhs_number::spaced(&it.number))
            .unwrap_or_default(),
        what: present::change::what(&event.change.what, &names, now),
        from: format!(
            "{}, {}",
            words::moment(&event.change, now),
            names(event.change.source())
        ),
    }
}
