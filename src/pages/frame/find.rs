//! Find a patient, from every page.

use leptos::{ev, html, prelude::*};

use super::keys::is_typing;
use crate::domain::PatientId;
use crate::pages::later::{self, Later};
use crate::present::{finder, name};
use crate::routes::{Page, Section};
use crate::store::finder::Finder;
use crate::store::{place, use_store};
use crate::ui::{FinderBox, FinderHit};

/// What is typed, and what comes of it once the code for it is there.
#[derive(Clone, Copy)]
struct Finding {
    typed: RwSignal<String>,
    told: RwSignal<Option<Told>>,
}

/// What the finder says of what is typed.
#[derive(Clone, Copy)]
struct Told {
    hits: Signal<Vec<FinderHit>>,
    status: Signal<String>,
    validation: Signal<String>,
}

/// The box, where one can type at once. What finds people comes at the first sign of a hand.
#[component]
pub fn Find() -> impl IntoView {
    let store = use_store();
    let typed = RwSignal::new(String::new());
    let told = RwSignal::new(None::<Told>);
    provide_context(Finding { typed, told });
    let input = NodeRef::<html::Input>::new();
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    summoned(input, before);
    let hits = Signal::derive(move || told.get().map(|it| it.hits.get()).unwrap_or_default());
    let status = Signal::derive(move || {
        told.get().map_or_else(
            || "The search is loading\u{2026}".to_owned(),
            |it| it.status.get(),
        )
    });
    let validation =
        Signal::derive(move || told.get().map(|it| it.validation.get()).unwrap_or_default());
    let on_pick = Callback::new(move |id: String| {
        if let Ok(id) = PatientId::parse(&id) {
            typed.set(String::new());
            if let Some(it) = input.get_untracked() {
                let _ = it.blur();
            }
            place::go(store, &Page::Patient(id, Section::Overview));
        }
    });
    // What is dictated comes without a key or a hand.
    let on_input = Callback::new(move |it| {
        store.hand.set(true);
        typed.set(it);
    });
    // Back to where the reader was before the key that led here; to nowhere if that is gone or there was no key.
    let on_leave = Callback::new(move |()| {
        let old = before.try_update_value(Option::take).flatten();
        if let Some(it) = old.and_then(still_there) {
            let _ = it.focus();
        } else if let Some(it) = input.get_untracked() {
            let _ = it.blur();
        }
    });
    view! {
        <FinderBox text=typed hits status validation on_input on_pick on_leave input/>
        <Show when=move || store.hand.get()>
            <Later part=later::find lines=0/>
        </Show>
    }
}

/// Finds people for what is typed. Shows nothing by itself: the box does.
#[component]
pub fn FindPart() -> impl IntoView {
    let store = use_store();
    let Finding { typed, told } = expect_context();
    let finder = Finder::new(store, typed);
    // An NHS number is spaced while it is typed.
    Effect::new(move |_| {
        let now = typed.get();
        let tidy = finder::tidy(&now);
        if tidy != now {
            typed.set(tidy);
        }
    });
    let hits = Signal::derive(move || {
        let today = store.now.get();
        let certain = finder.is_certain();
        let hit = |patient: &std::sync::Arc<crate::domain::Patient>| FinderHit {
            id: patient.id.as_str().to_owned(),
            title: name::of_patient(patient),
            detail: finder::detail(patient, today),
            badge: if patient.deceased.is_some() {
                "Deceased".to_owned()
            } else {
                String::new()
            },
            certain,
        };
        finder.hits().iter().map(hit).collect::<Vec<_>>()
    });
    let status = Signal::derive(move || {
        let shared = store.shared_name();
        finder.record.with(|query| {
            finder::status(
                &finder.asked.get(),
                finder.hits().len(),
                query.remote(),
                query.remote().seen().is_some_and(|it| !it.value.1),
                &shared,
                store.now.get(),
            )
        })
    });
    let validation = Signal::derive(move || finder.asked.with(finder::validation));
    told.set(Some(Told {
        hits,
        status,
        validation,
    }));
}

/// `/` and Ctrl-K lead to the finder from everywhere; `before` keeps where they were pressed.
fn summoned(
    input: NodeRef<html::Input>,
    before: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        let slash = event.key() == "/" && !is_typing(&event);
        let control_k =
            event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
        if slash || control_k {
            event.prevent_default();
            if let Some(it) = input.get_untracked() {
                before.set_value(focused().filter(|old| !it.is_same_node(Some(old))));
                let _ = it.focus();
                it.select();
            }
        }
    });
    on_cleanup(move || pressed.remove());
}

/// The element, or the link that leads to the same place if it was drawn again meanwhile.
fn still_there(element: web_sys::HtmlElement) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    if element.is_connected() {
        return Some(element);
    }
    let same = format!("main a[href=\"{}\"]", element.get_attribute("href")?);
    document().query_selector(&same).ok()??.dyn_into().ok()
}

/// What has the focus, if anything has.
fn focused() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    let element = document().active_element()?;
    if element.tag_name() == "BODY" {
        return None;
    }
    element.dyn_into::<web_sys::HtmlElement>().ok()
}
