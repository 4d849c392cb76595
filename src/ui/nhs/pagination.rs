//! Pagination: <https://service-manual.nhs.uk/design-system/components/pagination>.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Where previous or next leads, and what is there ("OKAFOR, Emeka (Mr)").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLink {
    pub href: String,
    pub label: String,
}

/// `<Pagination previous next/>`.
#[component]
pub fn Pagination(
    #[prop(optional_no_strip, into)] previous: Option<PageLink>,
    #[prop(optional_no_strip, into)] next: Option<PageLink>,
) -> impl IntoView {
    view! {
        <nav class="nhsuk-pagination" role="navigation" aria-label="Pagination">
            <ul class="nhsuk-list nhsuk-pagination__list">
                {previous
                    .map(|to| {
                        view! {
                            <li class="nhsuk-pagination-item--previous">
                                <a
                                    class="nhsuk-pagination__link nhsuk-pagination__link--prev"
                                    href=to.href
                                    rel="prev"
                                >
                                    <Words title="Previous" label=to.label/>
                                    <Icon name=IconName::ARROW_LEFT/>
                                </a>
                            </li>
                        }
                    })}
                {next
                    .map(|to| {
                        view! {
                            <li class="nhsuk-pagination-item--next">
                                <a
                                    class="nhsuk-pagination__link nhsuk-pagination__link--next"
                                    href=to.href
                                    rel="next"
                                >
                                    <Words title="Next" label=to.label/>
                                    <Icon name=IconName::ARROW_RIGHT/>
                                </a>
                            </li>
                        }
                    })}
            </ul>
        </nav>
    }
}

#[component]
fn Words(title: &'static str, label: String) -> impl IntoView {
    view! {
        <span class="nhsuk-pagination__title">
            {title} <span class="nhsuk-u-visually-hidden">" page"</span>
        </span>
        {(!label.is_empty())
            .then(|| {
                view! {
                    <span class="nhsuk-u-visually-hidden">":"</span>
                    <span class="nhsuk-pagination__page">{label}</span>
                }
            })}
    }
}
