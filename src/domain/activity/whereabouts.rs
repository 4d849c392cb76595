//! Where somebody is now, from what several trusts say at once.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Encounter, EncounterStatus, Setting, whole_stays};
use crate::domain::{Coded, Facts, SourceId, When};

/// An emergency attendance that is open for longer was probably never closed.
const ED_IS_STALE_AFTER: TimeDelta = TimeDelta::days(3);
/// So was a stay of this length.
const STAY_IS_STALE_AFTER: TimeDelta = TimeDelta::days(400);
/// So was one that should have ended so long ago.
const OVERDUE_AFTER: TimeDelta = TimeDelta::days(3);
/// Clocks of trusts differ, by whole hours where summer time is forgotten.
const EARLY: TimeDelta = TimeDelta::minutes(75);

/// Where the person is.
#[derive(Clone, Debug, PartialEq, Hash)]
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
    /// No open stay is believed, but not every source could be asked, or one is open that cannot be ruled out.
    Unknown,
}

/// Where the person is, and how sure that is.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Whereabouts {
    pub at: At,
    /// Stays that are still open in a source but not believed: too old, of an unknown class or status, or overtaken by
    /// a newer one elsewhere.
    pub doubtful: Vec<Encounter>,
    /// Sources that were not reached: the person may be there.
    pub missing: Vec<SourceId>,
    /// Sources that have answered, and not with all of it: the person may be there.
    pub in_part: Vec<SourceId>,
    /// Sources that cannot be asked about somebody without an NHS number: the person may be there.
    pub unasked: Vec<SourceId>,
    /// Sources that have not answered yet: the person may be there.
    pub awaited: Vec<SourceId>,
    /// Sources that hold somebody else under this number: what they say was left out.
    pub conflicts: Vec<SourceId>,
}

impl Whereabouts {
    pub fn is_in_hospital(&self) -> bool {
        matches!(self.at, At::InHospital { .. } | At::InEd { .. })
    }

    /// No source tells of hospital activity at all: then nobody is said to be at home.
    #[must_use]
    pub fn where_nobody_tells(mut self) -> Self {
        if matches!(self.at, At::Home { .. }) {
            self.at = At::Unknown;
        }
        self
    }

    /// With sources whose facts were left out (`person::split`): the person may be there, so nobody is called at home.
    #[must_use]
    pub fn without(mut self, conflicts: Vec<SourceId>) -> Self {
        if !conflicts.is_empty() && matches!(self.at, At::Home { .. }) {
            self.at = At::Unknown;
        }
        self.conflicts = conflicts;
        self
    }

    /// Tells, of the sources without an answer, those that may still give one.
    #[must_use]
    pub fn awaiting(mut self, is_awaited: impl Fn(&SourceId) -> bool) -> Self {
        let awaited = self.missing.extract_if(.., |it| is_awaited(it));
        self.awaited.extend(awaited);
        self
    }

    /// Tells, of the sources that have not told all, those that have answered.
    #[must_use]
    pub fn in_part(mut self, has_answered: impl Fn(&SourceId) -> bool) -> Self {
        let in_part = self.missing.extract_if(.., |it| has_answered(it));
        self.in_part.extend(in_part);
        self
    }

    /// Tells, of the sources without an answer, those that were not asked.
    #[must_use]
    pub fn unasked(mut self, was_not_asked: impl Fn(&SourceId) -> bool) -> Self {
        let unasked = self.missing.extract_if(.., |it| was_not_asked(it));
        self.unasked.extend(unasked);
        self
    }

    pub fn encounter(&self) -> Option<&Encounter> {
        match &self.at {
            At::InHospital { encounter } | At::InEd { encounter } => Some(encounter),
            _ => None,
        }
    }
}

/// Chooses among the open stays: the one that began last; an admission over the emergency attendance it came from.
/// `missing` are the sources of hospital activity that have not answered, or not with all of it.
pub fn where_now(facts: &Facts, now: DateTime<Utc>, missing: &[SourceId]) -> Whereabouts {
    let stays = whole_stays(&facts.encounters);
    let all = stays.iter().map(Arc::as_ref);
    let open = all.filter(|it| is_here(it, now));
    let (mut unlikely, mut believed): (Vec<&Encounter>, Vec<&Encounter>) =
        open.partition(|it| is_unlikely(it, now));
    let all = stays.iter().map(Arc::as_ref);
    unlikely.extend(all.filter(|it| may_be_here(it, now)));
    believed.sort_by_key(|it| (it.began(), it.is(Setting::Inpatient)));
    let chosen = believed.last().map(|newest| {
        let admission = |it: &&&Encounter| it.is(Setting::Inpatient) && is_linked(it, newest);
        *believed.iter().rev().find(admission).unwrap_or(newest)
    });
    let last = last_discharge(&stays, now);
    // Who was seen to leave later is not held in doubt by what nobody closed. To leave ED for the ward is to stay.
    let goes_on = |it: &&&Encounter, last: &Encounter| {
        let from_ed = last.is(Setting::Emergency) && it.is(Setting::Inpatient);
        it.began() >= last.ended() || from_ed && is_linked(it, last)
    };
    let in_doubt = unlikely
        .iter()
        .filter(|it| last.is_none_or(|last| goes_on(it, last)));
    let overtaken = believed
        .iter()
        .filter(|it| chosen.is_some_and(|chosen| !is_linked(it, chosen)));
    let doubtful: Vec<Encounter> = in_doubt.chain(overtaken).map(|it| (*it).clone()).collect();
    let unsure = !missing.is_empty() || !doubtful.is_empty();
    Whereabouts {
        at: place(facts, chosen, last, unsure),
        doubtful,
        missing: missing.to_vec(),
        in_part: Vec::new(),
        unasked: Vec::new(),
        awaited: Vec::new(),
        conflicts: Vec::new(),
    }
}

fn place(facts: &Facts, chosen: Option<&Encounter>, last: Option<&Encounter>, unsure: bool) -> At {
    // Where the last stay ended in death, nobody is alive to be in an older one that is still open.
    let died = last.filter(|it| it.ended_in_death());
    let since_then = |stay: &Encounter| died.is_some_and(|it| stay.began() > it.ended());
    if facts.patients.iter().any(|it| it.deceased.is_some())
        || (died.is_some() && !chosen.is_some_and(since_then))
    {
        return At::Deceased;
    }
    let last = last.cloned().map(Box::new);
    match chosen {
        Some(it) => {
            let encounter = Box::new(it.clone());
            if it.is(Setting::Inpatient) {
                At::InHospital { encounter }
            } else {
                At::InEd { encounter }
            }
        }
        None if unsure => At::Unknown,
        None => At::Home { last },
    }
}

/// The stay or emergency attendance that ended last.
fn last_discharge(stays: &[Arc<Encounter>], now: DateTime<Utc>) -> Option<&Encounter> {
    let over = |it: &&Encounter| {
        let happened = !it.is_error() && !it.is_called_off() && !it.expects_end();
        happened && it.is_stay() && it.ended().is_some_and(|at| at <= now)
    };
    let all = stays.iter().map(Arc::as_ref).filter(over);
    all.max_by_key(|it| it.ended())
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

/// Arrived, and not left by `now`. Of a stay that is said to go on and to begin later, one of both is wrong.
fn is_here(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    let may_be_stay = encounter.is_stay() || matches!(encounter.setting, Coded::Unknown(_));
    encounter.goes_on(now) && may_be_stay && (encounter.is_stay() || !is_to_come(encounter, now))
}

fn is_to_come(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    encounter.began().is_some_and(|at| at > now + EARLY)
}

/// Whether it goes on is not said, and it is not so old that it would not: nobody is called at home for that.
fn may_be_here(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    let is_said = matches!(
        encounter.status,
        Some(Coded::Known(ref it)) if *it != EncounterStatus::Unknown
    );
    let has_begun = encounter.began().is_some_and(|at| at <= now + EARLY);
    let is_over = encounter.period.ended(now) || encounter.ended_in_death();
    !is_said && encounter.is_stay() && has_begun && !is_over && !is_unlikely(encounter, now)
}

/// Open for too long, beyond its end or before its beginning, without one that would tell, or of a class that is not
/// known.
fn is_unlikely(encounter: &Encounter, now: DateTime<Utc>) -> bool {
    let limit = match encounter.setting {
        Coded::Known(Setting::Inpatient) => STAY_IS_STALE_AFTER,
        Coded::Known(_) => ED_IS_STALE_AFTER,
        Coded::Unknown(_) => return true,
    };
    let is_overdue = encounter.ended().is_some_and(|at| now - at > OVERDUE_AFTER);
    is_overdue || is_to_come(encounter, now) || encounter.began().is_none_or(|at| now - at > limit)
}

/// The same visit: itself, one part of the other, or an attendance and the admission that followed it within a day at
/// the same source.
fn is_linked(one: &Encounter, other: &Encounter) -> bool {
    let part = |a: &Encounter, b: &Encounter| a.part_of.as_ref() == Some(&b.origin.resource);
    let followed = |ed: &Encounter, stay: &Encounter| {
        let apart = ed.began().zip(stay.began()).map(|(a, b)| b - a);
        ed.is(Setting::Emergency)
            && stay.is(Setting::Inpatient)
            && apart.is_some_and(|it| it >= -TimeDelta::hours(1) && it <= TimeDelta::days(1))
    };
    let same = one.origin.resource == other.origin.resource;
    let siblings = one.part_of.is_some() && one.part_of == other.part_of;
    one.origin.source == other.origin.source
        && (same
            || siblings
            || part(one, other)
            || part(other, one)
            || followed(one, other)
            || followed(other, one))
}

#[cfg(test)]
#[path = "whereabouts_tests.rs"]
mod tests;
