//! What happened, newest first. New entries wait behind a bar, so that nothing moves under the reader's finger.

use leptos::prelude::*;

/// The frame of a stream: `<Stream label="Hospital activity">…</Stream>` around `DayHeading`s, each followed by an
/// `<ol class="app-stream__list">` of `StreamEvent`s.
#[component]
pub fn Stream(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <section class="app-stream" aria-label=label>{children()}</section> }
}

/// "Today, 22-Nov-2026", "14-Nov-2026"; `inside` a panel, which has a heading of its own.
#[component]
pub fn DayHeading(#[prop(into)] day: String, #[prop(optional)] inside: bool) -> impl IntoView {
    if inside {
        view! { <h3 class="app-stream__day">{day}</h3> }.into_any()
    } else {
        view! { <h2 class="app-stream__day">{day}</h2> }.into_any()
    }
}

/// One entry: when, where, and the words as children; `hot` for what was not planned.
#[component]
pub fn StreamEvent(
    #[prop(into)] time: String,
    #[prop(into)] place: String,
    #[prop(optional)] hot: bool,
    /// What stands at the end of the line: a link, a source.
    #[prop(optional, into)]
    end: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let class = if hot {
        "app-stream__event app-stream__event--hot"
    } else {
        "app-stream__event"
    };
    view! {
        <li class=class>
            <span class="app-num">{time}</span>
            <span class="app-stream__where">{place}</span>
            <div>{children()}</div>
            {end.map(|it| view! { <span class="app-stream__end">{it.run()}</span> })}
        </li>
    }
}

/// "4 new, show": `<Waiting text="4 new, show" on_show/>`; render it only while something waits.
#[component]
pub fn Waiting(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] on_show: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="app-stream__wait" on:click=move |_| on_show.run(())>
            {text}
        </button>
    }
}
