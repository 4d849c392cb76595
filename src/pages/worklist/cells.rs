//! What stands in a row, column by column.

use std::borrow::Borrow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::worklist::{PlanStanding, Row};
use crate::present::date;
use crate::present::{change, name, nhs_number, whereabouts, worklist};
use crate::routes::{Page, Section};
use crate::store::use_store;
use crate::ui::{Badge, BadgeTone, Column, Skeleton, Words};

/// A row with what is still awaited for it.
#[derive(Clone, Debug)]
pub struct Line {
    pub row: Arc<Row>,
    /// Where the person is, and what changed, is not known yet.
    pub place_waits: bool,
    /// Plan, key worker and risk are not known yet.
    pub shared_waits: bool,
    /// On what the shared record has not answered, or cannot be asked.
    pub silent: Vec<Topic>,
    /// Short names of the sources of hospital activity that have not answered.
    pub not_reached: Vec<String>,
    pub made: DateTime<Utc>,
    /// When the reader last looked at the person.
    pub looked: Option<DateTime<Utc>>,
    pub version: u64,
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
            && self.made == other.made
            && self.row.changes == other.row.changes
            && self.row.patient.id == other.row.patient.id
    }
}

impl Borrow<Row> for Line {
    fn borrow(&self) -> &Row {
        &self.row
    }
}

impl Line {
    /// Who it is, and every version of what is shown.
    pub fn key(&self) -> String {
        format!(
            "{}:{}:{}:{}",
            self.row.patient.id.as_str(),
            self.version,
            self.row.changes,
            self.made.timestamp()
        )
    }

    /// Is there, or cannot be said not to be: a source has not answered yet.
    pub fn may_be_in_hospital(&self) -> bool {
        self.is_hot() || self.place_waits || !self.not_reached.is_empty()
    }

    /// Needs a look: in hospital now.
    pub fn is_hot(&self) -> bool {
        self.row.whereabouts.is_in_hospital()
    }
}

pub fn columns() -> Vec<Column<Line>> {
    vec![
        Column::new("Person", person)
            .sorted_by("name")
            .width("app-work--w-l"),
        Column::new("Where now", place)
            .sorted_by("attention")
            .width("app-work--w-m"),
        Column::new("Since you last looked", changed),
        Column::new("Plan", plan)
            .sorted_by("review")
            .width("app-work--w-m")
            .labelled(),
        Column::new("Key worker", key_worker)
            .width("app-work--w-m")
            .labelled(),
        Column::new("Risk of admission", risk)
            .sorted_by("risk")
            .width("app-work--w-m")
            .labelled(),
    ]
}

fn waiting() -> AnyView {
    view! { <Skeleton lines=1/> }.into_any()
}

fn quiet(words: impl Into<String>) -> AnyView {
    let words = words.into();
    view! { <span class="app-quiet">{words}</span> }.into_any()
}

fn person(line: &Line) -> AnyView {
    let patient = &line.row.patient;
    let _store = use_store();
    let today = crate::domain::time::london(crate::store::now()).date();
    let href = Page::Patient(patient.id.clone(), Section::Overview).path();
    let alerts = (line.row.alerts > 0).then(|| worklist::alerts(line.row.alerts));
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

fn place(line: &Line) -> AnyView {
    if line.place_waits && !line.is_hot() {
        return waiting();
    }
    let store = use_store();
    let words = whereabouts::words(
        &line.row.whereabouts,
        &|id| store.source_name(id),
        crate::store::now(),
    );
    let tone = match words.kind {
        whereabouts::Kind::InHospital => BadgeTone::Alert,
        whereabouts::Kind::InEd => BadgeTone::Warn,
        whereabouts::Kind::Deceased => BadgeTone::Plain,
        whereabouts::Kind::Home | whereabouts::Kind::NotKnown => BadgeTone::Quiet,
    };
    view! {
        <Badge tone text=words.badge/>
        {words.place.map(|it| view! { <div>{it}</div> })}
        {words.since.map(|it| view! { <div class="app-quiet"><Words text=it/></div> })}
        {words.notes.into_iter().map(|it| view! { <div class="app-quiet">{it}</div> }).collect_view()}
    }
    .into_any()
}

fn changed(line: &Line) -> AnyView {
    if line.place_waits {
        return waiting();
    }
    let store = use_store();
    let silent = (!line.not_reached.is_empty()).then(|| worklist::not_reached(&line.not_reached));
    let Some(newest) = &line.row.newest else {
        let words = if silent.is_some() {
            "Nothing new from the other sources"
        } else {
            "Nothing new"
        };
        return quiet(words);
    };
    let words = change::words(newest, &|id| store.source_name(id), crate::store::now());
    let tone = if newest.is_unplanned() || newest.is_abnormal() {
        "app-strong"
    } else {
        ""
    };
    view! {
        <Badge tone=BadgeTone::New text=line.row.changes.to_string()/>
        " "
        <span class=tone>{words.what}</span>
        <div class="app-quiet"><Words text=words.when/></div>
        {silent.map(|it| view! { <div class="app-quiet">{it}</div> })}
    }
    .into_any()
}

fn plan(line: &Line) -> AnyView {
    if line.shared_waits {
        return waiting();
    }
    if line.row.plan == PlanStanding::None && line.silent.contains(&Topic::Plans) {
        return quiet("Not known now");
    }
    let words = worklist::plan(&line.row.plan);
    let overdue = matches!(line.row.plan, PlanStanding::Overdue { .. });
    if overdue {
        view! {
            <Badge tone=BadgeTone::Warn text="Review overdue"/>
            <div class="app-quiet"><Words text=words/></div>
        }
        .into_any()
    } else {
        view! { <Words text=words/> }.into_any()
    }
}

fn key_worker(line: &Line) -> AnyView {
    if line.shared_waits {
        return waiting();
    }
    match &line.row.key_worker {
        Some(member) => {
            let (who, role) = worklist::key_worker(member);
            view! { <span>{who}</span> <div class="app-quiet">{role}</div> }.into_any()
        }
        None if line.silent.contains(&Topic::Team) => quiet("Not known now"),
        None => view! { <strong>"No key worker"</strong> }.into_any(),
    }
}

fn risk(line: &Line) -> AnyView {
    if line.shared_waits {
        return waiting();
    }
    match &line.row.risk {
        Some(risk) => {
            let (chance, origin) = worklist::risk(risk);
            view! { <span>{chance}</span> <div class="app-quiet"><Words text=origin/></div> }
                .into_any()
        }
        None if line.silent.contains(&Topic::Risk) => quiet("Not known now"),
        None => quiet("Not assessed"),
    }
}
