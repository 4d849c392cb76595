//! Medicines: what the person takes, by whom it is said, and in which dose.

mod change;
mod dosing;
mod line;

pub use change::{MedicineChange, MedicineStep, RECENT_DAYS, changes};
pub use line::{MedicineLine, lines};

use super::{Coded, Concept, Origin, Party, Period, When};

/// Which resource it was: a statement (GP list) or a request (prescription, discharge medicine).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    Statement,
    Request,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MedicineStatus {
    Active,
    Completed,
    EnteredInError,
    Intended,
    Stopped,
    OnHold,
    NotTaken,
    Draft,
    Cancelled,
    Unknown,
}

/// One `MedicationStatement` or `MedicationRequest`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Medicine {
    pub origin: Origin,
    pub stated: Stated,
    /// dm+d name; the label is never shortened.
    pub product: Concept,
    pub status: Option<Coded<MedicineStatus>>,
    pub status_reason: Option<String>,
    /// `proposal`, `plan`, `order` … of a request, as received: a proposal has not been ordered.
    pub intent: Option<String>,
    /// The request asks NOT to give it (`doNotPerform`).
    pub do_not_give: bool,
    /// Acute or repeat, inpatient or community, as received.
    pub categories: Vec<Concept>,
    pub doses: Vec<Dose>,
    pub reasons: Vec<Concept>,
    pub effective: Period,
    /// When it was asserted or ordered.
    pub recorded: Option<When>,
    pub author: Option<Party>,
    pub notes: Vec<String>,
}

/// One `Dosage`. `text` is always shown when present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dose {
    pub text: Option<String>,
    /// Made from `doseAndRate`, e.g. `40` `mg`.
    pub amount: Option<Amount>,
    /// The upper end where a range is given; `amount` is then the lower.
    pub up_to: Option<Amount>,
    /// How fast it runs, e.g. "10 ml per hour".
    pub rate: Option<String>,
    /// Never more than, e.g. "8 tablet per 24 hours".
    pub maximum: Option<String>,
    /// `timing.code` or repeat in words, e.g. "twice a day".
    pub frequency: Option<String>,
    pub route: Option<Concept>,
    pub site: Option<Concept>,
    pub as_needed: bool,
    /// What it may be taken for when needed, e.g. "pain".
    pub as_needed_for: Option<Concept>,
    pub patient_instruction: Option<String>,
    pub additional: Vec<Concept>,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Amount {
    pub value: super::Decimal,
    /// `<`, `<=`, `>=`, `>`.
    pub comparator: Option<String>,
    /// As written for people; the UCUM code when there is nothing else.
    pub unit: Option<String>,
}

impl Eq for Amount {}

impl Medicine {
    pub fn is_error(&self) -> bool {
        matches!(
            self.status,
            Some(Coded::Known(MedicineStatus::EnteredInError))
        )
    }

    /// Taken now, or held: on the current list. An unknown status stays on it, so that nothing is missed.
    pub fn is_current(&self) -> bool {
        use MedicineStatus as S;
        match &self.status {
            Some(Coded::Known(
                S::Completed | S::Stopped | S::EnteredInError | S::NotTaken | S::Cancelled,
            )) => false,
            Some(_) | None => true,
        }
    }

    /// Asked for and not forbidden: a proposal, a plan or an option has not been ordered, and "do not give" is no start.
    pub fn is_given(&self) -> bool {
        let is_idea = self.stated == Stated::Request
            && matches!(self.intent.as_deref(), Some("proposal" | "plan" | "option"));
        !self.do_not_give && !is_idea
    }

    pub fn is_held(&self) -> bool {
        matches!(self.status, Some(Coded::Known(MedicineStatus::OnHold)))
    }
}
