//! A trend: the latest value large, points joined by straight lines, the usual range as a pale area, the unit always
//! visible, a symbol of its own for each series (GTAB-001 … 184 in clinical-ux.md), and a table beside it. The places
//! of things come from outside: this only draws.

mod legend;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use legend::{legend, symbol};

/// Where everything is, in the units of a `width` × `height` drawing. All series have one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphShape {
    pub width: f64,
    pub height: f64,
    /// The plot inside the axes.
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// "mmol/L".
    pub unit: String,
    /// Upper and lower edge of the usual range.
    pub range: Option<(f64, f64)>,
    /// Places on the value axis with their words ("3.5").
    pub values: Vec<(f64, String)>,
    /// Places on the time axis with full dates ("14-Jul-2026"): four at most, or they meet on a phone.
    pub dates: Vec<(f64, String)>,
    pub series: Vec<GraphSeries>,
}

/// One line: up to three in a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphSeries {
    pub name: String,
    pub points: Vec<GraphPoint>,
    /// "<5": at their bound, hollow, joined to nothing.
    pub bounds: Vec<GraphPoint>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphPoint {
    pub x: f64,
    pub y: f64,
    /// "14-Jul-2026 09:20, 6.1 mmol/L, above range, Wythenshawe".
    pub words: String,
    pub abnormal: bool,
}

/// `<Graph title="Potassium" shape latest="4.2 mmol/L" about="14-Jul-2026 · usual 3.5–5.3">table</Graph>`. One tab
/// stop; left and right go from point to point and their words are read and shown below. Children: the table.
#[component]
pub fn Graph(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] shape: Signal<GraphShape>,
    /// The latest value with its unit.
    #[prop(into)]
    latest: Signal<String>,
    /// When, and against which range.
    #[prop(into)]
    about: Signal<String>,
    children: Children,
) -> impl IntoView {
    let read = RwSignal::new(String::new());
    let view_box = move || shape.with(|it| format!("0 0 {} {}", it.width, it.height));
    view! {
        <div class="app-graph">
            <figure class="app-graph__figure">
                <figcaption class="app-graph__latest">
                    <span class="app-graph__value">{latest}</span>
                    <span class="app-quiet">{about}</span>
                </figcaption>
                {move || shape.with(legend)}
                <svg
                    class="app-graph__svg"
                    viewBox=view_box
                    role="group"
                    aria-label=move || format!("Graph: {}", title.get())
                    on:keydown=step
                >
                    {move || shape.with(axes)}
                    {move || shape.with(|it| series(it, read))}
                </svg>
                <p class="app-graph__read" aria-hidden="true">
                    {move || {
                        let words = read.get();
                        if words.is_empty() { "Choose a point to read it.".to_owned() } else { words }
                    }}
                </p>
            </figure>
            <div class="app-graph__table" tabindex="0" role="region" aria-label=move || {
                format!("Values: {}", title.get())
            }>{children()}</div>
        </div>
    }
}

fn axes(shape: &GraphShape) -> impl IntoView + use<> {
    let GraphShape {
        left,
        top,
        right,
        bottom,
        ..
    } = *shape;
    let range = shape.range.map(|(high, low)| {
        view! {
            <rect class="app-graph__range" x=left y=high width=right - left height=low - high></rect>
            <line class="app-graph__range-edge" x1=left x2=right y1=high y2=high></line>
            <line class="app-graph__range-edge" x1=left x2=right y1=low y2=low></line>
        }
    });
    let values = shape.values.iter().cloned().map(|(y, words)| {
        view! {
            <line class="app-graph__grid" x1=left x2=right y1=y y2=y></line>
            <text class="app-graph__tick" x=left - 8.0 y=y + 4.0 text-anchor="end">{words}</text>
        }
    });
    let dates = shape.dates.iter().cloned().map(|(x, words)| {
        // The last one ends at the edge: it must not stick out on a phone.
        let anchor = if x >= right - 1.0 { "end" } else { "middle" };
        view! {
            <line class="app-graph__axis" x1=x x2=x y1=bottom y2=bottom + 5.0></line>
            <text class="app-graph__tick" x=x y=bottom + 22.0 text-anchor=anchor>{words}</text>
        }
    });
    let unit = shape.unit.clone();
    view! {
        <g aria-hidden="true">
            {range} {values.collect_view()} {dates.collect_view()}
            <path class="app-graph__axis" d=format!("M{left} {top}V{bottom}H{right}")></path>
            <text class="app-graph__unit" x=left - 8.0 y=top - 10.0>{unit}</text>
        </g>
    }
}

fn series(shape: &GraphShape, read: RwSignal<String>) -> impl IntoView + use<> {
    shape
        .series
        .iter()
        .enumerate()
        .map(|(nth, series)| {
            let line = series
                .points
                .iter()
                .map(|it| format!("{},{}", it.x, it.y))
                .collect::<Vec<_>>()
                .join(" ");
            let last = series.points.len().saturating_sub(1);
            let points = series.points.iter().cloned().enumerate().map(|(at, point)| {
                // One tab stop: the latest value of the first series.
                let tabindex = if nth == 0 && at == last { "0" } else { "-1" };
                view! { <Point nth point tabindex read/> }
            });
            let only_bounds = series.points.is_empty();
            let bounds = series.bounds.iter().cloned().enumerate().map(|(at, point)| {
                let tabindex = if nth == 0 && at == 0 && only_bounds { "0" } else { "-1" };
                view! { <Point nth point tabindex read bound=true/> }
            });
            view! {
                <polyline class=format!("app-graph__line app-graph__line--{nth}") points=line></polyline>
                {points.collect_view()}
                {bounds.collect_view()}
            }
        })
        .collect_view()
}

#[component]
fn Point(
    nth: usize,
    point: GraphPoint,
    tabindex: &'static str,
    read: RwSignal<String>,
    #[prop(optional)] bound: bool,
) -> impl IntoView {
    let GraphPoint {
        x,
        y,
        words,
        abnormal,
    } = point;
    let mut mark = format!("app-graph__mark app-graph__mark--{nth}");
    for (class, is) in [
        (" app-graph__mark--abnormal", abnormal),
        (" app-graph__mark--bound", bound),
    ] {
        mark.push_str(if is { class } else { "" });
    }
    // An abnormal value is larger as well as red.
    let symbol = symbol(nth, x, y, if abnormal { 7.0 } else { 5.0 });
    let said = words.clone();
    let shown = words.clone();
    view! {
        <g
            class="app-graph__point"
            role="img"
            tabindex=tabindex
            aria-label=words
            on:focus=move |_| read.set(said.clone())
            on:pointerenter=move |_| read.set(shown.clone())
        >
            <circle class="app-graph__hit" cx=x cy=y r="22"></circle>
            <circle class="app-graph__ring" cx=x cy=y r="11"></circle>
            <path class=mark d=symbol></path>
        </g>
    }
}

/// Left and right from point to point, Home and End.
fn step(event: ev::KeyboardEvent) {
    let Some(svg) = event
        .current_target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let Ok(points) = svg.query_selector_all(".app-graph__point") else {
        return;
    };
    let active: Option<web_sys::Node> = document().active_element().map(Into::into);
    let at = (0..points.length()).find(|it| points.item(*it) == active);
    let last = points.length().saturating_sub(1);
    let to = match (event.key().as_str(), at) {
        ("ArrowRight", Some(at)) => (at + 1).min(last),
        ("ArrowLeft", Some(at)) => at.saturating_sub(1),
        ("Home", _) => 0,
        ("End", _) => last,
        _ => return,
    };
    let point = points
        .item(to)
        .and_then(|it| it.dyn_into::<web_sys::SvgElement>().ok());
    if let Some(it) = point {
        event.prevent_default();
        let _ = it.focus();
    }
}
