//! The questions of a form that a locality adds, each as it is asked; what cannot be answered here is said and left alone.

use leptos::prelude::*;

use super::Desk;
use super::entry::field_id;
use super::field::One;
use super::instances::Instances;
use crate::domain::questionnaire::{Holds, Kind, Question, Questionnaire, at_level, is_answer};
use crate::domain::section::{Entry, EntryError, EntryId, Part};
use crate::present::writing as words;
use crate::state::editing::Editing;
use crate::store::writing::Writing;

pub type Errors = Signal<Vec<(String, EntryError)>>;

/// Where questions are asked.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub writing: Writing,
    pub desk: Desk,
    pub form: &'static Questionnaire,
    /// Of what repeats: which time.
    pub instance: StoredValue<Option<String>>,
    pub errors: Errors,
}

impl Sheet {
    /// Of what is written now.
    pub fn with<T>(self, read: impl FnOnce(&[Entry], Option<&str>) -> T) -> T {
        self.writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            self.instance.with_value(|own| read(all, own.as_deref()))
        })
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&[Entry]) -> T) -> T {
        self.writing
            .editing
            .with_untracked(|it| read(it.as_ref().map(Editing::entries).unwrap_or_default()))
    }

    /// Of what the record has.
    pub fn with_base<T>(self, read: impl FnOnce(&[Entry], Option<&str>) -> T) -> T {
        self.writing.editing.with_untracked(|it| {
            let all = it.as_ref().map(Editing::base).unwrap_or_default();
            self.instance.with_value(|own| read(all, own.as_deref()))
        })
    }

    fn is_asked(self, question: &'static Question) -> Memo<bool> {
        Memo::new(move |_| self.with(|all, own| self.form.is_enabled(question, own, all)))
    }
}

#[component]
pub fn Questions(
    writing: Writing,
    desk: Desk,
    form: &'static Questionnaire,
    errors: Errors,
) -> impl IntoView {
    let sheet = Sheet {
        writing,
        desk,
        form,
        instance: StoredValue::new(None),
        errors,
    };
    together(sheet, &form.questions, 0)
}

/// What is asked in an instance of this level, or in the form itself (0), with what repeats in it.
pub fn together(sheet: Sheet, questions: &'static [Question], level: usize) -> AnyView {
    let all = at_level(questions, level).map(|(many, questions)| match many {
        Some(many) => view! { <Instances sheet many questions level/> }.into_any(),
        None => groups(sheet, questions),
    });
    all.collect_view().into_any()
}

/// Under the titles of their groups.
fn groups(sheet: Sheet, questions: &'static [Question]) -> AnyView {
    let together = questions.chunk_by(|a, b| title(a) == title(b));
    let groups = together.map(|questions| {
        let asked = questions.iter().map(|question| {
            view! { <div class="app-write__part"><Asked sheet question/></div> }
        });
        let asked = asked.collect_view();
        let group = questions.first().map(title).unwrap_or_default();
        if group.is_empty() {
            return view! { <div class="app-write__group">{asked}</div> }.into_any();
        }
        let label = group.clone();
        view! {
            <div class="app-write__group" role="group" aria-label=label>
                <p class="app-write__title">{group}</p>
                {asked}
            </div>
        }
        .into_any()
    });
    groups.collect_view().into_any()
}

/// Of the groups that it is in. One that repeats has its title above each instance, with those that it is in.
fn title(question: &Question) -> String {
    let groups = question.inside().iter();
    let titles = groups.filter(|it| it.is == Holds::Group).map(|it| it.title);
    titles.collect::<Vec<_>>().join(": ")
}

#[component]
fn Asked(sheet: Sheet, question: &'static Question) -> impl IntoView {
    match question.kind {
        Kind::Told => return view! { <p>{question.text}</p> }.into_any(),
        Kind::Unlisted | Kind::Other(_) => {
            return view! { <p class="app-quiet">{words::closed(question)}</p> }.into_any();
        }
        _ => {}
    }
    let is_asked = sheet.is_asked(question);
    view! {
        <Show
            when=move || is_asked.get()
            fallback=move || view! { <NotAsked sheet question/> }
        >
            <Answers sheet question/>
        </Show>
    }
    .into_any()
}

/// The entries of a question, with what each says.
fn entries(sheet: Sheet, question: &'static Question) -> Memo<Vec<(EntryId, String)>> {
    Memo::new(move |_| {
        sheet.with(|all, instance| {
            let own = all.iter().filter(|it| is_answer(it, question, instance));
            own.map(|it| (it.id.clone(), it.text.clone())).collect()
        })
    })
}

/// What was answered before it depended on something else.
#[component]
fn NotAsked(sheet: Sheet, question: &'static Question) -> impl IntoView {
    let all = entries(sheet, question);
    let was_asked = sheet.with_base(|base, own| sheet.form.is_enabled(question, own, base));
    let what = if was_asked {
        ": not asked with these answers, and taken away when you save: "
    } else {
        ": not asked with these answers. It stays as it is: "
    };
    move || {
        let said: Vec<String> = all.with(|all| {
            // What is only suggested is nowhere yet.
            let is_there =
                |id: &EntryId| sheet.with_base(|all, _| all.iter().any(|it| it.id == *id));
            let said = all
                .iter()
                .filter(|it| !it.1.trim().is_empty() && is_there(&it.0));
            said.map(|it| words::shown(Part::Asked(question), &it.1))
                .collect()
        });
        (!said.is_empty()).then(|| {
            view! {
                <p class="app-quiet">
                    {question.text} {what} {said.join(", ")}
                </p>
            }
        })
    }
}

#[component]
fn Answers(sheet: Sheet, question: &'static Question) -> impl IntoView {
    let Sheet {
        writing,
        desk,
        errors,
        ..
    } = sheet;
    let part = Part::Asked(question);
    let all = entries(sheet, question);
    let ids =
        Memo::new(move |_| all.with(|all| all.iter().map(|it| it.0.clone()).collect::<Vec<_>>()));
    if !question.repeats {
        let label = words::label(question);
        return match ids.with_untracked(|all| all.first().cloned()) {
            Some(id) => view! { <One writing desk part id label errors/> }.into_any(),
            None => view! {
                <p class="app-quiet">
                    {question.text} ": the record has it in a form that cannot be changed here. It stays as it is."
                </p>
            }
            .into_any(),
        };
    }
    let add = move |_| {
        let id = sheet
            .instance
            .with_value(|own| writing.add_in(own.as_deref(), part));
        if let Some(id) = id {
            request_animation_frame(move || super::focus(&format!("#{}", field_id(&id))));
        }
    };
    // Of the question as a whole.
    let own = sheet
        .instance
        .with_value(|it| it.as_ref().map(|it| EntryId::of(it, part)));
    let place = sheet
        .instance
        .with_value(|it| field_id(&EntryId::within(it.as_deref(), part.key())));
    let wrong = move || {
        let own = errors.with(|all| {
            let mut all = all.iter().map(|it| &it.1);
            all.find(|it| it.part == part && it.id == own)
                .map(words::error)
        });
        own.map(|it| view! { <p class="nhsuk-error-message">{it}</p> })
    };
    let first = move || ids.with(Vec::is_empty);
    view! {
        // Each answer bears the question.
        <Show when=first><p class="app-write__heading">{words::label(question)}</p></Show>
        {wrong}
        <For each=move || ids.get() key=Clone::clone let:id>
            <Several sheet question id ids/>
        </For>
        <p>
            <button type="button" class="nhsuk-link" id=place on:click=add>
                {move || if first() { "Add an answer" } else { words::add(part) }}
                <span class="nhsuk-u-visually-hidden">" to: " {question.text}</span>
            </button>
        </p>
    }
    .into_any()
}

/// One of several answers.
#[component]
fn Several(
    sheet: Sheet,
    question: &'static Question,
    id: EntryId,
    ids: Memo<Vec<EntryId>>,
) -> impl IntoView {
    let nth = ids.with_untracked(|all| all.iter().position(|it| *it == id).unwrap_or(0));
    let label = format!("{}, answer {}", question.text, nth + 1);
    let (writing, desk, errors) = (sheet.writing, sheet.desk, sheet.errors);
    view! { <One writing desk part=Part::Asked(question) id label errors/> }
}
