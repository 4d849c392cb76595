//! Which plan is in force, and what else there is.

use chrono::{DateTime, Utc};

use super::{Plan, PlanKind};
use crate::domain::code::SNOMED;
use crate::domain::folding::fold;
use crate::domain::{Concept, Facts};

/// The plans of a person: the one in force, and the others.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Plans {
    /// The main plan in force; of several the one written last.
    pub current: Option<Plan>,
    /// Other plans in force that are not crisis plans (those stand under their own heading).
    pub others: Vec<Plan>,
    /// Drafts, of any kind.
    pub drafts: Vec<Plan>,
    /// Completed, revoked or over, of any kind.
    pub past: Vec<Plan>,
    /// Entered in error: counted.
    pub errors: usize,
}

/// Sorts all plans, the newest first.
pub fn plans(facts: &Facts, now: DateTime<Utc>) -> Plans {
    let mut all: Vec<&Plan> = facts.plans.iter().collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.last_touched()));
    let mut found = Plans::default();
    for plan in all {
        let in_force = plan.is_current() && !plan.period.ended(now);
        if plan.is_error() {
            found.errors += 1;
        } else if plan.is_draft() {
            found.drafts.push(plan.clone());
        } else if !in_force {
            found.past.push(plan.clone());
        } else if plan.kind == PlanKind::Main && found.current.is_none() {
            found.current = Some(plan.clone());
        } else if plan.kind != PlanKind::Crisis {
            found.others.push(plan.clone());
        }
    }
    found
}

/// What of the record speaks of individual needs: adjustments, impairments, communication.
pub fn is_individual_need(what: &Concept, categories: &[Concept]) -> bool {
    const ADJUSTMENTS: &str = "1108111000000107";
    const WORDS: [&str; 12] = [
        "adjustment",
        "impair",
        "communicat",
        "interpreter",
        "mobility",
        "cogniti",
        "hearing",
        "sight",
        "vision",
        "learning disab",
        "deaf",
        "blind",
    ];
    let mut all = std::iter::once(what).chain(categories);
    all.any(|it| {
        let words = fold(it.label().unwrap_or(""));
        it.has(SNOMED, ADJUSTMENTS) || WORDS.iter().any(|part| words.contains(part))
    })
}
