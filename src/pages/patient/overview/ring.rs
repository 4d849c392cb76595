//! Who to ring, each number one tap; and what matters, in the person's own words.

use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::contacts::{Callee, Reason, to_ring};
use crate::domain::plan::AboutMe;
use crate::pages::patient::opened::opened;
use crate::present::{about_me, contact, date, name};
use crate::routes::{Page, Section};
use crate::ui::{CallLink, Panel};

const TOPICS: &[Topic] = &[Topic::Team, Topic::Contacts];
const SHOWN: usize = 2;

#[component]
pub fn Ring() -> impl IntoView {
    let it = opened();
    let people = Memo::new(move |_| it.facts.with(|facts| to_ring(facts, it.now())));
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Team).path());
    let none =
        Memo::new(move |_| people.with(|all| !all.iter().any(|it| it.reason == Reason::KeyWorker)));
    let team_known = move || it.missing(&[Topic::Team]).is_empty();
    // Where nobody is known there is no number: "0+" says nothing.
    let all = move |number| match number {
        0 => "All".to_owned(),
        _ => format!("All {}", it.counted(TOPICS, number)),
    };
    view! {
        <Panel
            title="Who to ring"
            words=it.panel(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="Nobody is recorded"
            lines=5
            more=move || {
                let href = href.clone();
                view! { <a class="nhsuk-link" href=href>{move || all(people.with(Vec::len))}</a> }
            }
        >
            {move || (none.get() && team_known()).then(|| view! { <div><strong>"No key worker"</strong></div> })}
            {move || people.get().into_iter().take(SHOWN).map(|person| view! { <Person person/> }).collect_view()}
        </Panel>
    }
}

#[component]
fn Person(person: Callee) -> impl IntoView {
    let words = contact::words(&person);
    let (who, roles) = (words.name, words.roles);
    let reason = words.why.map(|it| format!(", {it}"));
    let call = match words.phones.into_iter().next() {
        Some((_, shown)) => view! { <CallLink number=shown who=who.clone()/> }.into_any(),
        None => view! { <span class="app-quiet">{words.lacking}</span> }.into_any(),
    };
    view! {
        <div class="app-row">
            <span>
                <b>{who}</b> {reason} <br/>
                <span class="app-quiet">{roles}</span>
            </span>
            {call}
        </div>
    }
}

const PLANS: &[Topic] = &[Topic::Plans];

#[component]
pub fn Matters() -> impl IntoView {
    let it = opened();
    let said = Memo::new(move |_| {
        it.facts
            .with(|facts| newest(&facts.about_me).find_map(words))
    });
    let href = it
        .id
        .with_value(|id| Page::Patient(id.clone(), Section::Plan).path());
    let body = move || {
        match said.get() {
        Some((quote, by)) => view! {
            <blockquote class="app-quote">"\u{201c}" {quote} "\u{201d}"</blockquote>
            <div class="app-quiet">{by}</div>
        }
        .into_any(),
        None => view! { <div class="app-quiet">{it.none_of_kind(PLANS, AboutMe::KIND, "Not recorded")}</div> }.into_any(),
    }
    };
    view! {
        <Panel
            title="What matters to me"
            words=it.panel_always(PLANS)
            on_retry=it.retry(PLANS)
            empty="Not recorded"
            more=move || view! { <a class="nhsuk-link" href=format!("{href}#about-me")>"About me"</a> }
        >
            {body}
        </Panel>
    }
}

/// Forms that are not in error, newest first.
fn newest(forms: &[AboutMe]) -> impl Iterator<Item = &AboutMe> {
    let mut kept: Vec<&AboutMe> = forms
        .iter()
        .filter(|it| it.status.as_deref() != Some("entered-in-error"))
        .collect();
    kept.sort_by_key(|it| {
        std::cmp::Reverse(it.authored.as_ref().and_then(crate::domain::When::earliest))
    });
    kept.into_iter()
}

/// The person's answer about what is important to them; another form's answers are not taken for it.
fn words(form: &AboutMe) -> Option<(String, String)> {
    let answer = about_me::most_important(form)?;
    let by = form
        .source
        .as_ref()
        .or(form.author.as_ref())
        .and_then(|it| it.name.clone());
    let on = form.authored.as_ref().map(date::when_day);
    let about = by.into_iter().map(|it| name::clean(&it)).chain(on);
    Some((
        answer.lines.join("; "),
        about.collect::<Vec<_>>().join(", "),
    ))
}
