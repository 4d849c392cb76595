//! Keeps the focus on a person's row when the row is drawn again because something new is known about them.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::work_list::link_of;

/// Watches which row of `body` has the focus; whenever `changes` runs and that row was replaced under it, the row that
/// leads to the same place gets the focus back.
pub(super) fn keep_focus(body: NodeRef<html::Tbody>, changes: impl Fn() + 'static) {
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
    Effect::new(move || {
        changes();
        request_animation_frame(move || {
            let lost = document()
                .active_element()
                .is_none_or(|it| it.tag_name() == "BODY");
            if lost && let Some(Some(place)) = at.try_get_value() {
                give_back(body, &place);
            }
        });
    });
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
