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
    let all = facts.appointments.iter().filter(|it| it.is_coming(now));
    let mut all: Vec<&Appointment> = all.collect();
    all.sort_by_key(|it| (start(it).is_none(), start(it)));
    let at_once = at_once(&all);
    let coming = all.into_iter().zip(at_once).map(|(it, at_once)| Coming {
        may_clash: in_hospital && start(it).is_some_and(|at| at - now <= MAY_CLASH_WITHIN),
        has_died,
        at_once,
        appointment: it.clone(),
    });
    coming.collect()
}

/// A place in the list, and from when until when.
type Span = (usize, DateTime<Utc>, DateTime<Utc>);

/// Of each, in order of their start, whether another record overlaps it. Ten thousand are not compared with each other:
/// of those before, the one that ends last tells; of those after, the next one.
fn at_once(all: &[&Appointment]) -> Vec<bool> {
    let spans: Vec<Span> = all
        .iter()
        .enumerate()
        .filter_map(|(at, it)| span(it).map(|(from, until)| (at, from, until)))
        .collect();
    let origin = |it: &Span| all.get(it.0).map(|it| &it.origin);
    let is_other = |one: &Span, two: &Span| origin(one) != origin(two);
    let mut found = vec![false; all.len()];
    let mut mark = |it: &Span, is_at_once: bool| {
        if let Some(own) = found.get_mut(it.0) {
            *own |= is_at_once;
        }
    };
    // The one that ends last, and the one that does so of all other records.
    let (mut last, mut other): (Option<Span>, Option<Span>) = (None, None);
    for it in &spans {
        let mut known = [last, other].into_iter().flatten();
        mark(
            it,
            known.any(|known| is_other(&known, it) && known.2 > it.1),
        );
        let ends_later = |than: Option<Span>| than.is_none_or(|than| it.2 > than.2);
        let is_of_last = last.is_some_and(|last| !is_other(&last, it));
        if ends_later(last) {
            other = if is_of_last { other } else { last };
            last = Some(*it);
        } else if !is_of_last && ends_later(other) {
            other = Some(*it);
        }
    }
    // The next one, and the next one of another record than the one that is looked at.
    let (mut next, mut other): (Option<Span>, Option<Span>) = (None, None);
    for it in spans.iter().rev() {
        other = next.filter(|next| is_other(next, it)).or(other);
        mark(it, other.is_some_and(|other| other.1 < it.2));
        next = Some(*it);
    }
    found
}

/// From when until when, only where the time of day is known; half an hour where no end is given.
fn span(it: &Appointment) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    match (&it.start, &it.end) {
        (Some(When::At(from)), Some(When::At(until))) if until > from => Some((*from, *until)),
        (Some(When::At(from)), _) => Some((*from, *from + TimeDelta::minutes(30))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Setting;
    use super::*;
    use crate::domain::ResourceRef;
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

    /// Each with all others.
    fn compared(all: &[&Appointment]) -> Vec<bool> {
        let is = |one: &Appointment, two: &Appointment| {
            let both = span(one).zip(span(two));
            one.origin != two.origin
                && both.is_some_and(|(one, two)| one.0 < two.1 && two.0 < one.1)
        };
        let any = |it: &&Appointment| all.iter().any(|other| is(it, other));
        all.iter().map(any).collect()
    }

    #[test]
    fn ten_thousand_are_told_as_if_each_was_compared_with_each() {
        // Of few records, few times and lengths: all ways in which three or four can lie.
        let mut seed = 7_u32;
        let mut number = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        let mut one = || {
            let start = now() + TimeDelta::minutes(i64::from(number(9)) * 10);
            let mut it = appointment("rm2", "2026-12-03T10:20:00Z");
            it.origin.resource = ResourceRef::new("Appointment", &number(4).to_string());
            it.start = Some(When::At(start));
            let length = i64::from(number(5)) * 10;
            it.end = (length > 0).then(|| When::At(start + TimeDelta::minutes(length)));
            it
        };
        let mut told_both = (false, false);
        for size in (0..5_000).map(|it| it % 7) {
            let some: Vec<Appointment> = (0..size).map(|_| one()).collect();
            let mut all: Vec<&Appointment> = some.iter().collect();
            all.sort_by_key(|it| it.start.as_ref().and_then(When::earliest));
            let told = at_once(&all);
            assert_eq!(told, compared(&all), "{all:#?}");
            told_both = (
                told_both.0 | told.contains(&true),
                told_both.1 | told.contains(&false),
            );
        }
        assert_eq!(told_both, (true, true));
        // A day each, one after the other; and one that goes on for all of them.
        let mut facts = Facts::default();
        for day in 0..10_000_i64 {
            let mut it = appointment("rm2", "2026-12-03T10:20:00Z");
            it.origin.resource = ResourceRef::new("Appointment", &day.to_string());
            let start = now() + TimeDelta::days(day);
            (it.start, it.end) = (
                Some(When::At(start)),
                Some(When::At(start + TimeDelta::days(1))),
            );
            facts.appointments.push(it);
        }
        let told = |facts: &Facts| {
            let all = coming_appointments(facts, now());
            all.iter().filter(|it| it.at_once).count()
        };
        assert_eq!(told(&facts), 0);
        facts.appointments[0].end = Some(When::At(now() + TimeDelta::days(9_999)));
        assert_eq!(told(&facts), 9_999, "the last one begins when it ends");
    }
}
