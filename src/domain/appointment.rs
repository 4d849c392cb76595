//! Appointments to come, kept, missed or cancelled.

use chrono::{DateTime, Utc};

use super::{Coded, Concept, Origin, Party, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppointmentStatus {
    Proposed,
    Pending,
    Booked,
    Arrived,
    Fulfilled,
    Cancelled,
    NoShow,
    EnteredInError,
    CheckedIn,
    Waitlist,
}

/// One `Appointment`: <https://hl7.org/fhir/R4/appointment.html>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Appointment {
    pub origin: Origin,
    pub status: Option<Coded<AppointmentStatus>>,
    pub start: Option<When>,
    pub end: Option<When>,
    pub description: Option<String>,
    pub specialty: Option<Concept>,
    pub service: Option<Concept>,
    pub reasons: Vec<Concept>,
    pub cancelled_because: Option<Concept>,
    /// UKCore-DeliveryChannel, e.g. "In person".
    pub channel: Option<Concept>,
    pub professionals: Vec<Party>,
    pub places: Vec<Party>,
    /// Carers, interpreters and others who come too; not the person.
    pub others: Vec<Party>,
    /// What the person was told, e.g. "do not eat from midnight".
    pub patient_instruction: Option<String>,
    pub created: Option<When>,
    pub comment: Option<String>,
    /// In the order in which it was moved; empty as well where earlier versions were not read.
    pub moves: Vec<Moved>,
}

/// An appointment was given another time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moved {
    pub from: When,
    pub to: When,
    /// When the source wrote it.
    pub at: DateTime<Utc>,
}

impl Appointment {
    /// Still expected: not cancelled, missed or kept, and not over at `now`.
    pub fn is_coming(&self, now: DateTime<Utc>) -> bool {
        use AppointmentStatus as S;
        let expected = !matches!(
            self.status,
            Some(Coded::Known(
                S::Cancelled | S::NoShow | S::EnteredInError | S::Fulfilled
            ))
        );
        // One that ends before it begins has no end that can be believed.
        let ends = |it: &&When| match (it, &self.start) {
            (When::At(end), Some(When::At(start))) => end >= start,
            (end, Some(start)) => end.last_day() >= start.first_day(),
            (_, None) => true,
        };
        let last = self.end.as_ref().filter(ends).or(self.start.as_ref());
        let over = match last {
            Some(When::At(at)) => *at < now,
            Some(other) => other
                .last_day()
                .is_some_and(|day| day < super::time::london(now).date()),
            None => false,
        };
        expected && !over
    }
}
