//! Holds the place of what is being loaded, so that nothing jumps when it arrives.

use leptos::prelude::*;

use super::nhs::{Button, ButtonVariant};

/// As many quiet lines as the content will need: `<Skeleton lines=4/>`. Hidden from assistive technology: the panel
/// is `aria-busy` and the app announces the arrival.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="app-skeleton" aria-hidden="true">
            {(0..lines).map(|_| view! { <div class="app-skeleton__line"></div> }).collect_view()}
        </div>
    }
}

/// In the place of a part of the page whose code did not come.
#[component]
pub fn LaterFailed(#[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    view! {
        <div class="app-panel app-panel--failed" role="alert">
            <p>"This part of the page could not be loaded. Check the connection, then try again."</p>
            <Button variant=ButtonVariant::Secondary on_press=on_retry>
                "Try again"
            </Button>
        </div>
    }
}
