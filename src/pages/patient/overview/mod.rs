//! Five questions on one screen: where now, what if it goes wrong, who to ring, what matters, what changed. Then open
//! actions and medicines.

mod actions;
mod changed;
mod crisis;
mod now;
mod ring;

use leptos::prelude::*;

use crate::ui::PanelGrid;

#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <PanelGrid>
            <now::Now/>
            <crisis::Crisis/>
            <ring::Ring/>
            <ring::Matters/>
            <changed::Changed/>
            <actions::Actions/>
            <actions::Medicines/>
        </PanelGrid>
    }
}
