//! An appointment in words.

use chrono::{DateTime, Utc};

use super::activity::span;
use super::name::{lines, shown};
use super::words::{self, label, named};
use super::{date, name};
use crate::domain::appointment::{Appointment, AppointmentStatus};
use crate::domain::{Coded, Period, When};

/// One appointment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppointmentWords {
    /// `03-Dec-2026 10:20 to 10:40`; `Date not fixed yet`.
    pub when: String,
    /// `tomorrow 10:20`, for a glance; the same as `when` without the end further off.
    pub soon: String,
    /// `Heart failure clinic`.
    pub what: String,
    pub specialty: Option<String>,
    pub place: Option<String>,
    /// With whom: professionals.
    pub with: Option<String>,
    /// Carers, interpreters and others who come too.
    pub others: Option<String>,
    pub reasons: Option<String>,
    /// `booked`, `cancelled: no longer needed`.
    pub status: String,
    /// Cancelled, missed or in error: never among those to come.
    pub is_off: bool,
    /// `in person`, `by telephone`, as the source says it.
    pub channel: Option<String>,
    /// What the person was told; one line each.
    pub instructions: Vec<String>,
    pub comment: Vec<String>,
}

/// Everything about one appointment.
pub fn words(it: &Appointment, now: DateTime<Utc>) -> AppointmentWords {
    let (what, specialty) = what(it);
    let text = |it: &Option<String>| it.as_deref().map(lines).unwrap_or_default();
    let list = |all: Vec<String>| (!all.is_empty()).then(|| all.join(", "));
    AppointmentWords {
        when: when(it),
        soon: it
            .start
            .as_ref()
            .map_or_else(|| UNFIXED.to_owned(), |at| date::relative(at, now)),
        what,
        specialty,
        place: list(words::unique(it.places.iter().filter_map(named))),
        with: list(words::unique(it.professionals.iter().map(words::party))),
        others: list(words::unique(it.others.iter().map(words::party))),
        reasons: list(words::labels(&it.reasons)),
        status: status(it, now),
        is_off: is_off(it),
        channel: it.channel.as_ref().and_then(label),
        instructions: text(&it.patient_instruction),
        comment: text(&it.comment),
    }
}

const UNFIXED: &str = "Date not fixed yet";

fn when(it: &Appointment) -> String {
    if it.start.is_none() {
        return UNFIXED.to_owned();
    }
    span(&Period {
        start: it.start.clone(),
        end: it.end.clone(),
    })
}

/// The service, else the description, else the specialty; the specialty again only where it says more.
fn what(it: &Appointment) -> (String, Option<String>) {
    let specialty = it.specialty.as_ref().and_then(label);
    let service = it.service.as_ref().and_then(label);
    let own = service.or_else(|| it.description.as_deref().and_then(shown));
    match (own, specialty) {
        (Some(own), Some(specialty)) => {
            let is_said = own.to_lowercase().contains(&specialty.to_lowercase());
            (own, (!is_said).then_some(specialty))
        }
        (Some(own), None) => (own, None),
        (None, Some(specialty)) => (specialty, None),
        (None, None) => ("Appointment".to_owned(), None),
    }
}

fn is_off(it: &Appointment) -> bool {
    use AppointmentStatus as S;
    matches!(
        it.status,
        Some(Coded::Known(S::Cancelled | S::NoShow | S::EnteredInError))
    )
}

/// The status; one that is booked in the past says that nobody told whether it was kept.
pub fn status(it: &Appointment, now: DateTime<Utc>) -> String {
    use AppointmentStatus as S;
    let is_past = it
        .start
        .as_ref()
        .or(it.end.as_ref())
        .and_then(When::earliest)
        .is_some_and(|at| at < now);
    let text = match &it.status {
        Some(Coded::Known(S::Booked | S::Pending | S::Proposed))
            if is_past && !it.is_coming(now) =>
        {
            "not said whether it was kept"
        }
        Some(Coded::Known(S::Proposed)) => "proposed, not booked",
        Some(Coded::Known(S::Pending)) => "waiting to be confirmed",
        Some(Coded::Known(S::Booked)) => "booked",
        Some(Coded::Known(S::Arrived)) => "arrived",
        Some(Coded::Known(S::CheckedIn)) => "checked in",
        Some(Coded::Known(S::Fulfilled)) => "attended",
        Some(Coded::Known(S::NoShow)) => "did not attend",
        Some(Coded::Known(S::Waitlist)) => "on the waiting list",
        Some(Coded::Known(S::EnteredInError)) => "entered in error",
        Some(Coded::Known(S::Cancelled)) => {
            let because = it.cancelled_because.as_ref().and_then(label);
            return because.map_or_else(|| "cancelled".to_owned(), |it| format!("cancelled: {it}"));
        }
        Some(Coded::Unknown(code)) => {
            return name::shown(code).map_or_else(
                || "status not known".to_owned(),
                |it| format!("status: {it}"),
            );
        }
        None => "status not recorded",
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Concept, Origin, Party, ResourceRef, SourceId};

    fn appointment(status: AppointmentStatus) -> Appointment {
        Appointment {
            origin: Origin {
                source: SourceId::new("rm2"),
                resource: ResourceRef::new("Appointment", "1"),
                updated: None,
            },
            status: Some(Coded::Known(status)),
            start: Some(When::parse("2026-12-03T10:20:00Z")),
            end: Some(When::parse("2026-12-03T10:40:00Z")),
            description: Some("Follow-up".to_owned()),
            specialty: Some(Concept::from_text("Cardiology")),
            service: Some(Concept::from_text("Heart failure clinic")),
            reasons: Vec::new(),
            cancelled_because: None,
            channel: None,
            professionals: Vec::new(),
            places: vec![Party {
                name: Some("Wythenshawe".to_owned()),
                reference: None,
            }],
            others: Vec::new(),
            patient_instruction: Some("Bring your\u{202e} tablets\nCome early".to_owned()),
            created: None,
            comment: None,
            moves: Vec::new(),
        }
    }

    #[test]
    fn an_appointment_says_when_what_and_where() {
        let now = "2026-12-02T09:00:00Z".parse().unwrap();
        let words = words(&appointment(AppointmentStatus::Booked), now);
        assert_eq!(words.when, "03-Dec-2026 10:20 to 10:40");
        assert_eq!(words.soon, "tomorrow 10:20");
        assert_eq!(
            (words.what.as_str(), words.specialty.as_deref()),
            ("Heart failure clinic", Some("Cardiology"))
        );
        assert_eq!(
            (words.place.as_deref(), words.status.as_str()),
            (Some("Wythenshawe"), "booked")
        );
        assert_eq!(words.instructions, ["Bring your tablets", "Come early"]);
    }

    #[test]
    fn missed_cancelled_and_untold_are_told_apart() {
        let now = "2026-12-05T09:00:00Z".parse().unwrap();
        let said = |status| words(&appointment(status), now);
        assert_eq!(said(AppointmentStatus::NoShow).status, "did not attend");
        assert!(said(AppointmentStatus::NoShow).is_off);
        assert_eq!(said(AppointmentStatus::Cancelled).status, "cancelled");
        assert_eq!(
            said(AppointmentStatus::Booked).status,
            "not said whether it was kept"
        );
        let mut unfixed = appointment(AppointmentStatus::Proposed);
        unfixed.start = None;
        unfixed.end = None;
        assert_eq!(words(&unfixed, now).when, "Date not fixed yet");
    }
}
