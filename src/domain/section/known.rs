//! What is known already when a plan is begun or changed: problems, carers, the practice, teams, admissions, each with
//! where it is known and since when. What the record that is written to has can be linked; what another source has is
//! shown live, and a link from here would lead nowhere.

use chrono::{DateTime, TimeDelta, Utc};

use super::Field;
use crate::domain::activity::{Encounter, EncounterStatus, Setting};
use crate::domain::team::named;
use crate::domain::{Coded, Facts, Origin, PatientId, Period, ResourceRef, SourceId, When};

/// What it is, in the order in which it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub fn of(field: Field, to: &ResourceRef) -> Self {
        match (field, to.kind.as_ref()) {
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
    pub to: Option<ResourceRef>,
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
    let mut all = problems(facts);
    all.extend(carers(facts, now));
    all.extend(practices(facts, patient));
    all.extend(teams(facts, patient, now));
    all.extend(admissions(facts, now));
    for it in &mut all {
        it.to = it.to.take().filter(|_| it.source == *shared);
    }
    all.sort_by_key(|it| it.kind);
    all
}

fn as_of(origin: &Origin) -> Option<Dated> {
    origin.updated.map(|it| Dated::AsOf(When::At(it)))
}

fn since(period: &Period, origin: &Origin) -> Option<Dated> {
    let start = period.start.clone().map(Dated::Since);
    start.or_else(|| as_of(origin))
}

fn problems(facts: &Facts) -> Vec<Known> {
    let active = facts.problems.iter().filter(|it| it.is_active());
    let known = active.filter_map(|it| {
        Some(Known {
            kind: KnownKind::Problem,
            source: it.origin.source.clone(),
            to: Some(it.origin.resource.clone()),
            what: What::Named(it.what.label()?.to_owned()),
            about: Vec::new(),
            when: it
                .onset
                .clone()
                .or_else(|| it.recorded.clone())
                .map(Dated::Since),
        })
    });
    known.collect()
}

fn carers(facts: &Facts, now: DateTime<Utc>) -> Vec<Known> {
    let there = facts
        .contacts
        .iter()
        .filter(|it| it.active && !it.period.ended(now));
    let known = there.filter_map(|it| {
        let roles = it.relationships.iter().filter_map(|it| it.label());
        // Who is only named with the person is part of the person.
        let own = (it.origin.resource.kind == "RelatedPerson").then(|| it.origin.resource.clone());
        Some(Known {
            kind: KnownKind::Carer,
            source: it.origin.source.clone(),
            to: own,
            what: What::Named(it.name.as_ref()?.plain()),
            about: roles.map(str::to_owned).collect(),
            when: since(&it.period, &it.origin),
        })
    });
    known.collect()
}

fn practices(facts: &Facts, patient: &PatientId) -> Vec<Known> {
    let own = facts.patients.iter().filter(|it| it.id == *patient);
    let known = own.filter_map(|it| {
        let practice = it.practice.as_ref()?;
        Some(Known {
            kind: KnownKind::Practice,
            source: it.origin.source.clone(),
            to: practice.reference.clone(),
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
            to: Some(it.origin.resource.clone()),
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
    let known = recent.into_iter().map(|it| Known {
        kind: KnownKind::Admission,
        source: it.origin.source.clone(),
        to: Some(it.origin.resource.clone()),
        when: it.period.start.clone().map(Dated::Since),
        what: What::Admission(Box::new(it.clone())),
        about: Vec::new(),
    });
    known.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::sample::{contact, encounter, now, origin, problem, source, team, when};

    #[test]
    fn what_the_record_has_can_be_linked_and_what_another_source_has_is_shown() {
        let jane = PatientId::parse("jane").unwrap();
        let mut own = team("shared", "North 3", Vec::new());
        own.subject = Some(ResourceRef::new("Patient", "jane"));
        let mut inside = own.clone();
        inside.origin = origin("shared", "CareTeam", "plan#team");
        let stay = |start: &str| encounter("rw3", Setting::Inpatient, start, "");
        let mut cancelled = stay("2026-11-01");
        cancelled.status = Some(Coded::Known(EncounterStatus::Cancelled));
        let facts = Facts {
            problems: vec![
                problem("shared", "COPD", "2019"),
                problem("rw3", "Asthma", "2001"),
            ],
            teams: vec![own, inside],
            contacts: vec![contact("shared", "Ann", &["Carer"])],
            encounters: vec![
                stay("2024-01-01"),
                stay("2026-02-01"),
                stay("2026-11-10"),
                cancelled,
                encounter("rw3", Setting::Ambulatory, "2026-11-12", ""),
            ],
            ..Facts::default()
        };
        let all = known(&facts, &source("shared"), &jane, now());
        let told: Vec<(KnownKind, Option<String>)> = all
            .iter()
            .map(|it| (it.kind, it.to.as_ref().map(ToString::to_string)))
            .collect();
        let linked = |kind, to: &str| (kind, Some(to.to_owned()));
        assert_eq!(told[0], linked(KnownKind::Problem, "Condition/COPD"));
        assert_eq!(told[1], (KnownKind::Problem, None), "another source's");
        assert_eq!(told[2], linked(KnownKind::Carer, "RelatedPerson/Ann"));
        assert_eq!(told[3].0, KnownKind::Team);
        assert_eq!(
            told.len(),
            6,
            "a team inside a plan, what is old and what was cancelled are not"
        );
        let What::Admission(first) = &all[4].what else {
            panic!("an admission")
        };
        assert_eq!(first.period.start, when("2026-11-10"), "the newest first");
    }

    #[test]
    fn what_is_linked_finds_its_place_among_what_is_offered() {
        for kind in KnownKind::OFFERED {
            let resource = match kind {
                KnownKind::Problem => "Condition",
                KnownKind::Carer => "RelatedPerson",
                KnownKind::Practice => "Organization",
                KnownKind::Team => "CareTeam",
                _ => "Encounter",
            };
            let to = ResourceRef::new(resource, "1");
            assert_eq!(KnownKind::of(kind.field(), &to), kind);
        }
        let paper = ResourceRef::new("DocumentReference", "1");
        assert_eq!(KnownKind::of(Field::Supporting, &paper), KnownKind::Other);
    }
}
