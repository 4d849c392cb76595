//! Keeps the focus on a person's row when the row is drawn again because something new is known about them.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

use super::work_list::link_of;

/// Watches which row of `body` has the focus; when that row is replaced under it, the row that leads to the same place
/// gets the focus back, before anything else can happen (a key press would go to the page).
pub(super) fn keep_focus(body: NodeRef<html::Tbody>) {
    let at = StoredValue::new(None::<String>);
    let entered = window_event_listener(ev::focusin, move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        at.try_set_value(target.and_then(|it| place_of(body, &it)));
    });
    // A press beside the rows takes the focus away for good.
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        if target.is_none_or(|it| place_of(body, &it).is_none()) {
            at.try_set_value(None);
        }
    });
    on_cleanup(move || {
        entered.remove();
        pressed.remove();
    });
    let watching = StoredValue::new_local(None::<Watch>);
    Effect::new(move || {
        watching.set_value(body.get().and_then(|rows| {
            Watch::new(&rows, move || {
                let lost = document()
                    .active_element()
                    .is_none_or(|it| it.tag_name() == "BODY");
                if lost && let Some(Some(place)) = at.try_get_value() {
                    give_back(body, &place);
                }
            })
        }));
    });
}

/// Tells when rows come or go, until it is dropped.
struct Watch {
    observer: MutationObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Watch {
    fn new(rows: &Element, changed: impl FnMut() + 'static) -> Option<Self> {
        let changed = Closure::<dyn FnMut()>::new(changed);
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        let kinds = MutationObserverInit::new();
        kinds.set_child_list(true);
        kinds.set_subtree(true);
        observer.observe_with_options(rows, &kinds).ok()?;
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The address of the row that an element is in.
fn place_of(body: NodeRef<html::Tbody>, element: &Element) -> Option<String> {
    let row = element.closest("tr").ok().flatten()?;
    let body = body.try_get_untracked().flatten()?;
    body.contains(Some(&row))
        .then(|| link_of(&row)?.get_attribute("href"))?
}

fn give_back(body: NodeRef<html::Tbody>, place: &str) {
    let Some(rows) = body.try_get_untracked().flatten().map(|it| it.children()) else {
        return;
    };
    let links = (0..rows.length()).filter_map(|at| link_of(&rows.item(at)?));
    let mut same = links.filter(|it| it.get_attribute("href").as_deref() == Some(place));
    if let Some(link) = same.next() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = HtmlElement::focus_with_options(&link, &options);
    }
}
