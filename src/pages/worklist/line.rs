//! What a list shows of one person: who it is at once, and the rest when it is known. What that is made of has code of its
//! own, which comes when the first people are on the screen ([`super::told`]).

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::Patient;
use crate::present::{date, name, nhs_number, worklist};
use crate::routes::{Page, Section};
use crate::ui::{Column, Skeleton};

/// What stands in a row beside who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Place,
    Changed,
    Plan,
    KeyWorker,
    Risk,
}

/// What sources have told of a person, as far as a row needs to know.
pub trait Said: Send + Sync {
    /// Another one for everything else that is shown; `None` while that is no more than who it is.
    fn version(&self) -> Option<u64>;
    /// Needs a look: in hospital now.
    fn is_hot(&self) -> bool;
    fn alerts(&self) -> usize;
    fn cell(&self, cell: Cell) -> AnyView;
}

/// One row.
#[derive(Clone)]
pub struct Line {
    pub patient: Arc<Patient>,
    /// `None` until it can be read.
    pub said: Option<Arc<dyn Said>>,
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.said, &other.said) {
            (None, None) => true,
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            _ => false,
        };
        same && Arc::ptr_eq(&self.patient, &other.patient)
    }
}

impl Line {
    /// Who it is, and every version of what is shown.
    pub fn key(&self) -> String {
        let version = self.said.as_ref().and_then(|it| it.version());
        let id = self.patient.id.as_str();
        version.map_or_else(|| id.to_owned(), |it| format!("{id}:{it}"))
    }

    pub fn is_hot(&self) -> bool {
        self.said.as_ref().is_some_and(|it| it.is_hot())
    }

    fn cell(&self, cell: Cell) -> AnyView {
        self.said.as_ref().map_or_else(waiting, |it| it.cell(cell))
    }
}

/// What is not known yet.
pub fn waiting() -> AnyView {
    view! { <Skeleton lines=1/> }.into_any()
}

pub fn columns() -> Vec<Column<Line>> {
    vec![
        Column::new("Person", person)
            .sorted_by("name")
            .width("app-work--w-l"),
        Column::new("Where now", |it: &Line| it.cell(Cell::Place))
            .sorted_by("attention")
            .width("app-work--w-m"),
        Column::new("Since you last looked", |it: &Line| it.cell(Cell::Changed)),
        Column::new("Plan", |it: &Line| it.cell(Cell::Plan))
            .sorted_by("review")
            .width("app-work--w-m")
            .labelled(),
        Column::new("Key worker", |it: &Line| it.cell(Cell::KeyWorker))
            .width("app-work--w-m")
            .labelled(),
        Column::new("Risk of admission", |it: &Line| it.cell(Cell::Risk))
            .sorted_by("risk")
            .width("app-work--w-m")
            .labelled(),
    ]
}

fn person(line: &Line) -> AnyView {
    let patient = &line.patient;
    let today = crate::domain::time::london(crate::store::now()).date();
    let href = Page::Patient(patient.id.clone(), Section::Overview).path();
    let alerts = line.said.as_ref().map_or(0, |it| it.alerts());
    let alerts = (alerts > 0).then(|| worklist::alerts(alerts));
    let name = name::of_patient(patient);
    let born = date::born(patient.birth.as_ref(), today);
    let number = match patient.number() {
        Some(seen) => nhs_number::words(Some(seen)),
        None => "NHS No. not recorded".to_owned(),
    };
    let warning = patient.number().and_then(nhs_number::warning);
    view! {
        <a class="app-work__link" href=href>{name}</a>
        <div class="app-quiet">
            "Born " <span class="app-num">{born}</span> " · " <span class="app-num">{number}</span>
            {warning.map(|it| view! { <span class="app-abnormal">" "{it}</span> })}
        </div>
        {alerts.map(|it| view! { <div class="app-quiet">{it}</div> })}
    }
    .into_any()
}
