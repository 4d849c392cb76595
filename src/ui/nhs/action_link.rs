//! Action link: <https://service-manual.nhs.uk/design-system/components/action-link>.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// `<ActionLink href="/people/1/plan" text="Open the plan"/>`.
#[component]
pub fn ActionLink(#[prop(into)] href: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <a class="nhsuk-action-link" href=href>
            <Icon name=IconName::ArrowRightCircle/>
            <span class="nhsuk-action-link__text">{text}</span>
        </a>
    }
}
