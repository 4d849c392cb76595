//! One appointment as a file for the reader's own calendar.

use leptos::prelude::*;

/// `<ToCalendar content/>`: a link that saves `content` (iCalendar).
#[component]
pub fn ToCalendar(#[prop(into)] content: String) -> impl IntoView {
    let encoded = String::from(js_sys::encode_uri_component(&content));
    view! {
        <a class="nhsuk-link app-to-calendar" download="appointment.ics" href=format!("data:text/calendar;charset=utf-8,{encoded}")>
            "Add to calendar"
        </a>
    }
}
