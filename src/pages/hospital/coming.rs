//! Appointments to come of all the reader's people: one after the other, or a week at a glance.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use super::{Hospital, STEP, source_name};
use crate::domain::activity::Coming;
use crate::domain::time::london;
use crate::domain::{PatientId, When};
use crate::pages::listing::{Item, Under, fingerprint, stream};
use crate::present::appointment::{self, AppointmentWords};
use crate::present::{self, calendar, date, feed as words, phrase};
use crate::routes::{Page, Section, View, Watching};
use crate::state::feed::Knows;
use crate::ui::nhs::{Button, ButtonVariant};
use crate::ui::{Badge, BadgeTone, StreamEvent, ToCalendar, Words};

type Theirs = (PatientId, Coming);

/// Those of the chosen source.
fn coming(it: Hospital) -> Memo<Vec<Theirs>> {
    Memo::new(move |_| {
        let (now, source) = (it.store.now.get(), it.watching.with(|it| it.source.clone()));
        let mut all = it.live.feed.with(|feed| feed.coming(now));
        all.retain(|(_, it)| {
            source
                .as_ref()
                .is_none_or(|own| *own == it.appointment.origin.source)
        });
        all
    })
}

/// One after the other, under their days.
#[component]
pub fn List(it: Hospital) -> impl IntoView {
    let all = coming(it);
    let shown = RwSignal::new(STEP);
    let rows = Memo::new(move |_| {
        let now = it.store.now.get();
        let item = |it: &Theirs| Item {
            heading: calendar::heading(it.1.appointment.start.as_ref(), now),
            it: Arc::new(it.clone()),
        };
        all.with(|all| all.iter().map(item).collect::<Vec<_>>())
    });
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        {move || none.get().then(|| view! { <Empty it/> })}
        {stream(Under::Page, ("Appointments to come", "later"), rows, shown, STEP, row)}
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "rows are made from what the listing shares"
)]
fn row(theirs: Arc<Theirs>) -> AnyView {
    let Some(it) = use_context::<Hospital>() else {
        return ().into_any();
    };
    let (person, coming) = &*theirs;
    let one = &coming.appointment;
    let now = it.store.now.get_untracked();
    let place = source_name(it, &one.origin.source);
    let file = calendar::file(one, &place, now);
    let said = appointment::words(one, now);
    let more = more(&said);
    let (who, clashes, time) = (who(it, person), clashes(coming), time(one.start.as_ref()));
    view! {
        <StreamEvent time place end=move || file.clone().map(|content| view! { <ToCalendar content/> }).into_any()>
            {who}
            <div><b><Words text=said.what/></b> " " <Badge text=present::words::capital(&said.status)/> {clashes}</div>
            {(!more.is_empty()).then(|| view! { <div class="app-quiet"><Words text=more/></div> })}
        </StreamEvent>
    }
    .into_any()
}

fn more(said: &AppointmentWords) -> String {
    let with = said.with.as_ref().map(|it| format!("with {it}"));
    let parts = [
        said.specialty.clone(),
        said.place.clone(),
        with,
        said.channel.clone(),
    ];
    phrase::join(parts, " \u{b7} ")
}

fn time(start: Option<&When>) -> String {
    match start {
        Some(When::At(at)) => date::time(*at),
        _ => "no time".to_owned(),
    }
}

fn who(it: Hospital, person: &PatientId) -> AnyView {
    let who = it
        .live
        .feed
        .with_untracked(|feed| feed.person(person).cloned());
    let number = who.as_ref().and_then(|it| it.numbers.first().cloned());
    let name = who.map_or_else(
        || "Name not known now".to_owned(),
        |it| present::name::of_patient(&it),
    );
    let href = Page::Patient(person.clone(), Section::Activity).path();
    view! {
        <div class="app-stream__who">
            <a class="nhsuk-link" href=href><bdi>{name}</bdi></a>
            " "
            <span class="app-quiet app-num">{number.map(|it| present::nhs_number::spaced(&it.number))}</span>
        </div>
    }
    .into_any()
}

fn clashes(coming: &Coming) -> AnyView {
    let died = coming
        .has_died
        .then(|| view! { " " <Badge tone=BadgeTone::Warn text="Deceased"/> });
    let stay = coming.may_clash.then(
        || view! { " " <Badge tone=BadgeTone::Warn text="May clash with the hospital stay"/> },
    );
    let other = coming.at_once.then(
        || view! { " " <Badge tone=BadgeTone::Warn text="Another appointment at this time"/> },
    );
    view! { {died} {stay} {other} }.into_any()
}

/// Nothing is told apart from what is not known.
#[component]
fn Empty(it: Hospital) -> impl IntoView {
    let knows = it.knows();
    let everything = move |_| {
        let now = it.watching.get_untracked();
        it.go(Watching {
            source: None,
            ..now
        });
    };
    view! {
        <p class="app-panel__empty">
            {move || words::nothing_to_come(knows.get(), it.one())}
            {move || it.one().then(|| view! { <button type="button" class="nhsuk-link" on:click=everything>"Show all trusts"</button> })}
        </p>
    }
}

/// Seven days, from Monday.
#[component]
pub fn Week(it: Hospital) -> impl IntoView {
    let all = coming(it);
    let monday = Memo::new(move |_| {
        let asked = it.watching.with(|it| match it.view {
            View::Week(day) => day,
            _ => None,
        });
        calendar::monday(asked.unwrap_or_else(|| london(it.store.now.get()).date()))
    });
    let go = move |weeks: i8| {
        let by = Days::new(7 * u64::from(weeks.unsigned_abs()));
        let first = monday.get_untracked();
        let day = if weeks < 0 {
            first.checked_sub_days(by)
        } else {
            first.checked_add_days(by)
        };
        let now = it.watching.get_untracked();
        let day = if weeks == 0 { None } else { day };
        it.go(Watching {
            view: View::Week(day),
            ..now
        });
    };
    let knows = it.knows();
    let title = move || {
        let first = monday.get();
        let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
        format!(
            "{} to {}",
            calendar::weekday(first),
            calendar::weekday(last)
        )
    };
    let days = move || {
        let first = monday.get();
        (0..7)
            .filter_map(move |it| first.checked_add_days(Days::new(it)))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="app-week__head">
            <h2 class="app-week__title" aria-live="polite">{title}</h2>
            <Button variant=ButtonVariant::Secondary on_press=Callback::new(move |()| go(-1))>"Week before"</Button>
            <Button variant=ButtonVariant::Secondary on_press=Callback::new(move |()| go(0))>"This week"</Button>
            <Button variant=ButtonVariant::Secondary on_press=Callback::new(move |()| go(1))>"Week after"</Button>
        </div>
        {move || (knows.get() == Knows::NoSuch).then(|| view! { <Empty it/> })}
        <Loose it monday all/>
        <div class="app-week">
            <For each=days key=|it| *it children=move |day| view! { <Day it day all/> }/>
        </div>
    }
}

/// From which day to which it can be.
fn days_of(it: &Theirs) -> Option<(NaiveDate, NaiveDate)> {
    let start = it.1.appointment.start.as_ref()?;
    start.first_day().zip(start.last_day())
}

/// What may be in this week: only its month or year is known.
#[component]
fn Loose(it: Hospital, monday: Memo<NaiveDate>, all: Memo<Vec<Theirs>>) -> impl IntoView {
    let loose = Memo::new(move |_| {
        let first = monday.get();
        let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
        let is_loose = |it: &&Theirs| {
            days_of(it).is_some_and(|(from, until)| from != until && from <= last && first <= until)
        };
        all.with(|all| all.iter().filter(is_loose).cloned().collect::<Vec<_>>())
    });
    move || {
        let entry = |theirs: Theirs| {
            let when = calendar::heading(
                theirs.1.appointment.start.as_ref(),
                it.store.now.get_untracked(),
            );
            view! { <h3>{when}</h3> <ul><Entry it theirs/></ul> }
        };
        let loose = loose.get();
        (!loose.is_empty()).then(|| {
            view! {
                <section class="app-week__day app-week__day--loose">
                    {loose.into_iter().map(entry).collect_view()}
                </section>
            }
        })
    }
}

#[component]
fn Day(it: Hospital, day: NaiveDate, all: Memo<Vec<Theirs>>) -> impl IntoView {
    let own = Memo::new(move |_| {
        let is_own = |it: &&Theirs| days_of(it) == Some((day, day));
        all.with(|all| all.iter().filter(is_own).cloned().collect::<Vec<_>>())
    });
    let now = Memo::new(move |_| london(it.store.now.get()).date());
    let (today, is_over) = (move || now.get() == day, move || now.get() > day);
    let knows = it.knows();
    let nothing = move || {
        own.with(Vec::is_empty).then(
            || view! { <p class="app-quiet">{words::nothing_that_day(knows.get(), is_over())}</p> },
        )
    };
    view! {
        <section class="app-week__day" class=("app-week__day--today", today)>
            <h3>{day.format("%a").to_string()} " " <span class="app-week__date">{date::day(day)}</span></h3>
            <ul>
                <For each=move || own.get() key=fingerprint children=move |theirs| view! { <Entry it theirs/> }/>
            </ul>
            {nothing}
        </section>
    }
}

#[component]
fn Entry(it: Hospital, theirs: Theirs) -> impl IntoView {
    let (person, coming) = theirs;
    let one = &coming.appointment;
    let said = appointment::words(one, it.store.now.get_untracked());
    let place = source_name(it, &one.origin.source);
    view! {
        <li class="app-week__entry">
            <b class="app-num">{time(one.start.as_ref())}</b>
            {who(it, &person)}
            <div><Words text=said.what/></div>
            <div class="app-quiet">{place}</div>
            {clashes(&coming)}
        </li>
    }
}
