//! What stands once in a section: a line, a day, a choice, somebody of the record, what is ticked.

use leptos::prelude::*;

use super::Desk;
use super::entry::{Clashing, error_at, field_id, text_of};
use super::own_words::ChoiceOrWords;
use crate::domain::section::{
    Chosen, EntryError, EntryId, Field, Form, Part, YES, offered, offers,
};
use crate::present::writing as words;
use crate::state::editing::Editing;
use crate::store::writing::Writing;
use crate::ui::nhs::{CheckBox, Checkboxes, Choice, FieldWords, Input, Select, Textarea};

/// These fields, one under the other; several are such that are ticked.
#[component]
pub fn Fields(
    writing: Writing,
    desk: Desk,
    fields: Vec<Field>,
    errors: Signal<Vec<(String, EntryError)>>,
    /// Of several that are written together, which.
    #[prop(optional_no_strip)]
    of: Option<String>,
) -> impl IntoView {
    let of = StoredValue::new(of);
    let (open, closed): (Vec<Field>, Vec<Field>) = fields
        .into_iter()
        .partition(|it| can_write(writing, &id_in(of, *it)));
    let closed = closed.into_iter().map(|it| {
        view! {
            <p class="app-quiet">
                {it.title()} ": the record has it in a form that cannot be changed here. It stays as it is."
            </p>
        }
    });
    let closed = closed.collect_view();
    let is_ticked = |it: &Field| Part::Field(*it).form() == Form::Tick;
    let open = match open.as_slice() {
        [] => ().into_any(),
        all if all.iter().all(is_ticked) => ticks(writing, all),
        all => all
            .iter()
            .map(|it| view! { <One writing desk part=Part::Field(*it) id=id_in(of, *it) label=it.title() errors/> })
            .collect_view()
            .into_any(),
    };
    view! { <div class="app-write__part">{open} {closed}</div> }
}

/// Whether the record has it in a form that is understood.
fn can_write(writing: Writing, id: &EntryId) -> bool {
    writing.editing.with_untracked(|it| {
        let all = it.as_ref().map(Editing::entries).unwrap_or_default();
        all.iter().any(|it| it.id == *id)
    })
}

fn id_in(of: StoredValue<Option<String>>, field: Field) -> EntryId {
    of.with_value(|of| match of {
        Some(group) => EntryId::of(group, Part::Field(field)),
        None => id_of(field),
    })
}

fn id_of(field: Field) -> EntryId {
    EntryId(field.key().to_owned())
}

fn ticks(writing: Writing, fields: &[Field]) -> AnyView {
    let words = match fields {
        [Field::NotInTouch] => FieldWords::new("in-touch", "Whether they are still in touch"),
        _ => FieldWords::new("roles", "Roles"),
    };
    let clashes = fields.iter().map(|it| {
        let own = StoredValue::new(id_of(*it));
        view! { <Clashing writing own/> }
    });
    let clashes = clashes.collect_view();
    let all = fields.to_vec();
    let boxes = fields
        .iter()
        .map(|it| {
            let text = text_of(writing, StoredValue::new(id_of(*it)));
            CheckBox {
                id: field_id(&id_of(*it)),
                name: it.key().to_owned(),
                value: YES.to_owned(),
                text: it.title().to_owned(),
                hint: None,
                checked: Signal::derive(move || text.with(|it| !it.is_empty())),
            }
        })
        .collect();
    let on_change = Callback::new(move |(id, ticked): (String, bool)| {
        let field = all.iter().find(|it| field_id(&id_of(**it)) == id);
        if let Some(field) = field {
            writing.type_into(&id_of(*field), if ticked { YES } else { "" });
        }
    });
    view! { {clashes} <Checkboxes words boxes on_change/> }.into_any()
}

/// One entry, as its part is entered.
#[component]
pub fn One(
    writing: Writing,
    desk: Desk,
    part: Part,
    id: EntryId,
    #[prop(into)] label: String,
    errors: Signal<Vec<(String, EntryError)>>,
) -> impl IntoView {
    if let Form::Open(_) = part.form() {
        return view! { <ChoiceOrWords writing part id label errors/> }.into_any();
    }
    let place = field_id(&id);
    let own = StoredValue::new(id);
    let words = FieldWords {
        hint: words::hint(part).map(str::to_owned),
        ..FieldWords::new(place.clone(), label)
    };
    let value = text_of(writing, own);
    let error = error_at(errors, place);
    let on_input =
        Callback::new(move |text: String| own.with_value(|id| writing.type_into(id, &text)));
    let entered = match part.form() {
        Form::Words => view! { <Textarea words value on_input error rows=2/> }.into_any(),
        Form::Phone => view! {
            <Input words value on_input error kind="tel" autocomplete=Some("off") classes="nhsuk-input--width-20"/>
        }
        .into_any(),
        Form::Day => view! {
            <Input words value on_input error autocomplete=Some("off") classes="nhsuk-input--width-10"/>
            <DayRead value/>
        }
        .into_any(),
        Form::Number => view! {
            <Input words value on_input error inputmode=Some("decimal") autocomplete=Some("off") classes="nhsuk-input--width-5"/>
        }
        .into_any(),
        Form::Time => view! {
            <Input words value on_input error autocomplete=Some("off") classes="nhsuk-input--width-5"/>
        }
        .into_any(),
        Form::Moment => view! {
            <Input words value on_input error autocomplete=Some("off") classes="nhsuk-input--width-20"/>
        }
        .into_any(),
        Form::Line | Form::Tick | Form::Open(_) => {
            view! { <Input words value on_input error autocomplete=Some("off")/> }.into_any()
        }
        Form::OneOf(_) => {
            let choices = choices(writing, part, own, value);
            view! { <Select words choices chosen=value on_choose=on_input error/> }.into_any()
        }
        Form::Chosen => {
            let choices = Signal::derive(move || match part {
                Part::Field(field) => value.with(|now| linked(desk, field, now)),
                Part::Crisis(_) | Part::Asked(_) => Vec::new(),
            });
            let chosen = Signal::derive(move || value.with(|it| place_of(it)));
            let on_choose = Callback::new(move |to: String| {
                let name = untrack(|| choices.get());
                let name = name.into_iter().find(|it| it.value == to).map(|it| it.text);
                on_input.run(name.filter(|_| !to.is_empty()).map_or_else(String::new, |name| {
                    format!("{to} {name}")
                }));
            });
            view! { <Select words choices chosen on_choose error/> }.into_any()
        }
    };
    view! { <Clashing writing own/> {entered} }.into_any()
}

/// What a typed day is understood as: the weekday shows a slip.
#[component]
fn DayRead(value: Signal<String>) -> impl IntoView {
    let read = Memo::new(move |_| value.with(|it| crate::domain::section::day::read(it)));
    move || {
        read.get()
            .map(|it| view! { <p class="app-quiet app-write__day">{words::day_read(it)}</p> })
    }
}

fn blank(text: &str) -> Choice {
    Choice {
        text: text.to_owned(),
        ..Choice::default()
    }
}

/// The codes that are offered, and those that the record or the draft `has`.
pub fn codes(part: Part, has: &[&str]) -> Vec<Choice> {
    let choice = |(value, text): (&str, &str)| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        group: None,
    };
    let all = offered(part, has).into_iter().map(choice);
    std::iter::once(blank("Not recorded")).chain(all).collect()
}

/// The same for an entry, with what the record has of it and what is chosen now.
fn choices(
    writing: Writing,
    part: Part,
    own: StoredValue<EntryId>,
    value: Signal<String>,
) -> Signal<Vec<Choice>> {
    let had = Memo::new(move |_| {
        writing.editing.with(|it| {
            let all = it.as_ref().map(Editing::base).unwrap_or_default();
            let had = own.with_value(|id| all.iter().find(|it| it.id == *id));
            had.map(|it| it.text.clone()).unwrap_or_default()
        })
    });
    Signal::derive(move || value.with(|now| had.with(|had| codes(part, &[had, now]))))
}

/// Where an entry leads, as the value of its choice.
pub(super) fn place_of(text: &str) -> String {
    Chosen::read(text).map_or_else(String::new, |it| it.to.to_string())
}

/// What there is to choose from, and what is chosen already.
pub(super) fn linked(desk: Desk, field: Field, now: &str) -> Vec<Choice> {
    let it = desk.it();
    let Some(source) = it.store.shared_id() else {
        return Vec::new();
    };
    let at = it.store.now.get_untracked();
    let others = it.facts.with(|facts| offers(facts, field, &source, at));
    let chosen = Chosen::read(now).filter(|now| !others.iter().any(|it| it.to == now.to));
    let choice = |it: Chosen| Choice {
        value: it.to.to_string(),
        text: words::shown(Part::Field(field), &it.to_string()),
        group: None,
    };
    std::iter::once(blank("Nobody chosen"))
        .map(|it| match field {
            Field::Owner | Field::Responsible | Field::Callee => it,
            _ => blank("None"),
        })
        .chain(chosen.into_iter().chain(others).map(choice))
        .collect()
}
