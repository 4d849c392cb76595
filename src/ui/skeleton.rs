//! Holds the place of what is being loaded, so that nothing jumps when it arrives.

use leptos::prelude::*;

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
