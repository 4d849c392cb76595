//! Who can join a team: people in their roles, people without one, organisations.

use super::entry;
use crate::domain::folding::fold;
use crate::domain::{Facts, ResourceRef, SourceId};

/// Somebody, or some service, of a record's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub to: ResourceRef,
    pub name: String,
    pub roles: Vec<String>,
    pub specialties: Vec<String>,
    pub organisation: Option<String>,
}

/// Everybody whom a directory names, once: who has a role is found in that role. By name.
///
/// FHIR R4 has no place for a `HealthcareService` in a `CareTeam`: a service is its organisation, or who works for it.
pub fn colleagues(facts: &Facts, source: &SourceId) -> Vec<Colleague> {
    let own = || {
        facts
            .directory
            .iter()
            .filter(|it| it.origin.source == *source)
    };
    let in_role = |person: &ResourceRef| {
        let mut roles = own().filter_map(|it| it.practitioner.as_ref()?.reference.as_ref());
        roles.any(|it| it == person)
    };
    let mut all: Vec<Colleague> = Vec::new();
    for it in own() {
        let to = &it.origin.resource;
        let is_wanted = match to.kind.as_ref() {
            "PractitionerRole" | "Organization" => true,
            "Practitioner" => !in_role(to),
            _ => false,
        };
        let named = super::members::entry_name(facts, it).filter(|it| !it.trim().is_empty());
        let Some(name) = named.filter(|_| is_wanted) else {
            continue;
        };
        if all.iter().any(|it| it.to == *to) {
            continue;
        }
        let words = |all: &[crate::domain::Concept]| {
            all.iter()
                .filter_map(|it| it.label().map(str::to_owned))
                .collect()
        };
        let works_for = it.organisation.as_ref().or(it.part_of.as_ref());
        let organisation = works_for.and_then(|it| {
            let known = || entry(facts, source, it.reference.as_ref())?.name.clone();
            it.name.clone().or_else(known)
        });
        all.push(Colleague {
            to: to.clone(),
            name,
            roles: words(&it.roles),
            specialties: words(&it.specialties),
            organisation,
        });
    }
    all.sort_by_cached_key(|it| (it.to.kind == "Organization", fold(&it.name)));
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::sample::{coded, directory, party, source};

    #[test]
    fn somebody_with_a_role_is_found_in_it_and_only_there() {
        let mut role = directory("shared", "PractitionerRole", "tom-role", "");
        role.name = None;
        role.practitioner = Some(party("", "Practitioner", "tom"));
        role.organisation = Some(party("", "Organization", "north"));
        role.roles = vec![coded("urn:x", "1", "District nurse")];
        let mut nameless = directory("shared", "PractitionerRole", "r2", "");
        nameless.name = None;
        let facts = Facts {
            directory: vec![
                directory("shared", "Organization", "north", "District nursing, North"),
                directory("shared", "Practitioner", "zoe", "Zoe Ali"),
                directory("shared", "Practitioner", "tom", "Tom Achebe"),
                role,
                nameless,
                directory("shared", "HealthcareService", "s", "Falls clinic"),
                directory("rw3", "Practitioner", "x", "Of another record"),
            ],
            ..Facts::default()
        };
        let all = colleagues(&facts, &source("shared"));
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Tom Achebe", "Zoe Ali", "District nursing, North"]);
        assert_eq!(all[0].to, ResourceRef::new("PractitionerRole", "tom-role"));
        assert_eq!(all[0].roles, ["District nurse"]);
        assert_eq!(
            all[0].organisation.as_deref(),
            Some("District nursing, North")
        );
    }
}
