//! One row for one person of a list, and how rows are sorted and filtered without asking anybody again.

mod few;
mod kept;
mod plain;

pub use few::Few;
pub use kept::{belonging, mistaken, whose};

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::activity::{At, Whereabouts, where_now};
use super::change::{self, Change};
use super::folding::fold;
use super::person;
use super::plan::{Plan, PlanKind, PlanStatus};
use super::risk::Prediction;
use super::team::{TeamMember, members};
use super::time::london;
use super::{Coded, Concept, Decimal, Facts, Patient, SourceId, Topic, When};

/// How the person's plan stands.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum PlanStanding {
    /// Its source has not answered: not the same as none.
    Unknown,
    None,
    /// There is only a draft.
    Draft,
    Overdue {
        due: When,
    },
    Reviewed {
        on: When,
        due: Option<When>,
    },
    /// There is one that was never reviewed.
    NotReviewed {
        due: Option<When>,
    },
}

/// The score that put the person in the programme, with its date and origin.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct RiskNow {
    pub probability: Option<Decimal>,
    pub qualitative: Option<Concept>,
    pub horizon: Option<String>,
    pub outcome: Option<Concept>,
    pub method: Option<Concept>,
    pub at: Option<When>,
    pub source: SourceId,
}

/// Who answers for the plan, as far as a row says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyWorker {
    /// `None` when the source gives only a reference that leads nowhere.
    pub name: Option<String>,
    pub roles: Vec<String>,
    pub organisation: Option<String>,
}

impl From<TeamMember> for KeyWorker {
    fn from(it: TeamMember) -> Self {
        Self {
            name: it.name,
            roles: it.roles,
            organisation: it.organisation,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Row {
    pub patient: Arc<Patient>,
    pub whereabouts: Whereabouts,
    pub changes: usize,
    pub newest: Option<Change>,
    pub plan: PlanStanding,
    pub key_worker: Option<KeyWorker>,
    pub risk: Option<RiskNow>,
    pub alerts: usize,
    pub deceased: bool,
    /// Sources that hold somebody else under this number: nothing of theirs is in the row.
    pub conflicts: Vec<SourceId>,
}

/// What sorts, filters and counts a row: all that is kept of those who are not on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub patient: Arc<Patient>,
    pub changes: usize,
    pub alerts: usize,
    pub in_hospital: bool,
    deceased: bool,
    overdue: bool,
    review: (u8, Option<DateTime<Utc>>),
    /// From 0 to 1; less where nothing is known.
    risk: f64,
    /// Family and given names as they are sorted.
    sort_name: Box<str>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Who needs a look first: in hospital, changed, then by name.
    #[default]
    Attention,
    Name,
    /// Overdue first, then no plan, then the one due next.
    Review,
    /// The highest first.
    Risk,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    #[default]
    All,
    InHospital,
    Changed,
    ReviewOverdue,
}

impl Row {
    /// `missing` tells which sources have not answered on a topic.
    pub fn of(
        patient: &Arc<Patient>,
        facts: &Facts,
        since: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        missing: impl Fn(Topic) -> Vec<SourceId>,
    ) -> Self {
        let conflicts = conflicting(facts, patient);
        let own;
        let facts = if conflicts.is_empty() {
            facts
        } else {
            own = person::split(facts.clone(), patient).0;
            &own
        };
        let changes = since.map_or_else(Vec::new, |since| change::since(facts, since, now));
        let mut whereabouts =
            where_now(facts, now, &missing(Topic::Activity)).without(conflicts.clone());
        if patient.deceased.is_some() {
            whereabouts.at = At::Deceased;
        }
        Self {
            deceased: whereabouts.at == At::Deceased,
            changes: changes.len(),
            newest: changes.into_iter().next(),
            plan: plan_standing(facts, now, !missing(Topic::Plans).is_empty()),
            key_worker: members(facts, now)
                .into_iter()
                .find(|it| it.key_worker && !it.former)
                .map(KeyWorker::from),
            risk: risk_now(facts),
            alerts: facts.alerts.iter().filter(|it| it.is_current(now)).count(),
            patient: Arc::clone(patient),
            whereabouts,
            conflicts,
        }
    }

    pub fn brief(&self) -> Brief {
        let risk = self.risk.as_ref().and_then(|it| it.probability.as_ref());
        Brief {
            patient: Arc::clone(&self.patient),
            changes: self.changes,
            alerts: self.alerts,
            in_hospital: self.whereabouts.is_in_hospital(),
            deceased: self.deceased,
            overdue: matches!(self.plan, PlanStanding::Overdue { .. }),
            review: review_key(&self.plan),
            risk: risk.map_or(-1.0, Decimal::approximate),
            sort_name: sort_name(&self.patient).into(),
        }
    }
}

impl Brief {
    pub fn shows(&self, show: Show) -> bool {
        match show {
            Show::All => true,
            Show::InHospital => self.in_hospital,
            Show::Changed => self.changes > 0,
            Show::ReviewOverdue => self.overdue,
        }
    }

    fn attention(&self) -> (bool, bool, bool) {
        (!self.in_hospital, self.changes == 0, self.deceased)
    }
}

/// Sources, each once, with a record that is somebody else's; the source of the row's own record is not among them.
fn conflicting(facts: &Facts, patient: &Patient) -> Vec<SourceId> {
    let mut sources: Vec<SourceId> = Vec::new();
    for conflict in person::conflicts(facts, patient) {
        let source = conflict.patient.origin.source.clone();
        if conflict.is_whole_source(patient) && !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// How the plan stands: the main plan in force; one that is overdue is said even where another is not.
pub fn plan_standing(facts: &Facts, now: DateTime<Utc>, unanswered: bool) -> PlanStanding {
    let today = london(now).date();
    let plans: Vec<&Plan> = facts
        .plans
        .iter()
        .filter(|it| it.kind == PlanKind::Main && it.is_current())
        .collect();
    let is_draft = |it: &Plan| matches!(it.status, Some(Coded::Known(PlanStatus::Draft)));
    let drafted = || {
        let mut all = facts.plans.iter();
        all.any(|it| it.kind == PlanKind::Main && is_draft(it))
    };
    let newest = plans.iter().max_by_key(|it| {
        it.reviewed()
            .or(it.created.as_ref())
            .and_then(When::earliest)
    });
    let Some(plan) = newest else {
        return if unanswered {
            PlanStanding::Unknown
        } else if drafted() {
            PlanStanding::Draft
        } else {
            PlanStanding::None
        };
    };
    let due = plan.review_due().map(|(on, _)| on.clone());
    match (due, plan.reviewed()) {
        (Some(due), _) if plan.is_review_overdue(today) => PlanStanding::Overdue { due },
        (due, Some(on)) => PlanStanding::Reviewed {
            on: on.clone(),
            due,
        },
        (due, None) => PlanStanding::NotReviewed { due },
    }
}

/// The newest score that was not entered in error.
pub fn risk_now(facts: &Facts) -> Option<RiskNow> {
    let real = facts.risks.iter().filter(|it| {
        !matches!(it.status.as_deref(), Some("entered-in-error" | "cancelled"))
            && !it.predictions.is_empty()
    });
    let risk = real.max_by_key(|it| it.at.as_ref().and_then(When::earliest))?;
    let rank = |it: &&Prediction| (it.probability.is_some(), it.qualitative.is_some());
    let said = risk.predictions.iter().rev().max_by_key(rank)?;
    Some(RiskNow {
        probability: said.probability.clone(),
        qualitative: said.qualitative.clone(),
        horizon: said.horizon.clone(),
        outcome: said.outcome.clone(),
        method: risk.method.clone(),
        at: risk.at.clone(),
        source: risk.origin.source.clone(),
    })
}

/// Sorts in place; equal rows by name, then birth date, so that the order never depends on what arrived first.
pub fn sort<T: Borrow<Brief>>(rows: &mut [T], order: Order) {
    rows.sort_by(|a, b| {
        let (a, b) = (a.borrow(), b.borrow());
        let first = match order {
            Order::Name => Ordering::Equal,
            Order::Attention => a.attention().cmp(&b.attention()),
            Order::Review => a.review.cmp(&b.review),
            Order::Risk => b.risk.total_cmp(&a.risk),
        };
        first.then_with(|| by_name(a, b))
    });
}

/// The same by name for those of whom nothing else is known.
pub fn sort_people(people: &mut [Arc<Patient>]) {
    people.sort_by_cached_key(|it| {
        let birth = it.birth.as_ref().and_then(When::earliest);
        (sort_name(it), birth, it.id.clone())
    });
}

fn review_key(plan: &PlanStanding) -> (u8, Option<DateTime<Utc>>) {
    let at = |when: &Option<When>| when.as_ref().and_then(When::earliest);
    match plan {
        PlanStanding::Overdue { due } => (0, due.earliest()),
        PlanStanding::None | PlanStanding::Draft => (1, None),
        PlanStanding::NotReviewed { due } => (2, at(due)),
        PlanStanding::Reviewed { due, .. } if due.is_some() => (3, at(due)),
        PlanStanding::Reviewed { .. } => (4, None),
        PlanStanding::Unknown => (5, None),
    }
}

fn by_name(a: &Brief, b: &Brief) -> Ordering {
    let birth = |it: &Brief| it.patient.birth.as_ref().and_then(When::earliest);
    a.sort_name
        .cmp(&b.sort_name)
        .then_with(|| birth(a).cmp(&birth(b)))
        .then_with(|| a.patient.id.as_str().cmp(b.patient.id.as_str()))
}

fn sort_name(patient: &Patient) -> String {
    patient
        .name()
        .map_or_else(String::new, |it| match &it.family {
            Some(family) => format!("{} {}", fold(family), fold(&it.given.join(" "))),
            None => fold(it.text.as_deref().unwrap_or(&it.given.join(" "))),
        })
}

#[cfg(test)]
#[path = "worklist_tests.rs"]
mod tests;
