//! Action link: <https://service-manual.nhs.uk/design-system/components/action-link>.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::with_more;

/// `<ActionLink href="/people/1/plan">"Open the plan"</ActionLink>`.
#[component]
pub fn ActionLink(
    #[prop(into)] href: String,
    #[prop(optional, into)] classes: String,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=with_more("nhsuk-action-link", &classes) href=href>
            <Icon name=IconName::ARROW_RIGHT_CIRCLE/>
            <span class="nhsuk-action-link__text">{children()}</span>
        </a>
    }
}
