//! What is known already, to be ticked: linked to the plan, never copied. What another record has, and calls nothing that
//! could be linked, is shown live; what is not ticked stays offered.

use leptos::prelude::*;

use super::Desk;
use super::entry::{Clashing, field_id};
use crate::domain::section::known::{Known as Fact, KnownKind, behind, known};
use crate::domain::section::{Chosen, Entry, EntryId, Field, Part};
use crate::domain::{Target, Topic};
use crate::pages::patient::said;
use crate::present::{known as told, writing as words};
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{CheckBox, Checkboxes, FieldWords};

/// The headings of the plan that are ticked here.
pub const TICKED: [Field; 3] = [Field::Need, Field::PlanTeam, Field::Supporting];

/// One box.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    field: Field,
    to: Target,
    name: String,
    hint: Option<String>,
}

/// What is offered under one heading, and what is only shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    offers: Vec<Offer>,
    shown: Vec<(String, String)>,
    /// Of both, how many are left out.
    more: usize,
}

/// More of a kind is no choice any more; what is linked is always there.
const MOST: usize = 100;

#[component]
pub fn Known(writing: Writing, desk: Desk) -> impl IntoView {
    let it = desk.it();
    let facts = Memo::new(move |_| {
        let Some(source) = it.store.shared_id() else {
            return Vec::new();
        };
        let now = it.store.now.get_untracked();
        it.facts
            .with(|facts| known(facts, &source, &it.id.get_value(), now))
    });
    let clashes = Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::clashes).unwrap_or_default();
            let own = all
                .into_iter()
                .filter(|it| TICKED.iter().any(|field| it.part == Part::Field(*field)));
            own.map(|it| it.id).collect::<Vec<_>>()
        })
    });
    let groups = KnownKind::OFFERED
        .into_iter()
        .chain([KnownKind::Other])
        .map(|kind| view! { <OfKind writing desk kind facts/> });
    let groups = groups.collect_view();
    view! {
        <section class="app-write__part app-known" aria-labelledby="known-already">
            <h5 id="known-already">"Known already"</h5>
            <p class="app-quiet">
                "Tick what this plan builds on. It is linked, never copied: what changes there is shown here."
            </p>
            <For each=move || clashes.get() key=Clone::clone let:id>
                <Clashing writing own=StoredValue::new(id)/>
            </For>
            {groups}
        </section>
    }
}

#[component]
fn OfKind(writing: Writing, desk: Desk, kind: KnownKind, facts: Memo<Vec<Fact>>) -> impl IntoView {
    let group = Memo::new(move |_| {
        facts.with(|all| {
            writing.editing.with(|it| {
                let linked = it.as_ref().map(Editing::entries).unwrap_or_default();
                group(desk, kind, all, linked)
            })
        })
    });
    move || {
        let Group {
            offers,
            shown,
            more,
        } = group.get();
        let more = (more > 0).then(
            || view! { <p class="app-quiet">{format!("{more} more are not offered here.")}</p> },
        );
        let shown = (!shown.is_empty()).then(|| view! { <Shown shown/> });
        if offers.is_empty() {
            let none = (kind != KnownKind::Other && shown.is_none()).then(|| {
                let words = desk.it().none(topics(kind), told::none_known(kind));
                view! { <p class="app-quiet">{words}</p> }
            });
            return (none.is_some() || shown.is_some())
                .then(|| {
                    view! {
                        <p class="app-known__kind">{told::known_kind(kind)}</p>
                        {none}
                        {shown}
                    }
                })
                .into_any();
        }
        view! { {boxes(writing, kind, offers)} {shown} {more} }.into_any()
    }
}

const fn topics(kind: KnownKind) -> &'static [Topic] {
    match kind {
        KnownKind::Problem => &[Topic::Problems],
        KnownKind::Carer => &[Topic::Contacts],
        KnownKind::Team => &[Topic::Team],
        KnownKind::Admission => &[Topic::Activity],
        KnownKind::Practice | KnownKind::Other => &[Topic::Identity],
    }
}

fn group(desk: Desk, kind: KnownKind, all: &[Fact], linked: &[Entry]) -> Group {
    let it = desk.it();
    let now = it.store.now.get_untracked();
    let mut found = Group::default();
    for fact in all.iter().filter(|it| it.kind == kind) {
        let (name, about) = told::known(fact, it.source_name(&fact.source), now);
        match &fact.to {
            Some(to) => found.offers.push(Offer {
                field: kind.field(),
                to: to.clone(),
                name,
                hint: Some(about),
            }),
            None => found.shown.push((name, about)),
        }
    }
    // What is linked, and is not among it: over by now, or of another kind.
    for entry in linked {
        let Part::Field(field) = entry.part else {
            continue;
        };
        let Some(chosen) = Chosen::read(&entry.text).filter(|_| TICKED.contains(&field)) else {
            continue;
        };
        let is_known = found
            .offers
            .iter()
            .any(|it| it.field == field && it.to == chosen.to);
        if KnownKind::of(field, &chosen.to) == kind && !is_known {
            let (name, about) = of_linked(desk, entry, &chosen.to);
            found.offers.push(Offer {
                field,
                name,
                to: chosen.to,
                hint: Some(about),
            });
        }
    }
    let is_linked = |it: &Offer| linked.iter().any(|entry| leads(entry, it.field, &it.to));
    let before = found.offers.len() + found.shown.len();
    let mut place = 0;
    found.offers.retain(|it| {
        place += 1;
        place <= MOST || is_linked(it)
    });
    found.shown.truncate(MOST);
    found.more = before - found.offers.len() - found.shown.len();
    found
}

/// What is linked and not offered: as it is known now, where it is, else as the record calls it.
fn of_linked(desk: Desk, entry: &Entry, to: &Target) -> (String, String) {
    let it = desk.it();
    let live = it.store.shared_id().and_then(|source| {
        let fact = it.facts.with(|facts| behind(facts, &source, to))?;
        let now = it.store.now.get_untracked();
        Some(told::known(&fact, it.source_name(&fact.source), now))
    });
    match live {
        Some((name, about)) => (name, format!("Linked already, {about}")),
        None => (
            words::shown(entry.part, &entry.text),
            "Linked already".to_owned(),
        ),
    }
}

fn boxes(writing: Writing, kind: KnownKind, offers: Vec<Offer>) -> AnyView {
    let words = FieldWords {
        label_classes: "app-known__kind",
        ..FieldWords::new(format!("known-{kind:?}"), told::known_kind(kind))
    };
    let boxes = offers
        .iter()
        .map(|it| {
            let (field, to) = (it.field, it.to.clone());
            CheckBox {
                id: box_id(it),
                name: kind.field().key().to_owned(),
                value: it.to.to_string(),
                text: it.name.clone(),
                hint: it.hint.clone(),
                checked: Signal::derive(move || is_linked(writing, field, &to)),
            }
        })
        .collect();
    let on_change = Callback::new(move |(id, ticked): (String, bool)| {
        if let Some(it) = offers.iter().find(|it| box_id(it) == id) {
            tick(writing, it, ticked);
        }
    });
    view! { <Checkboxes words boxes on_change/> }.into_any()
}

/// As the entry's own field is called: what is wrong with it leads there.
fn box_id(it: &Offer) -> String {
    field_id(&EntryId(format!("{}:{}", it.field.key(), it.to)))
}

fn leads(it: &Entry, field: Field, to: &Target) -> bool {
    it.part == Part::Field(field) && Chosen::read(&it.text).is_some_and(|it| it.to == *to)
}

fn is_linked(writing: Writing, field: Field, to: &Target) -> bool {
    writing.editing.with(|it| {
        let all = it.as_ref().map(Editing::entries).unwrap_or_default();
        all.iter().any(|it| leads(it, field, to))
    })
}

fn tick(writing: Writing, it: &Offer, ticked: bool) {
    let text = Chosen::new(it.to.clone(), it.name.as_str()).to_string();
    let id = EntryId(format!("{}:{}", it.field.key(), it.to));
    let (linked, was) = writing.editing.with_untracked(|all| {
        let all = all.as_ref();
        let entries = all.map(Editing::entries).unwrap_or_default();
        let base = all.map(Editing::base).unwrap_or_default();
        let linked = entries.iter().filter(|own| leads(own, it.field, &it.to));
        let was = base
            .iter()
            .find(|own| own.id == id)
            .map(|it| it.text.clone());
        (linked.map(|it| it.id.clone()).collect::<Vec<_>>(), was)
    });
    match (ticked, was) {
        (false, _) => linked.iter().for_each(|id| writing.type_into(id, "")),
        // As it was.
        (true, Some(was)) => writing.type_into(&id, &was),
        (true, None) if linked.is_empty() => {
            if let Some(new) = writing.add(Part::Field(it.field)) {
                writing.type_into(&new, &text);
            }
        }
        (true, None) => {}
    }
}

/// What other records have, and call nothing.
#[component]
fn Shown(shown: Vec<(String, String)>) -> impl IntoView {
    let lines = shown.into_iter().map(|(name, about)| {
        view! { <li>{name} ", " {said::num(about)}</li> }
    });
    view! {
        <p class="app-quiet">"Shown live from other records, and cannot be linked:"</p>
        <ul class="app-lines">{lines.collect_view()}</ul>
    }
}
