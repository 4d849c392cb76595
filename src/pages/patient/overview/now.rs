//! Where is this person, since when, who has them; what is next.

use leptos::prelude::*;

use crate::domain::activity::{Coming, Whereabouts, coming_appointments, where_now};
use crate::domain::answer::Answer;
use crate::domain::{SourceId, Topic};
use crate::pages::patient::opened::{Opened, opened};
use crate::present::{activity, appointment, whereabouts};
use crate::routes::{Page, Section};
use crate::ui::{Badge, BadgeTone, Panel};

const TOPICS: &[Topic] = &[Topic::Activity, Topic::Appointments];

#[component]
pub fn Now() -> impl IntoView {
    let it = opened();
    let place = Memo::new(move |_| {
        let strangers = it.strangers();
        let mut missing = it.missing(&[Topic::Activity]);
        missing.retain(|source| !strangers.contains(source));
        let awaited = it.awaited(Topic::Activity);
        let answers = it.answers(Topic::Activity);
        let is = |of: &SourceId, answer| answers.contains(&(of.clone(), answer));
        let place = it
            .facts
            .with(|facts| where_now(facts, it.now(), &missing))
            .without(strangers)
            .awaiting(|source| awaited.contains(source))
            .unasked(|source| is(source, Answer::Unasked))
            .in_part(|source| is(source, Answer::InPart));
        if it.store.anybody_provides(Topic::Activity) {
            place
        } else {
            place.where_nobody_tells()
        }
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
    let body = move || place.with(|place| stay(it, place));
    let appointments = move || {
        next.get()
            .iter()
            .map(|coming| appointment(it, coming))
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

/// Where, since when, who has them.
fn stay(it: Opened, place: &Whereabouts) -> impl IntoView + use<> {
    let names = |id: &SourceId| it.source_name(id);
    let words = whereabouts::words(place, &names, &|id| it.why(Topic::Activity, id), it.now());
    let tone = match words.kind {
        whereabouts::Kind::InHospital => BadgeTone::Alert,
        whereabouts::Kind::InEd => BadgeTone::Warn,
        _ => BadgeTone::Plain,
    };
    let stay = place.encounter().map(|stay| {
        let words = activity::words(stay, it.now());
        let parts = [Some(words.headline), words.reasons, words.consultant];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
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
}

fn appointment(it: Opened, coming: &Coming) -> impl IntoView + use<> {
    let words = appointment::words(&coming.appointment, it.now());
    let where_to = words.place.map(|it| format!(", {it}"));
    let clash = coming.may_clash.then_some(" (may clash with this stay)");
    view! {
        <div class="app-quiet">
            "Next: " {words.what} ", " <span class="app-num">{words.when}</span> {where_to} {clash}
        </div>
    }
}
