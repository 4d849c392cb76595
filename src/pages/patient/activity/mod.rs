//! Appointments to come, then admissions, attendances and discharges.

mod coming;
mod kind;
mod past;
mod visit;

use leptos::prelude::*;

use crate::ui::{PanelGrid, PanelSpan};

#[component]
pub fn ActivitySection() -> impl IntoView {
    view! {
        <PanelGrid>
            <coming::Coming span=PanelSpan::Full/>
            <past::Past span=PanelSpan::Full/>
        </PanelGrid>
    }
}
