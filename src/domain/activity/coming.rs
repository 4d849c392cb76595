//! What is next: appointments to come, and whether a stay is in their way.

use chrono::{DateTime, TimeDelta, Utc};

use super::At;
use super::whereabouts::where_now;
use crate::domain::appointment::Appointment;
use crate::domain::{Facts, When};

/// A stay may well last as long.
const MAY_CLASH_WITHIN: TimeDelta = TimeDelta::days(14);

#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    pub appointment: Appointment,
    /// The person is in hospital now, and it is within the next two weeks.
    pub may_clash: bool,
}

/// Appointments to come, the next one first; those without a date at the end.
pub fn coming_appointments(facts: &Facts, now: DateTime<Utc>) -> Vec<Coming> {
    let in_hospital = matches!(where_now(facts, now, &[]).at, At::InHospital { .. });
    let start = |it: &Appointment| it.start.as_ref().and_then(When::earliest);
    let mut all: Vec<Coming> = facts
        .appointments
        .iter()
        .filter(|it| it.is_coming(now))
        .map(|it| Coming {
            may_clash: in_hospital && start(it).is_some_and(|at| at - now <= MAY_CLASH_WITHIN),
            appointment: it.clone(),
        })
        .collect();
    all.sort_by_key(|it| (start(&it.appointment).is_none(), start(&it.appointment)));
    all
}

#[cfg(test)]
mod tests {
    use super::super::Setting;
    use super::*;
    use crate::domain::sample::{appointment, encounter, now};

    #[test]
    fn the_next_appointment_comes_first_and_a_stay_may_be_in_its_way() {
        let mut undated = appointment("rm2", "2026-12-03T10:20:00Z");
        undated.start = None;
        let mut facts = Facts {
            appointments: vec![
                undated,
                appointment("rm2", "2027-02-01T09:00:00Z"),
                appointment("rm2", "2026-12-03T10:20:00Z"),
                appointment("rm2", "2026-01-01T10:20:00Z"),
            ],
            ..Facts::default()
        };
        let clashes = |facts: &Facts| {
            coming_appointments(facts, now())
                .iter()
                .map(|it| it.may_clash)
                .collect::<Vec<_>>()
        };
        assert_eq!(clashes(&facts), [false, false, false]);
        facts.encounters.push(encounter(
            "rm2",
            Setting::Inpatient,
            "2026-11-21T23:40:00Z",
            "",
        ));
        assert_eq!(clashes(&facts), [true, false, false]);
    }
}
