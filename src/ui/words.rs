//! Words from `present` in which dates, times, and numbers with their units do not break across lines.

use leptos::prelude::*;

use crate::present::pieces::pieces;

/// `<Words text="Reviewed 12-Oct-2026, next 12-Jan-2027"/>`: the text is unchanged, also when it is copied.
#[component]
pub fn Words(#[prop(into)] text: String) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|(together, words)| {
            if together {
                view! { <span class="app-num">{words}</span> }.into_any()
            } else {
                words.into_any()
            }
        })
        .collect_view()
}

/// Words that hold on the day only ("yesterday 23:40, Wythenshawe"); on paper `on` stands instead, which has the date.
#[component]
pub fn Moment(#[prop(into)] text: String, on: String) -> impl IntoView {
    view! { <span class="app-moment" data-on=on><span><Words text/></span></span> }
}
