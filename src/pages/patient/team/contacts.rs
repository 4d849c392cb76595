//! Carers and next of kin with every role they hold, and what happens if the carer cannot care.

use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::contact::Contact;
use crate::domain::contacts::{Callee, people};
use crate::domain::crisis::{Crisis, plans};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{contact, date, name};
use crate::ui::nhs::{Details, InsetText};
use crate::ui::{Panel, PanelSpan};

const TOPICS: &[Topic] = &[Topic::Contacts];

#[component]
pub fn Contacts() -> impl IntoView {
    let it = opened();
    let current = Memo::new(move |_| {
        it.facts.with(|facts| {
            let with_homes = people(facts, it.now()).into_iter().map(|person| {
                let homes = contact::homes(&facts.contacts, &person, it.now());
                (person, homes)
            });
            with_homes.collect::<Vec<_>>()
        })
    });
    let former = Memo::new(move |_| {
        it.facts.with(|facts| {
            let over = facts
                .contacts
                .iter()
                .filter(|contact| !contact.active || contact.period.ended(it.now()));
            over.cloned().collect::<Vec<Contact>>()
        })
    });
    let unable = Memo::new(move |_| {
        it.facts.with(|facts| {
            let mut all = plans(facts, it.now());
            all.retain(|it| !it.if_carer_cannot.is_empty());
            all
        })
    });
    let body = move || {
        current.with(|all| {
            if all.is_empty() {
                return said::none_of(TOPICS, "No carers and no next of kin are recorded");
            }
            let all = all
                .iter()
                .map(|(it, homes)| view! { <li class="app-person">{person(it, homes)}</li> })
                .collect_view();
            view! { <ul class="app-lines app-lines--bare">{all}</ul> }.into_any()
        })
    };
    view! {
        <Panel
            title="Carers and next of kin"
            level=3
            span=PanelSpan::Full
            words=it.panel_always(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="No carers and no next of kin are recorded"
            lines=5
        >
            {body}
            {move || former.with(|all| gone(all))}
            {move || unable.with(|all| if_unable(all))}
        </Panel>
    }
}

fn person(it: &Callee, homes: &[String]) -> AnyView {
    let words = contact::words(it);
    let homes = homes.iter().map(|it| said::part(it.clone()));
    let parts = homes.chain([
        said::emails(&words.emails),
        Some(said::sources(&it.sources)),
    ]);
    view! {
        <div><b>{words.name.clone()}</b> ", " {said::roles(&words)} {said::quiet(parts)}</div>
        {said::calls(&words.phones, &words.name)}
    }
    .into_any()
}

fn gone(all: &[Contact]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let lines = all.iter().map(|it| {
        let who = it
            .name
            .as_ref()
            .map_or_else(|| "Name not given".to_owned(), name::plain);
        let has_period = it.period.start.is_some() || it.period.end.is_some();
        let parts = [
            relationships(it),
            has_period.then(|| said::num(date::period(&it.period))),
            Some(said::source(&it.origin.source)),
        ];
        view! { <li><b>{who}</b> {said::quiet(parts)}</li> }
    });
    let summary = format!("No longer contacts ({})", all.len());
    let lines = lines.collect_view();
    Some(
        view! { <Details summary><ul class="app-lines app-lines--bare">{lines}</ul></Details> }
            .into_any(),
    )
}

fn relationships(it: &Contact) -> Option<AnyView> {
    let all: Vec<String> = it
        .relationships
        .iter()
        .filter_map(contact::relationship)
        .collect();
    said::part(all.join(", "))
}

fn if_unable(all: &[Crisis]) -> AnyView {
    if all.is_empty() {
        return said::none_of(
            &[Topic::Plans],
            "If the carer cannot care: nothing is recorded in a crisis plan",
        );
    }
    let one =
        |it: &Crisis| view! { {said::list(&it.if_carer_cannot)} {said::source(&it.origin.source)} };
    let all = all.iter().map(one).collect_view();
    view! {
        <InsetText>
            <p><b>"If the carer cannot care"</b></p>
            {all}
        </InsetText>
    }
    .into_any()
}
