//! The person's own words.

use leptos::prelude::*;

use super::state::Part;
use super::write::{Begin, Desk, Written, can_write, edit_button};
use crate::domain::plan::AboutMe;
use crate::domain::section::Section;
use crate::domain::{Facts, Topic, When};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said::{self, Updated};
use crate::present;
use crate::store::forms::Forms;
use crate::ui::Panel;
use crate::ui::nhs::Details;

/// Forms that count, the newest first; what has a section of its own is not among them.
pub fn shown(facts: &Facts) -> Vec<AboutMe> {
    let forms = use_context::<Forms>();
    newest(facts, |it| {
        forms.is_none_or(|forms| forms.are_other(it.canonical.as_deref()))
    })
}

pub fn newest(facts: &Facts, wanted: impl Fn(&AboutMe) -> bool) -> Vec<AboutMe> {
    let real = |it: &&AboutMe| it.status.as_deref() != Some("entered-in-error") && wanted(it);
    let mut all: Vec<AboutMe> = facts.about_me.iter().filter(real).cloned().collect();
    all.sort_by_key(|it| {
        std::cmp::Reverse(
            it.authored
                .as_ref()
                .and_then(When::earliest)
                .or(it.origin.updated),
        )
    });
    all
}

#[component]
pub fn AboutMeSection() -> impl IntoView {
    let it = opened();
    let forms = Memo::new(move |_| it.facts.with(|facts| shown(facts)));
    let desk = Desk::new(it, Part::AboutMe, &[Section::AboutMe]);
    let none =
        Memo::new(move |_| forms.with(|all| !all.iter().any(|form| can_write(it, &form.origin))));
    let body = move || {
        let mut forms = forms.get().into_iter();
        let Some(first) = forms.next() else {
            return said::none_of_kind(
                Part::AboutMe.topics(),
                AboutMe::KIND,
                "Nothing is recorded in the person’s own words",
            );
        };
        // The newest that is ours is the one to change.
        let desk = (desk, Section::AboutMe);
        let mut newest = vec![form(&first, Some(desk))];
        let mut earlier = Vec::new();
        for it in forms {
            // Each source's newest stands side by side; older ones are folded.
            if it.origin.source == first.origin.source {
                earlier.push(form(&it, None));
            } else {
                newest.push(form(&it, Some(desk)));
            }
        }
        let count = earlier.len();
        view! {
            {newest}
            {(count > 0)
                .then(|| view! { <Details summary=format!("Earlier versions ({count})") classes="app-replaced">{earlier}</Details> })}
        }
        .into_any()
    };
    let topics = Part::AboutMe.topics();
    view! {
        <Panel
            title=Part::AboutMe.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="Nothing is recorded in the person’s own words"
            lines=6
        >
            <Written desk>
                {body}
                <Begin
                    desk
                    section=Section::AboutMe
                    topic=Topic::Plans
                    label="Write in the person’s own words"
                    wanted=none
                />
            </Written>
        </Panel>
    }
}

pub fn form(about: &AboutMe, desk: Option<(Desk, Section)>) -> AnyView {
    let edit = desk.and_then(|(desk, section)| {
        let words = match section {
            Section::Form(form) => form.title,
            _ => "what the person says about themselves",
        };
        edit_button(desk, section, &about.origin, words.to_owned())
    });
    let updated = opened().facts.with(|facts| updated(facts, about));
    let words = present::about_me::words(about);
    let answers = words.answers.iter().map(|it| {
        let lines = it
            .lines
            .iter()
            .map(|it| view! { <p>{it.clone()}</p> })
            .collect_view();
        // What only leads to what stands below it.
        let leads = it.lines.is_empty();
        let deep = deep(it.depth);
        view! {
            <dt class=deep class:app-words__group=leads>{it.heading.clone()}</dt>
            <dd class=deep>{lines}</dd>
        }
    });
    let answers = answers.collect_view();
    let none = words
        .answers
        .is_empty()
        .then(|| said::none("No question has been answered"));
    view! {
        <div class="app-plan__form">
            {words.status.map(|it| view! { <p class="app-strong">"Status: " {it}</p> })}
            {none}
            <dl class="app-words">{answers}</dl>
            {updated.view()}
            {edit}
        </div>
    }
    .into_any()
}

/// What stands under something is further in, so that it is seen to belong there.
const fn deep(depth: u8) -> &'static str {
    match depth {
        0 => "",
        1 => "app-words__deep-1",
        2 => "app-words__deep-2",
        _ => "app-words__deep-3",
    }
}

fn updated(facts: &Facts, about: &AboutMe) -> Updated {
    let source = &about.origin.source;
    let name = |it: &crate::domain::Party| said::who(facts, source, it);
    let by = about.author.as_ref().map(name);
    let from = about
        .source
        .as_ref()
        .map(name)
        .filter(|it| by.as_ref() != Some(it));
    Updated {
        by: match (by, from) {
            (Some(by), Some(from)) => Some(format!("{by}, with {from}")),
            (by, from) => by.or(from),
        },
        role: None,
        organisation: None,
        when: about
            .authored
            .clone()
            .or_else(|| about.origin.updated.map(When::At)),
        source: source.clone(),
    }
}
