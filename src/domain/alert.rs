//! Alerts: what everybody must see at once (`Flag`).

use super::{Concept, Origin, Party, Period};

/// One `Flag`: <https://hl7.org/fhir/R4/flag.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alert {
    pub origin: Origin,
    pub what: Concept,
    pub categories: Vec<Concept>,
    /// `active`, `inactive`, `entered-in-error`, as received.
    pub status: Option<String>,
    pub period: Period,
    pub author: Option<Party>,
}

impl Alert {
    /// Shown in the banner: not inactive, in error or over at `now`.
    pub fn is_current(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        !matches!(
            self.status.as_deref(),
            Some("inactive" | "entered-in-error")
        ) && !self.period.ended(now)
    }
}
