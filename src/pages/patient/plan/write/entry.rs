//! The entries under one heading in a writer's words, and the choice where two people have changed the same one.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::domain::section::{Clash, EntryError, EntryId, Form, Part};
use crate::present::writing as words;
use crate::state::editing::{Choice, Editing};
use crate::store::writing::Writing;
use crate::ui::nhs::{Button, ButtonVariant, FieldWords, Textarea};

/// The field of an entry, for its label and for errors.
pub fn field_id(id: &EntryId) -> String {
    let mut field = "write-".to_owned();
    for it in id.0.chars() {
        if it.is_ascii_alphanumeric() || it == '-' {
            field.push(it);
        } else {
            // No two entries share a field, whatever an identifier has in it.
            let _ = write!(field, "_{:x}_", u32::from(it));
        }
    }
    field
}

#[component]
pub fn Entries(
    writing: Writing,
    part: Part,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let ids = Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            let own = all.iter().filter(|it| it.part == part);
            own.map(|it| it.id.clone()).collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        if let Some(id) = writing.add(part) {
            request_animation_frame(move || super::focus(&format!("#{}", field_id(&id))));
        }
    };
    view! {
        <div class="app-write__part">
            <For each=move || ids.get() key=Clone::clone let:id>
                <Field writing part id ids errors/>
            </For>
            <p><button type="button" class="nhsuk-link" on:click=add>{words::add(part)}</button></p>
        </div>
    }
}

#[component]
fn Field(
    writing: Writing,
    part: Part,
    id: EntryId,
    ids: Memo<Vec<EntryId>>,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let field = field_id(&id);
    let nth = ids
        .with_untracked(|all| all.iter().position(|it| *it == id))
        .unwrap_or(0);
    // The first says what belongs there; those after it are told apart by their number.
    let label = if nth == 0 {
        part.title().to_owned()
    } else {
        format!("{} {}", part.title(), nth + 1)
    };
    let words = FieldWords {
        hint: words::hint(part).filter(|_| nth == 0).map(str::to_owned),
        ..FieldWords::new(field.clone(), label)
    };
    let own = StoredValue::new(id);
    let value = text_of(writing, own);
    let on_input =
        Callback::new(move |text: String| own.with_value(|id| writing.type_into(id, &text)));
    let error = error_at(errors, field);
    view! {
        <Clashing writing own/>
        <Textarea words value on_input error rows=2/>
    }
}

/// What an entry says.
pub fn text_of(writing: Writing, own: StoredValue<EntryId>) -> Signal<String> {
    Signal::derive(move || {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            let entry = own.with_value(|id| all.iter().find(|it| it.id == *id));
            entry.map(|it| it.text.clone()).unwrap_or_default()
        })
    })
}

/// What is wrong at the field of this id.
pub fn error_at(
    errors: Signal<Vec<(String, EntryError)>>,
    field: String,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        errors.with(|all| {
            let own = all.iter().find(|(place, _)| *place == field);
            own.map(|(_, error)| words::error(error))
        })
    })
}

/// The choice, where two people have changed this entry.
#[component]
pub fn Clashing(writing: Writing, own: StoredValue<EntryId>) -> impl IntoView {
    let clash = Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::clashes).unwrap_or_default();
            all.into_iter().find(|it| own.with_value(|id| it.id == *id))
        })
    });
    let decide = Callback::new(move |choice| own.with_value(|id| writing.decide(id, choice)));
    move || clash.get().map(|clash| view! { <Decide clash decide/> })
}

/// Both texts and what was there before, side by side: a person decides.
#[component]
fn Decide(clash: Clash, decide: Callback<Choice>) -> impl IntoView {
    let Clash {
        before,
        theirs,
        mine,
        part,
        ..
    } = clash;
    let none = |it: Option<String>, words: &'static str| match it {
        Some(text) => words::shown(part, &text),
        None => words.to_owned(),
    };
    let choice = move |choice: Choice, label: &'static str| {
        view! {
            <Button
                variant=ButtonVariant::Secondary
                classes="nhsuk-button--small"
                on_press=Callback::new(move |()| decide.run(choice))
            >
                {label}
            </Button>
        }
    };
    view! {
        <div class="app-clash" role="group" aria-label=format!("{}: changed by two people", part.title())>
            <h5>{part.title()} ": changed by you and by somebody else"</h5>
            <dl class="app-clash__three">
                <div><dt>"Before"</dt><dd>{none(before, words::BLANK)}</dd></div>
                <div><dt>"On the record now"</dt><dd>{none(theirs, "Taken away")}</dd></div>
                <div><dt>"Yours"</dt><dd>{none(mine, "Taken away")}</dd></div>
            </dl>
            <div class="app-clash__choices">
                {choice(Choice::Theirs, "Keep what is on the record")}
                {choice(Choice::Mine, "Keep mine")}
                {matches!(part.form(), Form::Words | Form::Line)
                    .then(|| choice(Choice::Both, "Write one from both"))}
            </div>
        </div>
    }
}
