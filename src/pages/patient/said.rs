//! Small pieces that the plan, the team and the documents say in the same way: sources, dates, who last wrote it.

use leptos::prelude::*;

use super::opened::{Opened, opened};
use crate::domain::team::named;
use crate::domain::{Concept, Facts, Party, SourceId, Topic, When};
use crate::present::contact::{ContactWords, Link};
use crate::present::{date, name, words};
use crate::ui::{CallLink, SourceTags, Words};

/// What a crisis plan is made of: whom to call is told with their numbers by the team and the contacts.
pub const CRISIS: &[Topic] = &[Topic::Plans, Topic::Legal, Topic::Team, Topic::Contacts];

/// The source of one fact.
pub fn source(source: &SourceId) -> AnyView {
    sources(std::slice::from_ref(source))
}

/// The sources of one fact, each once.
pub fn sources(sources: &[SourceId]) -> AnyView {
    let it = opened();
    let mut names: Vec<String> = Vec::new();
    for source in sources {
        let name = it.source_name(source);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    view! { <SourceTags names=Signal::stored(names)/> }.into_any()
}

/// A date, a number: on one line.
pub fn num(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    view! { <span class="app-num">{words}</span> }.into_any()
}

/// A date after its word: "due 28-Nov-2026". Nothing for a date that was not given.
pub fn dated(word: &'static str, when: Option<&When>) -> Option<AnyView> {
    let when = num(date::when(when?));
    Some(view! { <span>{word} " " {when}</span> }.into_any())
}

/// That there is none, and of what.
pub fn none(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    view! { <p class="app-panel__empty">{words}</p> }.into_any()
}

/// The same about these topics: as a fact only when every source has answered.
pub fn none_of(topics: &'static [Topic], words: &str) -> AnyView {
    none(opened().none(topics, words))
}

/// The same about one kind of record of these topics.
pub fn none_of_kind(topics: &'static [Topic], kind: &'static str, words: &str) -> AnyView {
    none(opened().none_of_kind(topics, kind, words))
}

/// The same where its absence matters.
pub fn lacking(topics: &'static [Topic], words: &str) -> AnyView {
    let words = opened().none(topics, words);
    view! { <p class="app-strong">{words}</p> }.into_any()
}

/// Free text: every line of it, as text, no date in it broken across lines.
pub fn text(raw: &str) -> AnyView {
    let lines = name::lines(raw).into_iter();
    let lines = lines.map(|text| view! { <p><Words text/></p> });
    view! { <div class="app-text">{lines.collect_view()}</div> }.into_any()
}

/// Several texts as a list; nothing when there is none.
pub fn list(all: &[String]) -> Option<AnyView> {
    let lines: Vec<String> = all.iter().filter_map(|it| name::shown(it)).collect();
    if lines.is_empty() {
        return None;
    }
    let lines = lines
        .into_iter()
        .map(|text| view! { <li><Words text/></li> });
    Some(view! { <ul class="app-lines">{lines.collect_view()}</ul> }.into_any())
}

/// Facts of equal weight on one quiet line, with a dot between.
pub fn quiet(parts: impl IntoIterator<Item = Option<AnyView>>) -> AnyView {
    let parts = parts
        .into_iter()
        .flatten()
        .map(|it| view! { <span>{it}</span> });
    view! { <div class="app-quiet app-dots">{parts.collect_view()}</div> }.into_any()
}

/// A text of [`quiet`]; nothing when it is empty.
pub fn part(words: impl Into<String>) -> Option<AnyView> {
    let words = name::shown(&words.into())?;
    Some(words.into_any())
}

/// A concept's words.
pub fn label(concept: &Concept) -> Option<String> {
    words::label(concept)
}

/// Every concept's words, joined.
pub fn labels(all: &[Concept]) -> Option<String> {
    let all = words::labels(all);
    (!all.is_empty()).then(|| all.join(", "))
}

/// Who it is, by name; a reference that leads nowhere is said to be one.
pub fn who(facts: &Facts, source: &SourceId, party: &Party) -> String {
    let known = named(facts, source, party).and_then(|it| name::shown(&it));
    known.unwrap_or_else(|| match &party.reference {
        Some(to) if to.kind == "Patient" => "The person".to_owned(),
        _ => "Name not given".to_owned(),
    })
}

/// Gives a party the name that the source's directory has, so that words can be made of it.
pub fn fill(facts: &Facts, source: &SourceId, party: &mut Option<Party>) {
    if let Some(party) = party {
        party.name = Some(who(facts, source, party));
    }
}

/// Everybody of a list, joined.
pub fn everybody(facts: &Facts, source: &SourceId, all: &[Party]) -> Option<String> {
    let names: Vec<String> = all.iter().map(|it| who(facts, source, it)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Numbers that are one tap; without any, that there is none, or that who knows them has not answered.
pub fn calls(phones: &[Link], who: &str) -> AnyView {
    const KNOW: &[Topic] = &[Topic::Team, Topic::Contacts];
    if phones.is_empty() {
        let none = opened().none(KNOW, "No phone number recorded");
        return view! { <span class="app-quiet">{none}</span> }.into_any();
    }
    let calls = phones
        .iter()
        .map(|(_, number)| view! { <CallLink number=number.clone() who=who.to_owned()/> });
    view! { <span class="app-calls">{calls.collect_view()}</span> }.into_any()
}

/// E-mail addresses to write to.
pub fn emails(all: &[Link]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let links = all.iter().map(
        |(href, address)| view! { <a class="app-mail" href=href.clone()>{address.clone()}</a> " " },
    );
    Some(links.collect_view().into_any())
}

/// Every role of a contact, with why they are rung where no role says it.
pub fn roles(it: &ContactWords) -> String {
    let roles = (!it.roles.is_empty()).then(|| it.roles.clone());
    let all: Vec<String> = it.why.map(str::to_owned).into_iter().chain(roles).collect();
    if all.is_empty() {
        "role not recorded".to_owned()
    } else {
        all.join(", ")
    }
}

/// Last updated by whom, in which role, for which organisation, when, in which source.
#[derive(Clone, Debug, PartialEq)]
pub struct Updated {
    pub by: Option<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub when: Option<When>,
    pub source: SourceId,
}

impl Updated {
    pub fn view(&self) -> AnyView {
        let by = [&self.by, &self.role, &self.organisation];
        let by: Vec<String> = by
            .into_iter()
            .flatten()
            .filter_map(|it| name::shown(it))
            .collect();
        let by = if by.is_empty() {
            "by: not known".to_owned()
        } else {
            format!("by {}", by.join(", "))
        };
        let when = match &self.when {
            Some(it) => num(date::when(it)),
            None => "date not recorded".into_any(),
        };
        view! { <p class="app-quiet app-updated">"Last updated " {when} " " {by} " " {source(&self.source)}</p> }
            .into_any()
    }
}

/// The address of a section of the open person's page.
pub fn link_to(it: Opened, section: crate::routes::Section) -> String {
    it.id
        .with_value(|id| crate::routes::Page::Patient(id.clone(), section).path())
}

/// Today in London: changes once a day, unlike now.
pub fn day_of(it: Opened) -> Memo<chrono::NaiveDate> {
    Memo::new(move |_| crate::domain::time::london(it.now()).date())
}
