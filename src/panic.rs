//! A panic ends the app: the reader is told in plain DOM, because nothing else can be trusted any more.

use std::panic;

use wasm_bindgen::JsCast;

/// Shows the notice, and what happened on the console (no data of a person is in a panic's message by rule:
/// messages are constants).
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let _ = show();
    }));
}

fn show() -> Option<()> {
    let document = web_sys::window()?.document()?;
    if document.get_element_by_id("stopped").is_some() {
        return Some(());
    }
    let notice = document.create_element("div").ok()?;
    notice.set_id("stopped");
    notice.set_class_name("app-stopped");
    notice.set_attribute("role", "alert").ok()?;
    let words = document.create_element("p").ok()?;
    words.set_text_content(Some(
        "This page has stopped because of a fault in it. What you see may be out of date. Nothing in the record was changed.",
    ));
    let link = document.create_element("a").ok()?;
    link.set_text_content(Some("Load the page again"));
    link.set_attribute("href", &web_sys::window()?.location().pathname().ok()?)
        .ok()?;
    link.set_attribute("rel", "external").ok()?;
    link.dyn_ref::<web_sys::HtmlElement>()?
        .set_class_name("nhsuk-button");
    notice.append_child(&words).ok()?;
    notice.append_child(&link).ok()?;
    document.body()?.prepend_with_node_1(&notice).ok()
}
