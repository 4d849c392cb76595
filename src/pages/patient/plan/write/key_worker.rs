//! Who the key worker of the team is: there is one, and who becomes it takes the place of the one before.

use leptos::prelude::*;

use super::members::{key_id, spoken};
use crate::domain::section::team::leaves;
use crate::domain::section::{Chosen, Entry, Field, Part, day};
use crate::present::team;
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{CheckBox, Checkboxes, FieldWords};

/// One tick for the whole team.
#[component]
pub fn KeyWorker(writing: Writing, who: Memo<Option<Chosen>>, box_id: String) -> impl IntoView {
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
    let told = move || {
        let leaver = |it: &Option<String>| {
            let it = Chosen::read(it.as_deref()?)?;
            let until = writing.editing.with(|all| last_day(all.as_ref(), &it));
            Some((spoken(&it), until))
        };
        team::key_worker(before.with(leaver).as_ref(), now.with(leaver).as_ref())
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

/// As it is written now; a day that cannot be read as it was typed.
fn last_day(all: Option<&Editing>, who: &Chosen) -> Option<String> {
    let said = leaves(all?.entries(), &who.to)?;
    Some(day::read(said).map_or_else(|| said.to_owned(), day::write))
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
