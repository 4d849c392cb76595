//! Label and value, one fact a row.

use leptos::prelude::*;

/// A list of facts: `<Facts><Fact label="Ward">"F7"</Fact></Facts>`; `tight` for a narrow panel.
#[component]
pub fn Facts(#[prop(optional)] tight: bool, children: Children) -> impl IntoView {
    let class = if tight {
        "app-facts app-facts--tight"
    } else {
        "app-facts"
    };
    view! { <dl class=class>{children()}</dl> }
}

/// One row of `Facts`.
#[component]
pub fn Fact(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd>{children()}</dd>
    }
}
