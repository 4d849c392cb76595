//! A telephone number that is one tap.

use leptos::prelude::*;

/// `<CallLink number="0161 496 0101" who="Tom Achebe"/>`. The number stays on one line; `who` is for a screen reader,
/// which would otherwise hear a list of bare numbers.
#[component]
pub fn CallLink(
    #[prop(into)] number: String,
    #[prop(optional, into)] who: String,
) -> impl IntoView {
    let dialled: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let before = if who.is_empty() {
        "Call ".to_owned()
    } else {
        format!("Call {who}, ")
    };
    view! {
        <a class="app-call" href=format!("tel:{dialled}")>
            <span class="nhsuk-u-visually-hidden">{before}</span>
            {number}
        </a>
    }
}
