//! The one polite live region of the app.

use leptos::prelude::*;

/// Says `message` to a screen reader whenever it changes: `<Announcer message/>`. Mount it once, empty, before the
/// first message. To say the same words again, set them to "" in between.
#[component]
pub fn Announcer(#[prop(into)] message: Signal<String>) -> impl IntoView {
    view! {
        <div class="nhsuk-u-visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {message}
        </div>
    }
}
