//! Find a patient: a combobox after the ARIA authoring practices (the focus stays in the input, the arrows choose).

use leptos::{ev, html, prelude::*};

use super::{
    badge::{Badge, BadgeTone},
    nhs::{Icon, IconName},
};

/// One person found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinderHit {
    pub id: String,
    /// "SMITH, Jane (Mrs)".
    pub title: String,
    /// "Born 14-Jul-1945 (81y) · 999 012 3456".
    pub detail: String,
    /// "In hospital", "Deceased" …; none is shown when empty.
    pub badge: String,
    /// Nobody else can be meant: Enter opens them. Others have to be marked first.
    pub certain: bool,
}

/// The box and its results. The app reads what is typed in `on_input`, searches, and answers through the signals; it
/// may write `text` back (an NHS number reformatted while typing). `/` and Ctrl-K are the app's: it focuses `input`.
#[component]
pub fn FinderBox(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] hits: Signal<Vec<FinderHit>>,
    /// "Searching the record…", "3 people", "Nobody found: searched names and dates of birth in the shared record".
    #[prop(into)]
    status: Signal<String>,
    /// What is wrong with what is typed ("This is not an NHS number: check the digits"); empty when nothing is.
    #[prop(optional, into)]
    validation: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// Called with the id of the person chosen.
    #[prop(into)]
    on_pick: Callback<String>,
    /// Called when Escape is pressed and there is nothing left to close: the focus goes back to where it was.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    #[prop(optional)] input: NodeRef<html::Input>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<usize>);
    let shown = Memo::new(move |_| open.get() && !text.with(|it| it.trim().is_empty()));
    let pick = Callback::new(move |id: String| {
        open.set(false);
        chosen.set(None);
        on_pick.run(id);
    });
    let count = move || hits.with_untracked(Vec::len);
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            open.set(true);
            let down = event.key() == "ArrowDown";
            chosen.update(|it| *it = moved(*it, count(), down));
        }
        "Enter" => {
            event.prevent_default();
            // Nobody is opened who is not on the screen.
            let id = meant(chosen.get_untracked(), hits);
            if let Some(id) = id.filter(|_| shown.get_untracked()) {
                pick.run(id);
            }
        }
        "Escape" => {
            if shown.get_untracked() {
                open.set(false);
            } else {
                on_input.run(String::new());
                if let Some(it) = on_leave {
                    it.run(());
                }
            }
            chosen.set(None);
        }
        _ => {}
    };
    let typed = Callback::new(move |words: String| {
        open.set(true);
        chosen.set(None);
        on_input.run(words);
    });
    view! {
        <div class="app-finder" role="search">
            <Entry text input shown chosen validation typed open on:keydown=on_key/>
            <div class="app-finder__drop" hidden=move || !shown.get()>
                <p class="app-finder__hint" id="finder-hint" role="alert">{validation}</p>
                <ul class="app-finder__list" id="finder-list" role="listbox" aria-label="People found">
                    {move || {
                        hits.get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, hit)| view! { <Hit at hit chosen pick/> })
                            .collect_view()
                    }}
                </ul>
                <p class="app-finder__status" role="status">{status}</p>
            </div>
        </div>
    }
}

#[component]
fn Entry(
    text: Signal<String>,
    input: NodeRef<html::Input>,
    shown: Memo<bool>,
    chosen: RwSignal<Option<usize>>,
    validation: Signal<String>,
    typed: Callback<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let active = move || {
        chosen
            .get()
            .filter(|_| shown.get())
            .map(|at| format!("finder-hit-{at}"))
    };
    let invalid = move || {
        if validation.with(String::is_empty) {
            "false"
        } else {
            "true"
        }
    };
    view! {
        <div class="app-finder__box">
            <Icon name=IconName::SEARCH/>
            <input
                class="app-finder__input"
                id="finder"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder="Find a patient: name, NHS number or date of birth"
                aria-label="Find a patient: name, NHS number or date of birth"
                aria-autocomplete="list"
                aria-controls="finder-list"
                aria-expanded=move || if shown.get() { "true" } else { "false" }
                aria-activedescendant=active
                aria-describedby="finder-hint"
                aria-invalid=invalid
                node_ref=input
                prop:value=text
                on:input=move |event| typed.run(event_target_value(&event))
                on:focus=move |_| open.set(true)
                on:blur=move |_| open.set(false)
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}

#[component]
fn Hit(
    at: usize,
    hit: FinderHit,
    chosen: RwSignal<Option<usize>>,
    pick: Callback<String>,
) -> impl IntoView {
    let FinderHit {
        id,
        title,
        detail,
        badge,
        ..
    } = hit;
    let selected = move || {
        if chosen.get() == Some(at) {
            "true"
        } else {
            "false"
        }
    };
    // The input keeps the focus: a press must not blur it, or the list would close before the click.
    view! {
        <li
            class="app-finder__hit"
            id=format!("finder-hit-{at}")
            role="option"
            aria-selected=selected
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| pick.run(id.clone())
        >
            <span>
                <span class="app-finder__title">{title}</span>
                <span class="app-quiet app-num">{detail}</span>
            </span>
            {(!badge.is_empty()).then(|| view! { <Badge tone=BadgeTone::Info text=badge/> })}
        </li>
    }
}

/// Who is marked, or the one who alone can be meant.
fn meant(marked: Option<usize>, hits: Signal<Vec<FinderHit>>) -> Option<String> {
    hits.with_untracked(|all| {
        let hit = match marked {
            Some(at) => all.get(at),
            None => all.first().filter(|it| it.certain),
        };
        hit.map(|it| it.id.clone())
    })
}

/// The next choice, around the ends.
fn moved(from: Option<usize>, count: usize, down: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (from, down) {
        (None, true) => 0,
        (Some(at), true) if at >= last => 0,
        (Some(at), true) => at + 1,
        (None | Some(0), false) => last,
        (Some(at), false) => (at - 1).min(last),
    })
}
