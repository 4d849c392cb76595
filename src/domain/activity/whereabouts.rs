//! Where somebody is now, from what several trusts say at once.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Encounter, Setting};
use crate::domain::{Coded, Facts, SourceId, When};

/// An emergency attendance that is open for longer was probably never closed.
const ED_IS_STALE_AFTER: TimeDelta = TimeDelta::days(3);
/// So was a stay of this length.
const STAY_IS_STALE_AFTER: TimeDelta = TimeDelta::days(365);

/// Where the person is.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    InHospital {
        encounter: Box<Encounter>,
    },
    InEd {
        encounter: Box<Encounter>,
    },
    /// No open stay anywhere; with the last discharge where one is known.
    Home {
        last: Option<Box<Encounter>>,
    },
    Deceased,
    /// No open stay is known, but not every source could be asked.
    Unknown,
}

/// Where the person is, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    pub at: At,
    /// Stays that are still open in a source but not believed: too old, or overtaken by a newer one elsewhere.
    pub doubtful: Vec<Encounter>,
    /// Sources that were not reached: the person may be there.
    pub missing: Vec<SourceId>,
}

impl Whereabouts {
    pub fn is_in_hospital(&self) -> bool {
        matches!(self.at, At::InHospital { .. } | At::InEd { .. })
    }

    pub fn encounter(&self) -> Option<&Encounter> {
        match &self.at {
            At::InHospital { encounter } | At::InEd { encounter } => Some(encounter),
            _ => None,
        }
    }
}

/// Chooses among the open stays: the one that began last; an admission over the emergency attendance it came from.
/// `missing` are the sources of hospital activity that have not answered.
pub fn where_now(facts: &Facts, now: DateTime<Utc>, missing: &[SourceId]) -> Whereabouts {
    let open = facts
        .encounters
        .iter()
        .filter(|it| it.is_open() && is_stay(it) && has_begun(it, now));
    let (stale, mut believed): (Vec<&Encounter>, Vec<&Encounter>) =
        open.partition(|it| is_stale(it, now));
    believed.sort_by_key(|it| (it.began(), is_inpatient(it)));
    let chosen = believed.last().map(|newest| {
        let admission = believed
            .iter()
            .rev()
            .find(|it| is_inpatient(it) && is_linked(it, newest));
        *admission.unwrap_or(newest)
    });
    let overtaken = believed
        .iter()
        .filter(|it| chosen.is_some_and(|chosen| !is_linked(it, chosen)));
    let doubtful = stale
        .iter()
        .chain(overtaken)
        .map(|it| (**it).clone())
        .collect();
    Whereabouts {
        at: place(facts, chosen, missing),
        doubtful,
        missing: missing.to_vec(),
    }
}

fn place(facts: &Facts, chosen: Option<&Encounter>, missing: &[SourceId]) -> At {
    let last = last_discharge(facts);
    let died_in_hospital = last.is_some_and(Encounter::ended_in_death);
    if facts.patients.iter().any(|it| it.deceased.is_some())
        || (chosen.is_none() && died_in_hospital)
    {
        return At::Deceased;
    }
    match chosen {
        Some(it) if is_inpatient(it) => At::InHospital {
            encounter: Box::new(it.clone()),
        },
        Some(it) => At::InEd {
            encounter: Box::new(it.clone()),
        },
        None if !missing.is_empty() => At::Unknown,
        None => At::Home {
            last: last.cloned().map(Box::new),
        },
    }
}

/// The stay or emergency attendance that ended last.
fn last_discharge(facts: &Facts) -> Option<&Encounter> {
    let over = facts
        .encounters
        .iter()
        .filter(|it| !it.is_error() && is_stay(it));
    over.filter(|it| it.ended().is_some())
        .max_by_key(|it| it.ended())
}

impl Encounter {
    pub fn began(&self) -> Option<DateTime<Utc>> {
        self.period.start.as_ref().and_then(When::earliest)
    }

    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.period.end.as_ref().and_then(When::earliest)
    }

    pub fn is(&self, setting: Setting) -> bool {
        self.setting.is(&setting)
    }

    /// Discharge method 4.
    pub fn ended_in_death(&self) -> bool {
        let codes = self
            .discharge_method
            .iter()
            .flat_map(|it| it.codings.iter());
        codes.into_iter().any(|it| it.code.as_deref() == Some("4"))
    }
}

fn is_inpatient(encounter: &Encounter) -> bool {
    encounter.is(Setting::Inpatient)
}

fn is_stay(encounter: &Encounter) -> bool {
    matches!(
        encounter.setting,
        Coded::Known(Setting::Inpatient | Setting::Emergency)
    )
}

fn has_begun(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    encounter
        .began()
        .is_none_or(|at| at <= now + TimeDelta::minutes(15))
}

fn is_stale(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    let limit = if is_inpatient(encounter) {
        STAY_IS_STALE_AFTER
    } else {
        ED_IS_STALE_AFTER
    };
    encounter.began().is_some_and(|at| now - at > limit)
}

/// The same visit: itself, one part of the other, or an attendance and the admission that followed it within a day at
/// the same source.
fn is_linked(one: &Encounter, other: &Encounter) -> bool {
    let same_source = one.origin.source == other.origin.source;
    let part = |a: &Encounter, b: &Encounter| a.part_of.as_ref() == Some(&b.origin.resource);
    let followed = |ed: &Encounter, stay: &Encounter| {
        is_inpatient(stay)
            && !is_inpatient(ed)
            && ed
                .began()
                .zip(stay.began())
                .is_some_and(|(a, b)| (b - a).abs() <= TimeDelta::days(1))
    };
    let same = one.origin.resource == other.origin.resource;
    same_source
        && (same
            || part(one, other)
            || part(other, one)
            || followed(one, other)
            || followed(other, one))
}

#[cfg(test)]
#[path = "whereabouts_tests.rs"]
mod tests;
