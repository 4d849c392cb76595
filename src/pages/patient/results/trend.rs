//! The course of one test: a graph with its table for each unit, and what cannot be drawn.

use leptos::{ev, html, prelude::*};

use crate::domain::SourceId;
use crate::domain::result::{Finding, TestKey, trend};
use crate::pages::patient::opened::{Opened, opened};
use crate::present::date;
use crate::present::graph::{self, Mark, Shape, TrendRow};
use crate::present::result::{self, Tone};
use crate::ui::nhs::{Head, Table};
use crate::ui::{Graph, GraphPoint, GraphSeries, GraphShape, SourceTags};

const SIZE: (f64, f64) = (640.0, 320.0);

#[component]
pub fn TrendView(test: TestKey, title: String, on_close: Callback<()>) -> impl IntoView {
    let it = opened();
    let names = move |id: &SourceId| it.source_name(id);
    let course = Memo::new(move |_| it.facts.with(|facts| trend(&facts.findings, &test)));
    let graphs = Memo::new(move |_| course.with(|it| graph::graphs(it, &names, SIZE.0, SIZE.1)));
    let name = title.clone();
    let heading = NodeRef::<html::H3>::new();
    Effect::new(move |_| {
        if let Some(it) = heading.get() {
            let _ = it.focus();
        }
    });
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_close.run(());
        }
    };
    let several = move || graphs.with(|it| it.len() > 1);
    view! {
        <section class="app-trend" aria-label=name on:keydown=escape>
            <div class="app-trend__bar">
                <h3 tabindex="-1" node_ref=heading>{title}</h3>
                <button type="button" class="nhsuk-button nhsuk-button--secondary" on:click=move |_| on_close.run(())>
                    "Back to all results"
                </button>
            </div>
            {move || graphs.get().into_iter().map(|it| view! { <One it/> }).collect_view()}
            {move || several().then(|| view! {
                <p class="app-quiet">"Reported in more than one unit: each unit has its own graph and table, nothing is converted."</p>
            })}
            {move || others(course.with(|it| it.others.clone()), it)}
        </section>
    }
}

#[component]
fn One(it: graph::Graph) -> impl IntoView {
    let graph::Graph {
        title,
        latest,
        about,
        shape,
        rows,
    } = it;
    let caption = format!("{title}, {}, newest first", shape.unit);
    let columns = Columns {
        test: shape.lines.len() > 1,
        range: rows.iter().any(|it| !it.range.is_empty()),
    };
    let heads = heads(columns);
    let rows = move || rows.iter().map(|it| row(it, columns)).collect();
    view! {
        <Graph title shape=Signal::stored(drawn(shape)) latest about>
            <Table caption caption_hidden=true head=heads rows/>
        </Graph>
    }
}

/// Columns that a table has only where they say something.
#[derive(Clone, Copy)]
struct Columns {
    test: bool,
    range: bool,
}

fn heads(columns: Columns) -> Vec<Head> {
    let test = columns.test.then_some("Test");
    let range = columns.range.then_some("Usual range");
    ["When"]
        .into_iter()
        .chain(test)
        .chain(["Value"])
        .chain(range)
        .chain(["Source"])
        .map(|text| Head {
            text: text.to_owned(),
            numeric: false,
            ..Head::default()
        })
        .collect()
}

fn row(it: &TrendRow, columns: Columns) -> Vec<AnyView> {
    let it = it.clone();
    let class = if it.tone == Tone::Plain {
        ""
    } else {
        "app-abnormal"
    };
    let comma = if it.judgement.is_empty() { "" } else { ", " };
    let mut cells = vec![view! { <span class="app-num">{it.when}</span> }.into_any()];
    if columns.test {
        cells.push(it.test.into_any());
    }
    cells.push(view! { <span class=class><span class="app-num">{it.value} {comma}</span> {it.judgement}</span> }.into_any());
    if columns.range {
        cells.push(view! { <span class="app-num">{it.range}</span> }.into_any());
    }
    cells.push(view! { <SourceTags names=Signal::stored(vec![it.source])/> }.into_any());
    cells
}

/// Values in words, without a number or a date: a list beside the graphs.
fn others(all: Vec<Finding>, it: Opened) -> Option<impl IntoView> {
    (!all.is_empty()).then(|| {
        let lines = all.into_iter().map(|own| {
            let when = own
                .when()
                .map_or_else(|| date::NOT_RECORDED.to_owned(), date::when);
            let source = own.origin.source.clone();
            view! {
                <li>
                    <span class="app-num">{when}</span>
                    " "
                    {result::brief(&own)}
                    " "
                    <SourceTags names=Signal::derive(move || vec![it.source_name(&source)])/>
                </li>
            }
        });
        view! {
            <div>
                <h4>"Not on a graph"</h4>
                <p class="app-quiet">"Values in words, or without a date."</p>
                <ul class="app-lines app-lines--bare">{lines.collect_view()}</ul>
            </div>
        }
    })
}

fn drawn(it: Shape) -> GraphShape {
    let points = |all: Vec<Mark>| -> Vec<GraphPoint> {
        let point = |Mark {
                         x,
                         y,
                         words,
                         abnormal,
                     }| GraphPoint {
            x,
            y,
            words,
            abnormal,
        };
        all.into_iter().map(point).collect()
    };
    let line = |it: graph::Line| GraphSeries {
        name: it.name,
        points: points(it.points),
        bounds: points(it.bounds),
    };
    GraphShape {
        width: it.width,
        height: it.height,
        left: it.left,
        top: it.top,
        right: it.right,
        bottom: it.bottom,
        unit: it.unit,
        range: it.range,
        values: it.values,
        dates: it.dates,
        series: it.lines.into_iter().map(line).collect(),
    }
}
