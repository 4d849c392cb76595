//! The carers and next of kin in brief, with the way to the whole list.

use leptos::prelude::*;

use super::state::Part;
use super::write::{Begin, Desk, Written, edit_link};
use crate::domain::Topic;
use crate::domain::contacts::{Callee, people};
use crate::domain::section::Section;
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::contact;
use crate::routes::Section as Tab;
use crate::ui::Panel;

pub fn more(section: Tab, words: &'static str) -> AnyView {
    let href = said::link_to(opened(), section);
    view! { <a class="nhsuk-link" href=href>{words}</a> }.into_any()
}

#[component]
pub fn Carers() -> impl IntoView {
    let it = opened();
    let carers = Memo::new(move |_| it.facts.with(|facts| people(facts, it.now())));
    let desk = Desk::new(it, Part::Carers, &[Section::Carer]);
    let always = Signal::stored(true);
    let body = move || {
        carers.with(|all| {
            if all.is_empty() {
                return said::none_of(
                    Part::Carers.topics(),
                    "No carers and no next of kin are recorded",
                );
            }
            let lines = all
                .iter()
                .map(|it| view! { <li>{carer(it, desk)}</li> })
                .collect_view();
            view! { <ul class="app-lines">{lines}</ul> }.into_any()
        })
    };
    let topics = Part::Carers.topics();
    view! {
        <Panel
            title=Part::Carers.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No carers and no next of kin are recorded"
            more=move || more(Tab::Team, "Numbers and details")
        >
            <Written desk>
                {body}
                <Begin
                    desk
                    section=Section::Carer
                    topic=Topic::Contacts
                    label="Add a carer or next of kin"
                    wanted=always
                />
            </Written>
        </Panel>
    }
}

fn carer(it: &Callee, desk: Desk) -> AnyView {
    let words = contact::words(it);
    let own = it
        .origins
        .iter()
        .filter(|it| it.resource.kind == Section::Carer.kind());
    let change: Vec<AnyView> = own
        .filter_map(|it| edit_link(desk, Section::Carer, it, ("Change", words.name.clone())))
        .collect();
    view! {
        <b>{words.name.clone()}</b> ", " {said::roles(&words)} " " {said::sources(&it.sources)} " "
        {change}
    }
    .into_any()
}
