//! Staff with their roles, the multidisciplinary teams, and the lists of the areas' people.

use serde_json::{Value, json};

use super::{employer, id, member_reference, organisation_id, role_id, team_id};
use crate::{
    identity::Identity,
    person::resource_id,
    places::AREAS,
    programme::Options,
    source::Source,
    staff::{Member, TEAM_SIZE, post, team_name},
    wire::{UK, identifier, plain, profiled, reference, text, with},
};

/// How many people one `Group` holds at most.
const GROUP_SIZE: usize = 2_000;

pub(super) fn practitioner(options: &Options, member: &Member) -> Value {
    let mut identifiers = vec![identifier(
        "https://fhir.nhs.uk/Id/sds-user-id",
        &member.sds_user_id,
    )];
    let register = post(member.number).register;
    if !register.is_empty() {
        identifiers.push(identifier(
            &format!("{UK}/Id/{register}-number"),
            &member.registration,
        ));
    }
    let prefix: Vec<&str> = if member.prefix.is_empty() {
        Vec::new()
    } else {
        vec![member.prefix]
    };
    let mut name = serde_json::Map::new();
    name.insert("use".into(), "official".into());
    let name = with(
        name,
        json!({ "text": member.name(), "family": member.family, "given": [member.given], "prefix": prefix }),
    );
    with(
        profiled(
            "Practitioner",
            &id(
                options,
                Source::Shared,
                "Practitioner",
                &member.number.to_string(),
            ),
        ),
        json!({ "identifier": identifiers, "active": true, "name": [name] }),
    )
}

pub(super) fn practitioner_role(options: &Options, member: &Member) -> Value {
    let (key, name) = employer(options, member.number);
    with(
        profiled("PractitionerRole", &role_id(options, member.number)),
        json!({
            "identifier": [identifier("https://fhir.nhs.uk/Id/sds-role-profile-id", &format!("8{}", member.sds_user_id))],
            "active": true,
            "practitioner": reference("Practitioner", &id(options, Source::Shared, "Practitioner", &member.number.to_string()), &member.name()),
            "organization": reference("Organization", &organisation_id(options, Source::Shared, &key), &name),
            "code": [text(member.role)],
            "specialty": [text(post(member.number).specialty)],
            "telecom": [
                { "system": "phone", "value": member.phone, "use": "work", "rank": 1 },
                { "system": "email", "value": member.email, "use": "work", "rank": 2 },
            ],
        }),
    )
}

pub(super) fn team(options: &Options, number: usize) -> Value {
    let members = (number * TEAM_SIZE..(number + 1) * TEAM_SIZE).map(|member| {
        json!({ "role": [text(Member::of(options, member).role)], "member": member_reference(options, member) })
    });
    let area = AREAS
        .get(number / options.teams_per_area())
        .map(|area| (area.ods, area.ccg))
        .unwrap_or_default();
    with(
        profiled("CareTeam", &team_id(options, number)),
        json!({
            "identifier": [identifier("urn:alongside:team", &format!("mdt-{number}"))],
            "status": "active",
            "category": [text("Multidisciplinary team")],
            "name": team_name(options, number),
            "participant": members.collect::<Vec<_>>(),
            "managingOrganization": [reference("Organization", &organisation_id(options, Source::Shared, area.0), area.1)],
        }),
    )
}

/// The people of each area, by family name.
pub(crate) fn groups(options: &Options) -> Vec<Value> {
    let mut groups = Vec::new();
    for (at, area) in AREAS.iter().enumerate() {
        let mut people: Vec<(String, String)> = (0..options.patients)
            .filter(|n| options.area_of(*n) == at)
            .map(|n| {
                let who = Identity::of(options, n, at);
                (
                    format!("{}, {}", who.family.to_uppercase(), who.given),
                    resource_id(options, Source::Shared, "Patient", n, ""),
                )
            })
            .collect();
        people.sort();
        for (part, people) in people.chunks(GROUP_SIZE).enumerate() {
            let name = if part == 0 {
                format!("{} Manchester", area.name)
            } else {
                format!("{} Manchester, part {}", area.name, part + 1)
            };
            let members: Vec<Value> = people
                .iter()
                .map(|(name, id)| json!({ "entity": reference("Patient", id, name) }))
                .collect();
            groups.push(with(
                plain("Group", &id(options, Source::Shared, "Group", &name)),
                json!({
                    "identifier": [identifier("urn:alongside:group", &format!("{}-{part}", area.ods))],
                    "active": true, "type": "person", "actual": true, "name": name, "quantity": members.len(),
                    "managingEntity": reference("Organization", &organisation_id(options, Source::Shared, area.ods), area.ccg),
                    "member": members,
                }),
            ));
        }
    }
    groups
}
