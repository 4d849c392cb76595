//! A line that comes or goes above what somebody reads, presses or types into moves nothing of that: the page is scrolled by
//! as much, before it is drawn. What stands above the line gives way.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// To be called before the change; what is held then is where it was when the change is drawn.
pub fn hold() {
    let Some(held) = held() else { return };
    let before = top(&held);
    request_animation_frame(move || {
        let moved = top(&held) - before;
        if held.is_connected() && moved.abs() >= 1.0 {
            window().scroll_by_with_x_and_y(0.0, moved);
        }
    });
}

/// What is under the hand: where the letters go, else what the pointer is on, else what stands in the middle.
fn held() -> Option<Element> {
    let focused = document().active_element();
    let focused = focused.filter(|it| it.tag_name() != "BODY" && is_seen(it));
    focused.or_else(pointed_at).or_else(middle)
}

fn pointed_at() -> Option<Element> {
    let all = document().query_selector_all(".app-plan :hover").ok()?;
    let last = all.item(all.length().checked_sub(1)?)?;
    last.dyn_into().ok().filter(is_seen)
}

fn middle() -> Option<Element> {
    let (width, height) = size();
    let at = document().element_from_point(width / 2.0, height / 2.0);
    at.filter(is_seen)
}

/// What is taller than the screen says nothing of what is under the hand.
fn is_seen(it: &Element) -> bool {
    let (place, height) = (it.get_bounding_client_rect(), size().1);
    let is_inside = place.bottom() > 0.0 && place.top() < f64::from(height);
    is_inside && place.height() < f64::from(height) && it.dyn_ref::<HtmlElement>().is_some()
}

fn top(it: &Element) -> f64 {
    it.get_bounding_client_rect().top()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
fn size() -> (f32, f32) {
    let side = |it: Result<wasm_bindgen::JsValue, _>| {
        let side = it.ok().and_then(|it: wasm_bindgen::JsValue| it.as_f64());
        side.unwrap_or_default() as f32
    };
    (side(window().inner_width()), side(window().inner_height()))
}
