//! The browser's address and its history.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

/// Path, query without its `?`, fragment without its `#`, as they stand in the address.
pub fn current() -> (String, String, String) {
    let Some(location) = web_sys::window().map(|it| it.location()) else {
        return Default::default();
    };
    let search = location.search().unwrap_or_default();
    let hash = location.hash().unwrap_or_default();
    (
        location.pathname().unwrap_or_default(),
        search.trim_start_matches('?').to_owned(),
        hash.trim_start_matches('#').to_owned(),
    )
}

/// Another address of this page, as a step that "back" undoes. The address that is there already is no step.
pub fn push(href: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let (path, query, hash) = current();
    let mut here = path;
    if !query.is_empty() {
        here.push('?');
        here.push_str(&query);
    }
    if !hash.is_empty() {
        here.push('#');
        here.push_str(&hash);
    }
    if here != href
        && let Ok(history) = window.history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// The address within this page to which a click leads: a plain click on a link of this origin. `None` for every
/// other, which is the browser's own: new tab, download, another origin, `rel="external"`, `tel:`.
pub fn followed(click: &MouseEvent) -> Option<String> {
    let held = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if click.default_prevented() || click.button() != 0 || held {
        return None;
    }
    let target = click.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let rel = link.get_attribute("rel").unwrap_or_default();
    let elsewhere = link.get_attribute("target").is_some_and(|it| it != "_self");
    if elsewhere || link.has_attribute("download") || rel.split(' ').any(|it| it == "external") {
        return None;
    }
    let href = link.get_attribute("href")?;
    // Addresses within the page are written from its root (`Page::path`) or as a fragment.
    match href.strip_prefix('#') {
        Some(_) => None,
        None => (href.starts_with('/') && !href.starts_with("//")).then_some(href),
    }
}
