//! Organisations, sites, staff, teams and the lists of the areas: what every record refers to.

use serde_json::{Value, json};

use crate::{
    chance::{Chance, opaque_id},
    identity::Identity,
    person::resource_id,
    places::{AREAS, CONSULTANTS, SITES, Site, WARDS},
    programme::Options,
    source::Source,
    staff::{Employer, Member, TEAM_SIZE, post, team_name},
    wire::{HL7, ODS, ODS_SITE, UK, identifier, plain, profiled, reference, text, with},
};

/// How many people one `Group` holds at most.
const GROUP_SIZE: usize = 2_000;

pub(crate) const COUNCIL: &str = "Manchester City Council, adult social services";
const COMMUNITY: &str = "Manchester Community Health Services";

fn id(options: &Options, source: Source, kind: &str, key: &str) -> String {
    opaque_id(options.seed, &format!("{}/{kind}/{key}", source.id()))
}

pub(crate) fn organisation_id(options: &Options, source: Source, key: &str) -> String {
    id(options, source, "Organization", key)
}

pub(crate) fn location_id(options: &Options, source: Source, key: &str) -> String {
    id(options, source, "Location", key)
}

pub(crate) fn role_id(options: &Options, member: usize) -> String {
    id(
        options,
        Source::Shared,
        "PractitionerRole",
        &member.to_string(),
    )
}

pub(crate) fn team_id(options: &Options, team: usize) -> String {
    id(options, Source::Shared, "CareTeam", &format!("team-{team}"))
}

pub(crate) fn consultant_id(options: &Options, name: &str) -> String {
    id(options, Source::Rw3, "Practitioner", name)
}

/// A reference to a member of staff by role, as plans and teams name them.
pub(crate) fn member_reference(options: &Options, member: usize) -> Value {
    reference(
        "PractitionerRole",
        &role_id(options, member),
        &Member::of(options, member).name(),
    )
}

/// The practice's name and synthetic ODS code.
pub(crate) fn practice(options: &Options, practice: usize) -> (String, String) {
    const FIRST: &[&str] = &[
        "Alder",
        "Beacon",
        "Brook",
        "Canal Side",
        "Clough",
        "Cornbrook",
        "Fallow",
        "Irwell",
        "Lark Hill",
        "Medlock",
        "Mill Gate",
        "Moss Bank",
        "Park View",
        "Queensway",
        "Sandstone",
        "Weavers",
    ];
    const SECOND: &[&str] = &[
        "Medical Centre",
        "Surgery",
        "Health Centre",
        "Family Practice",
        "Group Practice",
    ];
    let first = FIRST.get(practice % FIRST.len()).unwrap_or(&"Alder");
    let second = SECOND
        .get((practice / 3 + practice / FIRST.len()) % SECOND.len())
        .unwrap_or(&"Surgery");
    let area = AREAS
        .get(practice / options.practices_per_area())
        .map_or("", |area| area.name);
    (
        format!("{first} {second}, {area}"),
        format!("Y9{:04}", 1000 + practice * 7),
    )
}

pub(crate) fn practice_reference(options: &Options, number: usize) -> Value {
    reference(
        "Organization",
        &organisation_id(options, Source::Shared, &format!("practice-{number}")),
        &practice(options, number).0,
    )
}

/// The key and name of who employs a member of staff.
pub(crate) fn employer(options: &Options, member: usize) -> (String, String) {
    let area = member / TEAM_SIZE / options.teams_per_area();
    match post(member).employer {
        Employer::Community => ("community".to_owned(), COMMUNITY.to_owned()),
        Employer::Council => ("council".to_owned(), COUNCIL.to_owned()),
        Employer::MentalHealth => ("tae".to_owned(), Source::Tae.name().to_owned()),
        Employer::Trust => {
            let trust = AREAS.get(area).map_or(Source::Rw3, |area| area.trust);
            (trust.id().to_owned(), trust.name().to_owned())
        }
        Employer::Practice => {
            let per_area = options.practices_per_area();
            let number = area * per_area + member / TEAM_SIZE % per_area;
            (format!("practice-{number}"), practice(options, number).0)
        }
    }
}

pub(crate) fn foundation(options: &Options, source: Source) -> Vec<Value> {
    match source {
        Source::Shared => shared(options),
        Source::Tae | Source::Rx7 => vec![trust(options, source, source)],
        Source::Rw3 | Source::Rw6 | Source::Rm2 => hospital(options, source),
    }
}

fn shared(options: &Options) -> Vec<Value> {
    let mut all = Vec::new();
    for area in AREAS {
        all.push(organisation(
            options,
            Source::Shared,
            area.ods,
            area.ccg,
            area.ods,
            "Clinical commissioning group",
            None,
        ));
    }
    all.push(organisation(
        options,
        Source::Shared,
        "council",
        COUNCIL,
        "MCC-ASC",
        "Local authority",
        None,
    ));
    all.push(organisation(
        options,
        Source::Shared,
        "community",
        COMMUNITY,
        "Y90001",
        "Community health provider",
        None,
    ));
    all.extend(
        Source::ALL
            .into_iter()
            .skip(1)
            .map(|trusted| trust(options, Source::Shared, trusted)),
    );
    for number in 0..options.practices_per_area() * AREAS.len() {
        let (name, ods) = practice(options, number);
        let ccg = AREAS
            .get(number / options.practices_per_area())
            .map(|area| (area.ods, area.ccg));
        all.push(organisation(
            options,
            Source::Shared,
            &format!("practice-{number}"),
            &name,
            &ods,
            "General practice",
            ccg,
        ));
    }
    let teams = options.teams_per_area() * AREAS.len();
    for number in 0..teams * TEAM_SIZE {
        let member = Member::of(options, number);
        all.push(practitioner(options, &member));
        all.push(practitioner_role(options, &member));
    }
    all.extend((0..teams).map(|number| team(options, number)));
    all
}

fn trust(options: &Options, source: Source, of: Source) -> Value {
    let kind = if of == Source::Rx7 {
        "Ambulance trust"
    } else {
        "NHS trust"
    };
    organisation(
        options,
        source,
        of.id(),
        of.name(),
        of.ods_code().unwrap_or_default(),
        kind,
        None,
    )
}

fn organisation(
    options: &Options,
    source: Source,
    key: &str,
    name: &str,
    ods: &str,
    kind: &str,
    part_of: Option<(&str, &str)>,
) -> Value {
    with(
        profiled("Organization", &organisation_id(options, source, key)),
        json!({
            "identifier": [identifier(ODS, ods)],
            "active": true,
            "type": [{ "coding": [{ "system": format!("{HL7}/organization-type"), "code": "prov" }], "text": kind }],
            "name": name,
            "partOf": part_of.map(|(key, name)| reference("Organization", &organisation_id(options, source, key), name)),
        }),
    )
}

fn practitioner(options: &Options, member: &Member) -> Value {
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

fn practitioner_role(options: &Options, member: &Member) -> Value {
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

fn team(options: &Options, number: usize) -> Value {
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

fn hospital(options: &Options, source: Source) -> Vec<Value> {
    let mut all = vec![trust(options, source, source)];
    for site in SITES.iter().filter(|site| site.trust == source) {
        all.push(location(options, site, site.key, site.name, None));
        let wards = WARDS
            .iter()
            .filter(|(key, _, _)| *key == site.key)
            .map(|(_, name, _)| *name);
        for ward in wards.chain(site.emergency.then_some("emergency department")) {
            all.push(location(
                options,
                site,
                &format!("{}/{ward}", site.key),
                &format!("{}, {ward}", site.name),
                Some(site),
            ));
        }
    }
    for (_, name, specialty) in CONSULTANTS.iter().filter(|(of, _, _)| *of == source) {
        let mut chance = Chance::of(options.seed, name, 0);
        all.push(with(
            profiled("Practitioner", &consultant_id(options, name)),
            json!({
                "identifier": [identifier(&format!("{UK}/Id/gmc-number"), &format!("78{:05}", chance.between(0, 99_999)))],
                "active": true,
                "name": [{ "text": name }],
                "qualification": [{ "code": text(specialty) }],
            }),
        ));
    }
    all
}

fn location(
    options: &Options,
    site: &Site,
    key: &str,
    name: &str,
    part_of: Option<&Site>,
) -> Value {
    let code = match part_of {
        Some(_) => {
            json!([{ "system": "urn:alongside:ward", "value": format!("{}-{}", site.ods, key.replace([' ', '/'], "-")) }])
        }
        None => json!([identifier(ODS_SITE, site.ods)]),
    };
    with(
        profiled("Location", &location_id(options, site.trust, key)),
        json!({
            "identifier": code,
            "status": "active",
            "name": name,
            "mode": "instance",
            "managingOrganization": reference("Organization", &organisation_id(options, site.trust, site.trust.id()), site.trust.name()),
            "partOf": part_of.map(|site| reference("Location", &location_id(options, site.trust, site.key), site.name)),
        }),
    )
}
