//! A long list on the page: follows the scrolling, measures rows, and moves the focus from row to row by `j`, `k`, the
//! arrows, Home and End.

use std::time::Duration;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::work_window::{Heights, MARGIN, Seen, Window};

/// How long the rows that are seen stand alone.
const ALONE: Duration = Duration::from_secs(2);
/// Of the height of the window, between two frames: a quick flick of a finger is a fraction of it.
const FLIES: f64 = 1.5;

/// Follows the page's scrolling, and moves the focus from row to row.
#[derive(Clone, Copy)]
pub(super) struct List {
    body: NodeRef<html::Tbody>,
    count: Memo<usize>,
    heights: StoredValue<Heights>,
    seen: RwSignal<Seen>,
    /// Rows fly past, and are drawn when that is over.
    flies: StoredValue<bool>,
    pub window: Memo<Window>,
}

impl List {
    pub fn new(body: NodeRef<html::Tbody>, count: Memo<usize>, row_height: f64) -> Self {
        let heights = StoredValue::new(Heights::new(row_height));
        // At first only what is seen is drawn, in two frames, and drawn again with what is told: the rest when that is
        // over, or once somebody scrolls.
        let seen = RwSignal::new(Seen {
            top: 0.0,
            height: viewport() / 2.0,
            margin: 0.0,
        });
        let window =
            Memo::new(move |_| heights.with_value(|it| it.window(count.get(), seen.get())));
        let list = Self {
            body,
            count,
            heights,
            seen,
            flies: StoredValue::new(false),
            window,
        };
        // A list that is gone by then is not looked at.
        request_animation_frame(move || list.look(0.0));
        let grow = move || {
            seen.try_update(|it| (it.height, it.margin) = (viewport(), MARGIN));
        };
        set_timeout(grow, ALONE);
        let scrolled = window_event_listener(ev::scroll, move |_| list.scrolled());
        let resized = window_event_listener(ev::resize, move |_| list.look(MARGIN));
        let pressed = window_event_listener(ev::keydown, move |event| list.key(&event));
        // Paper does not scroll.
        let printed = window_event_listener(ev::beforeprint, move |_| _ = seen.try_set(Seen::ALL));
        let shown = window_event_listener(ev::afterprint, move |_| list.look(MARGIN));
        on_cleanup(move || {
            scrolled.remove();
            resized.remove();
            pressed.remove();
            printed.remove();
            shown.remove();
        });
        list
    }

    /// Rows that fly past, as under a scroll bar that is dragged, are drawn where the page comes to rest: there are more of
    /// them than a tablet can draw in a frame.
    fn scrolled(self) {
        let (Some(top), Some(drawn)) = (self.top(), self.seen.try_get_untracked()) else {
            return;
        };
        let is_near = (top - drawn.top).abs() < FLIES * viewport();
        match self.flies.try_get_value() {
            Some(false) if is_near => self.look(MARGIN),
            Some(false) => self.rest(top),
            _ => {}
        }
    }

    fn rest(self, before: f64) {
        self.flies.try_set_value(true);
        request_animation_frame(move || {
            let Some(top) = self.top() else { return };
            if (top - before).abs() < viewport() / 2.0 {
                self.flies.try_set_value(false);
                self.look(MARGIN);
            } else {
                self.rest(top);
            }
        });
    }

    /// How far the page has gone beyond the beginning of the list. `None` when the list is gone.
    fn top(self) -> Option<f64> {
        let body = self.body.try_get_untracked().flatten()?;
        Some((-body.get_bounding_client_rect().top()).max(0.0))
    }

    /// Measures the rows there are and looks where the page stands; rows are kept ready this far beyond.
    fn look(self, margin: f64) {
        let Some(body) = self.body.try_get_untracked().flatten() else {
            return;
        };
        let rows = body.children();
        let measured = (0..rows.length()).filter_map(|it| {
            let row = rows.item(it)?;
            let at = row.get_attribute("data-at")?.parse().ok()?;
            Some((at, row.get_bounding_client_rect().height()))
        });
        let _ = self.heights.try_update_value(|it| it.measured(measured));
        let from = body.get_bounding_client_rect().top();
        // At first no row more than is seen.
        let above = if margin > 0.0 { 0.0 } else { from.max(0.0) };
        let now = Seen {
            top: (-from).max(0.0),
            height: (viewport() - above).max(0.0),
            margin,
        };
        let _ = self.seen.try_maybe_update(|it| {
            let moved = (it.top - now.top).abs() > 40.0
                || (it.height - now.height).abs() > 40.0
                || it.margin <= 0.0;
            if moved {
                *it = now;
            }
            (moved, ())
        });
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || typing() {
            return;
        }
        let at = self.focused();
        let count = self.count.try_get_untracked().unwrap_or_default();
        let to = match (event.key().as_str(), at) {
            ("j", None) | ("Home", Some(_)) => 0,
            ("j" | "ArrowDown", Some(at)) => at + 1,
            ("k" | "ArrowUp", Some(at)) if at > 0 => at - 1,
            ("End", Some(_)) => count.saturating_sub(1),
            _ => return,
        };
        if to < count {
            event.prevent_default();
            self.go(to, 3);
        }
    }

    fn focused(self) -> Option<usize> {
        let row = document()
            .active_element()?
            .closest("tr[data-at]")
            .ok()
            .flatten()?;
        let body = self.body.try_get_untracked().flatten()?;
        if !body.contains(Some(&row)) {
            return None;
        }
        row.get_attribute("data-at")?.parse().ok()
    }

    /// Gives the focus to a row; one that does not exist yet is scrolled to first, and tried again in the next frames.
    fn go(self, at: usize, tries: u8) {
        let Some(body) = self.body.try_get_untracked().flatten() else {
            return;
        };
        let row = body
            .query_selector(&format!("tr[data-at='{at}']"))
            .ok()
            .flatten();
        if let Some(link) = row.as_ref().and_then(link_of) {
            let _ = link.focus();
        } else if tries > 0 {
            let offset = self.heights.with_value(|it| it.offset(at));
            let by = body.get_bounding_client_rect().top() + offset - 200.0;
            window().scroll_by_with_x_and_y(0.0, by);
            request_animation_frame(move || {
                self.look(MARGIN);
                self.go(at, tries - 1);
            });
        }
    }
}

/// How high the window is, in px.
fn viewport() -> f64 {
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    height.unwrap_or(800.0)
}

/// Whether keys belong to a field.
fn typing() -> bool {
    document().active_element().is_some_and(|it| {
        let field = "input, textarea, select, [contenteditable], [role=listbox], dialog[open] *";
        it.matches(field).unwrap_or(false)
    })
}

/// The link that opens a row.
pub(super) fn link_of(row: &web_sys::Element) -> Option<web_sys::HtmlElement> {
    let found = row.query_selector(".app-work__link").ok().flatten()?;
    found.dyn_into().ok()
}
