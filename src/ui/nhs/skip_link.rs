//! Skip link: <https://service-manual.nhs.uk/design-system/components/skip-link>.

use leptos::{ev, prelude::*};

/// `<SkipLink target="maincontent"/>`: first in the page; the target has that id. It moves the focus
/// itself, so that a router that reads the address does not see a page of that name.
#[component]
pub fn SkipLink(
    #[prop(default = "maincontent".to_owned(), into)] target: String,
    #[prop(default = "Skip to main content".to_owned(), into)] text: String,
) -> impl IntoView {
    let href = format!("#{target}");
    let on_click = move |event: ev::MouseEvent| {
        use wasm_bindgen::JsCast;
        let found = document()
            .get_element_by_id(&target)
            .and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(it) = found {
            event.prevent_default();
            event.stop_propagation();
            let _ = it.set_attribute("tabindex", "-1");
            let _ = it.focus();
        }
    };
    view! {
        <a class="nhsuk-skip-link" data-module="nhsuk-skip-link" href=href on:click=on_click>
            {text}
        </a>
    }
}
