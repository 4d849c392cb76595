//! Legal and end of life: consents, CPR, preferred places, capacity.

use super::{Concept, Origin, Party, Period, When};

/// SNOMED 450475007 / 450476008.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CprDecision {
    ForResuscitation,
    NotForResuscitation,
}

/// A CPR decision, as an Observation, Condition or Flag.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cpr {
    pub origin: Origin,
    pub decision: CprDecision,
    /// The source's status, as received: `final`, `active`, `entered-in-error`, `refuted` …
    pub status: Option<String>,
    pub period: Period,
    pub on: Option<When>,
    pub by: Vec<Party>,
    /// Where the paper is, and other remarks.
    pub notes: Vec<String>,
}

impl Cpr {
    /// In force: not in error, refuted, withdrawn or over at `now`. An unknown status counts, so that none is missed.
    pub fn is_current(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        !matches!(
            self.status.as_deref(),
            Some("entered-in-error" | "refuted" | "inactive" | "resolved" | "cancelled")
        ) && !self.period.ended(now)
    }

    /// When it was decided or reviewed, as far as the source says.
    pub fn decided(&self) -> Option<&When> {
        self.on.as_ref().or(self.period.start.as_ref())
    }

    /// Whether this, of the same source, leaves nothing of `other` to be said: it says the same, or was certainly
    /// decided later. Of two on one day, and of one without a date, nobody can tell.
    pub fn replaces(&self, other: &Self) -> bool {
        let later = match (self.decided(), other.decided()) {
            (Some(When::At(this)), Some(When::At(other))) => this > other,
            (Some(this), Some(other)) => this
                .first_day()
                .zip(other.last_day())
                .is_some_and(|(this, other)| this > other),
            _ => false,
        };
        self.decision == other.decision || later
    }
}

impl Statement {
    pub fn is_error(&self) -> bool {
        matches!(
            self.status.as_deref(),
            Some("entered-in-error" | "cancelled")
        )
    }
}

/// One `Consent`: to share, advance decision, lasting power of attorney.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Consent {
    pub origin: Origin,
    pub status: Option<String>,
    pub scope: Option<Concept>,
    pub categories: Vec<Concept>,
    /// `permit` or `deny`, as received.
    pub provision: Option<String>,
    /// It holds for some things only, or says otherwise of some: exceptions within it, purposes, actions, data.
    pub is_limited: bool,
    pub at: Option<When>,
    pub period: Period,
    pub performers: Vec<Party>,
    /// Who may act on it, each with their role: the attorney.
    pub actors: Vec<(Option<Concept>, Party)>,
    /// Where the paper is.
    pub paper: Option<String>,
}

/// A statement about preferences or capacity that is not a measurement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    pub origin: Origin,
    pub what: Concept,
    /// `final`, `entered-in-error` …, as received.
    pub status: Option<String>,
    pub value: String,
    pub at: Option<When>,
    pub by: Vec<Party>,
    pub notes: Vec<String>,
}
