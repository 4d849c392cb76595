//! The editor of a section: its entries, what is wrong with them, and where what was typed is.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;
use wasm_bindgen::JsCast;

use super::asked::Questions;
use super::bar::Bar;
use super::entry::Entries;
use super::field::Fields;
use super::history::History;
use super::known::{Known, TICKED};
use super::links::Links;
use super::members::Members;
use super::{Desk, focus, steady, to_write};
use crate::domain::section::{
    EntryError, EntryId, EntryProblem, Field, Form as Entered, Part, Section,
};
use crate::domain::time::london;
use crate::present::{date, problem, writing as words};
use crate::state::editing::{Editing, OnRecord};
use crate::store::pause;
use crate::store::presence::Colleagues;
use crate::store::writing::{self, Wanted, Writing};
use crate::ui::nhs::{ErrorItem, ErrorSummary};

/// After this it is said that something is being opened; what is faster is there by itself.
const LONG: Duration = Duration::from_millis(300);

#[component]
pub fn Editor() -> impl IntoView {
    let (wanted, desk, it) = to_write();
    if let Wanted::History(section, place) = wanted {
        desk.there.set(true);
        let label = format!("{}, history", desk.home.title());
        return view! {
            <section class="app-write" aria-label=label><History desk section place/></section>
        }
        .into_any();
    }
    let again = wanted.clone();
    let writing = writing::open(it.store, &it.id.get_value(), wanted);
    let is_open = Memo::new(move |_| writing.editing.with(Option::is_some));
    let source = it.store.shared_name();
    let failed = move || {
        let (problem, since) = writing.failed.get()?;
        request_animation_frame(|| focus(".app-write .app-notice--failed button"));
        let words = problem::words(&source, &problem, since, None, it.store.now.get_untracked());
        let again = again.clone();
        Some(view! {
            <div class="app-notice app-notice--failed" role="alert">
                <p>"It could not be opened to be written. " {words}</p>
                <p class="app-write__choices">
                    <button type="button" class="nhsuk-link" on:click=move |_| desk.open(again.clone())>"Try again"</button>
                    <button type="button" class="nhsuk-link" on:click=move |_| desk.close(None)>"Close"</button>
                </p>
            </div>
        })
    };
    view! {
        <section
            class="app-write"
            aria-label=format!("{}, being written", desk.home.title())
            on:click=follow_errors
        >
            {failed}
            <Opening writing desk/>
            <Show when=move || is_open.get()>
                <Form writing desk/>
            </Show>
        </section>
    }
    .into_any()
}

/// Until it has come, what is read stays above; that it takes long, and why, is said.
#[component]
fn Opening(writing: Writing, desk: Desk) -> impl IntoView {
    let is_slow = RwSignal::new(false);
    spawn(async move {
        pause(LONG).await;
        is_slow.try_set(true);
    });
    Effect::new(move |_| {
        if writing.editing.with(Option::is_some) {
            desk.there.set(true);
        }
    });
    let words = Memo::new(move |_| {
        if writing.editing.with(Option::is_some) || writing.failed.with(Option::is_some) {
            return None;
        }
        if writing.elsewhere.get() {
            return Some(
                "This is on its way to the record, or open in another window. It opens here as soon as it is free.",
            );
        }
        is_slow.get().then_some("Opening what the record has …")
    });
    move || {
        let words = words.get()?;
        Some(view! {
            <div class="app-notice" role="status" aria-busy="true">
                <p>{words}</p>
                <p><button type="button" class="nhsuk-link" on:click=move |_| desk.close(None)>"Close"</button></p>
            </div>
        })
    }
}

/// Error messages point at their field: the address stays what it is.
#[expect(clippy::needless_pass_by_value, reason = "an event handler")]
fn follow_errors(event: ev::MouseEvent) {
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let link = target.and_then(|it| it.closest("a[href^='#']").ok().flatten());
    if let Some(place) = link.and_then(|it| it.get_attribute("href")) {
        event.prevent_default();
        event.stop_propagation();
        focus(&place);
    }
}

/// Where the field of an error is.
fn place(error: &EntryError, it: &Editing) -> String {
    let first = || {
        let mut all = it.entries().iter();
        all.find(|it| it.part == error.part).map(|it| it.id.clone())
    };
    // Where there is nothing yet, the way to begin it.
    let begin = || EntryId::within(None, error.part.key());
    let id = error.id.clone().or_else(first).unwrap_or_else(begin);
    super::entry::field_id(&id)
}

#[component]
fn Form(writing: Writing, desk: Desk) -> impl IntoView {
    // How often it was tried to save what is wrong.
    let tries = RwSignal::new(0);
    let now = desk.it().store.now;
    let errors = Memo::new(move |_| {
        writing.editing.with(|it| {
            let it = it.as_ref();
            it.map(|it| {
                let today = london(now.get()).date();
                let all = it.errors(today).into_iter();
                all.map(|error| (place(&error, it), error))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
        })
    });
    let wrong = Memo::new(move |_| errors.with(|it| !it.is_empty()));
    // What is wrong here is said when it is to be saved, what the record says at once.
    let shown = Signal::derive(move || {
        let mut all = said_by_record(writing);
        if tries.get() > 0 {
            all.extend(errors.get());
        }
        all
    });
    let items = Signal::derive(move || {
        let item = |(place, error): (String, EntryError)| ErrorItem {
            text: words::error(&error),
            href: Some(format!("#{place}")),
        };
        shown.get().into_iter().map(item).collect::<Vec<_>>()
    });
    let told = told(writing, shown);
    let summary = move || {
        // Each try brings the reader there again.
        let _ = tries.get();
        told.get().then(|| view! { <ErrorSummary errors=items/> })
    };
    let save = Callback::new(move |()| {
        if wrong.get_untracked() {
            tries.update(|it| *it += 1);
            told.set(true);
        } else if writing
            .editing
            .with_untracked(|it| it.as_ref().is_some_and(|it| !it.is_changed()))
        {
            desk.close(None);
        } else {
            writing.save();
        }
    });
    close_when_saved(writing, desk);
    say_so(writing, desk);
    request_animation_frame(|| focus(".app-write h4"));
    let section = writing
        .editing
        .with_untracked(|it| it.as_ref().map(Editing::section).unwrap_or_default());
    let title = words::title(section, writing.is_new());
    let parts = parts(writing, desk, section, shown);
    view! {
        <h4 tabindex="-1">{title}</h4>
        {summary}
        <Changed writing/>
        <div role="status">
            {move || writing.over.get().map(|it| view! { <p class="app-notice app-notice--failed">{words::over(&it)}</p> })}
        </div>
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save.run(());
            }
            on:keydown=move |event| {
                if event.key() == "s" && (event.ctrl_key() || event.meta_key()) {
                    event.prevent_default();
                    save.run(());
                }
            }
        >
            {parts}
            <Bar writing desk/>
        </form>
    }
}

/// Whether all that is wrong is listed, which takes the focus: when saving was tried, or the record has refused it, until
/// nothing is wrong any more. What goes wrong while somebody types is said at its field alone, and leaves the focus there.
fn told(writing: Writing, shown: Signal<Vec<(String, EntryError)>>) -> RwSignal<bool> {
    let told = RwSignal::new(false);
    let by_record = Memo::new(move |_| !said_by_record(writing).is_empty());
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    Effect::new(move |_| {
        if by_record.get() {
            told.set(true);
        }
    });
    Effect::new(move |_| {
        if none.get() && told.get_untracked() {
            // It stands above what is being typed.
            steady::hold();
            told.set(false);
        }
    });
    told
}

/// What is entered, in the order of the section.
fn parts(
    writing: Writing,
    desk: Desk,
    section: Section,
    shown: Signal<Vec<(String, EntryError)>>,
) -> AnyView {
    if let Section::Form(form) = section {
        return view! { <Questions writing desk form errors=shown/> }.into_any();
    }
    if section == Section::Team {
        return view! { <Members writing desk errors=shown/> }.into_any();
    }
    let parts = together(&section.parts())
        .into_iter()
        .map(|parts| match parts.as_slice() {
            [part @ Part::Crisis(_)] => {
                view! { <Entries writing part=*part errors=shown/> }.into_any()
            }
            [Part::Field(Field::Need)] => view! { <Known writing desk/> }.into_any(),
            [Part::Field(field)] if TICKED.contains(field) => ().into_any(),
            [Part::Field(field)] if Part::Field(*field).is_list() => {
                view! { <Links writing desk field=*field errors=shown/> }.into_any()
            }
            _ => {
                let fields = parts.into_iter().filter_map(|it| match it {
                    Part::Field(field) => Some(field),
                    Part::Crisis(_) | Part::Asked(_) => None,
                });
                let fields: Vec<Field> = fields.collect();
                view! { <Fields writing desk fields errors=shown/> }.into_any()
            }
        });
    parts.collect_view().into_any()
}

/// What the record has said is wrong, at which field.
fn said_by_record(writing: Writing) -> Vec<(String, EntryError)> {
    writing.editing.with(|it| {
        let Some(it) = it else { return Vec::new() };
        let part = |id: &EntryId| {
            it.entries()
                .iter()
                .find(|it| it.id == *id)
                .map(|it| it.part)
        };
        let blamed = it.blamed().iter().filter_map(|(id, words)| {
            let error = EntryError {
                part: part(id)?,
                id: Some(id.clone()),
                what: EntryProblem::Said(words.clone()),
            };
            Some((super::entry::field_id(id), error))
        });
        blamed.collect()
    })
}

/// What is ticked stands together.
fn together(parts: &[Part]) -> Vec<Vec<Part>> {
    let is_tick = |it: &Part| it.form() == Entered::Tick;
    let runs = parts.chunk_by(|a, b| is_tick(a) && is_tick(b));
    runs.map(<[Part]>::to_vec).collect()
}

/// Colleagues are told that this is being edited, where the record tells them.
fn say_so(writing: Writing, desk: Desk) {
    desk.mine.set(writing.place());
    on_cleanup(move || _ = desk.mine.try_set(None));
    if let Some(colleagues) = use_context::<Colleagues>() {
        colleagues.say(writing, super::whole_plan(desk.it()));
    }
}

/// When everything is in the record, the plan is there to be read again.
fn close_when_saved(writing: Writing, desk: Desk) {
    let now = desk.it().store.now;
    Effect::new(move |_| {
        if !writing.is_saved() {
            return;
        }
        let at = writing
            .editing
            .with_untracked(|it| match it.as_ref().map(Editing::on_record) {
                Some(OnRecord::Saved(at)) => Some(*at),
                _ => None,
            });
        let at = at
            .map(|at| date::clock(at, now.get_untracked()))
            .unwrap_or_default();
        let unsigned = if writing.unsigned.get_untracked() {
            " Who wrote it could not be recorded with it."
        } else {
            ""
        };
        desk.close(Some(format!("Saved to the record {at}.{unsigned}")));
    });
}

/// That somebody else has changed the plan meanwhile.
#[component]
fn Changed(writing: Writing) -> impl IntoView {
    let clashes = Memo::new(move |_| {
        writing
            .editing
            .with(|it| it.as_ref().map_or(0, |it| it.clashes().len()))
    });
    let words = move || {
        let at = writing.changed.get()?;
        let what = match clashes.get() {
            0 => "Your writing and theirs have come together by themselves.".to_owned(),
            1 => "One entry needs you.".to_owned(),
            many => format!("{many} entries need you."),
        };
        let at = date::time(at);
        Some(format!(
            "Changed on the record while you were writing, seen at {at}. {what}"
        ))
    };
    view! {
        <div role="status">
            {move || words().map(|it| view! { <p class="app-notice">{it}</p> })}
        </div>
    }
}
