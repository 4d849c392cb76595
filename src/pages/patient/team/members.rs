//! The team: key worker first, then by organisation; those who left folded.

use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::team::{TeamMember, members};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{name, team};
use crate::ui::nhs::Details;
use crate::ui::{Badge, BadgeTone, Panel, PanelSpan};

const TOPICS: &[Topic] = &[Topic::Team];

#[component]
pub fn Members() -> impl IntoView {
    let it = opened();
    let all = Memo::new(move |_| it.facts.with(|facts| members(facts, it.now())));
    let body = move || {
        all.with(|all| {
            let (former, current): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|it| it.former);
            let has_key = current.iter().any(|it| it.key_worker);
            let no_key = (!has_key).then(|| said::lacking(TOPICS, "No key worker"));
            let count = former.len();
            // One team for all is said once, above them.
            let shared = shared_team(&current);
            let above = shared.clone().map(|it| view! { <p class="app-quiet">{it}</p> });
            let former = people(&former, None);
            view! {
                {no_key}
                {above}
                {groups(current, shared.as_ref())}
                {(count > 0)
                    .then(|| view! { <Details summary=format!("Former members ({count})")>{former}</Details> })}
            }
        })
    };
    let count = move || {
        view! {
            <span class="app-quiet">
                // Nobody, where not everybody has said so, is no number.
                {move || {
                    let here = all.with(|all| all.iter().filter(|it| !it.former).count());
                    (here > 0 || it.missing(TOPICS).is_empty()).then_some(here)
                }}
            </span>
        }
    };
    view! {
        <Panel
            title="Team and specialist services"
            level=3
            span=PanelSpan::Full
            words=it.panel_always(TOPICS)
            on_retry=it.retry(TOPICS)
            empty="Nobody is recorded in a team"
            lines=8
            head=count
        >
            {body}
        </Panel>
    }
}

/// Key workers, then one group for each organisation in the order of the list.
fn groups(all: Vec<TeamMember>, shared: Option<&String>) -> AnyView {
    if all.is_empty() {
        return said::none_of(TOPICS, "Nobody is recorded in a team");
    }
    let mut groups: Vec<(String, Vec<TeamMember>)> = Vec::new();
    for it in all {
        let heading = if it.key_worker {
            "Key worker".to_owned()
        } else {
            it.organisation
                .as_deref()
                .and_then(name::shown)
                .unwrap_or_else(|| "Organisation not recorded".to_owned())
        };
        match groups.iter_mut().find(|group| group.0 == heading) {
            Some(group) => group.1.push(it),
            None => groups.push((heading, vec![it])),
        }
    }
    let group = |(heading, all): (String, Vec<TeamMember>)| {
        view! { <section class="app-group"><h4>{heading}</h4>{people(&all, shared)}</section> }
    };
    groups.into_iter().map(group).collect_view().into_any()
}

/// The team that everybody is in, where there is no other.
fn shared_team(all: &[TeamMember]) -> Option<String> {
    let first = all.first()?;
    let one =
        first.teams.len() == 1 && all.len() > 1 && all.iter().all(|it| it.teams == first.teams);
    first
        .teams
        .first()
        .filter(|_| one)
        .and_then(|it| name::shown(it))
}

fn people(all: &[TeamMember], shared: Option<&String>) -> AnyView {
    let all = all
        .iter()
        .map(|it| view! { <li class="app-person">{person(it, shared)}</li> })
        .collect_view();
    view! { <ul class="app-lines app-lines--bare">{all}</ul> }.into_any()
}

fn person(it: &TeamMember, shared: Option<&String>) -> AnyView {
    let words = team::member(it, opened().store.now.get_untracked());
    let roles = match words.roles.as_str() {
        "" if words.key_worker => None,
        "" => Some(", role not recorded".to_owned()),
        roles => Some(format!(", {roles}")),
    };
    let parts = [
        said::part(words.specialties),
        said::part(words.teams).filter(|_| shared.is_none()),
        words
            .organisation
            .filter(|_| it.key_worker || it.former)
            .and_then(said::part),
        words.since.map(said::num),
        said::emails(&words.emails),
        Some(said::sources(&it.sources)),
    ];
    let key = (it.key_worker && !it.former)
        .then(|| view! { " " <Badge tone=BadgeTone::Info text="Key worker"/> });
    view! {
        <div>
            <b>{words.name.clone()}</b> {roles} {key}
            {said::quiet(parts)}
        </div>
        {said::calls(&words.phones, &words.name)}
    }
    .into_any()
}
