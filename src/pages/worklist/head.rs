//! Above the rows: which list, how many, as at when, the filters; and what stands there when nobody does.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::rows::{Count, Counts, Rows};
use crate::pages::later::{self, Later};
use crate::present;
use crate::routes::{ListId, Listing, Show};
use crate::state::Problem;
use crate::store::roster;
use crate::store::use_store;
use crate::ui::nhs::{Button, ButtonVariant};
use crate::ui::{Chip, Chips};

#[component]
pub fn Head(listing: Memo<Listing>, rows: Rows, go: Callback<Listing>) -> impl IntoView {
    // Of a list that could not be had no number is known.
    let failed = Memo::new(move |_| rows.is_failed());
    let chip = move |show: Show, name: &'static str, count: fn(&Counts) -> Count| {
        let number = move || rows.counts.with(|it| format!("{name} {}", count(it)));
        let text = Signal::derive(move || {
            if failed.get() {
                name.to_owned()
            } else {
                number()
            }
        });
        let pressed = Signal::derive(move || listing.with(|it| it.show == show));
        let on_press = Callback::new(move |()| {
            let now = listing.get_untracked();
            let show = if now.show == show { Show::All } else { show };
            go.run(Listing { show, ..now });
        });
        view! { <Chip text pressed on_press/> }
    };
    view! {
        <div class="app-head">
            <h1 id="page-heading" tabindex="-1">{move || title(&listing.get().list)}</h1>
            <div class="app-pick app-pick--quiet">
                <Later part=later::picker lines=0/>
            </div>
            <Chips label="Show">
                {chip(Show::All, "All", |it| if it.is_cut { Count::AtLeast(it.all) } else { Count::Exactly(it.all) })}
                {chip(Show::InHospital, "In hospital", |it| it.in_hospital)}
                {chip(Show::Changed, "Changed", |it| it.changed)}
                {chip(Show::ReviewOverdue, "Review overdue", |it| it.overdue)}
            </Chips>
            <span class="app-quiet app-head__end" role="status">
                {move || rows.head_words()}
            </span>
        </div>
        <Missing/>
    }
}

pub(super) fn title(list: &ListId) -> &'static str {
    match list {
        ListId::Mine => "My patients",
        ListId::Team(_) => "Team\u{2019}s patients",
        ListId::Area(_) => "Area\u{2019}s patients",
        ListId::InHospital => "In hospital now",
        ListId::Discharged => "Discharged lately",
        ListId::Everyone => "Everyone",
    }
}

/// What the list cannot show, said above it.
#[component]
fn Missing() -> impl IntoView {
    let store = use_store();
    let words = Memo::new(move |_| {
        store.roster.with(|roster| {
            let mut words = Vec::new();
            if roster.missing() > 0 {
                words.push(format!("{} people on this list could not be shown: the shared record did not give them.", roster.missing()));
            }
            if roster.is_cut() {
                words.push("The shared record did not name everybody: people may be missing here.".to_owned());
            }
            if let crate::state::Remote::Stale(seen, failing) = roster.load() {
                words.push(present::problem::words(&store.shared_name(), &failing.why, failing.since, Some(seen.at), store.now.get()));
            }
            words
        })
    });
    let silent = Memo::new(move |_| {
        roster::silent_trusts(store)
            .iter()
            .map(|it| store.source_name(it))
            .collect::<Vec<_>>()
    });
    move || {
        let mut lines = words.get();
        let names = silent.get();
        if !names.is_empty() {
            lines.push(format!(
                "{} could not be asked who is there, or told it in part, so people may be missing here.",
                names.join(" and ")
            ));
        }
        lines
            .into_iter()
            .map(|it| view! { <p class="app-notice" role="alert">{it}</p> })
            .collect_view()
    }
}

/// The list could not be had.
#[component]
pub fn Failed(problem: Problem, since: DateTime<Utc>, retry: Callback<()>) -> impl IntoView {
    let store = use_store();
    let words = move || {
        present::problem::words(&store.shared_name(), &problem, since, None, store.now.get())
    };
    view! {
        <div class="app-notice app-notice--failed" role="alert">
            <h2>"This list could not be loaded"</h2>
            <p>{words}</p>
            <Button variant=ButtonVariant::Secondary on_press=retry>"Try again"</Button>
        </div>
    }
}

/// Nobody is on the list, or nobody fits the filter.
#[component]
pub fn Nobody(listing: Memo<Listing>, rows: Rows, go: Callback<Listing>) -> impl IntoView {
    let filtered =
        move || listing.with(|it| it.show != Show::All) && rows.counts.with(|it| it.all > 0);
    let everybody = move |_| {
        go.run(Listing {
            show: Show::All,
            ..listing.get_untracked()
        });
    };
    let all = move |_| {
        go.run(Listing {
            list: ListId::Everyone,
            ..Listing::default()
        });
    };
    move || {
        if filtered() {
            view! {
                <p class="app-panel__empty">
                    "Nobody on this list is shown by this filter. "
                    <button type="button" class="nhsuk-link" on:click=everybody>"Show all"</button>
                </p>
            }
            .into_any()
        } else {
            let words = match listing.with(|it| it.list.clone()) {
                ListId::Mine => "You are in nobody\u{2019}s care team in the shared record.",
                ListId::Team(_) | ListId::Area(_) => "Nobody is on this list.",
                ListId::InHospital => {
                    "Nobody of the programme is in hospital, as far as the trusts have answered."
                }
                ListId::Discharged => {
                    "Nobody of the programme was discharged in the last 7 days, as far as the trusts have answered."
                }
                ListId::Everyone => "There are no people in the shared record.",
            };
            view! {
                <p class="app-panel__empty">
                    {words} " "
                    <button type="button" class="nhsuk-link" on:click=all>"Show everyone in the shared record"</button>
                </p>
            }
            .into_any()
        }
    }
}
