//! Care packages of the council.

use leptos::prelude::*;

use super::state::Part;
use crate::domain::When;
use crate::domain::social_care::CarePackage;
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::social_care;
use crate::ui::Panel;
use crate::ui::nhs::Details;

#[component]
pub fn SocialCare() -> impl IntoView {
    let it = opened();
    let packages = Memo::new(move |_| {
        it.facts.with(|facts| {
            let mut all = facts.packages.clone();
            all.retain(|it| it.status.as_deref() != Some("entered-in-error"));
            all.sort_by_key(|it| {
                std::cmp::Reverse(it.period.start.as_ref().and_then(When::earliest))
            });
            all.into_iter()
                .partition::<Vec<_>, _>(|package| !social_care::words(package, it.now()).is_over)
        })
    });
    let body = move || {
        packages.with(|(current, past)| {
            let now = if current.is_empty() { said::none_of(Part::SocialCare.topics(), "No care package is in place") } else { lines(current) };
            let (count, past) = (past.len(), lines(past));
            view! {
                {now}
                {(count > 0).then(|| view! { <Details summary=format!("Past packages ({count})")>{past}</Details> })}
            }
        })
    };
    let topics = Part::SocialCare.topics();
    view! {
        <Panel
            title=Part::SocialCare.title()
            level=3
            words=it.panel(topics)
            on_retry=it.retry(topics)
            empty="No care packages are recorded"
        >
            {body}
        </Panel>
    }
}

fn lines(all: &[CarePackage]) -> AnyView {
    let all = all
        .iter()
        .map(|it| view! { <li>{package(it)}</li> })
        .collect_view();
    view! { <ul class="app-lines app-lines--bare">{all}</ul> }.into_any()
}

fn package(it: &CarePackage) -> AnyView {
    let mut it = it.clone();
    let source = it.origin.source.clone();
    opened().facts.with(|facts| {
        said::fill(facts, &source, &mut it.authority);
        said::fill(facts, &source, &mut it.manager);
    });
    let words = social_care::words(&it, opened().store.now.get_untracked());
    let parts = [
        said::part(words.status),
        Some(said::num(words.period)),
        words.authority.and_then(said::part),
        words.manager.and_then(said::part),
        Some(said::source(&source)),
    ];
    view! { <div class="app-row"><span>{words.what}</span>{said::quiet(parts)}</div> {said::list(&words.notes)} }.into_any()
}
