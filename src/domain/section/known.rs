//! What is known already when a plan is begun or changed: problems, carers, the practice, teams, admissions, each with
//! where it is known and since when. What the record that is written to has is linked by its address, what another source
//! has by what it is called there. Where it is called nothing, it is shown live: an address would lead nowhere from here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::Field;
use crate::domain::activity::{Encounter, EncounterStatus, Setting};
use crate::domain::contact::Contact;
use crate::domain::problem::{self, Problem};
use crate::domain::team::named;
use crate::domain::{Coded, Facts, Identifier, Origin, PatientId, Period, SourceId, Target, When};

/// What it is, in the order in which it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnownKind {
    Problem,
    Carer,
    Practice,
    Team,
    Admission,
    /// Linked already, and none of these: a document.
    Other,
}

impl KnownKind {
    pub const OFFERED: [Self; 5] = [
        Self::Problem,
        Self::Carer,
        Self::Practice,
        Self::Team,
        Self::Admission,
    ];

    /// Under which heading of the plan it is linked: `addresses`, `careTeam`, else `supportingInfo`.
    pub const fn field(self) -> Field {
        match self {
            Self::Problem => Field::Need,
            Self::Team => Field::PlanTeam,
            _ => Field::Supporting,
        }
    }

    /// What something is that is linked under this heading.
    pub fn of(field: Field, to: &Target) -> Self {
        match (field, to.kind()) {
            (Field::Need, _) => Self::Problem,
            (Field::PlanTeam, _) => Self::Team,
            (_, "RelatedPerson") => Self::Carer,
            (_, "Organization" | "Practitioner" | "PractitionerRole") => Self::Practice,
            (_, "Encounter") => Self::Admission,
            _ => Self::Other,
        }
    }
}

/// One thing that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub kind: KnownKind,
    pub source: SourceId,
    /// Where it leads; `None` for what cannot be linked from here.
    pub to: Option<Target>,
    /// What it is called by there.
    pub identifier: Option<Arc<Identifier>>,
    pub what: What,
    /// What is worth knowing beside its name: roles, members.
    pub about: Vec<String>,
    pub when: Option<Dated>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Dated {
    Since(When),
    /// When the source wrote it last.
    AsOf(When),
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Named(String),
    /// An admission: its words are made for people.
    Admission(Box<Encounter>),
}

/// How long an admission is recent.
const RECENT_DAYS: i64 = 365;

/// Everything that is known, by kind, the newest admission first. `shared` is the record that is written to.
pub fn known(
    facts: &Facts,
    shared: &SourceId,
    patient: &PatientId,
    now: DateTime<Utc>,
) -> Vec<Known> {
    let active = facts.problems.iter().filter(|it| it.is_active());
    let mut all: Vec<Known> = active.filter_map(of_problem).collect();
    let in_touch = facts
        .contacts
        .iter()
        .filter(|it| it.active && !it.period.ended(now));
    all.extend(in_touch.filter_map(of_contact));
    all.extend(practices(facts, patient));
    all.extend(teams(facts, patient, now));
    all.extend(admissions(facts, now));
    all.sort_by_key(|it| it.kind);
    settle(&mut all, facts, shared);
    all
}

/// What a link of `source` leads to, as it is known now.
pub fn behind(facts: &Facts, source: &SourceId, to: &Target) -> Option<Known> {
    if let Some(it) = problem::behind(&facts.problems, source, to) {
        return of_problem(it);
    }
    let mut contacts = facts.contacts.iter();
    if let Some(it) = contacts.find(|it| to.is(source, &it.origin, it.identifier.as_ref())) {
        return of_contact(it);
    }
    let stays = facts.encounters.iter();
    let own = stays.filter(|it| to.is(source, &it.origin, it.identifier.as_ref()));
    own.min_by_key(|it| it.is_error()).map(|it| of_stay(it))
}

/// Where each leads. What several sources call the same is one thing and is offered once: as `shared` has it, else as
/// the first. What one source calls several things says of none which it is.
fn settle(all: &mut Vec<Known>, facts: &Facts, shared: &SourceId) {
    let called = called(facts);
    for it in all.iter_mut() {
        let Some(to) = it.to.take() else { continue };
        let is_one = |by: &Arc<Identifier>| called.get(&(&it.source, to.kind(), by)) == Some(&1);
        it.identifier = it.identifier.take().filter(is_one);
        it.to = if it.source == *shared {
            Some(to)
        } else {
            let by = it.identifier.clone();
            by.and_then(|by| Target::called(to.kind(), by))
        };
    }
    let is_own = |it: &Known| it.source == *shared;
    let name = |it: &Known| Some((it.kind, it.identifier.clone()?));
    let mut seen: HashSet<_> = all
        .iter()
        .filter(|it| is_own(it))
        .filter_map(name)
        .collect();
    all.retain(|it| is_own(it) || name(it).is_none_or(|it| seen.insert(it)));
}

/// How many things of a type a source calls by this.
fn called(facts: &Facts) -> HashMap<(&SourceId, &str, &Arc<Identifier>), usize> {
    let problems = facts.problems.iter().filter(|it| !it.is_error());
    let problems = problems.map(|it| (&it.origin, &it.identifier));
    let contacts = facts.contacts.iter();
    let contacts = contacts.map(|it| (&it.origin, &it.identifier));
    let stays = facts.encounters.iter().filter(|it| !it.is_error());
    let stays = stays.map(|it| (&it.origin, &it.identifier));
    let mut times = HashMap::new();
    for (origin, by) in problems.chain(contacts).chain(stays) {
        if let Some(by) = by {
            let of = (&origin.source, origin.resource.kind.as_ref(), by);
            *times.entry(of).or_default() += 1;
        }
    }
    times
}

fn as_of(origin: &Origin) -> Option<Dated> {
    origin.updated.map(|it| Dated::AsOf(When::At(it)))
}

fn since(period: &Period, origin: &Origin) -> Option<Dated> {
    let start = period.start.clone().map(Dated::Since);
    start.or_else(|| as_of(origin))
}

fn of_problem(it: &Problem) -> Option<Known> {
    let since = it.onset.clone().or_else(|| it.recorded.clone());
    Some(Known {
        kind: KnownKind::Problem,
        source: it.origin.source.clone(),
        to: Some(it.origin.resource.clone().into()),
        identifier: it.identifier.clone(),
        what: What::Named(it.what.label()?.to_owned()),
        about: it.doubt().map(str::to_owned).into_iter().collect(),
        when: since.map(Dated::Since),
    })
}

fn of_contact(it: &Contact) -> Option<Known> {
    let roles = it.relationships.iter().filter_map(|it| it.label());
    // Who is only named with the person is part of the person.
    let own = (it.origin.resource.kind == "RelatedPerson").then(|| it.origin.resource.clone());
    Some(Known {
        kind: KnownKind::Carer,
        source: it.origin.source.clone(),
        to: own.map(Target::Held),
        identifier: it.identifier.clone(),
        what: What::Named(it.name.as_ref()?.plain()),
        about: roles.map(str::to_owned).collect(),
        when: since(&it.period, &it.origin),
    })
}

fn of_stay(it: &Encounter) -> Known {
    Known {
        kind: KnownKind::Admission,
        source: it.origin.source.clone(),
        to: Some(it.origin.resource.clone().into()),
        identifier: it.identifier.clone(),
        when: it.period.start.clone().map(Dated::Since),
        what: What::Admission(Box::new(it.clone())),
        about: Vec::new(),
    }
}

fn practices(facts: &Facts, patient: &PatientId) -> Vec<Known> {
    let own = facts.patients.iter().filter(|it| it.id == *patient);
    let known = own.filter_map(|it| {
        let practice = it.practice.as_ref()?;
        Some(Known {
            kind: KnownKind::Practice,
            source: it.origin.source.clone(),
            to: practice.reference.clone().map(Target::Held),
            identifier: None,
            what: What::Named(named(facts, &it.origin.source, practice)?),
            about: Vec::new(),
            when: as_of(&it.origin),
        })
    });
    known.collect()
}

fn teams(facts: &Facts, patient: &PatientId, now: DateTime<Utc>) -> Vec<Known> {
    let own = facts.teams.iter().filter(|it| {
        let about = it.subject.as_ref();
        let is_about = about.is_some_and(|it| it.kind == "Patient" && *it.id == *patient.as_str());
        let is_over = matches!(it.status.as_deref(), Some("entered-in-error" | "inactive"));
        is_about && !is_over && !it.period.ended(now) && !it.origin.resource.id.contains('#')
    });
    let known = own.map(|it| {
        let people = it.members.iter().filter(|it| !it.period.ended(now));
        let mut people: Vec<_> = people.collect();
        people.sort_by_key(|it| !it.is_key_worker());
        let people = people
            .into_iter()
            .filter_map(|member| named(facts, &it.origin.source, &member.who));
        Known {
            kind: KnownKind::Team,
            source: it.origin.source.clone(),
            to: Some(it.origin.resource.clone().into()),
            identifier: None,
            what: What::Named(it.name.clone().unwrap_or_else(|| "Team".to_owned())),
            about: people.collect(),
            when: since(&it.period, &it.origin),
        }
    });
    known.collect()
}

fn admissions(facts: &Facts, now: DateTime<Utc>) -> Vec<Known> {
    let since = now - TimeDelta::days(RECENT_DAYS);
    let begun = |it: &Encounter| it.period.start.as_ref().and_then(When::earliest);
    let mut recent: Vec<&Encounter> = facts
        .encounters
        .iter()
        .map(Arc::as_ref)
        .filter(|it| {
            use EncounterStatus as S;
            let has_been = !matches!(
                it.status,
                Some(Coded::Known(S::Planned | S::Cancelled | S::EnteredInError))
            );
            let is_inpatient = it.setting.is(&Setting::Inpatient);
            has_been && is_inpatient && begun(it).is_some_and(|at| at >= since && at <= now)
        })
        .collect();
    recent.sort_by_key(|it| std::cmp::Reverse(begun(it)));
    recent.into_iter().map(of_stay).collect()
}

#[cfg(test)]
#[path = "known_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
