//! The work list as it stands on screen, with six hundred rows of which only the visible ones exist.

use std::sync::Arc;

use leptos::prelude::*;

use super::sample::{PEOPLE, Person};
use crate::ui::{
    Badge, BadgeTone, Chip, Chips, Column, Direction, WorkTable,
    nhs::{Choice, FieldWords, Select},
};

#[derive(Clone, Debug, PartialEq)]
struct Row {
    at: usize,
    person: Person,
}

#[component]
pub fn WorkList() -> impl IntoView {
    let sort = RwSignal::new(Some(("name".to_owned(), Direction::Ascending)));
    let rows = Signal::derive(move || {
        let down = sort.with(|it| matches!(it, Some((_, Direction::Descending))));
        let mut rows = (0..600)
            .filter_map(|at| {
                PEOPLE
                    .get(at % PEOPLE.len())
                    .map(|it| Row { at, person: *it })
            })
            .collect::<Vec<_>>();
        if down {
            rows.reverse();
        }
        Arc::new(rows)
    });
    let on_sort = move |key: String| {
        sort.update(|it| {
            let down = matches!(it, Some((old, Direction::Ascending)) if *old == key);
            let way = if down {
                Direction::Descending
            } else {
                Direction::Ascending
            };
            *it = Some((key, way));
        });
    };
    view! {
        <div class="app-main">
            <div class="app-head">
                <h1>"My patients"</h1>
                <Picker/>
                <Filters/>
                <span class="app-quiet app-head__end">"600 people · as at 14:05 · refreshing"</span>
            </div>
            <WorkTable
                caption="My patients, North 3 team"
                columns=columns()
                rows
                key=|row: &Row| row.at.to_string()
                hot=|row: Row| row.person.2 != "Home"
                sort
                on_sort
            />
        </div>
    }
}

#[component]
fn Picker() -> impl IntoView {
    let choice = |text: &str, group: &str| Choice {
        value: text.to_owned(),
        text: text.to_owned(),
        group: Some(group.to_owned()),
    };
    let choices = vec![
        choice("My patients", "Mine"),
        choice("North 3 team", "Teams"),
        choice("In hospital now", "Everyone"),
    ];
    view! {
        <div class="app-pick app-pick--quiet">
            <Select
                words=FieldWords::new("list", "List")
                choices=Signal::derive(move || choices.clone())
                chosen="North 3 team".to_owned()
                on_choose=|_| ()
            />
        </div>
    }
}

#[component]
fn Filters() -> impl IntoView {
    let on = RwSignal::new(0);
    view! {
        <Chips label="Show">
            {["All 47", "In hospital 3", "Changed 8", "Review overdue 6"]
                .into_iter()
                .enumerate()
                .map(|(at, text)| {
                    view! {
                        <Chip
                            text
                            pressed=Signal::derive(move || on.get() == at)
                            on_press=move |()| on.set(at)
                        />
                    }
                })
                .collect_view()}
        </Chips>
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::new("Person", |row: &Row| person(row))
            .sorted_by("name")
            .width("app-work--w-l"),
        Column::new("Where now", |row: &Row| place(row.person))
            .sorted_by("where")
            .width("app-work--w-m"),
        Column::new("Since you last looked", |row: &Row| changed(row.person)).sorted_by("changed"),
        Column::new("Plan", |row: &Row| plan(row.person))
            .sorted_by("plan")
            .width("app-work--w-m")
            .labelled(),
        Column::new("Key worker", |row: &Row| two(row.person.8, row.person.9))
            .width("app-work--w-s")
            .labelled(),
        Column::new("Risk of admission", |row: &Row| {
            two(row.person.10, "GP model, 01-Nov-2026")
        })
        .sorted_by("risk")
        .width("app-work--w-m")
        .labelled(),
    ]
}

fn person(row: &Row) -> AnyView {
    let (born, number) = row.person.1.split_once(" · ").unwrap_or_default();
    view! {
        <a class="app-work__link" href=format!("#overview?{}", row.at)>{row.person.0}</a>
        <div class="app-quiet">
            <span class="app-num">{born}</span> " · " <span class="app-num">{number}</span>
        </div>
    }
    .into_any()
}

fn place(person: Person) -> AnyView {
    let tone = match person.2 {
        "In hospital" => BadgeTone::Alert,
        "In ED" => BadgeTone::Warn,
        _ => BadgeTone::Quiet,
    };
    view! {
        <Badge tone text=person.2/>
        <div>{person.3}</div>
        <div class="app-quiet">{person.4}</div>
    }
    .into_any()
}

fn changed(person: Person) -> AnyView {
    if person.5.is_empty() {
        return view! { <span class="app-quiet">"Nothing new"</span> }.into_any();
    }
    view! {
        <Badge tone=BadgeTone::New text="1"/>
        " "
        {person.5}
        <div class="app-quiet">{person.6}</div>
    }
    .into_any()
}

fn plan(person: Person) -> AnyView {
    if person.7.is_empty() {
        view! {
            <Badge tone=BadgeTone::Warn text="Review overdue"/>
            <div class="app-quiet">"due " <span class="app-num">"01-Sep-2026"</span></div>
        }
        .into_any()
    } else {
        view! { <span>{person.7}</span> }.into_any()
    }
}

fn two(first: &'static str, second: &'static str) -> AnyView {
    let second = second.replace('-', "\u{2011}");
    view! {
        <span>{first}</span>
        <div class="app-quiet">{second}</div>
    }
    .into_any()
}
