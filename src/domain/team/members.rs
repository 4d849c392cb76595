//! Who is in the person's teams: references resolved to people, each person once.

use chrono::{DateTime, Utc};

use super::{DirectoryEntry, Member, Team, emails, phones};
use crate::domain::folding::fold;
use crate::domain::patient::Telecom;
use crate::domain::{Facts, Party, ResourceRef, SourceId, When};

/// One person (or organisation) of the teams, with everything that is known of how to reach them.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct TeamMember {
    /// `None` when the source gives only a reference that leads nowhere: shown as such, never dropped.
    pub name: Option<String>,
    pub roles: Vec<String>,
    pub specialties: Vec<String>,
    pub organisation: Option<String>,
    /// Names of the teams.
    pub teams: Vec<String>,
    /// By rank.
    pub phones: Vec<Telecom>,
    pub emails: Vec<Telecom>,
    pub since: Option<When>,
    pub until: Option<When>,
    pub key_worker: bool,
    /// Has left, or the team is over.
    pub former: bool,
    /// Sources that name them, the first first.
    pub sources: Vec<SourceId>,
    /// What it is compared by: every reference and professional number that stands for this person.
    marks: Vec<String>,
}

/// Everybody of all teams, key workers first, then by organisation and name, former members last. Teams in error
/// are left out; those contained in plans are in.
pub fn members(facts: &Facts, now: DateTime<Utc>) -> Vec<TeamMember> {
    let mut all: Vec<TeamMember> = Vec::new();
    for team in facts
        .teams
        .iter()
        .filter(|it| it.status.as_deref() != Some("entered-in-error"))
    {
        for member in &team.members {
            let found = resolve(facts, team, member, now);
            match all.iter_mut().find(|it| it.is_same(&found)) {
                Some(known) => known.absorb(found),
                None => all.push(found),
            }
        }
    }
    all.sort_by_cached_key(|it| {
        let organisation = it.organisation.as_deref().map(fold);
        (
            it.former,
            !it.key_worker,
            organisation.is_none(),
            organisation,
            fold(it.name.as_deref().unwrap_or("")),
        )
    });
    all
}

/// The directory's entry that a reference of a source leads to.
pub fn entry<'a>(
    facts: &'a Facts,
    source: &SourceId,
    to: Option<&ResourceRef>,
) -> Option<&'a DirectoryEntry> {
    let to = to?;
    facts
        .directory
        .iter()
        .find(|it| it.origin.source == *source && it.origin.resource == *to)
}

/// A party's name: as given, else as the directory has it.
pub fn named(facts: &Facts, source: &SourceId, party: &Party) -> Option<String> {
    let given = party.name.clone().filter(|it| !it.trim().is_empty());
    given.or_else(|| entry_name(facts, entry(facts, source, party.reference.as_ref())?))
}

pub(super) fn entry_name(facts: &Facts, entry: &DirectoryEntry) -> Option<String> {
    let person = entry.practitioner.as_ref().and_then(|it| {
        let own = it.name.clone();
        own.or_else(|| {
            self::entry(facts, &entry.origin.source, it.reference.as_ref())?
                .name
                .clone()
        })
    });
    person.or_else(|| entry.name.clone())
}

fn resolve(facts: &Facts, team: &Team, member: &Member, now: DateTime<Utc>) -> TeamMember {
    let source = &team.origin.source;
    let party = entry(facts, source, member.who.reference.as_ref());
    let person =
        party.and_then(|it| entry(facts, source, it.practitioner.as_ref()?.reference.as_ref()));
    let mut found = TeamMember {
        name: named(facts, source, &member.who),
        roles: member
            .other_roles()
            .filter_map(|it| it.label().map(str::to_owned))
            .collect(),
        teams: team.name.iter().cloned().collect(),
        since: member.period.start.clone(),
        until: member.period.end.clone(),
        key_worker: member.is_key_worker(),
        former: member.period.ended(now)
            || team.period.ended(now)
            || team.status.as_deref() == Some("inactive"),
        sources: vec![source.clone()],
        ..TeamMember::default()
    };
    found
        .marks
        .extend(member.who.reference.as_ref().map(|it| mark(source, it)));
    for it in party.into_iter().chain(person) {
        found.learn(it, now);
    }
    if found.roles.is_empty() {
        let known = party.into_iter().flat_map(|it| it.roles.iter());
        found.roles = known
            .filter_map(|it| it.label().map(str::to_owned))
            .collect();
    }
    let works_for = member
        .on_behalf_of
        .as_ref()
        .or(party.and_then(|it| it.organisation.as_ref()));
    found.organisation = works_for.and_then(|it| named(facts, source, it));
    let place = works_for.and_then(|it| entry(facts, source, it.reference.as_ref()));
    if let Some(place) = place.filter(|_| found.phones.is_empty()) {
        found.phones = phones(&place.telecoms, now);
    }
    found
}

fn mark(source: &SourceId, reference: &ResourceRef) -> String {
    format!("{} {reference}", source.as_str())
}

impl TeamMember {
    /// Whether a source's reference leads to this person or service.
    pub fn is_behind(&self, source: &SourceId, reference: &ResourceRef) -> bool {
        self.marks.contains(&mark(source, reference))
    }

    fn learn(&mut self, entry: &DirectoryEntry, now: DateTime<Utc>) {
        self.marks
            .push(mark(&entry.origin.source, &entry.origin.resource));
        if entry.person.is_some() {
            // A professional number is the same in every source.
            self.marks.extend(
                entry
                    .identifiers
                    .iter()
                    .map(|(system, value)| format!("{system}|{value}")),
            );
        }
        extend_new(
            &mut self.specialties,
            entry
                .specialties
                .iter()
                .filter_map(|it| it.label().map(str::to_owned)),
        );
        extend_new(&mut self.phones, phones(&entry.telecoms, now));
        extend_new(&mut self.emails, emails(&entry.telecoms, now));
    }

    fn is_same(&self, other: &Self) -> bool {
        let marked = self.marks.iter().any(|it| other.marks.contains(it));
        let name = |it: &Self| it.name.as_deref().map(fold).filter(|it| it.contains(' '));
        let at = |it: &Self| it.organisation.as_deref().map(fold);
        let named = name(self).is_some() && name(self) == name(other);
        let organised = at(self).is_none() || at(other).is_none() || at(self) == at(other);
        marked || (named && organised)
    }

    fn absorb(&mut self, other: Self) {
        // Who is in one team still is no former member.
        if self.former && !other.former {
            self.until = None;
        }
        self.former &= other.former;
        self.key_worker |= other.key_worker && !other.former;
        self.name = self.name.take().or(other.name);
        self.organisation = self.organisation.take().or(other.organisation);
        let begun = |it: &Option<When>| it.as_ref().and_then(When::earliest);
        if begun(&other.since).is_some_and(|at| begun(&self.since).is_none_or(|own| at < own)) {
            self.since = other.since;
        }
        extend_new(&mut self.roles, other.roles);
        extend_new(&mut self.specialties, other.specialties);
        extend_new(&mut self.teams, other.teams);
        extend_new(&mut self.phones, other.phones);
        extend_new(&mut self.emails, other.emails);
        extend_new(&mut self.sources, other.sources);
        extend_new(&mut self.marks, other.marks);
    }
}

fn extend_new<T: PartialEq>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for it in more {
        if !all.contains(&it) {
            all.push(it);
        }
    }
}

#[cfg(test)]
#[path = "members_tests.rs"]
mod tests;
