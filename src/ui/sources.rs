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

/// The button on the bar ("4 of 5 up to date") and the list behind it.
#[component]
pub fn SourcesList(
    /// "4 of 5 up to date".
    #[prop(into)]
    summary: Signal<String>,
    #[prop(into)] sources: Signal<Vec<SourceLine>>,
    /// Called with the source's id.
    #[prop(into)]
    on_retry: Callback<String>,
) -> impl IntoView {
    let worst = Memo::new(move |_| {
        sources.with(|all| {
            all.iter()
                .map(|it| it.standing)
                .max_by_key(|it| badness(*it))
        })
    });
    let label = move || {
        view! {
            <span class=move || dot(worst.get().unwrap_or(Standing::UpToDate)) aria-hidden="true"></span>
            <span>{summary}</span>
        }
    };
    view! {
        <Popover button_class="app-top__button" name="Sources of the record" label>
            <ul class="app-sources">
                {move || {
                    sources
                        .get()
                        .into_iter()
                        .map(|source| view! { <Line source on_retry/> })
                        .collect_view()
                }}
            </ul>
        </Popover>
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

fn badness(standing: Standing) -> u8 {
    match standing {
        Standing::UpToDate => 0,
        Standing::Refreshing => 1,
        Standing::Loading => 2,
        Standing::Withheld => 3,
        Standing::Stale => 4,
        Standing::Failed => 5,
    }
}
