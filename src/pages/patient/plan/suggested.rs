//! What the locality's templates suggest: goals and actions, each to be added or set aside by itself. Adding opens the
//! editor with the words in it; nothing is written before somebody saves it.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation as spawn;

use super::write::{Desk, can_write};
use crate::domain::plan::{SuggestedAction, SuggestedGoal, Template, mark, plans};
use crate::domain::section::{Chosen, Field, Section, day};
use crate::domain::{Facts, ResourceRef, SourceId};
use crate::pages::patient::opened::{Opened, opened};
use crate::pages::patient::said;
use crate::store::suggestions::{bring_back, put_aside, set_aside, suggested};
use crate::store::writing::{New, Wanted};
use crate::ui::nhs::Details;
use crate::ui::{Badge, BadgeTone};

/// What every line needs.
#[derive(Clone)]
struct Here {
    it: Opened,
    desk: Desk,
    aside: RwSignal<Vec<String>>,
    /// Templates that something was taken from: they stay open.
    used: RwSignal<Vec<String>>,
    plan: ResourceRef,
    template: String,
    today: NaiveDate,
}

/// For who can write the plan, once there is one. `used`: see [`Here`].
#[component]
pub fn Suggested(desk: Desk, used: RwSignal<Vec<String>>) -> impl IntoView {
    let it = opened();
    let plan = Memo::new(move |_| {
        let current = it.facts.with(|facts| plans(facts, it.now()).current);
        let own = current.filter(|plan| can_write(it, &plan.origin));
        own.map(|it| it.origin.resource)
    });
    let all = RwSignal::new(None::<Result<Vec<Template>, String>>);
    let load = Callback::new(move |()| {
        all.set(None);
        spawn(async move {
            let found = suggested(it.store).await;
            all.try_set(Some(found));
        });
    });
    load.run(());
    let aside = RwSignal::new(set_aside(it.store, &it.id.get_value()));
    let today = said::day_of(it);
    move || {
        let plan = plan.get()?;
        let today = today.get();
        Some(all.with(|all| {
            match all {
                // Nothing waits for what is only suggested.
                None => ().into_any(),
                Some(Err(wrong)) => view! {
                    <div class="app-notice">
                        <p>"What templates suggest cannot be read. " {wrong.clone()}</p>
                        <p>
                            <button type="button" class="nhsuk-link" on:click=move |_| load.run(())>
                                "Try again"
                            </button>
                        </p>
                    </div>
                }
                .into_any(),
                Some(Ok(all)) => for_person_first(it, all)
                    .into_iter()
                    .map(|template| {
                        let here = Here {
                            it,
                            desk,
                            aside,
                            used,
                            plan: plan.clone(),
                            template: template.id.clone(),
                            today,
                        };
                        of_template(here, template.clone())
                    })
                    .collect_view()
                    .into_any(),
            }
        }))
    }
}

/// Those that are for what the person has come first.
fn for_person_first(it: Opened, all: &[Template]) -> Vec<&Template> {
    let mut sorted: Vec<&Template> = all.iter().collect();
    it.facts
        .with_untracked(|facts| sorted.sort_by_key(|template| !template.is_for(facts)));
    sorted
}

fn of_template(here: Here, template: Template) -> AnyView {
    let it = here.it;
    // Closed, whomever it is for: what is in the plan is what people come for.
    let open = here.used.with_untracked(|all| all.contains(&template.id));
    let (own, counted) = (here.clone(), template.clone());
    let summary = Signal::derive(move || {
        let left = it.facts.with(|facts| own.left(facts, &counted));
        match left {
            0 => format!("Suggested by the template {}: nothing more", counted.name),
            left => format!("Suggested by the template {} ({left})", counted.name),
        }
    });
    let lines = move || {
        let goals = template.goals.iter().map(|goal| of_goal(&here, goal));
        let goals = goals.collect_view();
        view! { <ul class="app-lines app-lines--bare app-suggest">{goals}</ul> {again(&here, &template)} }
    };
    view! { <Details summary open classes="app-suggest__template">{lines}</Details> }.into_any()
}

impl Here {
    fn source(&self) -> Option<SourceId> {
        self.it.store.shared_id()
    }

    fn is_aside(&self, what: &str) -> bool {
        let mark = mark(&self.template, what);
        self.aside.with(|all| all.contains(&mark))
    }

    /// How many still wait for a decision.
    fn left(&self, facts: &Facts, template: &Template) -> usize {
        let Some(source) = self.source() else {
            return 0;
        };
        let goals = template.goals.iter().filter(|it| !self.is_aside(&it.what));
        goals
            .map(|goal| {
                let actions = goal
                    .actions
                    .iter()
                    .filter(|it| !self.is_aside(&it.what) && !it.is_taken_in(facts, &source));
                usize::from(goal.taken_in(facts, &source).is_none()) + actions.count()
            })
            .sum()
    }

    fn day(&self, days: Option<u32>) -> Option<String> {
        let day = self.today.checked_add_days(Days::new(u64::from(days?)))?;
        Some(day::write(day))
    }

    /// Opens the editor with these words in it.
    fn add(&self, section: Section, with: Vec<(Field, String)>, words: Vec<(Field, String)>) {
        let template = self.template.clone();
        self.used.update(|all| {
            if !all.contains(&template) {
                all.push(template);
            }
        });
        self.desk.open(Wanted::New(New {
            section,
            plan: Some(self.plan.clone()),
            with,
            words,
        }));
    }
}

fn of_goal(here: &Here, goal: &SuggestedGoal) -> Option<AnyView> {
    if here.is_aside(&goal.what) {
        return None;
    }
    let source = here.source()?;
    let there = here.it.facts.with(|facts| goal.taken_in(facts, &source));
    let actions = goal.actions.iter();
    let actions = actions.filter_map(|it| of_action(here, it, there.as_ref(), &goal.what));
    let actions: Vec<AnyView> = actions.collect();
    let by = here.day(goal.target_days);
    let mut words = vec![(Field::Goal, goal.what.clone())];
    words.extend(by.clone().map(|it| (Field::TargetDate, it)));
    let own = here.clone();
    let add = Callback::new(move |()| own.add(Section::Goal, Vec::new(), words.clone()));
    let line = line(
        here,
        &format!("Goal: {}", goal.what),
        by,
        there.is_some(),
        add,
        &goal.what,
    );
    Some(view! { <li>{line} <ul class="app-lines app-lines--bare">{actions}</ul></li> }.into_any())
}

fn of_action(
    here: &Here,
    action: &SuggestedAction,
    goal: Option<&ResourceRef>,
    goal_name: &str,
) -> Option<AnyView> {
    if here.is_aside(&action.what) {
        return None;
    }
    let source = here.source()?;
    let there = here
        .it
        .facts
        .with(|facts| action.is_taken_in(facts, &source));
    let by = here.day(action.due_days);
    let mut words = vec![(Field::Action, action.what.clone())];
    words.extend(by.clone().map(|it| (Field::Due, it)));
    words.extend(action.priority.clone().map(|it| (Field::Priority, it)));
    let serves = goal.map(|to| {
        let goal = Chosen::new(to.clone(), goal_name);
        (Field::Serves, goal.to_string())
    });
    let own = here.clone();
    let with: Vec<(Field, String)> = serves.into_iter().collect();
    let add = Callback::new(move |()| own.add(Section::Action, with.clone(), words.clone()));
    let line = line(here, &action.what, by, there, add, &action.what);
    Some(view! { <li>{line}</li> }.into_any())
}

/// What is suggested, and what can be done about it.
fn line(
    here: &Here,
    shown: &str,
    by: Option<String>,
    is_there: bool,
    add: Callback<()>,
    what: &str,
) -> AnyView {
    let by = by.map(|it| view! { <span class="app-quiet">"by " {said::num(it)}</span> });
    let shown = shown.to_owned();
    if is_there {
        return view! {
            <p class="app-suggest__line">
                <span>{shown}</span> <Badge tone=BadgeTone::Good text="In the plan"/>
            </p>
        }
        .into_any();
    }
    let (own, mark) = (here.clone(), mark(&here.template, what));
    let decline = move |_| {
        put_aside(own.it.store, &own.it.id.get_value(), &mark);
        own.aside.update(|all| all.push(mark.clone()));
    };
    let (first, second) = (what.to_owned(), what.to_owned());
    view! {
        <p class="app-suggest__line"><span>{shown}</span> {by}</p>
        <p class="app-write__choices">
            <button type="button" class="nhsuk-link" on:click=move |_| add.run(())>
                "Add"
                <span class="nhsuk-u-visually-hidden">" " {first}</span>
            </button>
            <button type="button" class="nhsuk-link" on:click=decline>
                "Not for this person"
                <span class="nhsuk-u-visually-hidden">" " {second}</span>
            </button>
        </p>
    }
    .into_any()
}

/// The way back for what was set aside.
fn again(here: &Here, template: &Template) -> Option<AnyView> {
    let all = template.goals.iter();
    let all = all.flat_map(|goal| {
        let actions = goal.actions.iter().map(|it| it.what.as_str());
        std::iter::once(goal.what.as_str()).chain(actions)
    });
    let many = all.filter(|it| here.is_aside(it)).count();
    let own = here.clone();
    let back = move |_| {
        bring_back(own.it.store, &own.it.id.get_value());
        own.aside.set(Vec::new());
    };
    (many > 0).then(|| {
        view! {
            <p class="app-write__choices">
                <span class="app-quiet">{format!("{many} set aside on this device")}</span>
                <button type="button" class="nhsuk-link" on:click=back>
                    "Suggest them again"
                </button>
            </p>
        }
        .into_any()
    })
}
