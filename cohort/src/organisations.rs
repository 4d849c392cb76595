//! Organisations, sites, staff, teams and the lists of the areas: what every record refers to.

#[path = "organisations/sites.rs"]
mod sites;
#[path = "organisations/workforce.rs"]
mod workforce;

pub(crate) use workforce::groups;

use serde_json::{Value, json};

use crate::{
    chance::opaque_id,
    places::AREAS,
    programme::Options,
    source::Source,
    staff::{Employer, Member, TEAM_SIZE, post},
    wire::{HL7, ODS, identifier, profiled, reference, with},
};

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
        Source::Rw3 | Source::Rw6 | Source::Rm2 => sites::hospital(options, source),
    }
}

fn shared(options: &Options) -> Vec<Value> {
    let mut all = vec![crate::shared::home_safety::questionnaire(options)];
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
        all.push(workforce::practitioner(options, &member));
        all.push(workforce::practitioner_role(options, &member));
    }
    all.extend((0..teams).map(|number| workforce::team(options, number)));
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
