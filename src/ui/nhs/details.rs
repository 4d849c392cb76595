//! Details: <https://service-manual.nhs.uk/design-system/components/details>.

use leptos::prelude::*;

/// `<Details summary="Past medicines (14)">…</Details>`.
#[component]
pub fn Details(
    #[prop(into)] summary: Signal<String>,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="nhsuk-details" open=open>
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">{summary}</span>
            </summary>
            <div class="nhsuk-details__text">{children()}</div>
        </details>
    }
}
