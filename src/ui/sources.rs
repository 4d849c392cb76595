//! How up to date the record is, and what to do about it.

use leptos::prelude::*;

use super::popover::Popover;
use crate::present::panel::Standing;

/// One source in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    pub id: String,
    pub name: String,
    pub standing: Standing,
    /// "as at 14:05", "not reached since 13:48" …
    pub words: String,
    /// What this source does not say now, one thing a line.
    pub missing: Vec<String>,
    pub can_retry: bool,
}

/// The button on the bar ("4 of 5 up to date"); its content is the [`SourcesList`].
#[component]
pub fn SourcesButton(
    /// "4 of 5 up to date".
    #[prop(into)]
    summary: Signal<String>,
    /// How the worst of them stands.
    #[prop(into)]
    worst: Signal<Standing>,
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let label = move || {
        view! {
            <span class=move || dot(worst.get()) aria-hidden="true"></span>
            <span>{summary}</span>
        }
    };
    view! {
        <Popover button_class="app-top__button" name="Sources of the record" label open>
            {children()}
        </Popover>
    }
}

/// Every source and how it stands.
#[component]
pub fn SourcesList(
    #[prop(into)] sources: Signal<Vec<SourceLine>>,
    /// Called with the source's id.
    #[prop(into)]
    on_retry: Callback<String>,
) -> impl IntoView {
    view! {
        <ul class="app-sources">
            {move || {
                sources
                    .get()
                    .into_iter()
                    .map(|source| view! { <Line source on_retry/> })
                    .collect_view()
            }}
        </ul>
    }
}

#[component]
fn Line(source: SourceLine, on_retry: Callback<String>) -> impl IntoView {
    let SourceLine {
        id,
        name,
        standing,
        words,
        missing,
        can_retry,
    } = source;
    let hidden = format!(" {name}");
    view! {
        <li class="app-source">
            <span class=dot(standing) aria-hidden="true"></span>
            <span class="app-source__name">{name}</span>
            <span class="app-source__words">{words}</span>
            {can_retry
                .then(|| {
                    view! {
                        <span class="app-source__retry">
                            <button
                                type="button"
                                class="nhsuk-link"
                                on:click=move |_| on_retry.run(id.clone())
                            >
                                "Try again"
                                <span class="nhsuk-u-visually-hidden">{hidden}</span>
                            </button>
                        </span>
                    }
                })}
            {(!missing.is_empty())
                .then(|| {
                    view! {
                        <ul class="app-source__missing">
                            {missing.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
                        </ul>
                    }
                })}
        </li>
    }
}

/// The mark of a standing: its shape differs as well as its colour.
pub(super) fn dot(standing: Standing) -> &'static str {
    match standing {
        Standing::UpToDate => "app-dot",
        Standing::Loading | Standing::Refreshing => "app-dot app-dot--busy",
        Standing::Stale | Standing::Withheld => "app-dot app-dot--late",
        Standing::Failed => "app-dot app-dot--down",
    }
}
