//! The team in brief, with the ways to change it and the way to the whole list.

use leptos::prelude::*;

use super::people::more;
use super::state::Part;
use super::write::{Begin, Desk, Written, can_write};
use crate::domain::section::Section;
use crate::domain::team::{TeamMember, members, own_teams};
use crate::domain::{Origin, ResourceRef, Topic};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{name, team};
use crate::routes::Section as Tab;
use crate::store::writing::Wanted;
use crate::ui::Panel;
use crate::ui::nhs::{Button, ButtonVariant, Details};

/// A team that can be written to.
#[derive(Clone, Debug, PartialEq)]
struct Own {
    origin: Origin,
    name: String,
    members: Vec<ResourceRef>,
}

#[component]
pub fn TeamSummary() -> impl IntoView {
    let it = opened();
    let all = Memo::new(move |_| it.facts.with(|facts| members(facts, it.now())));
    let own = Memo::new(move |_| {
        let Some(source) = it.store.shared_id() else {
            return Vec::new();
        };
        it.facts.with(|facts| {
            let all = own_teams(facts, &source, &it.id.get_value(), it.now());
            all.into_iter()
                .map(|it| Own {
                    origin: it.origin.clone(),
                    name: it
                        .name
                        .as_deref()
                        .and_then(name::shown)
                        .unwrap_or_else(|| "the team".to_owned()),
                    members: it
                        .members
                        .iter()
                        .filter_map(|it| it.who.reference.clone())
                        .collect(),
                })
                .collect::<Vec<_>>()
        })
    });
    let desk = Desk::new(it, Part::Team, &[Section::Team]);
    let body = move || own.with(|own| all.with(|all| told(all, own, desk)));
    let none = Memo::new(move |_| own.with(Vec::is_empty));
    let topics = Part::Team.topics();
    view! {
        <Panel
            title=Part::Team.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="Nobody is recorded in a team"
            more=move || more(Tab::Team, "Numbers and details")
        >
            <Written desk>
                {body}
                {move || own.with(|all| all.first().map(|it| ways(desk, it)))}
                <Begin desk section=Section::Team topic=Topic::Team label="Begin the team" wanted=none/>
            </Written>
        </Panel>
    }
}

fn told(all: &[TeamMember], own: &[Own], desk: Desk) -> AnyView {
    let same = all
        .iter()
        .all(|it| all.first().is_some_and(|first| it.teams == first.teams));
    let lines = |former: bool| {
        let all = all.iter().filter(move |it| it.former == former);
        all.map(|it| view! { <li>{member(it, same)} " " {changes(it, own, desk)}</li> })
            .collect_view()
    };
    let former = all.iter().filter(|it| it.former).count();
    let past = (former > 0).then(|| {
        let lines = lines(true);
        view! {
            <Details summary=Signal::stored(format!("Former members ({former})"))>
                <ul class="app-lines">{lines}</ul>
            </Details>
        }
    });
    if former == all.len() {
        let none = said::none_of(Part::Team.topics(), "Nobody is recorded in a team");
        return view! { {none} {past} }.into_any();
    }
    let has_key = all.iter().any(|it| it.key_worker && !it.former);
    view! {
        {(!has_key).then(|| said::lacking(Part::Team.topics(), "No key worker"))}
        <ul class="app-lines">{lines(false)}</ul>
        {past}
    }
    .into_any()
}

/// `same`: everybody is in one team, which need not be said of each.
fn member(it: &TeamMember, same: bool) -> AnyView {
    let mut words = team::member(it, opened().store.now.get_untracked());
    if same {
        words.teams.clear();
    }
    let line = words.line();
    let line = (!line.is_empty()).then(|| format!(", {line}"));
    let until = words.since.filter(|_| it.until.is_some());
    view! {
        <b>{words.name}</b> {line} " "
        {until.map(|it| view! { <span class="app-quiet app-num">{it}</span> " " })}
        {said::sources(&it.sources)}
    }
    .into_any()
}

/// In each team that can be written to and has them.
fn changes(it: &TeamMember, own: &[Own], desk: Desk) -> Vec<AnyView> {
    let who = team::member(it, opened().store.now.get_untracked()).name;
    let mut all = Vec::new();
    for team in own.iter().filter(|it| can_write(opened(), &it.origin)) {
        let mut here: Vec<&ResourceRef> = team.members.iter().collect();
        here.retain(|to| it.is_behind(&team.origin.source, to));
        here.dedup();
        for to in here {
            let (place, to) = (team.origin.resource.clone(), to.clone());
            let open = move |_| desk.open(Wanted::Member(place.clone(), Some(to.clone())));
            let about = if own.len() > 1 {
                format!("{who} in {}", team.name)
            } else {
                who.clone()
            };
            all.push(
                view! {
                    <button type="button" class="nhsuk-link app-write__change" on:click=open>
                        "Change"
                        <span class="nhsuk-u-visually-hidden">" " {about}</span>
                    </button>
                }
                .into_any(),
            );
        }
    }
    all
}

/// To add somebody, and to what the team was.
fn ways(desk: Desk, own: &Own) -> AnyView {
    let (place, past) = (own.origin.resource.clone(), own.origin.resource.clone());
    let add = can_write(opened(), &own.origin).then(|| {
        let open = Callback::new(move |()| desk.open(Wanted::Member(place.clone(), None)));
        view! {
            <Button variant=ButtonVariant::Secondary classes="nhsuk-button--small" on_press=open>
                "Add somebody to the team"
            </Button>
        }
    });
    let history = move |_| desk.open(Wanted::History(Section::Team, past.clone()));
    view! {
        <p class="app-write__choices">
            {add}
            <button type="button" class="nhsuk-link" on:click=history>
                "History"
                <span class="nhsuk-u-visually-hidden">" of the team"</span>
            </button>
        </p>
    }
    .into_any()
}
