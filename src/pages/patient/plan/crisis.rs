//! What to do if it goes wrong: every crisis plan in force, side by side, each with its source; and CPR.

use leptos::prelude::*;

use super::cpr;
use super::state::Part;
use super::write::{self, Desk, can_write};
use crate::domain::crisis::{self, Crisis};
use crate::domain::section::Section;
use crate::domain::{Topic, When};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said::{self, Updated};
use crate::present;
use crate::present::contact::Link;
use crate::present::crisis::Section as Heading;
use crate::ui::{Badge, BadgeTone, Panel, PanelKind};

#[component]
pub fn CrisisSection() -> impl IntoView {
    let it = opened();
    let plans = Memo::new(move |_| it.facts.with(|facts| crisis::plans(facts, it.now())));
    let decision = Memo::new(move |_| it.facts.with(|facts| crisis::cpr(facts, it.now())));
    let desk = Desk::new(it, Part::Crisis, &[Section::Crisis]);
    let none =
        Memo::new(move |_| plans.with(|all| !all.iter().any(|plan| can_write(it, &plan.origin))));
    let cards = move || {
        plans.with(|all| {
            if all.is_empty() {
                return said::lacking(&[Topic::Plans], "No crisis plan is in force");
            }
            let cards = all.iter().map(|it| card(it, desk)).collect_view();
            view! { <div class="app-plan__side">{cards}</div> }.into_any()
        })
    };
    view! {
        <Panel
            title=Part::Crisis.title()
            level=3
            kind=PanelKind::Crisis
            words=it.panel_always(said::CRISIS)
            on_retry=it.retry(said::CRISIS)
            empty="No crisis plan"
            lines=8
        >
            <write::Written desk>
                {cards}
                <write::Begin
                    desk
                    section=Section::Crisis
                    topic=Topic::Plans
                    label="Write a crisis plan"
                    wanted=none
                />
            </write::Written>
            {move || decision.with(|it| cpr::standing(it.as_ref()))}
        </Panel>
    }
}

fn card(plan: &Crisis, desk: Desk) -> AnyView {
    let words = present::crisis::words(plan);
    let source = opened().source_name(&plan.origin.source);
    let overdue = words
        .overdue
        .then(|| view! { " " <Badge tone=BadgeTone::Warn text="Review overdue"/> });
    let people = words
        .contacts
        .iter()
        .map(|(who, phones)| contact(who, phones))
        .collect_view();
    let heading = (plan.contact_words.is_empty() && !plan.contacts.is_empty())
        .then(|| view! { <h5>"Call"</h5> });
    // Whom to call stands after what to do; the numbers follow it.
    let at = words
        .sections
        .iter()
        .position(|it| it.heading == "Call")
        .map_or(2, |it| it + 1);
    let (first, last) = words.sections.split_at(at.min(words.sections.len()));
    view! {
        <section class="app-crisis">
            <h4>{words.title.clone()} <span class="app-quiet">" — " {source}</span> {overdue}</h4>
            {first.iter().map(under).collect_view()}
            {heading}
            {people}
            {last.iter().map(under).collect_view()}
            {updated(plan).view()}
            {write::edit_button(desk, Section::Crisis, &plan.origin, "crisis and contingency plan".to_owned())}
        </section>
    }
    .into_any()
}

fn under(section: &Heading) -> AnyView {
    let heading = section.heading.clone();
    view! { <h5>{heading}</h5> {said::list(&section.lines)} }.into_any()
}

fn contact(who: &str, phones: &[Link]) -> AnyView {
    view! { <div class="app-row"><span>{who.to_owned()}</span> {said::calls(phones, who)}</div> }
        .into_any()
}

fn updated(plan: &Crisis) -> Updated {
    let written = plan.written.as_ref();
    Updated {
        // Its author may not be who changed it since.
        by: written.and_then(|it| it.by.clone()),
        role: written.and_then(|it| it.role.clone()),
        organisation: written.and_then(|it| it.organisation.clone()),
        when: written
            .and_then(|it| it.at.clone())
            .or_else(|| plan.origin.updated.map(When::At))
            .or_else(|| plan.when.clone()),
        source: plan.origin.source.clone(),
    }
}
