//! Summary list: <https://service-manual.nhs.uk/design-system/components/summary-list>.

use leptos::prelude::*;

use super::with_more;

/// `<SummaryList><SummaryRow key="Name">…</SummaryRow></SummaryList>`; `borderless` inside a card.
#[component]
pub fn SummaryList(
    #[prop(optional)] borderless: bool,
    #[prop(optional, into)] classes: String,
    children: Children,
) -> impl IntoView {
    let class = if borderless {
        "nhsuk-summary-list nhsuk-summary-list--no-border"
    } else {
        "nhsuk-summary-list"
    };
    view! { <dl class=with_more(class, &classes)>{children()}</dl> }
}

/// A row; `action` is what stands at its end: a link, a button.
#[component]
pub fn SummaryRow(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] action: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nhsuk-summary-list__row">
            <dt class="nhsuk-summary-list__key">{label}</dt>
            <dd class="nhsuk-summary-list__value">{children()}</dd>
            {action.map(|it| view! { <dd class="nhsuk-summary-list__actions">{it.run()}</dd> })}
        </div>
    }
}
