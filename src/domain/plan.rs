//! The patient plan: review, needs, goals, actions; the crisis plan; the person's own words.

mod choice;
mod outline;
mod step;
mod template;

pub use choice::{Plans, is_individual_need, plans};
pub use outline::{Aim, Need, Outline};
pub use step::{Step, not_given};
pub use template::{SuggestedAction, SuggestedGoal, Template, mark};

use chrono::{DateTime, NaiveDate, Utc};

use super::time::london;
use super::{Coded, Concept, Linked, Origin, Party, Period, ResourceRef, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanStatus {
    Draft,
    Active,
    OnHold,
    Revoked,
    Completed,
    EnteredInError,
    Unknown,
}

/// What a `CarePlan` is for, from its category codes (record-model.md) or `partOf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanKind {
    Main,
    Crisis,
    Other,
}

/// One `CarePlan`: <https://hl7.org/fhir/R4/careplan.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    pub origin: Origin,
    pub kind: PlanKind,
    pub status: Option<Coded<PlanStatus>>,
    pub categories: Vec<Concept>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub period: Period,
    pub created: Option<When>,
    pub author: Option<Party>,
    /// What it addresses; not read for lists.
    pub needs: Vec<Linked>,
    pub goals: Vec<ResourceRef>,
    pub actions: Vec<PlanAction>,
    pub part_of: Option<ResourceRef>,
    pub reviews: Vec<Review>,
    pub teams: Vec<ResourceRef>,
    /// Documents and other facts that it builds on (`supportingInfo`); not read for lists.
    pub supporting: Vec<Linked>,
    pub notes: Vec<String>,
    /// Who last wrote it, from Provenance where the source gives it.
    pub written: Option<Written>,
}

/// Who wrote something, for whom, when (Provenance).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Written {
    pub by: Option<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub at: Option<When>,
}

/// A `CarePlan.activity`: either told in place or a reference to a Task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlanAction {
    /// A resource of its own, and what the plan calls it.
    Task(ResourceRef, Option<String>),
    Detail(Box<ActionDetail>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActionDetail {
    /// What sort of element it is, e.g. "Trigger factors" in a crisis plan.
    pub heading: Option<Concept>,
    pub description: Option<String>,
    pub status: Option<String>,
    pub scheduled: Period,
    /// When in words, where it is not a period: "twice a day".
    pub scheduled_text: Option<String>,
    /// The action is NOT to be done (`doNotPerform`).
    pub do_not: bool,
    pub goals: Vec<ResourceRef>,
    pub outcomes: Vec<Concept>,
    pub notes: Vec<String>,
    pub performers: Vec<Party>,
}

/// A review of the plan (SNOMED 425268008): kept on a day, or due.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Review {
    Done { on: Option<When>, by: Vec<Party> },
    Due { on: Option<When>, by: Vec<Party> },
}

/// One `Goal`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Goal {
    pub origin: Origin,
    pub what: Concept,
    pub lifecycle: Option<String>,
    pub achievement: Option<Concept>,
    /// As the person put it, e.g. "9 of 10".
    pub importance: Option<String>,
    pub start: Option<When>,
    pub due: Option<When>,
    pub status_date: Option<When>,
    /// Whose goal it is.
    pub expressed_by: Option<Party>,
    pub targets: Vec<Target>,
    pub outcomes: Vec<Concept>,
    pub needs: Vec<Linked>,
    pub notes: Vec<String>,
}

/// What is to be reached: a measure, the value in words, until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Target {
    pub measure: Option<Concept>,
    pub detail: Option<String>,
    pub due: Option<When>,
}

/// One action: a `Task`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Task {
    pub origin: Origin,
    pub what: Option<String>,
    pub status: Option<Coded<TaskStatus>>,
    pub status_reason: Option<Concept>,
    /// `routine`, `urgent`, `asap`, `stat`, as received.
    pub priority: Option<String>,
    pub requester: Option<Party>,
    pub owner: Option<Party>,
    pub due: Option<When>,
    pub authored: Option<When>,
    pub modified: Option<When>,
    pub based_on: Vec<ResourceRef>,
    pub focus: Option<ResourceRef>,
    pub notes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskStatus {
    Draft,
    Requested,
    Received,
    Accepted,
    Rejected,
    Ready,
    Cancelled,
    InProgress,
    OnHold,
    Failed,
    Completed,
    EnteredInError,
}

/// A form in the person's own words (About me): heading and answers, in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AboutMe {
    pub origin: Origin,
    /// Which form it is, in the source's words; else its canonical URL.
    pub form: Option<String>,
    /// Its canonical address, without a version.
    pub canonical: Option<String>,
    pub status: Option<String>,
    pub authored: Option<When>,
    pub author: Option<Party>,
    /// Who the answers come from.
    pub source: Option<Party>,
    pub based_on: Vec<ResourceRef>,
    pub items: Vec<AboutItem>,
}

impl AboutMe {
    /// The FHIR resource that holds one.
    pub const KIND: &str = "QuestionnaireResponse";
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AboutItem {
    pub link_id: String,
    pub heading: Option<String>,
    pub answers: Vec<String>,
    /// Depth in the form, from 0.
    pub depth: u8,
}

impl Plan {
    pub fn is_error(&self) -> bool {
        matches!(self.status, Some(Coded::Known(PlanStatus::EnteredInError)))
    }

    /// In force: active or on hold. An unknown status counts, so that no plan is missed.
    pub fn is_current(&self) -> bool {
        use PlanStatus as S;
        !matches!(
            self.status,
            Some(Coded::Known(
                S::Draft | S::Revoked | S::Completed | S::EnteredInError
            ))
        )
    }

    pub fn is_draft(&self) -> bool {
        matches!(self.status, Some(Coded::Known(PlanStatus::Draft)))
    }

    /// When it was last written, reviewed or begun, as far as the source says.
    pub fn last_touched(&self) -> Option<DateTime<Utc>> {
        let written = self.written.as_ref().and_then(|it| it.at.as_ref());
        let told = [
            written,
            self.reviewed(),
            self.created.as_ref(),
            self.period.start.as_ref(),
        ];
        told.into_iter()
            .flatten()
            .filter_map(When::earliest)
            .max()
            .or(self.origin.updated)
    }

    /// The last review that was kept.
    pub fn reviewed(&self) -> Option<&When> {
        let done = self.reviews.iter().filter_map(|it| match it {
            Review::Done { on, .. } => on.as_ref(),
            Review::Due { .. } => None,
        });
        done.max_by_key(|it| it.earliest())
    }

    /// The next review that is due, and by whom.
    pub fn review_due(&self) -> Option<(&When, &[Party])> {
        let due = self.reviews.iter().filter_map(|it| match it {
            Review::Due { on: Some(on), by } => Some((on, by.as_slice())),
            _ => None,
        });
        due.min_by_key(|(on, _)| on.earliest())
    }

    /// Months between reviews: as it was planned last, else three.
    pub fn review_months(&self) -> u32 {
        let days = |it: &When| it.last_day();
        let last = self.reviewed().and_then(days);
        let due = self.review_due().and_then(|it| days(it.0));
        let planned = last.zip(due).map(|(last, due)| (due - last).num_days());
        match planned {
            Some(..=0) | None => 3,
            Some(..=45) => 1,
            Some(..=135) => 3,
            Some(..=270) => 6,
            Some(_) => 12,
        }
    }

    pub fn is_review_overdue(&self, today: NaiveDate) -> bool {
        self.review_due()
            .and_then(|(on, _)| on.last_day())
            .is_some_and(|day| day < today)
    }
}

impl Task {
    pub fn is_error(&self) -> bool {
        matches!(self.status, Some(Coded::Known(TaskStatus::EnteredInError)))
    }

    /// Still to be done. An unknown status counts as open.
    pub fn is_open(&self) -> bool {
        use TaskStatus as S;
        !matches!(
            self.status,
            Some(Coded::Known(
                S::Completed | S::Cancelled | S::Rejected | S::Failed | S::EnteredInError
            ))
        )
    }

    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.is_open()
            && self
                .due
                .as_ref()
                .and_then(When::last_day)
                .is_some_and(|day| day < london(now).date())
    }
}
