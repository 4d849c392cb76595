//! A section of the plan is written in place: the way to the editor, drafts that this device has kept, and the editor itself,
//! whose code comes when it is first opened.

mod asked;
mod bar;
mod colleagues;
mod desk;
mod drafts;
mod editor;
mod entry;
mod field;
mod find;
mod history;
mod instances;
mod key_worker;
mod known;
mod links;
mod members;
mod own_words;
mod steady;

use leptos::prelude::*;

use super::state::Part;
use crate::domain::answer::Answer;
use crate::domain::plan::plans;
use crate::domain::section::{Field, Section};
use crate::domain::{Origin, ResourceRef, Topic};
use crate::pages::frame::printing;
use crate::pages::later::{self, Later};
use crate::pages::patient::opened::{Opened, opened};
use crate::store::writing::{New, Wanted};
use crate::ui::nhs::{Button, ButtonVariant};

pub use colleagues::WrongPresence;
pub use desk::Desk;
use drafts::{Drafts, ThrowAway};
pub use editor::Editor;

/// Moves the focus to the first of these; a heading can have it too.
pub fn focus(selector: &str) {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(selector).ok().flatten();
    if let Some(it) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        if it.tag_name().starts_with('H') {
            it.set_tab_index(-1);
        }
        let _ = it.focus();
    }
}

/// Whether this can be written to from here: it is the shared record's, and the reader is somebody there.
pub fn can_write(it: Opened, origin: &Origin) -> bool {
    it.store.shared_id().as_ref() == Some(&origin.source) && is_somebody(it)
}

fn is_somebody(it: Opened) -> bool {
    it.store
        .reader
        .with(|it| it.as_ref().is_some_and(|it| it.participant().is_some()))
}

/// "Edit", for what can be written to from here, a resource of the shared record; and its history, for everybody. `about`
/// tells them apart for who hears them.
pub fn edit_button(
    desk: Desk,
    section: Section,
    origin: &Origin,
    about: String,
) -> Option<AnyView> {
    let it = desk.it();
    let (place, past) = (origin.resource.clone(), origin.resource.clone());
    let is_ours = it.store.shared_id().as_ref() == Some(&origin.source);
    let of = about.clone();
    let edit = can_write(it, origin).then(|| {
        button(desk, "Edit", about, move || {
            Wanted::There(section, place.clone())
        })
    });
    is_ours.then(|| {
        let open = move |_| desk.open(Wanted::History(section, past.clone()));
        view! {
            <p class="app-write__choices">
                {edit}
                <button type="button" class="nhsuk-link" on:click=open>
                    "History"
                    <span class="nhsuk-u-visually-hidden">" of " {of}</span>
                </button>
                {print_button(section)}
            </p>
        }
        .into_any()
    })
}

/// The whole plan, or the crisis plan by itself, on paper.
fn print_button(section: Section) -> Option<AnyView> {
    let (label, part) = match section {
        Section::Plan => ("Print the plan", None),
        Section::Crisis => ("Print the crisis sheet", Some(Part::Crisis.id())),
        _ => return None,
    };
    let print = move |_| printing::print(part);
    Some(
        view! { <button type="button" class="nhsuk-link" on:click=print>{label}</button> }
            .into_any(),
    )
}

/// The same, at the end of a line.
pub fn edit_link(
    desk: Desk,
    section: Section,
    origin: &Origin,
    (label, about): (&'static str, String),
) -> Option<AnyView> {
    let place = origin.resource.clone();
    can_write(desk.it(), origin).then(|| {
        let wanted = move |_| desk.open(Wanted::There(section, place.clone()));
        view! {
            <button type="button" class="nhsuk-link app-write__change" on:click=wanted>
                {label}
                <span class="nhsuk-u-visually-hidden">" " {about}</span>
            </button>
        }
        .into_any()
    })
}

fn button(
    desk: Desk,
    label: &'static str,
    about: String,
    wanted: impl Fn() -> Wanted + Send + Sync + 'static,
) -> AnyView {
    let about = (!about.is_empty())
        .then(|| view! { <span class="nhsuk-u-visually-hidden">" " {about}</span> });
    view! {
        <Button
            variant=ButtonVariant::Secondary
            classes="nhsuk-button--small"
            on_press=Callback::new(move |()| desk.open(wanted()))
        >
            {label}
            {about}
        </Button>
    }
    .into_any()
}

/// The way to something new of the person's plan, begun with this.
pub fn add_link(
    desk: Desk,
    section: Section,
    label: &'static str,
    about: String,
    with: Vec<(Field, String)>,
) -> Option<AnyView> {
    let it = desk.it();
    is_somebody(it).then(|| {
        let new = move |_| {
            desk.open(Wanted::New(New {
                section,
                // As it is by then: it may have been begun since this was drawn.
                plan: whole_plan(it),
                with: with.clone(),
                words: Vec::new(),
            }));
        };
        view! {
            <button type="button" class="nhsuk-link app-write__change" on:click=new>
                {label}
                <span class="nhsuk-u-visually-hidden">" " {about}</span>
            </button>
        }
        .into_any()
    })
}

/// The way to something new, once the shared record has said what it has, and while `wanted` says that one may be begun.
#[component]
pub fn Begin(
    desk: Desk,
    section: Section,
    topic: Topic,
    label: &'static str,
    /// What tells it apart for who hears it.
    #[prop(optional)]
    about: &'static str,
    #[prop(into)] wanted: Signal<bool>,
) -> impl IntoView {
    let it = desk.it();
    let shown = Memo::new(move |_| {
        let shared = it.store.shared_id();
        let has_said = it
            .answers(topic)
            .iter()
            .any(|(source, answer)| Some(source) == shared.as_ref() && *answer == Answer::Answered);
        has_said && is_somebody(it) && wanted.get()
    });
    let new = move || {
        Wanted::New(New {
            section,
            plan: whole_plan(it),
            with: Vec::new(),
            words: Vec::new(),
        })
    };
    view! {
        <Show when=move || shown.get()>
            <p>{button(desk, label, about.to_owned(), new)}</p>
        </Show>
    }
}

/// The person's own plan in the shared record.
fn whole_plan(it: Opened) -> Option<ResourceRef> {
    let plan = it
        .facts
        .with_untracked(|facts| plans(facts, it.store.now.get_untracked()).current);
    plan.filter(|plan| it.store.shared_id().as_ref() == Some(&plan.origin.source))
        .map(|plan| plan.origin.resource)
}

/// What is written here stands in place of `children`, once it is there; drafts that this device has kept, and what came
/// of the last writing, above them.
#[component]
pub fn Written(desk: Desk, children: ChildrenFn) -> impl IntoView {
    // What is written stays as it is, whatever is read meanwhile.
    let editor = move || {
        let wanted = desk.wanted.get()?;
        Some(view! { <Edit wanted desk/> })
    };
    let is_read = Memo::new(move |_| !(desk.there.get() && desk.wanted.with(Option::is_some)));
    view! {
        <Said desk/>
        <colleagues::AtWork desk/>
        <Show when=move || is_read.get()>
            <Drafts desk/>
            {children()}
        </Show>
        {editor}
    }
}

/// What came of the last writing.
#[component]
fn Said(desk: Desk) -> impl IntoView {
    view! {
        <div class="app-write__said" role="status">
            {move || desk.said.get().map(|it| view! { <p class="app-notice app-notice--done">{it}</p> })}
        </div>
    }
}

/// The place of the editor.
#[component]
fn Edit(wanted: Wanted, desk: Desk) -> impl IntoView {
    provide_context(ToWrite { wanted, desk });
    view! { <Later part=later::plan_editor lines=14/> }
}

/// For the editor: what to open, and where to say that it is left.
#[derive(Clone)]
struct ToWrite {
    wanted: Wanted,
    desk: Desk,
}

/// What the editor was opened for.
///
/// # Panics
/// Outside [`Edit`], which provides it.
#[expect(
    clippy::expect_used,
    reason = "the editor only exists inside its place"
)]
fn to_write() -> (Wanted, Desk, Opened) {
    let ToWrite { wanted, desk } =
        use_context().expect("the place of the editor says what is opened");
    (wanted, desk, opened())
}
