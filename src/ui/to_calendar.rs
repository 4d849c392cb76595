//! One appointment as a file for the reader's own calendar.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a browser may take to read what it saves.
const SAVED_AFTER: Duration = Duration::from_mins(1);

/// `<ToCalendar content/>`: a button that saves `content` (iCalendar).
#[component]
pub fn ToCalendar(#[prop(into)] content: String) -> impl IntoView {
    // The file is made when it is asked for: a list has hundreds of appointments.
    let press = move |_| {
        let _ = save(&content);
    };
    view! { <button type="button" class="nhsuk-link app-to-calendar" on:click=press>"Add to calendar"</button> }
}

/// Offers `content` for download.
fn save(content: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/calendar;charset=utf-8");
    let parts = js_sys::Array::of1(&content.into());
    let address = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(
        &parts, &options,
    )?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download("appointment.ics");
    link.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        SAVED_AFTER,
    );
    Ok(())
}
