//! A trend with its table.

use leptos::prelude::*;

use crate::ui::{
    Graph, GraphPoint, GraphSeries, GraphShape,
    nhs::{Head, Table},
};

const VALUES: [(&str, f64, &str); 6] = [
    ("14-Jan-2026", 4.2, "in range"),
    ("02-Mar-2026", 4.9, "in range"),
    ("20-May-2026", 5.1, "in range"),
    ("11-Jul-2026", 4.6, "in range"),
    ("30-Sep-2026", 5.6, "above range"),
    ("22-Nov-2026", 6.1, "above range"),
];

#[component]
pub fn Trend() -> impl IntoView {
    let head = vec![
        Head {
            text: "Date".to_owned(),
            numeric: false,
            ..Head::default()
        },
        Head {
            text: "mmol/L".to_owned(),
            numeric: true,
            ..Head::default()
        },
        Head {
            text: "Range 3.5–5.3".to_owned(),
            numeric: false,
            ..Head::default()
        },
    ];
    let rows = || {
        VALUES
            .iter()
            .rev()
            .map(|(date, value, flag)| {
                let date = view! { <span class="app-num">{*date}</span> };
                vec![
                    date.into_any(),
                    value.to_string().into_any(),
                    (*flag).into_any(),
                ]
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="app-main">
            <h1>"Potassium"</h1>
            <Graph
                title="Potassium"
                shape=Signal::derive(shape)
                latest="6.1 mmol/L"
                about="above range (3.5–5.3) · 22-Nov-2026 11:31 · North Manchester"
            >
                <Table caption="Potassium, newest first" head rows caption_hidden=true/>
            </Graph>
        </div>
    }
}

fn shape() -> GraphShape {
    let y = |value: f64| 40.0 + (7.0 - value) * 60.0;
    let mut x = 20.0;
    let points = VALUES
        .iter()
        .map(|(date, value, flag)| {
            x += 90.0;
            GraphPoint {
                x,
                y: y(*value),
                words: format!("{date}, {value} mmol/L, {flag}"),
                abnormal: *flag != "in range",
            }
        })
        .collect();
    GraphShape {
        width: 640.0,
        height: 320.0,
        left: 60.0,
        top: 40.0,
        right: 610.0,
        bottom: 280.0,
        unit: "mmol/L".to_owned(),
        range: Some((y(5.3), y(3.5))),
        values: (3..=7)
            .map(|it| (y(f64::from(it)), it.to_string()))
            .collect(),
        dates: vec![
            (110.0, "14-Jan-2026".to_owned()),
            (335.0, "01-Jun-2026".to_owned()),
            (560.0, "22-Nov-2026".to_owned()),
        ],
        series: vec![GraphSeries {
            name: "Potassium".to_owned(),
            points,
            ..GraphSeries::default()
        }],
    }
}
