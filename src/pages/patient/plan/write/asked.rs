//! The questions of a form that a locality adds, each as it is asked; what cannot be answered here is said and left alone.

use leptos::prelude::*;

use super::Desk;
use super::field::One;
use crate::domain::questionnaire::{Kind, Question, Questionnaire, is_answer};
use crate::domain::section::{EntryError, EntryId, Part};
use crate::present::writing as words;
use crate::state::editing::Editing;
use crate::store::writing::Writing;

type Errors = Signal<Vec<(String, EntryError)>>;

#[component]
pub fn Questions(
    writing: Writing,
    desk: Desk,
    form: &'static Questionnaire,
    errors: Errors,
) -> impl IntoView {
    let together = form.questions.chunk_by(|a, b| a.groups == b.groups);
    let groups = together.map(|questions| {
        let asked = questions.iter().map(|question| {
            view! { <div class="app-write__part"><Asked writing desk form question errors/></div> }
        });
        let asked = asked.collect_view();
        let group = questions
            .first()
            .map(|it| title(&it.groups))
            .unwrap_or_default();
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
    groups.collect_view()
}

fn title(groups: &[(&'static str, &'static str)]) -> String {
    let titles: Vec<&str> = groups.iter().map(|it| it.1).collect();
    titles.join(": ")
}

#[component]
fn Asked(
    writing: Writing,
    desk: Desk,
    form: &'static Questionnaire,
    question: &'static Question,
    errors: Errors,
) -> impl IntoView {
    match question.kind {
        Kind::Told => return view! { <p>{question.text}</p> }.into_any(),
        Kind::Other(_) => {
            return view! {
                <p class="app-quiet">{question.text} ": cannot be answered here. What the record has stays as it is."</p>
            }
            .into_any();
        }
        _ => {}
    }
    let is_asked = Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            form.is_enabled(question, all)
        })
    });
    view! {
        <Show
            when=move || is_asked.get()
            fallback=move || view! { <NotAsked writing form question/> }
        >
            <Answers writing desk question errors/>
        </Show>
    }
    .into_any()
}

/// The entries of a question, with what each says.
fn entries(writing: Writing, question: &'static Question) -> Memo<Vec<(EntryId, String)>> {
    Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            let own = all.iter().filter(|it| is_answer(it, question));
            own.map(|it| (it.id.clone(), it.text.clone())).collect()
        })
    })
}

/// What was answered before it depended on something else.
#[component]
fn NotAsked(
    writing: Writing,
    form: &'static Questionnaire,
    question: &'static Question,
) -> impl IntoView {
    let all = entries(writing, question);
    let was_asked = writing.editing.with_untracked(|it| {
        let base = it.as_ref().map(Editing::base).unwrap_or_default();
        form.is_enabled(question, base)
    });
    let what = if was_asked {
        ": not asked with these answers, and taken away when you save: "
    } else {
        ": not asked with these answers. It stays as it is: "
    };
    move || {
        let said: Vec<String> = all.with(|all| {
            let said = all.iter().filter(|it| !it.1.trim().is_empty());
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
fn Answers(
    writing: Writing,
    desk: Desk,
    question: &'static Question,
    errors: Errors,
) -> impl IntoView {
    let part = Part::Asked(question);
    let all = entries(writing, question);
    let ids =
        Memo::new(move |_| all.with(|all| all.iter().map(|it| it.0.clone()).collect::<Vec<_>>()));
    if !question.repeats {
        let label = label(question);
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
        if let Some(id) = writing.add(part) {
            request_animation_frame(move || {
                super::focus(&format!("#{}", super::entry::field_id(&id)));
            });
        }
    };
    let wrong = move || {
        let own = errors.with(|all| {
            let mut all = all.iter().map(|it| &it.1);
            all.find(|it| it.part == part && it.id.is_none())
                .map(words::error)
        });
        own.map(|it| view! { <p class="nhsuk-error-message">{it}</p> })
    };
    let first = move || ids.with(Vec::is_empty);
    view! {
        // Each answer bears the question.
        <Show when=first><p class="app-write__heading">{label(question)}</p></Show>
        {wrong}
        <For each=move || ids.get() key=Clone::clone let:id>
            <Several writing desk question id ids errors/>
        </For>
        <p>
            <button type="button" class="nhsuk-link" on:click=add>
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
    writing: Writing,
    desk: Desk,
    question: &'static Question,
    id: EntryId,
    ids: Memo<Vec<EntryId>>,
    errors: Errors,
) -> impl IntoView {
    let nth = ids.with_untracked(|all| all.iter().position(|it| *it == id).unwrap_or(0));
    let label = format!("{}, answer {}", question.text, nth + 1);
    view! { <One writing desk part=Part::Asked(question) id label errors/> }
}

/// What need not be answered says so.
fn label(question: &Question) -> String {
    if question.required {
        question.text.to_owned()
    } else {
        format!("{} (optional)", question.text)
    }
}
