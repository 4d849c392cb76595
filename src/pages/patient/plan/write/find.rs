//! Who joins the team: found by name in the record's directory, linked, never retyped.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::Desk;
use crate::domain::team::Colleague;
use crate::present::{name, problem, team};
use crate::state::Remote;
use crate::store::colleagues::{FoundColleagues, find};
use crate::store::{now, pause};
use crate::ui::Skeleton;
use crate::ui::nhs::{FieldWords, Input};

type Found = Remote<FoundColleagues>;

/// A moment without a letter, before anything is asked.
const REST: Duration = Duration::from_millis(300);
const FEWEST_LETTERS: usize = 2;

/// A field that finds people and services. `is_there`: who needs not be added.
#[component]
pub fn Find(
    desk: Desk,
    id: String,
    error: Signal<Option<String>>,
    is_there: Callback<Colleague, bool>,
    on_pick: Callback<Colleague>,
) -> impl IntoView {
    let store = desk.it().store;
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(Found::Idle);
    let ask = move |wanted: String| {
        if wanted.chars().count() < FEWEST_LETTERS {
            found.set(Found::Idle);
            return;
        }
        found.update(|it| *it = std::mem::take(it).asked());
        spawn(async move {
            pause(REST).await;
            let is_wanted = move || typed.try_with_untracked(|it| it.trim() == wanted);
            let wanted = typed.try_with_untracked(|it| it.trim().to_owned());
            let (Some(wanted), Some(true)) = (wanted, is_wanted()) else {
                return;
            };
            let result = find(store, &wanted).await;
            if is_wanted() == Some(true) {
                found.try_update(|it| *it = std::mem::take(it).answered(result, now()));
            }
        });
    };
    let on_input = Callback::new(move |text: String| {
        let wanted = text.trim().to_owned();
        typed.set(text);
        ask(wanted);
    });
    let again = Callback::new(move |()| ask(typed.get_untracked().trim().to_owned()));
    let words = FieldWords {
        hint: Some("By name: a person or an organisation of the shared record. Linked, so that their number is always the one that is known there.".to_owned()),
        ..FieldWords::new(id, "Find who joins the team")
    };
    let told = Memo::new(move |_| found.with(told));
    view! {
        // The key that takes up the first one found elsewhere would save here.
        <div
            class="app-find"
            on:keydown=move |event| {
                if event.key() == "Enter" && event.target().is_some_and(|it| is_input(&it)) {
                    event.prevent_default();
                }
            }
        >
            <Input words value=typed on_input error autocomplete=Some("off") spellcheck=Some("false")/>
            <p class="app-quiet" role="status">{told}</p>
            {move || found.with(|it| body(desk, it, again, is_there, on_pick))}
        </div>
    }
}

fn is_input(target: &web_sys::EventTarget) -> bool {
    use wasm_bindgen::JsCast;
    target.dyn_ref::<web_sys::HtmlInputElement>().is_some()
}

/// How many, for who does not see them.
fn told(found: &Found) -> String {
    let Found::Ready(seen) = found else {
        return String::new();
    };
    let more = if seen.value.more {
        ". There may be more: type more of the name"
    } else {
        ""
    };
    match seen.value.all.len() {
        0 => "Nobody of this name is in the shared record".to_owned(),
        many => format!("{many} found{more}"),
    }
}

fn body(
    desk: Desk,
    found: &Found,
    again: Callback<()>,
    is_there: Callback<Colleague, bool>,
    on_pick: Callback<Colleague>,
) -> AnyView {
    match found {
        Found::Idle => ().into_any(),
        Found::Loading => view! { <Skeleton lines=3/> }.into_any(),
        Found::Failed(it) | Found::Stale(_, it) => {
            let store = desk.it().store;
            let words = problem::words(
                &store.shared_name(),
                &it.why,
                it.since,
                None,
                store.now.get_untracked(),
            );
            view! {
                <div class="app-notice app-notice--failed" role="alert">
                    <p>{words}</p>
                    <p><button type="button" class="nhsuk-link" on:click=move |_| again.run(())>"Try again"</button></p>
                </div>
            }
            .into_any()
        }
        Found::Ready(seen) | Found::Refreshing(seen) => {
            let all = seen.value.all.iter().cloned();
            let lines = all.map(|it| line(it, is_there, on_pick)).collect_view();
            view! { <ul class="app-people">{lines}</ul> }.into_any()
        }
    }
}

fn line(
    it: Colleague,
    is_there: Callback<Colleague, bool>,
    on_pick: Callback<Colleague>,
) -> AnyView {
    let words = view! {
        <strong>{name::clean(&it.name)}</strong>
        <span>{team::colleague(&it)}</span>
    };
    if is_there.run(it.clone()) {
        return view! { <li class="app-people__there">{words} <span class="app-quiet">"In the team already"</span></li> }
            .into_any();
    }
    view! {
        <li>
            <button type="button" class="app-people__person" on:click=move |_| on_pick.run(it.clone())>
                {words}
            </button>
        </li>
    }
    .into_any()
}
