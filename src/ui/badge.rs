//! A state in words with a colour, and the name of the source that a fact comes from.

use leptos::prelude::*;

/// The colour of a badge. The words say the same, so that nothing depends on colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    /// In hospital, abnormal.
    Alert,
    /// In ED, overdue.
    Warn,
    Good,
    Info,
    /// A count of what is new.
    New,
    /// Home, nothing new: hardly a badge.
    Quiet,
    #[default]
    Plain,
}

impl BadgeTone {
    fn class(self) -> &'static str {
        match self {
            Self::Alert => "app-badge app-badge--alert",
            Self::Warn => "app-badge app-badge--warn",
            Self::Good => "app-badge app-badge--good",
            Self::Info => "app-badge app-badge--info",
            Self::New => "app-badge app-badge--new",
            Self::Quiet => "app-badge app-badge--quiet",
            Self::Plain => "app-badge",
        }
    }
}

/// One state: `<Badge tone=BadgeTone::Alert text="In hospital"/>`.
#[component]
pub fn Badge(
    #[prop(optional, into)] tone: Signal<BadgeTone>,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! { <span class=move || tone.get().class()>{text}</span> }
}

/// Where a fact comes from: `<SourceTag name="GP"/>`.
#[component]
pub fn SourceTag(#[prop(into)] name: Signal<String>) -> impl IntoView {
    view! { <span class="app-source-tag">{name}</span> }
}

/// Several sources of one fact: `<SourceTags names=vec!["GP".into(), "Wythenshawe".into()]/>`.
#[component]
pub fn SourceTags(#[prop(into)] names: Signal<Vec<String>>) -> impl IntoView {
    view! {
        <span class="app-source-tags">
            <span class="nhsuk-u-visually-hidden">"Source: "</span>
            {move || names.get().into_iter().map(|name| view! { <SourceTag name/> }).collect_view()}
        </span>
    }
}
