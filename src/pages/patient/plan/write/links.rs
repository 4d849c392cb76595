//! What is linked from the record, several of it: each with a way to take it away, and a choice to add another.

use leptos::prelude::*;

use super::Desk;
use super::entry::{Clashing, field_id};
use super::field::{linked, place_of};
use crate::domain::section::{EntryError, EntryId, Field, Part};
use crate::present::writing as words;
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{Button, ButtonVariant, FieldWords, Select};

#[component]
pub fn Links(
    writing: Writing,
    desk: Desk,
    field: Field,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let part = Part::Field(field);
    let all = all_of(writing, part);
    let picked = RwSignal::new(String::new());
    let place = format!("add-{}", field.key());
    let choices = Signal::derive(move || {
        let mut choices = linked(desk, field, "");
        all.with(|all| {
            choices.retain(|it| !all.iter().any(|(_, text)| place_of(text) == it.value));
        });
        choices
    });
    let add = Callback::new(move |()| {
        let to = picked.get_untracked();
        let choice = choices
            .get_untracked()
            .into_iter()
            .find(|it| it.value == to);
        if let Some(choice) = choice.filter(|_| !to.is_empty()) {
            if let Some(id) = writing.add(part) {
                writing.type_into(&id, &format!("{to} {}", choice.text));
            }
            picked.set(String::new());
        }
    });
    let words = FieldWords {
        hint: words::hint(part).map(str::to_owned),
        ..FieldWords::new(place, words::add(part))
    };
    let error = Signal::derive(move || {
        errors.with(|all| {
            let own = all.iter().find(|(_, it)| it.part == part);
            own.map(|(_, it)| words::error(it))
        })
    });
    view! {
        <div class="app-write__part">
            <ul class="app-lines app-lines--bare app-write__links">
                <For each=move || all.get() key=Clone::clone let:entry>
                    <Linked writing part entry/>
                </For>
            </ul>
            <div class="app-write__add" class:app-write__add--none=move || choices.with(|it| it.len() < 2)>
                <Select words choices chosen=picked on_choose=Callback::new(move |it| picked.set(it)) error/>
                <Button variant=ButtonVariant::Secondary classes="nhsuk-button--small" on_press=add>
                    "Add"
                    <span class="nhsuk-u-visually-hidden">" to " {part.title().to_lowercase()}</span>
                </Button>
            </div>
        </div>
    }
}

/// What is linked, and what two people have changed of it.
fn all_of(writing: Writing, part: Part) -> Memo<Vec<(EntryId, String)>> {
    Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::entries).unwrap_or_default();
            let clashes = it.as_ref().map(Editing::clashes).unwrap_or_default();
            let is_open = |id: &EntryId| clashes.iter().any(|it| it.id == *id);
            let own = all.iter().filter(|it| it.part == part);
            own.filter(|it| !it.is_blank() || is_open(&it.id))
                .map(|it| (it.id.clone(), it.text.clone()))
                .collect::<Vec<_>>()
        })
    })
}

#[component]
fn Linked(writing: Writing, part: Part, entry: (EntryId, String)) -> impl IntoView {
    let (id, text) = entry;
    let name = words::shown(part, &text);
    let (own, place) = (StoredValue::new(id.clone()), field_id(&id));
    let remove = move |_| own.with_value(|id| writing.type_into(id, ""));
    let about = name.clone();
    view! {
        <li id=place class="app-row">
            <Clashing writing own/>
            <span>{name}</span>
            <button type="button" class="nhsuk-link app-write__change" on:click=remove>
                "Take away"
                <span class="nhsuk-u-visually-hidden">" " {about}</span>
            </button>
        </li>
    }
}
