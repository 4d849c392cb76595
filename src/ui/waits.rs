//! What waits to be saved to the record: a button on the bar while something does, and the list behind it.

use leptos::portal::Portal;
use leptos::prelude::*;

use super::popover::Popover;
use super::sources::dot;
use crate::present::outbox::Summary;
use crate::present::panel::Standing;

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitLine {
    pub id: String,
    /// Whose it is, where that is on the screen anyway.
    pub who: String,
    pub what: String,
    pub why: String,
    pub can_try: bool,
    /// A person has to do something.
    pub needs_somebody: bool,
}

/// The button, in its place on the bar; nothing while nothing waits.
#[component]
pub fn WaitsButton(
    #[prop(into)] summary: Signal<Option<Summary>>,
    open: RwSignal<bool>,
    #[prop(into)] content: ViewFn,
) -> impl IntoView {
    let content = StoredValue::new(content);
    let is_there = Memo::new(move |_| summary.with(Option::is_some));
    let standing = move || {
        summary.with(|it| match it {
            Some(it) if it.is_done => Standing::UpToDate,
            Some(it) if it.needs_somebody => Standing::Failed,
            _ => Standing::Stale,
        })
    };
    let words = move || summary.with(|it| it.as_ref().map(|it| it.words.clone()));
    let short = move || summary.with(|it| it.as_ref().map(|it| it.short.clone()));
    let label = move || {
        view! {
            <span class=move || dot(standing()) aria-hidden="true"></span>
            <span class="app-waits__words">{words}</span>
            <span class="app-waits__short" aria-hidden="true">{short}</span>
        }
    };
    place_on_bar().map(|mount| {
        view! {
            <Portal mount>
                <Show when=move || is_there.get()>
                    <Popover
                        button_class="app-top__button"
                        name="Waiting to be saved"
                        label
                        open
                    >
                        {content.with_value(ViewFn::run)}
                    </Popover>
                </Show>
            </Portal>
        }
    })
}

/// A place before the others on the bar, whose code is there from the beginning and knows nothing of this.
fn place_on_bar() -> Option<web_sys::Element> {
    let bar = document().query_selector(".app-top__end").ok()??;
    let place = document().create_element("div").ok()?;
    place.set_class_name("app-top__waits");
    bar.insert_before(&place, bar.first_child().as_ref()).ok()?;
    let mine = StoredValue::new_local(place.clone());
    on_cleanup(move || {
        if let Some(it) = mine.try_get_value() {
            it.remove();
        }
    });
    Some(place)
}

/// Everything that waits, the first asked first.
#[component]
pub fn WaitsList(
    #[prop(into)] lines: Signal<Vec<WaitLine>>,
    /// Both are called with the line's id.
    #[prop(into)]
    on_try: Callback<String>,
    #[prop(into)] on_open: Callback<String>,
) -> impl IntoView {
    view! {
        <ol class="app-waits">
            {move || {
                let line = |it| view! { <Line line=it on_try on_open/> };
                lines.get().into_iter().map(line).collect_view()
            }}
        </ol>
    }
}

#[component]
fn Line(line: WaitLine, on_try: Callback<String>, on_open: Callback<String>) -> impl IntoView {
    let WaitLine {
        id,
        who,
        what,
        why,
        can_try,
        needs_somebody,
    } = line;
    let about = format!(" {what}, {who}");
    let hidden = || view! { <span class="nhsuk-u-visually-hidden">{about.clone()}</span> };
    let tried = id.clone();
    let class = if needs_somebody {
        "app-waits__why app-abnormal"
    } else {
        "app-waits__why"
    };
    view! {
        <li class="app-waits__line">
            <b>{what.clone()}</b> ", " <bdi>{who.clone()}</bdi>
            <p class=class>{why}</p>
            <p class="app-waits__acts">
                <button type="button" class="nhsuk-link" on:click=move |_| on_open.run(id.clone())>
                    "Open" {hidden()}
                </button>
                {can_try
                    .then(|| {
                        view! {
                            <button type="button" class="nhsuk-link" on:click=move |_| on_try.run(tried.clone())>
                                "Try now" {hidden()}
                            </button>
                        }
                    })}
            </p>
        </li>
    }
}
