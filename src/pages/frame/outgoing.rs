//! What the reader has saved and the record does not have yet, on every page: how much, whose, why, and the way to it.

use leptos::prelude::*;

use crate::domain::PatientId;
use crate::pages::patient::plan::part_of;
use crate::present::{name, outbox as words};
use crate::routes::{Page, Section};
use crate::state::outbox::{Standing, Waiting};
use crate::store::writing::Outgoing;
use crate::store::{Store, place, use_store};
use crate::ui::{WaitLine, WaitsButton, WaitsList};

/// For whom is not on the screen.
const UNNAMED: &str = "somebody whose record is not open";

#[component]
pub fn Waits(it: Outgoing) -> impl IntoView {
    let store = use_store();
    let open = RwSignal::new(false);
    let summary = Memo::new(move |_| {
        it.list
            .with(|list| words::summary(list, it.unsigned.get(), store.now.get()))
    });
    // Heard once: that something waits, needs somebody, or is saved.
    let told = move || summary.with(|it| it.as_ref().map(|it| it.words.clone()));
    view! {
        <WaitsButton summary open content=move || view! { <List it open/> }/>
        <div class="nhsuk-u-visually-hidden" role="status">{told}</div>
    }
}

#[component]
fn List(it: Outgoing, open: RwSignal<bool>) -> impl IntoView {
    let store = use_store();
    let lines = Memo::new(move |_| {
        let now = it.list.with(|list| list.now(store.now.get()));
        let late = |it: &&Waiting| it.is_late(now);
        let line = |it: &Waiting| line(store, it);
        let all = it
            .list
            .with(|list| list.all().iter().filter(late).map(line).collect::<Vec<_>>());
        // Names are asked for only while somebody looks.
        if open.get() { all } else { Vec::new() }
    });
    let on_try = Callback::new(move |name: String| it.try_now(&name));
    let on_open = Callback::new(move |name: String| {
        open.set(false);
        go(store, it, &name);
    });
    let none = move || {
        lines
            .with(Vec::is_empty)
            .then_some("Everything that you saved is on the record.")
    };
    view! {
        <WaitsList lines on_try on_open/>
        <p class="app-waits__none">{none}</p>
    }
}

fn line(store: Store, it: &Waiting) -> WaitLine {
    WaitLine {
        id: it.found.name.clone(),
        who: known(store, &it.found.patient).unwrap_or_else(|| UNNAMED.to_owned()),
        what: words::what(it),
        why: words::why(it, &store.shared_name(), store.now.get()),
        can_try: !matches!(
            it.standing,
            Standing::Sending | Standing::Open | Standing::Undecided
        ),
        needs_somebody: it.standing.needs_somebody(),
    }
}

/// The name of a person who is on the screen.
fn known(store: Store, id: &PatientId) -> Option<String> {
    let page = store.place.with(|it| it.page.clone());
    match page {
        Some(Page::Patient(open, _)) if open == *id => store.chart().with(|chart| {
            let own = chart.facts().patients.into_iter().find(|it| it.id == *id);
            own.filter(|_| chart.id() == Some(id))
                .map(|it| name::of_patient(&it))
        }),
        Some(Page::Worklist(_)) => store.roster.with(|roster| {
            let own = roster.people().iter().find(|it| it.patient.id == *id);
            own.map(|it| name::of_patient(&it.patient))
        }),
        _ => None,
    }
}

/// To where it is written, with the editor open.
fn go(store: Store, it: Outgoing, name: &str) {
    let found = it.list.with_untracked(|list| {
        let own = list.all().iter().find(|it| it.found.name == name);
        own.map(|it| (it.found.patient.clone(), it.found.section))
    });
    let Some((patient, section)) = found else {
        return;
    };
    it.to_open.set(Some(name.to_owned()));
    place::go_to(
        store,
        &Page::Patient(patient, Section::Plan),
        part_of(section),
    );
}
