//! Who cares for this person: the team, and the carers and next of kin. Each number is one tap.

mod contacts;
mod members;

use leptos::prelude::*;

#[component]
pub fn TeamSection() -> impl IntoView {
    view! {
        <div class="app-plan">
            <members::Members/>
            <contacts::Contacts/>
        </div>
    }
}
