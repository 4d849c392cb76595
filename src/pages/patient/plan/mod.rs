//! The plan, to read: its state, then one panel for each section, with a rail that says how each stands. What the
//! shared record knows is shown live with its source, never retyped.

mod about_me;
mod cpr;
mod crisis;
mod forms;
mod goals;
mod head;
mod legal;
mod live;
mod needs;
mod others;
mod part;
mod people;
mod review;
mod risks;
mod social_care;
mod state;
mod step;
mod suggested;
mod team;
mod write;

use leptos::prelude::*;

use super::opened::opened;
use crate::ui::{SectionRail, WithRail};
use part::Part;
pub use state::part_of;
pub use write::Editor;

#[component]
pub fn PlanSection() -> impl IntoView {
    let forms = crate::store::forms::open(opened().store);
    provide_context(forms);
    let it = opened();
    provide_context(crate::store::presence::open(it.store, &it.id.get_value()));
    let sections = state::links(opened(), forms);
    part::follow_address();
    view! {
        <WithRail wide_rail=true rail=move || view! { <SectionRail label="Sections of the plan" sections/> }>
            <div class="app-plan">
                <Part at=state::Part::Head><head::Head/></Part>
                <Part at=state::Part::AboutMe><about_me::AboutMeSection/></Part>
                <Part at=state::Part::Goals><goals::Goals/></Part>
                <Part at=state::Part::Crisis><crisis::CrisisSection/></Part>
                <Part at=state::Part::Risks><risks::Risks/></Part>
                <Part at=state::Part::Team><team::TeamSummary/></Part>
                <Part at=state::Part::Carers><people::Carers/></Part>
                <Part at=state::Part::Legal><legal::Legal/></Part>
                <Part at=state::Part::Needs><needs::IndividualNeeds/></Part>
                <Part at=state::Part::SocialCare><social_care::SocialCare/></Part>
                <Part at=state::Part::Others><others::Others/></Part>
                <forms::Forms/>
                <write::WrongPresence/>
                <Part at=state::Part::Live><live::Live/></Part>
            </div>
        </WithRail>
    }
}
