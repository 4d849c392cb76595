//! Needs, the goals that serve them, the actions that serve those; and what hangs on nothing.

use leptos::prelude::*;

use super::state::Part;
use super::suggested::Suggested;
use super::write::{Desk, Written, add_link, can_write, edit_link};
use super::{head, step};
use crate::domain::Topic;
use crate::domain::plan::{Aim, Goal, Need, Outline, plans};
use crate::domain::section::{Chosen, Field, Section};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said::{self, Updated};
use crate::present::name;
use crate::present::plan::{self, GoalWords};
use crate::ui::{Badge, BadgeTone, Panel};

#[component]
pub fn Goals() -> impl IntoView {
    let it = opened();
    let today = said::day_of(it);
    let desk = Desk::new(it, Part::Goals, &[Section::Goal, Section::Action]);
    provide_context(desk);
    let used = RwSignal::new(Vec::new());
    let outline = Memo::new(move |_| {
        it.facts.with(|facts| match plans(facts, it.now()).current {
            Some(plan) => (Outline::of(facts, &plan, true), Some(head::updated(&plan))),
            None => (Outline::unclaimed(facts), None),
        })
    });
    let body = move || {
        // Overdue is a matter of days: the list is made anew at midnight, not every few seconds.
        let _ = today.get();
        outline.with(|(outline, updated)| {
            let none = match updated {
                None => Some(said::none_of(&[Topic::Plans], "No plan is in force")),
                Some(_) if outline.is_empty() => Some(said::none_of_kind(
                    &[Topic::Plans],
                    "Goal",
                    "The plan has no needs, goals or actions",
                )),
                Some(_) => None,
            };
            view! { {none} {told(outline)} {updated.as_ref().map(Updated::view)} }
        })
    };
    let topics = Part::Goals.topics();
    view! {
        <Panel
            title=Part::Goals.title()
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="No needs, goals or actions"
            lines=8
        >
            <Written desk>
                {body}
                {move || {
                    view! {
                        <p class="app-write__choices">
                            {add_link(desk, Section::Goal, "Add a goal", String::new(), Vec::new())}
                            {add_link(desk, Section::Action, "Add an action", String::new(), Vec::new())}
                        </p>
                        <Suggested desk used/>
                    }
                }}
            </Written>
        </Panel>
    }
}

/// All of it; also for a plan beside the main one.
pub fn told(outline: &Outline) -> AnyView {
    let (served, bare): (Vec<&Need>, Vec<&Need>) =
        outline.needs.iter().partition(|it| !it.goals.is_empty());
    let served = served.into_iter().map(need).collect_view();
    let bare: Vec<AnyView> = bare.into_iter().map(need_name).collect();
    let goals = outline.goals.iter().map(aim).collect_view();
    view! {
        {served}
        {(!outline.goals.is_empty())
            .then(|| view! { <section class="app-need"><h4>"Goals without a need"</h4>{goals}</section> })}
        {(!outline.steps.is_empty())
            .then(|| {
                view! {
                    <section class="app-need">
                        <h4>"Actions without a goal"</h4>
                        <div class="app-goal">{step::steps(&outline.steps)}</div>
                    </section>
                }
            })}
        {(!bare.is_empty())
            .then(|| {
                let bare = bare.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
                view! {
                    <section class="app-need">
                        <h4>"Needs without a goal"</h4>
                        <ul class="app-lines">{bare}</ul>
                    </section>
                }
            })}
        {(outline.errors > 0)
            .then(|| {
                let words = format!("{} entered in error, not shown", outline.errors);
                view! { <p class="app-quiet">{words}</p> }
            })}
    }
    .into_any()
}

fn need(need: &Need) -> AnyView {
    let goals = need.goals.iter().map(aim).collect_view();
    view! { <section class="app-need"><h4>{need_name(need)}</h4>{goals}</section> }.into_any()
}

fn need_name(need: &Need) -> AnyView {
    let words = need.name.as_deref().and_then(name::shown);
    let words = words.unwrap_or_else(|| "A need that the source does not give".to_owned());
    let since = said::dated("since", need.since.as_ref());
    view! {
        {words} " "
        {since.map(|it| view! { <span class="app-quiet app-need__since">{it}</span> " " })}
        {need.doubt.map(|it| view! { <span class="app-quiet">{it}</span> " " })}
        {need.outcome.map(|it| view! { <span class="app-quiet">{plan::outcome(it)}</span> " " })}
        {said::source(&need.source)}
    }
    .into_any()
}

fn aim(aim: &Aim) -> AnyView {
    let it = opened();
    let mut goal = aim.goal.clone();
    it.facts
        .with(|facts| said::fill(facts, &aim.goal.origin.source, &mut goal.expressed_by));
    let words = plan::goal(&goal, it.store.now.get_untracked());
    let overdue = words
        .overdue
        .then(|| view! { <Badge tone=BadgeTone::Warn text="Overdue"/> }.into_any());
    let parts = [
        Some(view! { <Badge tone=tone(&goal) text=words.status.clone()/> }.into_any()),
        overdue,
        words.importance.clone().and_then(said::part),
        words.due.clone().map(said::num),
        said::dated("as of", goal.status_date.as_ref()),
        words
            .by
            .clone()
            .map(|it| format!("goal of {it}"))
            .and_then(said::part),
        Some(said::source(&goal.origin.source)),
    ];
    let change = use_context::<Desk>().map(|desk| changes(desk, &goal, &words.what));
    let also = (!aim.also_for.is_empty())
        .then(|| format!("Also for: {}", name::clean(&aim.also_for.join(", "))));
    let steps = if aim.steps.is_empty() {
        said::none_of_kind(&[Topic::Plans], "Task", "No actions")
    } else {
        step::steps(&aim.steps)
    };
    view! {
        <div class="app-goal">
            <div class="app-goal__head">
                <h5>"Goal: " {words.what.clone()}</h5>
                {said::quiet(parts)}
            </div>
            {also.map(|it| view! { <p class="app-quiet">{it}</p> })}
            {said::list(&remarks(words))}
            {steps}
            {change}
        </div>
    }
    .into_any()
}

/// The ways to change a goal, and to an action that serves it.
fn changes(desk: Desk, goal: &Goal, what: &str) -> AnyView {
    let serves = Chosen::new(goal.origin.resource.clone(), what);
    let can = can_write(opened(), &goal.origin);
    let add = can.then(|| {
        let with = vec![(Field::Serves, serves.to_string())];
        let about = format!("for the goal {what}");
        add_link(desk, Section::Action, "Add an action", about, with)
    });
    view! {
        <p class="app-write__choices">
            {edit_link(desk, Section::Goal, &goal.origin, ("Change the goal", what.to_owned()))}
            {add}
        </p>
    }
    .into_any()
}

/// What is to be reached, what came of it, notes.
fn remarks(words: GoalWords) -> Vec<String> {
    // A target that is only a date is the goal's due date, which is shown already.
    let targets = words
        .targets
        .into_iter()
        .filter(|it| !it.starts_with("by "))
        .map(|it| format!("Target: {it}"));
    let outcomes = words
        .outcomes
        .into_iter()
        .map(|it| format!("Outcome: {it}"));
    targets.chain(outcomes).chain(words.notes).collect()
}

fn tone(goal: &Goal) -> BadgeTone {
    match goal.lifecycle.as_deref() {
        Some("completed") => BadgeTone::Good,
        Some("cancelled" | "rejected" | "on-hold") => BadgeTone::Plain,
        _ => BadgeTone::Info,
    }
}
