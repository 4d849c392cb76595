//! One person: banner and allergies fixed at the top, sections below. A new person is a new subtree, so that nothing
//! of the last one survives.

mod activity;
mod documents;
mod head;
mod listing;
mod medicines;
mod opened;
mod overview;
mod plan;
mod results;
mod said;
mod team;
mod timeline;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::domain::PatientId;
use crate::pages::{Arrival, NotFound};
use crate::routes::{Page, Section};
use crate::store::{chart, looked, use_store};
use crate::ui::{SectionLink, SectionRail, WithRail};
use opened::Opened;

#[component]
pub fn PatientPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|it| it.get_str("id").and_then(|raw| PatientId::parse(raw).ok()))
    });
    let section = Memo::new(move |_| {
        params.with(|it| {
            it.get_str("section")
                .map_or(Some(Section::Overview), Section::from_slug)
        })
    });
    let known = Memo::new(move |_| section.get().is_some());
    move || match (id.get(), known.get()) {
        (Some(id), true) => {
            let section = Memo::new(move |_| section.get().unwrap_or_default());
            view! { <Person id section/> }.into_any()
        }
        _ => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn Person(id: PatientId, section: Memo<Section>) -> impl IntoView {
    let store = use_store();
    chart::open(store, &id);
    let opened = Opened::new(store, &id);
    provide_context(opened);
    looked::look(store, &id);
    if let Some(arrival) = use_context::<Arrival>() {
        Effect::new(move |_| arrival.at(section.get().title(), "section-heading"));
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
                {move || match section.get() {
                    Section::Overview => view! { <overview::Overview/> }.into_any(),
                    Section::Plan => view! { <plan::PlanSection/> }.into_any(),
                    Section::Team => view! { <team::TeamSection/> }.into_any(),
                    Section::Medicines => view! { <medicines::MedicinesSection/> }.into_any(),
                    Section::Results => view! { <results::ResultsSection/> }.into_any(),
                    Section::Activity => view! { <activity::ActivitySection/> }.into_any(),
                    Section::Documents => view! { <documents::DocumentsSection/> }.into_any(),
                    Section::Timeline => view! { <timeline::TimelineSection/> }.into_any(),
                }}
            </WithRail>
        </main>
    }
}
