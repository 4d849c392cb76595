//! What the record knows now, in brief, with the way to it: medicines, allergies, latest results. Never retyped.

use leptos::prelude::*;

use super::people::more;
use super::state::Part;
use crate::domain::allergy::{Standing, Strip, strip};
use crate::domain::result::{ResultGroup, groups};
use crate::domain::{Topic, medicine};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::date;
use crate::routes::Section;
use crate::ui::{Badge, BadgeTone, Panel, PanelGrid};

const MEDICINES: &[Topic] = &[Topic::Medicines];
const ALLERGIES: &[Topic] = &[Topic::Allergies];
const RESULTS: &[Topic] = &[Topic::Results];
const SHOWN: usize = 3;

#[component]
pub fn Live() -> impl IntoView {
    view! {
        <h3 class="app-plan__title">{Part::Live.title()}</h3>
        <PanelGrid>
            <Medicines/>
            <Allergies/>
            <Results/>
        </PanelGrid>
    }
}

#[component]
fn Medicines() -> impl IntoView {
    let it = opened();
    let lines = Memo::new(move |_| {
        it.facts
            .with(|facts| medicine::lines(&facts.medicines, it.now()))
    });
    let body = move || {
        lines.with(|all| {
            let current: Vec<_> = all.iter().filter(|it| it.current).collect();
            let differ = current.iter().filter(|it| it.doses_differ).count();
            let sources: Vec<_> = current.iter().flat_map(|it| it.sources()).collect();
            view! {
                <p><b class="app-num">{current.len()}</b> " current, " <span class="app-num">{all.len() - current.len()}</span> " past"</p>
                {(differ > 0).then(|| view! { <p class="app-abnormal">{format!("{differ} with different doses in two sources")}</p> })}
                <p>{said::sources(&sources)}</p>
            }
        })
    };
    view! {
        <Panel
            title="Medicines"
            level=3
            words=it.panel(MEDICINES)
            on_retry=it.retry(MEDICINES)
            empty="No medicines are recorded"
            more=|| more(Section::Medicines, "All medicines")
        >
            {body}
        </Panel>
    }
}

#[component]
fn Allergies() -> impl IntoView {
    let it = opened();
    let found = Memo::new(move |_| {
        let answers = it.answers(Topic::Allergies);
        it.facts.with(|facts| strip(facts, &answers))
    });
    view! {
        <Panel
            title="Allergies"
            level=3
            words=it.panel_always(ALLERGIES)
            on_retry=it.retry(ALLERGIES)
            empty="Allergies not recorded"
            more=|| more(Section::Medicines, "All allergies")
        >
            {move || found.with(allergies)}
        </Panel>
    }
}

fn allergies(strip: &Strip) -> AnyView {
    let title = match strip.standing {
        Standing::Loading => "Loading",
        Standing::Known => "Known allergies",
        Standing::NoneKnown => "No known allergies",
        Standing::NotRecorded => "Allergies not recorded",
        Standing::Unavailable => "Allergies unavailable",
    };
    let lines = strip.lines.iter().map(|line| {
        let agent = line
            .agent()
            .and_then(said::label)
            .unwrap_or_else(|| "Agent not recorded".to_owned());
        view! { <li><b>{agent}</b> " " {said::sources(&line.sources())}</li> }
    });
    view! { <p class="app-strong">{title}</p> <ul class="app-lines">{lines.collect_view()}</ul> }
        .into_any()
}

#[component]
fn Results() -> impl IntoView {
    let it = opened();
    let found = Memo::new(move |_| {
        let mut all = it
            .facts
            .with(|facts| groups(&facts.reports, &facts.findings));
        all.truncate(SHOWN);
        all
    });
    let body = move || {
        found.with(|all| {
            let lines = all
                .iter()
                .map(|it| view! { <li>{group(it)}</li> })
                .collect_view();
            view! { <ul class="app-lines app-lines--bare">{lines}</ul> }
        })
    };
    view! {
        <Panel
            title="Latest results"
            level=3
            words=it.panel(RESULTS)
            on_retry=it.retry(RESULTS)
            empty="No results are recorded"
            more=|| more(Section::Results, "All results")
        >
            {body}
        </Panel>
    }
}

fn group(it: &ResultGroup) -> AnyView {
    let what = it
        .what
        .as_ref()
        .and_then(said::label)
        .unwrap_or_else(|| "Results".to_owned());
    let abnormal = it.abnormal();
    let when = it
        .when
        .as_ref()
        .map_or_else(|| "date not recorded".to_owned(), date::when);
    view! {
        {what} " "
        {(abnormal > 0).then(|| view! { <Badge tone=BadgeTone::Alert text=format!("{abnormal} abnormal")/> " " })}
        <span class="app-quiet">{said::num(when)}</span> " "
        {said::source(&it.source)}
    }
    .into_any()
}
