//! Card: <https://service-manual.nhs.uk/design-system/components/cards>.

use leptos::prelude::*;

use super::with_more;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardVariant {
    #[default]
    Plain,
    Feature,
    Secondary,
    Warning,
}

impl CardVariant {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "nhsuk-card",
            Self::Feature => "nhsuk-card nhsuk-card--feature",
            Self::Secondary => "nhsuk-card nhsuk-card--secondary",
            Self::Warning => "nhsuk-card nhsuk-card--warning",
        }
    }
}

/// `<Card heading="Heart failure clinic"><p class="nhsuk-card__description">…</p></Card>`.
#[component]
pub fn Card(
    #[prop(into)] heading: String,
    #[prop(default = 2)] level: u8,
    #[prop(optional)] variant: CardVariant,
    /// Said before the heading to a screen reader only ("Important").
    #[prop(optional_no_strip, into)]
    hidden: Option<String>,
    /// Where the heading leads.
    #[prop(optional_no_strip, into)]
    href: Option<String>,
    #[prop(optional, into)] heading_classes: String,
    #[prop(optional, into)] classes: String,
    children: Children,
) -> impl IntoView {
    let words = match hidden {
        None => match href {
            None => heading.into_any(),
            Some(href) => view! { <a class="nhsuk-card__link" href=href>{heading}</a> }.into_any(),
        },
        Some(hidden) => view! {
            <span role="text">
                <span class="nhsuk-u-visually-hidden">{hidden}": "</span>
                {heading}
            </span>
        }
        .into_any(),
    };
    let class = with_more("nhsuk-card__heading", &heading_classes);
    let heading = match level {
        3 => view! { <h3 class=class>{words}</h3> }.into_any(),
        4 => view! { <h4 class=class>{words}</h4> }.into_any(),
        _ => view! { <h2 class=class>{words}</h2> }.into_any(),
    };
    view! {
        <div class=with_more(variant.class(), &classes)>
            <div class="nhsuk-card__content">{heading} {children()}</div>
        </div>
    }
}
