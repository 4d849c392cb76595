//! Inset text: <https://service-manual.nhs.uk/design-system/components/inset-text>.

use leptos::prelude::*;

/// `<InsetText><p>"Shown as at 09:14."</p></InsetText>`.
#[component]
pub fn InsetText(
    #[prop(default = "Information".to_owned(), into)] hidden: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nhsuk-inset-text">
            <span class="nhsuk-u-visually-hidden">{hidden}": "</span>
            {children()}
        </div>
    }
}
