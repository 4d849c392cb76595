//! Legal and end of life: CPR, consents, preferred places, capacity.

use leptos::prelude::*;

use super::cpr;
use super::state::Part;
use super::write::{Begin, Desk, Written, edit_link};
use crate::domain::crisis;
use crate::domain::legal::{Consent, Statement};
use crate::domain::section::Section;
use crate::domain::{Origin, Topic, When};
use crate::pages::patient::opened::{Opened, opened};
use crate::pages::patient::said;
use crate::present::{date, legal};
use crate::ui::Panel;

#[component]
pub fn Legal() -> impl IntoView {
    let it = opened();
    let decision = Memo::new(move |_| it.facts.with(|facts| crisis::cpr(facts, it.now())));
    let statements = statements(it);
    let consents = Memo::new(move |_| {
        let mut all = it.facts.with(|facts| facts.consents.clone());
        all.retain(|it| it.status.as_deref() != Some("entered-in-error"));
        all
    });
    let desk = Desk::new(
        it,
        Part::Legal,
        &[Section::Cpr, Section::Wish, Section::Consent],
    );
    let always = Signal::stored(true);
    let own = holding(it);
    let undecided = Signal::derive(move || own.with(Vec::is_empty));
    let decisions = move || {
        let all = own.get();
        let all = all
            .iter()
            .filter_map(|it| change(desk, Section::Cpr, it, "the CPR decision".to_owned()));
        all.collect_view()
    };
    let topics = Part::Legal.topics();
    view! {
        <Panel
            title=Part::Legal.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No decisions, consents or wishes are recorded"
            lines=5
        >
            <Written desk>
                {move || decision.with(|it| cpr::standing(it.as_ref()))}
                {decisions}
                <Begin desk section=Section::Cpr topic=Topic::Legal label="Record a CPR decision" wanted=undecided/>
                {move || statements.with(|all| wishes(all, desk))}
                <Begin desk section=Section::Wish topic=Topic::Legal label="Add a wish or an assessment" wanted=always/>
                {move || consents.with(|all| powers(all, desk))}
                <Begin
                    desk
                    section=Section::Consent
                    topic=Topic::Legal
                    label="Add a consent, decision or power"
                    wanted=always
                />
            </Written>
        </Panel>
    }
}

/// The CPR decisions of the shared record that hold now: a second one would stand against the first.
fn holding(it: Opened) -> Memo<Vec<Origin>> {
    Memo::new(move |_| {
        let shared = it.store.shared_id();
        it.facts.with(|facts| {
            let own = facts.cpr.iter().filter(|cpr| {
                cpr.is_current(it.now()) && Some(&cpr.origin.source) == shared.as_ref()
            });
            own.map(|it| it.origin.clone()).collect::<Vec<_>>()
        })
    })
}

/// What was said or found, the newest first.
fn statements(it: Opened) -> Memo<Vec<Statement>> {
    Memo::new(move |_| {
        let mut all = it.facts.with(|facts| facts.statements.clone());
        all.retain(|it| !it.is_error());
        all.sort_by_key(|it| std::cmp::Reverse(it.at.as_ref().and_then(When::earliest)));
        all
    })
}

fn wishes(all: &[Statement], desk: Desk) -> AnyView {
    let line = |it| view! { <li>{statement(it, desk)}</li> };
    // They are among all observations.
    block(
        "Wishes and capacity",
        (&[Topic::Legal, Topic::Results], "Observation"),
        "No wishes or assessments of capacity are recorded",
        all.iter().map(line).collect::<Vec<_>>(),
    )
}

fn powers(all: &[Consent], desk: Desk) -> AnyView {
    let line = |it| view! { <li>{consent(it, desk)}</li> };
    block(
        "Consents, decisions and powers",
        (Part::Legal.topics(), "Consent"),
        "No consents, advance decisions or powers of attorney are recorded",
        all.iter().map(line).collect::<Vec<_>>(),
    )
}

/// The way to change it, where it is a resource of the kind that is written here.
fn change(desk: Desk, section: Section, of: &Origin, about: String) -> Option<AnyView> {
    let is_ours = of.resource.kind == section.kind();
    is_ours.then(|| edit_link(desk, section, of, ("Change", about)))?
}

fn block<V: IntoView + 'static>(
    heading: &'static str,
    (topics, kind): (&'static [Topic], &'static str),
    none: &'static str,
    lines: Vec<V>,
) -> AnyView {
    if lines.is_empty() {
        return view! { <h4>{heading}</h4> {said::none_of_kind(topics, kind, none)} }.into_any();
    }
    view! { <h4>{heading}</h4> <ul class="app-lines app-lines--bare">{lines.into_iter().collect_view()}</ul> }.into_any()
}

fn statement(it: &Statement, desk: Desk) -> AnyView {
    let words = legal::statement(it);
    let by = opened()
        .facts
        .with(|facts| said::everybody(facts, &it.origin.source, &it.by));
    let status = it.status.as_deref().filter(|it| *it != "final");
    let parts = [
        Some(said::num(date::day_or_not_recorded(it.at.as_ref()))),
        by.and_then(said::part),
        status.and_then(said::part),
        Some(said::source(&it.origin.source)),
    ];
    let value = words.value.join(" ");
    let change = change(desk, Section::Wish, &it.origin, words.what.clone());
    view! {
        <div class="app-row"><span><b>{words.what}</b> ": " {value} " " {change}</span>{said::quiet(parts)}</div>
        {said::list(&words.notes)}
    }
    .into_any()
}

fn consent(it: &Consent, desk: Desk) -> AnyView {
    let words = legal::consent(it, opened().store.now.get_untracked());
    let by = opened()
        .facts
        .with(|facts| said::everybody(facts, &it.origin.source, &it.performers));
    let parts = [
        Some(said::num(words.on)),
        words.period.map(said::num),
        by.and_then(said::part),
        Some(said::source(&it.origin.source)),
    ];
    let actors = it.actors.iter().map(|(role, who)| {
        let who = opened()
            .facts
            .with(|facts| said::who(facts, &it.origin.source, who));
        let role = role.as_ref().and_then(said::label);
        role.map_or_else(|| who.clone(), |role| format!("{role}: {who}"))
    });
    let paper = words.paper.map(|it| format!("Where the paper is: {it}"));
    let more: Vec<String> = actors.chain(paper).collect();
    let change = change(desk, Section::Consent, &it.origin, words.what.clone());
    view! {
        <div class="app-row">
            <span><b>{words.what}</b> ": " {words.decision} " " {change}</span>
            {said::quiet(parts)}
        </div>
        {said::list(&more)}
    }
    .into_any()
}
