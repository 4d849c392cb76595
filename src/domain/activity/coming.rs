//! What is next: appointments to come, and whether a stay is in their way.

use chrono::{DateTime, TimeDelta, Utc};

use super::whereabouts::{At, where_now};
use crate::domain::appointment::Appointment;
use crate::domain::{Facts, When};

/// A stay may well last as long.
const MAY_CLASH_WITHIN: TimeDelta = TimeDelta::days(14);

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Coming {
    pub appointment: Appointment,
    /// The person is in hospital now, and it is within the next two weeks.
    pub may_clash: bool,
    /// Nobody will come: it was not cancelled when the person died.
    pub has_died: bool,
    /// Another appointment to come is at the same time.
    pub at_once: bool,
}

/// Appointments to come, the next one first; those without a date at the end.
pub fn coming_appointments(facts: &Facts, now: DateTime<Utc>) -> Vec<Coming> {
    let whereabouts = where_now(facts, now, &[]);
    let in_hospital = whereabouts.is_in_hospital();
    let has_died = whereabouts.at == At::Deceased;
    let start = |it: &Appointment| it.start.as_ref().and_then(When::earliest);
    let mut all: Vec<Coming> = facts
        .appointments
        .iter()
        .filter(|it| it.is_coming(now))
        .map(|it| Coming {
            may_clash: in_hospital && start(it).is_some_and(|at| at - now <= MAY_CLASH_WITHIN),
            has_died,
            at_once: facts.appointments.iter().any(|other| {
                other.origin != it.origin && other.is_coming(now) && overlap(it, other)
            }),
            appointment: it.clone(),
        })
        .collect();
    all.sort_by_key(|it| (start(&it.appointment).is_none(), start(&it.appointment)));
    all
}

/// Only where the time of day of both is known; half an hour where no end is given.
fn overlap(one: &Appointment, other: &Appointment) -> bool {
    let span = |it: &Appointment| match (&it.start, &it.end) {
        (Some(When::At(from)), Some(When::At(until))) if until > from => Some((*from, *until)),
        (Some(When::At(from)), _) => Some((*from, *from + TimeDelta::minutes(30))),
        _ => None,
    };
    let both = span(one).zip(span(other));
    both.is_some_and(|((a, a_end), (b, b_end))| a < b_end && b < a_end)
}

#[cfg(test)]
mod tests {
    use super::super::Setting;
    use super::*;
    use crate::domain::patient::Deceased;
    use crate::domain::sample::{appointment, encounter, now, patient};

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
        facts
            .encounters
            .push(encounter("rm2", Setting::Inpatient, "2026-11-21T23:40:00Z", "").into());
        assert_eq!(clashes(&facts), [true, false, false]);
        let mut person = patient("rm2", "9434765919", "Smith", "Jane", "1945");
        person.deceased = Some(Deceased::Yes);
        facts.patients = vec![person];
        assert_eq!(clashes(&facts), [false, false, false], "nobody is there");
        assert!(coming_appointments(&facts, now())[0].has_died);
    }

    #[test]
    fn of_what_has_no_time_of_day_it_is_not_said_that_it_is_at_once_with_another() {
        let mut all = vec![appointment("rm2", "2026-12-03T10:20:00Z")];
        for start in ["2026-12", "2026-12-03", "2026"] {
            all.push(appointment("rw3", start));
        }
        let facts = Facts {
            appointments: all,
            ..Facts::default()
        };
        let coming = coming_appointments(&facts, now());
        assert_eq!(coming.len(), 4);
        assert!(coming.iter().all(|it| !it.at_once));
    }

    #[test]
    fn two_appointments_at_once_are_said() {
        let facts = Facts {
            appointments: vec![
                appointment("rm2", "2026-12-03T10:20:00Z"),
                appointment("rw3", "2026-12-03T10:40:00Z"),
                appointment("rw3", "2026-12-03T11:10:00Z"),
            ],
            ..Facts::default()
        };
        let all = coming_appointments(&facts, now());
        let at_once: Vec<bool> = all.iter().map(|it| it.at_once).collect();
        assert_eq!(at_once, [true, true, false]);
    }
}
