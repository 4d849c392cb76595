//! A section of the plan and its anchor: a link of the rail brings it into sight and its heading into focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state;
use crate::domain::Topic;
use crate::domain::answer::Answer;
use crate::pages::patient::opened::opened;

#[component]
pub fn Part(at: state::Part, children: Children) -> impl IntoView {
    view! { <div class="app-plan__part" id=at.id()>{children()}</div> }
}

/// Goes where the address points; and once more when what stands above has its true height, unless the reader has gone
/// on by then.
pub fn follow_address() {
    let it = opened();
    let place = it.store.place;
    let loading = Memo::new(move |_| {
        let above = [Topic::Plans, Topic::Problems, Topic::Allergies];
        let waits = |topic| it.answers(topic).iter().any(|it| it.1 == Answer::Loading);
        above.into_iter().any(waits)
    });
    Effect::new(move |before: Option<String>| {
        // Read, not only tracked: a memo that nobody reads never runs.
        let _ = loading.get();
        let id = place.with(|it| it.fragment.clone());
        let is_new = before.as_ref() != Some(&id);
        if state::is_part(&id) && (is_new || is_at(&id)) {
            let id = id.clone();
            request_animation_frame(move || go(&id));
        }
        id
    });
}

/// Whether the heading of this part still has the focus.
fn is_at(id: &str) -> bool {
    let inside = |it: web_sys::Element| it.closest(&format!("#{id}")).ok().flatten().is_some();
    document().active_element().is_some_and(inside)
}

fn go(id: &str) {
    if let Some(part) = document().get_element_by_id(id) {
        bring(&part);
        focus_heading(&part);
    }
}

/// After an editor is left: what came of it stands below the heading, which may be far above by then.
pub fn come_back(id: &str) {
    let Some(part) = document().get_element_by_id(id) else {
        return;
    };
    let top = part.get_bounding_client_rect().top();
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    if top < head() || top > height.unwrap_or_default() / 2.0 {
        bring(&part);
    }
    focus_heading(&part);
}

/// Banner and allergies stay at the top, as tall as they need to be; in a short window the banner alone does, and what is
/// around it has no box.
fn head() -> f64 {
    let height = |of| {
        document()
            .query_selector(of)
            .ok()
            .flatten()
            .map(|it| it.get_bounding_client_rect().height())
    };
    [".app-patient", ".app-banner"]
        .into_iter()
        .filter_map(height)
        .fold(0.0, f64::max)
}

fn bring(part: &web_sys::Element) {
    part.scroll_into_view();
    window().scroll_by_with_x_and_y(0.0, part.get_bounding_client_rect().top() - head() - 12.0);
}

/// The heading of a part gets the focus, wherever it is on the screen.
fn focus_heading(part: &web_sys::Element) {
    let heading = part.query_selector("h3").ok().flatten();
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        heading.set_tab_index(-1);
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}
