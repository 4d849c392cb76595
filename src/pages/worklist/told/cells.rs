//! What stands in a row, column by column, once sources have told it.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Known;
use crate::domain::worklist::{PlanStanding, Row};
use crate::domain::{PatientId, Topic};
use crate::pages::worklist::line::{Cell, Said, waiting};
use crate::present::{change, whereabouts, worklist};
use crate::store::use_store;
use crate::ui::{Badge, BadgeTone, Moment, Words};

thread_local! {
    /// The row that was made last: its cells are drawn one after the other.
    static LAST: RefCell<Option<Made>> = const { RefCell::new(None) };
}

/// A row, with what it was made for.
struct Made {
    who: PatientId,
    version: u64,
    at: DateTime<Utc>,
    row: Rc<Row>,
}

impl Known {
    /// The row, for as long as the person is on the list.
    fn row(&self) -> Option<Rc<Row>> {
        let who = &self.brief.patient.id;
        let is_it = |it: &&Made| it.version == self.version && it.at == self.made && it.who == *who;
        let last = LAST.with_borrow(|last| {
            let last = last.as_ref().filter(is_it);
            last.map(|it| Rc::clone(&it.row))
        });
        last.or_else(|| self.make_row())
    }

    fn make_row(&self) -> Option<Rc<Row>> {
        let (store, who) = (use_store(), &self.brief.patient.id);
        let row = store.roster.with_untracked(|it| {
            let listed = it.person(who)?;
            Some(Rc::new(super::row(store, listed, self.looked, self.made)))
        })?;
        LAST.set(Some(Made {
            who: who.clone(),
            version: self.version,
            at: self.made,
            row: Rc::clone(&row),
        }));
        Some(row)
    }
}

impl Said for Known {
    fn version(&self) -> Option<u64> {
        self.shown
    }

    fn is_hot(&self) -> bool {
        self.brief.in_hospital
    }

    fn alerts(&self) -> usize {
        self.brief.alerts
    }

    fn cell(&self, cell: Cell) -> AnyView {
        let waits = match cell {
            Cell::Place => self.place_waits && !self.brief.in_hospital,
            Cell::Changed => self.place_waits,
            Cell::Plan | Cell::KeyWorker | Cell::Risk => self.shared_waits,
        };
        let Some(row) = (!waits).then(|| self.row()).flatten() else {
            return waiting();
        };
        match cell {
            Cell::Place => place(&row),
            Cell::Changed => changed(self, &row),
            Cell::Plan => plan(self, &row),
            Cell::KeyWorker => key_worker(self, &row),
            Cell::Risk => risk(self, &row),
        }
    }
}

fn quiet(words: impl Into<String>) -> AnyView {
    let words = words.into();
    view! { <span class="app-quiet">{words}</span> }.into_any()
}

fn place(row: &Row) -> AnyView {
    let store = use_store();
    let words = whereabouts::words(
        &row.whereabouts,
        &|id| store.source_name(id),
        &|id| {
            let why = store.roster.with_untracked(|it| {
                let listed = it.person(&row.patient.id)?;
                Some(super::why(listed, id))
            });
            why.unwrap_or_default()
        },
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

fn changed(line: &Known, row: &Row) -> AnyView {
    let store = use_store();
    let is_silent = line.unheard.is_some() || line.silent.contains(&Topic::Plans);
    let is_said = whereabouts::says_unheard(&row.whereabouts);
    let unheard = line.unheard.as_deref().filter(|_| !is_said);
    let Some(newest) = &row.newest else {
        let none = worklist::nothing_new(is_silent);
        return view! {
            {quiet(none)}
            {unheard.map(|it| view! { <div class="app-quiet">{it.to_owned()}</div> })}
        }
        .into_any();
    };
    let silent = worklist::news_of_others(is_silent, unheard);
    let words = change::words(newest, &|id| store.source_name(id), crate::store::now());
    let tone = if newest.is_unplanned() || newest.is_abnormal() {
        "app-strong"
    } else {
        ""
    };
    view! {
        <Badge tone=BadgeTone::New text=row.changes.to_string()/>
        " "
        <span class=tone><Words text=words.what/></span>
        <div class="app-quiet"><Moment text=words.when on=words.on/></div>
        {silent.map(|it| view! { <div class="app-quiet">{it}</div> })}
    }
    .into_any()
}

fn plan(line: &Known, row: &Row) -> AnyView {
    if row.plan == PlanStanding::None && line.silent.contains(&Topic::Plans) {
        return quiet("Not known now");
    }
    let words = worklist::plan(&row.plan);
    let overdue = matches!(row.plan, PlanStanding::Overdue { .. });
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

fn key_worker(line: &Known, row: &Row) -> AnyView {
    match &row.key_worker {
        Some(member) => {
            let (who, role) = worklist::key_worker(member);
            view! { <span>{who}</span> <div class="app-quiet">{role}</div> }.into_any()
        }
        None if line.silent.contains(&Topic::Team) => quiet("Not known now"),
        None => view! { <strong>"No key worker"</strong> }.into_any(),
    }
}

fn risk(line: &Known, row: &Row) -> AnyView {
    match &row.risk {
        Some(risk) => {
            let (chance, origin) = worklist::risk(risk);
            view! { <span>{chance}</span> <div class="app-quiet"><Words text=origin/></div> }
                .into_any()
        }
        None if line.silent.contains(&Topic::Risk) => quiet("Not known now"),
        None => quiet("Not assessed"),
    }
}
