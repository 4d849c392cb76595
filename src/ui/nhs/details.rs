//! Details: <https://service-manual.nhs.uk/design-system/components/details>.

use leptos::prelude::*;

use super::with_more;

/// `<Details summary="Past medicines (14)">…</Details>`.
#[component]
pub fn Details(
    #[prop(into)] summary: Signal<String>,
    #[prop(optional)] open: bool,
    #[prop(optional, into)] classes: String,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=with_more("nhsuk-details", &classes) open=open>
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">{summary}</span>
            </summary>
            <div class="nhsuk-details__text">{children()}</div>
        </details>
    }
}
