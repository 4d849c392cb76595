//! What stands in a row, column by column, once sources have told it.

use leptos::prelude::*;

use super::Known;
use crate::domain::Topic;
use crate::domain::worklist::PlanStanding;
use crate::pages::worklist::line::{Cell, Said, waiting};
use crate::present::{change, whereabouts, worklist};
use crate::store::use_store;
use crate::ui::{Badge, BadgeTone, Words};

impl Said for Known {
    fn version(&self) -> Option<u64> {
        self.shown
    }

    fn is_hot(&self) -> bool {
        self.row.whereabouts.is_in_hospital()
    }

    fn alerts(&self) -> usize {
        self.row.alerts
    }

    fn cell(&self, cell: Cell) -> AnyView {
        match cell {
            Cell::Place => place(self),
            Cell::Changed => changed(self),
            Cell::Plan => plan(self),
            Cell::KeyWorker => key_worker(self),
            Cell::Risk => risk(self),
        }
    }
}

fn quiet(words: impl Into<String>) -> AnyView {
    let words = words.into();
    view! { <span class="app-quiet">{words}</span> }.into_any()
}

fn place(line: &Known) -> AnyView {
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

fn changed(line: &Known) -> AnyView {
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

fn plan(line: &Known) -> AnyView {
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

fn key_worker(line: &Known) -> AnyView {
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

fn risk(line: &Known) -> AnyView {
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
