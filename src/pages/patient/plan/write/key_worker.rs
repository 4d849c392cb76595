//! Who the key worker of the team is: there is one, and who becomes it takes the place of the one before.

use leptos::prelude::*;

use super::entry::text_of;
use super::members::{key_id, spoken};
use crate::domain::section::{Chosen, Entry, EntryId, Field, Part};
use crate::present::team;
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{CheckBox, Checkboxes, FieldWords};

/// One tick for the whole team.
#[component]
pub fn KeyWorker(
    writing: Writing,
    who: Memo<Option<Chosen>>,
    /// Of the same member.
    until: EntryId,
    box_id: String,
) -> impl IntoView {
    let now = Memo::new(move |_| key_worker(writing, Editing::entries));
    let before = Memo::new(move |_| key_worker(writing, Editing::base));
    let is_it = move || {
        let own = who.with(|it| it.as_ref().map(|it| it.to.clone()));
        own.is_some()
            && now.with(|it| {
                it.as_ref()
                    .is_some_and(|it| Chosen::read(it).map(|it| it.to) == own)
            })
    };
    let on_change = Callback::new(move |(_, ticked): (String, bool)| {
        let own = who
            .get_untracked()
            .map(|it| it.to_string())
            .unwrap_or_default();
        let was = before.get_untracked().unwrap_or_default();
        let is_own =
            |it: &str| Chosen::read(it).map(|it| it.to) == Chosen::read(&own).map(|it| it.to);
        let text = match ticked {
            true => own,
            // As it was, or nobody.
            false if is_own(&was) => String::new(),
            false => was,
        };
        writing.type_into(&key_id(), &text);
    });
    let until = text_of(writing, StoredValue::new(until));
    let told = move || {
        let named = |it: &Option<String>| Some(spoken(&Chosen::read(it.as_deref()?)?));
        let leaves = is_it() && until.with(|it| !it.trim().is_empty());
        team::key_worker(
            before.with(named).as_deref(),
            now.with(named).as_deref(),
            leaves,
        )
    };
    let words = FieldWords::new(format!("{box_id}-about"), "Key worker");
    let boxes = vec![CheckBox {
        id: box_id,
        name: Field::KeyWorker.key().to_owned(),
        value: "yes".to_owned(),
        text: "The key worker".to_owned(),
        hint: None,
        checked: Signal::derive(is_it),
    }];
    if now.with_untracked(Option::is_none) {
        return view! {
            <p class="app-quiet">
                "Who the key worker is cannot be changed here: the record names several, or somebody whom it does not link. It stays as it is."
            </p>
        }
        .into_any();
    }
    view! {
        <Checkboxes words boxes on_change/>
        <p class="app-quiet" role="status">{told}</p>
    }
    .into_any()
}

/// `None` where it cannot be written.
fn key_worker(writing: Writing, of: fn(&Editing) -> &[Entry]) -> Option<String> {
    writing.editing.with(|it| {
        let all = it.as_ref().map(of)?;
        let own = all
            .iter()
            .find(|it| it.part == Part::Field(Field::KeyWorker))?;
        Some(own.text.clone())
    })
}
