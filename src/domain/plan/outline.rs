//! A plan as it is read: needs → goals → actions. What hangs on nothing stands on its own; nothing is dropped, and what
//! was entered in error is counted.

use std::collections::HashSet;

use super::step::{Step, steps};
use super::{Goal, Plan, PlanAction};
use crate::domain::problem::{Outcome, Problem, behind};
use crate::domain::{Facts, Linked, ResourceRef, SourceId, Target, When};

/// One plan's needs, goals and actions.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Outline {
    pub needs: Vec<Need>,
    /// Goals that serve no need.
    pub goals: Vec<Aim>,
    /// Actions that serve no goal.
    pub steps: Vec<Step>,
    /// Goals and actions that were entered in error and are left out.
    pub errors: usize,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Need {
    /// `None` when the reference leads nowhere: shown as such.
    pub name: Option<String>,
    pub source: SourceId,
    pub since: Option<When>,
    pub outcome: Option<Outcome>,
    /// How sure whoever recorded it was, where not.
    pub doubt: Option<&'static str>,
    pub goals: Vec<Aim>,
    to: Option<Target>,
}

impl Need {
    /// Two links to one thing. What it is called by is the same in every source.
    fn is_same(&self, other: &Self) -> bool {
        let is_called = matches!(self.to, Some(Target::Called(..)));
        self.to.is_some() && self.to == other.to && (is_called || self.source == other.source)
    }
}

/// A goal with its actions.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Aim {
    pub goal: Goal,
    /// Other needs that it serves; it stands under the first.
    pub also_for: Vec<String>,
    pub steps: Vec<Step>,
}

impl Outline {
    /// The goals and actions of a plan; with `rest` also those that no other plan claims.
    pub fn of(facts: &Facts, plan: &Plan, rest: bool) -> Self {
        Self::build(facts, Some(plan), rest)
    }

    /// Where there is no plan: goals and actions that no plan claims.
    pub fn unclaimed(facts: &Facts) -> Self {
        Self::build(facts, None, true)
    }

    fn build(facts: &Facts, plan: Option<&Plan>, rest: bool) -> Self {
        let claimed = if rest {
            claimed_by_others(facts, plan)
        } else {
            HashSet::new()
        };
        let free = |source: &SourceId, to: &ResourceRef| rest && !claimed.contains(&(source, to));
        let place = |goal: &Goal| {
            let plan = plan.filter(|it| it.origin.source == goal.origin.source)?;
            plan.goals.iter().position(|it| *it == goal.origin.resource)
        };
        let mut outline = Self {
            needs: plan.map(|it| needs(facts, it)).unwrap_or_default(),
            ..Self::default()
        };
        let mut aims = Vec::new();
        for goal in &facts.goals {
            if place(goal).is_none() && !free(&goal.origin.source, &goal.origin.resource) {
                continue;
            }
            if goal.lifecycle.as_deref() == Some("entered-in-error") {
                outline.errors += 1;
            } else {
                aims.push(Aim {
                    goal: goal.clone(),
                    also_for: Vec::new(),
                    steps: Vec::new(),
                });
            }
        }
        // In the plan's own order.
        aims.sort_by_key(|it| place(&it.goal).unwrap_or(usize::MAX));
        for (step, goals) in steps(facts, plan, free, &mut outline.errors) {
            let aim = aims.iter_mut().find(|it| {
                it.goal.origin.source == *step.source() && goals.contains(&it.goal.origin.resource)
            });
            aim.map_or(&mut outline.steps, |it| &mut it.steps)
                .push(step);
        }
        for aim in aims {
            outline.place(facts, aim);
        }
        outline
    }

    /// Every action, wherever it hangs.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        let aims = self
            .needs
            .iter()
            .flat_map(|it| &it.goals)
            .chain(&self.goals);
        aims.flat_map(|it| &it.steps).chain(&self.steps)
    }

    /// How many goals.
    pub fn goal_count(&self) -> usize {
        self.goals.len() + self.needs.iter().map(|it| it.goals.len()).sum::<usize>()
    }

    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.goals.is_empty() && self.steps.is_empty() && self.errors == 0
    }

    fn place(&mut self, facts: &Facts, mut aim: Aim) {
        let source = aim.goal.origin.source.clone();
        let mut at = None;
        for linked in &aim.goal.needs {
            let new = need(facts, &source, linked);
            let known = self.needs.iter().position(|it| it.is_same(&new));
            let index = known.unwrap_or_else(|| {
                self.needs.push(new);
                self.needs.len() - 1
            });
            match at {
                None => at = Some(index),
                Some(_) => aim
                    .also_for
                    .extend(self.needs.get(index).and_then(|it| it.name.clone())),
            }
        }
        match at.and_then(|it| self.needs.get_mut(it)) {
            Some(need) => need.goals.push(aim),
            None => self.goals.push(aim),
        }
    }
}

fn needs(facts: &Facts, plan: &Plan) -> Vec<Need> {
    plan.needs
        .iter()
        .map(|it| need(facts, &plan.origin.source, it))
        .collect()
}

/// What a source links, as it is known now: a problem that another source holds as that source has it.
fn need(facts: &Facts, source: &SourceId, linked: &Linked) -> Need {
    let to = linked.to.as_ref();
    let problem = to.and_then(|to| behind(&facts.problems, source, to));
    let recorded = problem.and_then(|it| it.what.label().map(str::to_owned));
    let origin = problem.map(|it| &it.origin);
    Need {
        name: recorded.or_else(|| linked.name.clone()),
        source: origin.map_or(source, |it| &it.source).clone(),
        since: problem.and_then(|it| it.onset.clone()),
        outcome: problem.and_then(Problem::outcome),
        doubt: problem.and_then(Problem::doubt),
        goals: Vec::new(),
        to: origin
            .map(|it| it.resource.clone().into())
            .or_else(|| to.cloned()),
    }
}

/// What other plans have as theirs. A plan that was entered in error claims nothing.
fn claimed_by_others<'a>(
    facts: &'a Facts,
    plan: Option<&Plan>,
) -> HashSet<(&'a SourceId, &'a ResourceRef)> {
    let is_own = |it: &&Plan| plan.is_some_and(|plan| plan.origin == it.origin);
    let others = facts.plans.iter().filter(|it| !is_own(it));
    others
        .filter(|it| !it.is_error())
        .flat_map(|it| {
            let actions = it.actions.iter().filter_map(|action| match action {
                PlanAction::Task(to, _) => Some(to),
                PlanAction::Detail(_) => None,
            });
            it.goals
                .iter()
                .chain(actions)
                .map(|to| (&it.origin.source, to))
        })
        .collect()
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
