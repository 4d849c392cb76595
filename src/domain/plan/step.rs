//! The actions of a plan, wherever they are told: a task, a line of the plan itself, or a name that leads nowhere.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{ActionDetail, Plan, PlanAction, Task};
use crate::domain::time::london;
use crate::domain::{Facts, ResourceRef, SourceId, When};

/// One action.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Step {
    Task(Box<Task>),
    /// Told in the plan itself.
    Told(SourceId, Box<ActionDetail>),
    /// The plan names it, in its own words if it has any, but the source does not give it.
    Missing(SourceId, ResourceRef, Option<String>),
}

impl Step {
    pub fn source(&self) -> &SourceId {
        match self {
            Self::Task(it) => &it.origin.source,
            Self::Told(source, _) | Self::Missing(source, ..) => source,
        }
    }

    /// Still to be done; what is not known counts.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Task(it) => it.is_open(),
            Self::Told(_, it) => !matches!(
                it.status.as_deref(),
                Some("completed" | "cancelled" | "stopped")
            ),
            Self::Missing(..) => true,
        }
    }

    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        match self {
            Self::Task(it) => it.is_overdue(now),
            Self::Told(_, it) => {
                let last = it.scheduled.end.as_ref().and_then(When::last_day);
                self.is_open() && last.is_some_and(|day| day < london(now).date())
            }
            Self::Missing(..) => false,
        }
    }
}

/// What can be said of an action whose resource the source does not give: what the plan calls it, if it does.
pub fn not_given(to: &ResourceRef, name: Option<&str>) -> String {
    match name.filter(|it| !it.trim().is_empty()) {
        Some(name) => format!("{name} (the source does not give more of it)"),
        None => format!("An action that the source does not give ({to})"),
    }
}

/// The plan's actions in its order, then the tasks that are based on it or on no plan, each with its goals.
pub(super) fn steps(
    facts: &Facts,
    plan: Option<&Plan>,
    free: impl Fn(&SourceId, &ResourceRef) -> bool,
    errors: &mut usize,
) -> Vec<(Step, Vec<ResourceRef>)> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    let own = plan
        .iter()
        .flat_map(|it| it.actions.iter().map(|action| (&it.origin.source, action)));
    for (source, action) in own {
        match action {
            PlanAction::Detail(it) if it.status.as_deref() == Some("entered-in-error") => {
                *errors += 1;
            }
            PlanAction::Detail(it) => {
                all.push((Step::Told(source.clone(), it.clone()), it.goals.clone()));
            }
            PlanAction::Task(to, name) => {
                seen.insert((source, to));
                let task = facts
                    .tasks
                    .iter()
                    .find(|it| it.origin.source == *source && it.origin.resource == *to);
                match task {
                    Some(task) if task.is_error() => *errors += 1,
                    Some(task) => all.push(of_task(task)),
                    None => {
                        let missing = Step::Missing(source.clone(), to.clone(), name.clone());
                        all.push((missing, Vec::new()));
                    }
                }
            }
        }
    }
    for task in &facts.tasks {
        let (at, own) = (&task.origin.source, &task.origin.resource);
        let based = plan.is_some_and(|it| {
            *at == it.origin.source && task.based_on.contains(&it.origin.resource)
        });
        let homeless = !task.based_on.iter().any(|it| is_plan(facts, at, it)) && free(at, own);
        if seen.contains(&(at, own)) || !(based || homeless) {
            continue;
        }
        if task.is_error() {
            *errors += 1;
        } else {
            all.push(of_task(task));
        }
    }
    all
}

fn is_plan(facts: &Facts, source: &SourceId, to: &ResourceRef) -> bool {
    facts
        .plans
        .iter()
        .any(|it| it.origin.source == *source && it.origin.resource == *to && !it.is_error())
}

fn of_task(task: &Task) -> (Step, Vec<ResourceRef>) {
    (
        Step::Task(Box::new(task.clone())),
        task.focus.iter().chain(&task.based_on).cloned().collect(),
    )
}
