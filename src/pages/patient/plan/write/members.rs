//! The members of a team that are written: whom it was opened for, who is new, and who was changed meanwhile. There is one
//! key worker: who becomes it takes the place of the one before.

use leptos::prelude::*;

use super::Desk;
use super::entry::{Clashing, error_at, field_id, text_of};
use super::field::Fields;
use super::find::Find;
use super::focus;
use crate::domain::ResourceRef;
use crate::domain::section::team::{groups, member, of_member};
use crate::domain::section::{Chosen, Entry, EntryError, EntryId, Field, Part, day};
use crate::domain::team::Colleague;
use crate::domain::time::london;
use crate::present::name;
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{CheckBox, Checkboxes, FieldWords};

fn key_id() -> EntryId {
    EntryId(Field::KeyWorker.key().to_owned())
}

fn entries(it: Option<&Editing>) -> &[Entry] {
    it.map(Editing::entries).unwrap_or_default()
}

/// Who is to be seen: all others stay as they are.
fn shown(it: &Editing, opened_for: Option<&ResourceRef>) -> Vec<String> {
    let clashes = it.clashes();
    let known = groups(it.base());
    let is_changed = |group: &str| {
        let mut own = it.entries().iter().filter(|it| it.group() == Some(group));
        let before = |id: &EntryId| it.base().iter().find(|it| it.id == *id);
        own.any(|own| {
            let is_open = clashes.iter().any(|it| it.id == own.id);
            is_open || before(&own.id).is_some_and(|it| it.says() != own.says())
        })
    };
    let all = groups(it.entries()).into_iter().filter(|group| {
        let is_asked = opened_for.is_some()
            && member(it.entries(), group).map(|it| it.to).as_ref() == opened_for;
        !known.contains(group) || is_asked || is_changed(group)
    });
    all.map(str::to_owned).collect()
}

#[component]
pub fn Members(
    writing: Writing,
    desk: Desk,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let who = writing.who.get_value();
        let shown = |it: &Editing| shown(it, who.as_ref());
        writing
            .editing
            .with(|it| it.as_ref().map(shown))
            .unwrap_or_default()
    });
    let key = StoredValue::new(key_id());
    let wrong = error_at(errors, field_id(&key_id()));
    view! {
        <div id=field_id(&key_id()) tabindex="-1">
            <Clashing writing own=key/>
            {move || wrong.get().map(|it| view! { <p class="nhsuk-error-message">{it}</p> })}
        </div>
        <For each=move || all.get() key=Clone::clone let:group>
            <Member writing desk group errors/>
        </For>
        <Show when=move || all.with(Vec::is_empty)>
            <p class="app-notice">"This member is not in the team any more."</p>
        </Show>
        <p class="app-quiet">
            "Who leaves gets a day under “Until” and stays in the history of the team."
        </p>
    }
}

#[component]
fn Member(
    writing: Writing,
    desk: Desk,
    group: String,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    let own = EntryId::of(&group, Part::Field(Field::Member));
    let place = field_id(&own);
    let is_new = writing.editing.with_untracked(|it| {
        it.as_ref()
            .is_some_and(|it| !groups(it.base()).contains(&group.as_str()))
    });
    let own = StoredValue::new(own);
    let text = text_of(writing, own);
    let who = Memo::new(move |_| text.with(|it| Chosen::read(it)));
    let title = move || {
        who.get()
            .map_or_else(|| "A new member".to_owned(), |it| spoken(&it))
    };
    let error = error_at(errors, place.clone());
    let is_there = Callback::new(move |it: Colleague| {
        writing
            .editing
            .with(|all| is_member(entries(all.as_ref()), &it.to))
    });
    let of = group.clone();
    let on_pick = Callback::new(move |it: Colleague| pick(writing, desk, &of, &it));
    let again = move |_| own.with_value(|id| writing.type_into(id, ""));
    let find = move || {
        let none = who.with(Option::is_none);
        if none && is_new {
            return view! { <Find desk id=place.clone() error is_there on_pick/> }.into_any();
        }
        is_new
            .then(|| {
                view! {
                    <p id=place.clone() tabindex="-1">
                        <button type="button" class="nhsuk-link app-write__change" on:click=again>
                            "Choose somebody else"
                        </button>
                    </p>
                    {error.get().map(|it| view! { <p class="nhsuk-error-message">{it}</p> })}
                }
            })
            .into_any()
    };
    let kind = Memo::new(move |_| who.with(|it| it.as_ref().map(|it| it.to.kind.clone())));
    let rest = StoredValue::new(group);
    let fields = move || {
        let kind = kind.get()?;
        let group = rest.get_value();
        // FHIR has an organisation beside a person without a role only (ctm-1): the role names its own.
        let mut fields = vec![
            Field::MemberRole,
            Field::OnBehalfOf,
            Field::Since,
            Field::Until,
        ];
        fields.retain(|it| *it != Field::OnBehalfOf || kind == "Practitioner");
        let of = Some(group.clone());
        Some(view! {
            <Fields writing desk fields errors of/>
            <KeyWorker writing group who/>
        })
    };
    view! {
        <fieldset class="nhsuk-fieldset app-member">
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{title}</legend>
            <Clashing writing own/>
            {find}
            {fields}
        </fieldset>
    }
}

fn spoken(it: &Chosen) -> String {
    name::shown(&it.name).unwrap_or_else(|| "Not named in the record".to_owned())
}

/// Whether they are in the team, and nothing says that they leave.
fn is_member(all: &[Entry], to: &ResourceRef) -> bool {
    let stays = |group: &str| of_member(all, group, Field::Until).is_none_or(Entry::is_blank);
    let mut groups = groups(all).into_iter();
    groups.any(|it| member(all, it).is_some_and(|who| who.to == *to) && stays(it))
}

/// They join, from today unless something else is typed, in the role that the directory knows.
fn pick(writing: Writing, desk: Desk, group: &str, it: &Colleague) {
    let id = |field: Field| EntryId::of(group, Part::Field(field));
    let chosen = Chosen {
        to: it.to.clone(),
        name: it.name.clone(),
    };
    let blank = |field: Field| {
        writing.editing.with_untracked(|all| {
            of_member(entries(all.as_ref()), group, field).is_none_or(Entry::is_blank)
        })
    };
    let (role, since) = (blank(Field::MemberRole), blank(Field::Since));
    writing.type_into(&id(Field::Member), &chosen.to_string());
    if let Some(known) = it.roles.first().filter(|_| role) {
        writing.type_into(&id(Field::MemberRole), known);
    }
    if since {
        let today = london(desk.it().store.now.get_untracked()).date();
        writing.type_into(&id(Field::Since), &day::write(today));
    }
    let role = field_id(&id(Field::MemberRole));
    request_animation_frame(move || focus(&format!("#{role}")));
}

/// One tick for the whole team.
#[component]
fn KeyWorker(writing: Writing, group: String, who: Memo<Option<Chosen>>) -> impl IntoView {
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
    let box_id = field_id(&EntryId::of(&group, Part::Field(Field::KeyWorker)));
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
        let named =
            |it: &Option<String>| it.as_deref().and_then(Chosen::read).map(|it| spoken(&it));
        let (was, is) = (before.with(named), now.with(named));
        match (was, is) {
            (None, None) => "Nobody is the key worker".to_owned(),
            (None, Some(is)) => format!("Key worker: {is}"),
            (Some(was), Some(is)) if was == is => format!("Key worker: {is}"),
            (Some(was), Some(is)) => {
                format!("Key worker: {is}, in place of {was}, who stays in the team")
            }
            (Some(was), None) => {
                format!("{was} is not the key worker any more, and nobody else is")
            }
        }
    };
    let boxes = vec![CheckBox {
        id: box_id.clone(),
        name: box_id.clone(),
        value: "yes".to_owned(),
        text: "The key worker".to_owned(),
        hint: None,
        checked: Signal::derive(is_it),
    }];
    let words = FieldWords::new(format!("{box_id}-about"), "Key worker");
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
