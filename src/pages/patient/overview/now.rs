//! Where is this person, since when, who has them; what is next.

use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::activity::{coming_appointments, where_now};
use crate::pages::patient::opened::opened;
use crate::present::{activity, appointment, whereabouts};
use crate::routes::{Page, Section};
use crate::ui::{Badge, BadgeTone, Panel};

const TOPICS: &[Topic] = &[Topic::Activity, Topic::Appointments];

#[component]
pub fn Now() -> impl IntoView {
    let it = opened();
    let place = Memo::new(move |_| {
        let missing = it.missing(&[Topic::Activity]);
        it.facts.with(|facts| where_now(facts, it.now(), &missing))
    });
    let next = Memo::new(move |_| {
        it.facts.with(|facts| {
            coming_appointments(facts, it.now())
                .into_iter()
                .take(1)
                .collect::<Vec<_>>()
        })
    });
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Activity).path());
    let body = move || {
        let names = |id: &crate::domain::SourceId| it.source_name(id);
        let words = whereabouts::words(&place.get(), &names, it.now());
        let tone = match words.kind {
            whereabouts::Kind::InHospital => BadgeTone::Alert,
            whereabouts::Kind::InEd => BadgeTone::Warn,
            _ => BadgeTone::Plain,
        };
        let stay = place.with(|at| {
            at.encounter().map(|stay| {
                let words = activity::words(stay, it.now());
                [Some(words.headline), words.reasons, words.consultant]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ")
            })
        });
        view! {
            <div>
                <Badge tone text=words.badge/>
                " "
                {words.place}
            </div>
            {stay.map(|it| view! { <div>{it}</div> })}
            {words.since.map(|it| view! { <div class="app-quiet app-num">{it}</div> })}
            {words.notes.into_iter().map(|it| view! { <div class="app-quiet">{it}</div> }).collect_view()}
        }
    };
    let appointments = move || {
        next.get()
            .into_iter()
            .map(|coming| {
                let words = appointment::words(&coming.appointment, it.now());
                let where_to = words.place.map(|it| format!(", {it}"));
                let clash = coming.may_clash.then_some(" (may clash with this stay)");
                view! { <div class="app-quiet">"Next: " {words.what} ", " <span class="app-num">{words.when}</span> {where_to} {clash}</div> }
            })
            .collect_view()
    };
    view! {
        <Panel
            title="Now"
            words=it.panel_always(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="Nothing is known"
            lines=4
            more=move || view! { <a class="nhsuk-link" href=href.clone()>"Activity"</a> }
        >
            {body}
            {appointments}
        </Panel>
    }
}
