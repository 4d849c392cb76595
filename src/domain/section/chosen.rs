//! Somebody or something of the record that is linked, never copied; and what there is to choose from.

use chrono::{DateTime, Utc};

use super::Field;
use crate::domain::team::named;
use crate::domain::{Facts, ResourceRef, SourceId};

/// What is linked, with the name that the record shows beside the link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chosen {
    pub to: ResourceRef,
    pub name: String,
}

impl Chosen {
    /// Reads what an entry says: `Kind/id name`.
    pub fn read(text: &str) -> Option<Self> {
        let (to, name) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let name = name.trim().to_owned();
        ResourceRef::parse(to).map(|to| Self { to, name })
    }
}

/// As an entry says it.
impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            write!(f, "{}", self.to)
        } else {
            write!(f, "{} {line}", self.to)
        }
    }
}

/// What the record that is written to has to choose from, in the order to offer it. A link leads nowhere in another
/// record.
pub fn offers(facts: &Facts, field: Field, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let mut all = match field {
        Field::Need | Field::GoalNeed => needs(facts, source),
        Field::Serves => goals(facts, source),
        Field::Responsible => staff(facts, source, now),
        Field::Callee | Field::Owner => {
            let mut all = staff(facts, source, now);
            all.extend(carers(facts, source, now));
            all
        }
        Field::Attorney => carers(facts, source, now),
        Field::OnBehalfOf => organisations(facts, source),
        _ => Vec::new(),
    };
    let mut seen = Vec::new();
    all.retain(|it| {
        let is_new = !seen.contains(&it.to);
        seen.push(it.to.clone());
        is_new && !it.name.trim().is_empty()
    });
    all
}

fn needs(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts
        .problems
        .iter()
        .filter(|it| it.origin.source == *source);
    own.filter(|it| !it.is_error())
        .filter_map(|it| {
            Some(Chosen {
                to: it.origin.resource.clone(),
                name: it.what.label()?.to_owned(),
            })
        })
        .collect()
}

fn goals(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts.goals.iter().filter(|it| it.origin.source == *source);
    own.filter(|it| {
        !matches!(
            it.lifecycle.as_deref(),
            Some("entered-in-error" | "cancelled" | "rejected")
        )
    })
    .filter_map(|it| {
        Some(Chosen {
            to: it.origin.resource.clone(),
            name: it.what.label()?.to_owned(),
        })
    })
    .collect()
}

fn staff(facts: &Facts, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let teams = facts.teams.iter().filter(|it| {
        let is_over = matches!(it.status.as_deref(), Some("entered-in-error" | "inactive"));
        it.origin.source == *source && !is_over && !it.period.ended(now)
    });
    let mut members: Vec<_> = teams
        .flat_map(|it| &it.members)
        .filter(|it| !it.period.ended(now))
        .collect();
    members.sort_by_key(|it| !it.is_key_worker());
    let chosen = members.into_iter().filter_map(|it| {
        let to = it.who.reference.clone()?;
        let is_person = matches!(
            to.kind.as_ref(),
            "Practitioner" | "PractitionerRole" | "Organization" | "CareTeam"
        );
        let name = named(facts, source, &it.who)?;
        is_person.then_some(Chosen { to, name })
    });
    chosen.collect()
}

fn organisations(facts: &Facts, source: &SourceId) -> Vec<Chosen> {
    let own = facts.directory.iter();
    let own =
        own.filter(|it| it.origin.source == *source && it.origin.resource.kind == "Organization");
    own.filter_map(|it| {
        Some(Chosen {
            to: it.origin.resource.clone(),
            name: it.name.clone()?,
        })
    })
    .collect()
}

fn carers(facts: &Facts, source: &SourceId, now: DateTime<Utc>) -> Vec<Chosen> {
    let own = facts.contacts.iter().filter(|it| {
        it.origin.source == *source
            && it.active
            && !it.period.ended(now)
            && it.origin.resource.kind == "RelatedPerson"
    });
    own.filter_map(|it| {
        Some(Chosen {
            to: it.origin.resource.clone(),
            name: it.name.as_ref()?.plain(),
        })
    })
    .collect()
}
