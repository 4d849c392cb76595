//! A choice, or the writer's own words.

use leptos::prelude::*;

use super::entry::{Clashing, error_at, field_id, text_of};
use super::field::codes;
use crate::domain::section::{EntryError, EntryId, Part, words_of};
use crate::store::writing::Writing;
use crate::ui::nhs::{Choice, FieldWords, Input, Select};

/// No code is called so.
const OWN: &str = "#own-words";

#[component]
pub fn ChoiceOrWords(
    writing: Writing,
    part: Part,
    id: EntryId,
    #[prop(into)] label: String,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let place = field_id(&id);
    let own = StoredValue::new(id);
    let value = text_of(writing, own);
    let error = error_at(errors, place.clone());
    let on_input =
        Callback::new(move |text: String| own.with_value(|id| writing.type_into(id, &text)));
    // Chosen, though nothing is typed yet.
    let begun = RwSignal::new(false);
    let is_own = Memo::new(move |_| {
        value.with(|it| match it.trim() {
            "" => begun.get(),
            it => words_of(part, it).is_none(),
        })
    });
    let chosen = Signal::derive(move || {
        if is_own.get() {
            OWN.to_owned()
        } else {
            value.get()
        }
    });
    let choices = Signal::derive(move || {
        let mut choices = codes(part, &[]);
        choices.push(Choice {
            value: OWN.to_owned(),
            text: "Something else".to_owned(),
            group: None,
        });
        choices
    });
    let words_id = format!("{place}-words");
    let field = words_id.clone();
    let on_choose = Callback::new(move |to: String| {
        begun.set(to == OWN);
        if to != OWN {
            on_input.run(to);
            return;
        }
        if !is_own.get_untracked() || value.with_untracked(|it| words_of(part, it).is_some()) {
            on_input.run(String::new());
        }
        let field = field.clone();
        request_animation_frame(move || super::focus(&format!("#{field}")));
    });
    let typed = FieldWords::new(words_id, format!("{label}: in your own words"));
    let words = FieldWords::new(place, label);
    view! {
        <Clashing writing own/>
        <Select words choices chosen on_choose error/>
        <Show when=move || is_own.get()>
            <Input words=typed.clone() value on_input autocomplete=Some("off")/>
        </Show>
    }
}
