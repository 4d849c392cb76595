//! Appointments to come; those that were kept, missed or cancelled are one tap away.

use std::cmp::Reverse;

use leptos::prelude::*;

use crate::domain::Coded;
use crate::domain::Topic;
use crate::domain::When;
use crate::domain::activity::{self as domain, coming_appointments};
use crate::domain::appointment::{Appointment, AppointmentStatus};
use crate::pages::listing::fingerprint;
use crate::pages::patient::opened::{Opened, opened};
use crate::present::appointment::{AppointmentWords, words};
use crate::present::calendar;
use crate::ui::nhs::Details;
use crate::ui::{Badge, BadgeTone, More, Panel, PanelSpan, SourceTags, ToCalendar, Words};

const TOPICS: &[Topic] = &[Topic::Appointments];
const STEP: usize = 20;

#[component]
pub fn Coming(span: PanelSpan) -> impl IntoView {
    let it = opened();
    let coming = Memo::new(move |_| it.facts.with(|facts| coming_appointments(facts, it.now())));
    let past = Memo::new(move |_| it.facts.with(|facts| over(&facts.appointments, it)));
    let (shown, old) = (RwSignal::new(STEP), RwSignal::new(STEP));
    let next = move || {
        let key = |one: &domain::Coming| fingerprint(one);
        let each =
            move || coming.with(|all| all.iter().take(shown.get()).cloned().collect::<Vec<_>>());
        let row = move |it: domain::Coming| view! { <Line one=it.appointment may_clash=it.may_clash at_once=it.at_once/> };
        view! { <ul class="app-lines app-lines--bare"><For each key children=row/></ul> }
    };
    let total = Memo::new(move |_| coming.with(Vec::len));
    let none = Memo::new(move |_| total.get() == 0);
    let body = move || {
        view! {
            <div class="app-coming">
                {move || none.get().then(|| view! { <p class="app-panel__empty">{it.none(TOPICS, "No appointments to come")}</p> })}
                {next}
                {further(shown, total)}
                <Past past shown=old/>
            </div>
        }
    };
    view! {
        <Panel
            title="Appointments to come"
            span
            words=it.panel(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="No appointments are recorded"
            // Where nobody has answered with any there is no number: "0+" says nothing.
            head=move || {
                let is_known = move || total.get() > 0 || it.missing(TOPICS).is_empty();
                move || is_known().then(|| view! { <Badge text=move || it.counted(TOPICS, total.get())/> })
            }
        >
            {body}
        </Panel>
    }
}

/// Those that are not to come any more, the last one first; without those entered in error.
fn over(all: &[Appointment], it: Opened) -> Vec<Appointment> {
    let error =
        |one: &Appointment| one.status == Some(Coded::Known(AppointmentStatus::EnteredInError));
    let mut past: Vec<_> = all
        .iter()
        .filter(|one| !one.is_coming(it.now()) && !error(one))
        .cloned()
        .collect();
    past.sort_by_key(|one| Reverse(one.start.as_ref().and_then(When::earliest)));
    past
}

/// Shows a step more of them.
fn further(shown: RwSignal<usize>, total: Memo<usize>) -> impl IntoView {
    view! {
        <More
            shown=Signal::derive(move || shown.get().min(total.get()))
            total
            step=STEP
            what="more"
            on_more=move |()| shown.update(|it| *it += STEP)
        />
    }
}

#[component]
fn Past(past: Memo<Vec<Appointment>>, shown: RwSignal<usize>) -> impl IntoView {
    let total = Memo::new(move |_| past.with(Vec::len));
    let each = move || past.with(|all| all.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let any = Memo::new(move |_| total.get() > 0);
    let rows = move || {
        view! {
            <Details summary=Signal::derive(move || format!("Past, missed and cancelled appointments ({})", total.get()))>
                <ul class="app-lines app-lines--bare">
                    <For each key=fingerprint children=move |one| view! { <Line one/> }/>
                </ul>
                {further(shown, total)}
            </Details>
        }
    };
    move || any.get().then(rows)
}

#[component]
fn Line(
    one: Appointment,
    #[prop(optional)] may_clash: bool,
    #[prop(optional)] at_once: bool,
) -> impl IntoView {
    let it = opened();
    let source = one.origin.source.clone();
    let to_calendar = one
        .is_coming(it.now())
        .then(|| calendar::file(&one, &it.source_name(&source), it.now()))
        .flatten();
    let said = Memo::new(move |_| words(&one, it.now()));
    let body = move || {
        let AppointmentWords {
            when,
            what,
            status,
            is_off,
            ..
        } = said.get();
        view! {
            <span class="app-appointment__when"><Words text=when/></span>
            <div>
                <b>{what}</b>
                " "
                {badge(&status, is_off)}
                {may_clash.then(|| view! { " " <Badge tone=BadgeTone::Warn text="May clash with the hospital stay"/> })}
                {at_once.then(|| view! { " " <Badge tone=BadgeTone::Warn text="Another appointment at this time"/> })}
                {said.with(more).into_iter().map(|it| view! { <div class="app-quiet"><Words text=it/></div> }).collect_view()}
            </div>
        }
    };
    view! {
        <li class="app-appointment">
            {body}
            <span class="app-appointment__end">
                {to_calendar.map(|content| view! { <ToCalendar content/> })}
                <SourceTags names=Signal::derive(move || vec![it.source_name(&source)])/>
            </span>
        </li>
    }
}

/// What is booked says so plainly; what is off is marked.
fn badge(status: &str, is_off: bool) -> AnyView {
    let text = crate::present::words::capital(status);
    if is_off {
        view! { <Badge tone=BadgeTone::Alert text/> }.into_any()
    } else {
        view! { <Badge text/> }.into_any()
    }
}

/// Place, specialty and with whom; why; what to bring; remarks.
fn more(words: &AppointmentWords) -> Vec<String> {
    let it = words.clone();
    let with = it.with.map(|it| format!("with {it}"));
    let others = it.others.map(|it| format!("also comes: {it}"));
    let first = [it.specialty, it.place, with, others, it.channel];
    let first = crate::present::phrase::join(first, " · ");
    let mut all = vec![first];
    all.extend(it.reasons.map(|it| format!("Why: {it}")));
    all.extend(it.instructions.into_iter().map(|it| format!("Told: {it}")));
    all.extend(it.comment);
    all.retain(|it| !it.is_empty());
    all
}
