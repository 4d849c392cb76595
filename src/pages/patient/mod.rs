//! One person: banner and allergies fixed at the top, sections below. A new person is a new subtree, so that nothing
//! of the last one survives.

pub(super) mod activity;
mod arrived;
pub(super) mod documents;
mod head;
pub(super) mod medicines;
mod opened;
pub(super) mod overview;
pub(super) mod plan;
pub(super) mod results;
mod said;
pub(super) mod team;
pub(super) mod timeline;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use crate::domain::PatientId;
use crate::pages::Arrival;
use crate::pages::later::{self, Later};
use crate::present;
use crate::routes::{Page, Section};
use crate::store::{chart, looked, use_store};
use crate::ui::{SectionLink, SectionRail, WithRail};
use opened::Opened;

#[component]
pub fn PatientPage() -> impl IntoView {
    let place = use_store().place;
    // The reader may be leaving: what is on the screen stays as it is until it is gone.
    let id = Memo::new(move |before: Option<&Option<PatientId>>| {
        place.with(|it| match &it.page {
            Some(Page::Patient(id, _)) => Some(id.clone()),
            _ => before.cloned().flatten(),
        })
    });
    let section = Memo::new(move |before: Option<&Section>| {
        place.with(|it| match &it.page {
            Some(Page::Patient(_, section)) => *section,
            _ => before.copied().unwrap_or_default(),
        })
    });
    move || id.get().map(|id| view! { <AskedPerson id section/> })
}

/// Asks for a person, and then draws the page: to draw one for the first time takes a slow processor longer than a question
/// takes to leave. Nothing is painted in between.
#[component]
fn AskedPerson(id: PatientId, section: Memo<Section>) -> impl IntoView {
    chart::open(use_store(), &id);
    let is_asked = RwSignal::new(false);
    // Tasks run in the order in which they came: those of `open` are before this one.
    spawn(async move { is_asked.set(true) });
    move || {
        let id = id.clone();
        is_asked.get().then(|| view! { <Person id=id section/> })
    }
}

#[component]
fn Person(id: PatientId, section: Memo<Section>) -> impl IntoView {
    let store = use_store();
    let opened = Opened::new(store, &id);
    provide_context(opened);
    // Whom the record does not know nobody has looked at: an address that leads nowhere is no news for other devices. Who is
    // there already is looked at before anything is drawn, which then need not be drawn again.
    let is_known = move || opened.person.with(Option::is_some);
    if untrack(is_known) {
        looked::look(store, &id);
    } else {
        let known = id.clone();
        Effect::new(move |looked: Option<bool>| {
            let is_looked_at = looked == Some(true);
            let has_come = is_known();
            if has_come && !is_looked_at {
                looked::look(store, &known);
            }
            has_come || is_looked_at
        });
    }
    arrived::announce(opened);
    if let Some(arrival) = use_context::<Arrival>() {
        Effect::new(move |_| {
            let title = section.get().title();
            arrival.at(title, "section-heading");
            // Only said: the title of the document names nobody.
            let who = untrack(|| arrived::who(opened));
            arrival
                .announced
                .set(present::arrived::place(who.as_deref(), title));
        });
    }
    let rail_id = id.clone();
    let sections = Signal::derive(move || {
        let link = |it: Section| SectionLink {
            text: it.title().to_owned(),
            href: Page::Patient(rail_id.clone(), it).path(),
            current: it == section.get(),
            state: None,
        };
        Section::ALL.into_iter().map(link).collect::<Vec<_>>()
    });
    view! {
        <head::Head/>
        <main class="app-main app-main--patient" id="maincontent" tabindex="-1">
            <WithRail rail=move || view! { <SectionRail label="Sections of the record" sections/> }>
                <h2
                    id="section-heading"
                    class=move || if section.get() == Section::Overview { "nhsuk-u-visually-hidden" } else { "app-section-title" }
                    tabindex="-1"
                >
                    {move || section.get().title()}
                </h2>
                {move || {
                    let part = match section.get() {
                        Section::Overview => later::overview,
                        Section::Plan => later::plan,
                        Section::Team => later::team,
                        Section::Medicines => later::medicines,
                        Section::Results => later::results,
                        Section::Activity => later::activity,
                        Section::Documents => later::documents,
                        Section::Timeline => later::timeline,
                    };
                    view! { <Later part/> }
                }}
            </WithRail>
        </main>
    }
}
