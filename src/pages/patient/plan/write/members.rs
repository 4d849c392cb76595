//! The members of a team that are written: whom it was opened for, who is new, and who was changed meanwhile. There is one
//! key worker: who becomes it takes the place of the one before.

use leptos::prelude::*;

use super::Desk;
use super::entry::{Clashing, error_at, field_id, text_of};
use super::field::Fields;
use super::find::Find;
use super::focus;
use super::key_worker::KeyWorker;
use crate::domain::ResourceRef;
use crate::domain::section::team::{groups, member, of_member};
use crate::domain::section::{Chosen, Entry, EntryError, EntryId, Field, Part, day};
use crate::domain::team::Colleague;
use crate::domain::time::london;
use crate::present::name;
use crate::state::editing::Editing;
use crate::store::writing::Writing;

pub fn key_id() -> EntryId {
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
        let is_asked = opened_for
            .is_some_and(|own| member(it.entries(), group).is_some_and(|it| it.to == *own));
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
            "When somebody leaves the team, enter their last day under “Until”. They stay in the history of the team."
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
    let was = writing.editing.with_untracked(|it| {
        let base = it.as_ref().map(Editing::base).unwrap_or_default();
        member(base, &group)
    });
    let title = move || match (who.get(), &was) {
        (Some(it), _) => spoken(&it),
        (None, Some(was)) => format!("{}: taken out of the team", spoken(was)),
        (None, None) => "A new member".to_owned(),
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
    let kind = Memo::new(move |_| who.with(|it| it.as_ref().map(|it| it.to.kind().to_owned())));
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
        let box_id = field_id(&EntryId::of(&group, Part::Field(Field::KeyWorker)));
        let of = Some(group);
        Some(view! {
            <Fields writing desk fields errors of/>
            <KeyWorker writing who box_id/>
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

pub fn spoken(it: &Chosen) -> String {
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
    let chosen = Chosen::new(it.to.clone(), it.name.as_str());
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
