//! A section of the plan and its anchor: a link of the rail brings it into sight and its heading into focus.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::state;

#[component]
pub fn Part(at: state::Part, children: Children) -> impl IntoView {
    view! { <div class="app-plan__part" id=at.id()>{children()}</div> }
}

/// Goes where the address points, now and whenever it changes.
pub fn follow_address() {
    let hash = use_location().hash;
    Effect::new(move |_| {
        let id = hash.with(|it| it.trim_start_matches('#').to_owned());
        if state::Part::from_id(&id).is_some() {
            request_animation_frame(move || go(&id));
        }
    });
}

fn go(id: &str) {
    let Some(part) = document().get_element_by_id(id) else {
        return;
    };
    part.scroll_into_view();
    // Banner and allergies stay at the top, as tall as they need to be.
    let head = document().query_selector(".app-patient").ok().flatten();
    let head = head.map_or(0.0, |it| it.get_bounding_client_rect().height());
    window().scroll_by_with_x_and_y(0.0, part.get_bounding_client_rect().top() - head - 12.0);
    let heading = part.query_selector("h3").ok().flatten();
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        heading.set_tab_index(-1);
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}
