//! The person, those around, and those who care for the person.

use serde_json::{Value, json};

use crate::{
    hospital::nhs_number,
    organisations::{member_reference, organisation_id, practice_reference, team_id},
    person::{Carer, Person},
    places::AREAS,
    programme::Options,
    source::Source,
    staff::{Member, team_name},
    wire::{
        coding, concept, day, extension, hl7_codes, instant, link, profiled, reference, text,
        uk_codes, uk_definition, with,
    },
};

pub(crate) fn patient(options: &Options, person: &Person) -> Value {
    let who = &person.identity;
    let area = AREAS.get(person.area);
    let (code, words) = who.ethnicity;
    let ethnicity = extension(
        &uk_definition("Extension-UKCore-EthnicCategory"),
        "CodeableConcept",
        json!({ "coding": [coding(&uk_codes("UKCore-EthnicCategory"), code, words)] }),
    );
    let mut given = vec![who.given.clone()];
    given.extend(who.middle.clone());
    let mut names = vec![
        json!({ "use": "official", "family": who.family, "given": given, "prefix": [who.prefix] }),
    ];
    names.extend(
        who.nickname
            .as_ref()
            .map(|nickname| json!({ "use": "nickname", "given": [nickname] })),
    );
    let mut telecom =
        vec![json!({ "system": "phone", "value": who.phone, "use": "home", "rank": 1 })];
    telecom.extend(
        who.mobile.as_ref().map(
            |mobile| json!({ "system": "phone", "value": mobile, "use": "mobile", "rank": 2 }),
        ),
    );
    with(
        profiled("Patient", &person.patient_id(options, Source::Shared)),
        json!({
            "extension": [ethnicity],
            "identifier": [nhs_number(&who.nhs_number, "01")],
            "active": true,
            "name": names,
            "telecom": telecom,
            "gender": who.gender.code(),
            "birthDate": day(who.birth),
            "deceasedDateTime": person.died.map(instant),
            "address": [{ "use": "home", "line": [who.street], "city": "Manchester", "district": who.district, "postalCode": who.postcode }],
            "communication": communication(person),
            "generalPractitioner": [practice_reference(options, person.practice)],
            "managingOrganization": area.map(|area| reference("Organization", &organisation_id(options, Source::Shared, area.ods), area.ccg)),
        }),
    )
}

fn communication(person: &Person) -> Value {
    let Some((code, name, interpreter)) = person.identity.language else {
        return Value::Null;
    };
    let mut spoken = serde_json::Map::new();
    if interpreter {
        spoken.insert(
            "extension".into(),
            json!([extension(
                "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
                "Boolean",
                true.into()
            )]),
        );
    }
    spoken.insert(
        "language".into(),
        json!({ "coding": [coding("urn:ietf:bcp:47", code, name)], "text": name }),
    );
    spoken.insert("preferred".into(), true.into());
    json!([spoken])
}

pub(crate) fn contacts(options: &Options, person: &Person) -> Vec<Value> {
    let related = person.contacts.iter().enumerate().map(|(at, contact)| {
        let mut relationships = vec![concept(&hl7_codes("v3-RoleCode"), contact.relation.0, contact.relation.1)];
        relationships.extend(contact.roles.iter().map(|(code, words)| concept(&hl7_codes("v2-0131"), code, words)));
        relationships.extend(contact.uk_roles.iter().map(|code| concept(&uk_codes("UKCore-AdditionalPersonRelationshipRole"), code, code)));
        let address = contact.lives_with.then(|| json!([{ "line": [person.identity.street], "city": "Manchester", "postalCode": person.identity.postcode }]));
        with(
            profiled("RelatedPerson", &person.id(options, Source::Shared, "RelatedPerson", &at.to_string())),
            json!({
                "active": true,
                "patient": link("Patient", &person.patient_id(options, Source::Shared)),
                "relationship": relationships,
                "name": [{ "use": "official", "family": contact.name.1, "given": [contact.name.0] }],
                "telecom": [{ "system": "phone", "value": contact.phone, "use": if contact.phone.starts_with("07") { "mobile" } else { "home" }, "rank": 1 }],
                "gender": contact.gender.code(),
                "address": address,
            }),
        )
    });
    related.collect()
}

/// The person's own team; the multidisciplinary team is one of its members.
pub(crate) fn team(options: &Options, person: &Person) -> Value {
    let area = AREAS.get(person.area);
    let mut participants: Vec<Value> = person
        .team
        .iter()
        .map(|carer| participant(options, carer))
        .collect();
    participants.push(json!({
        "role": [text("Multidisciplinary team")],
        "member": reference("CareTeam", &team_id(options, person.team_number), &team_name(options, person.team_number)),
    }));
    with(
        profiled(
            "CareTeam",
            &person.id(options, Source::Shared, "CareTeam", ""),
        ),
        json!({
            "status": if person.died.is_some() { "inactive" } else { "active" },
            "category": [concept("http://loinc.org", "LA28865-6", "Longitudinal care-coordination focused care team")],
            "name": format!("Team around {}", person.identity.full_name()),
            "subject": reference("Patient", &person.patient_id(options, Source::Shared), &person.identity.listed()),
            "participant": participants,
            "managingOrganization": area.map(|area| json!([reference("Organization", &organisation_id(options, Source::Shared, area.ods), area.ccg)])),
        }),
    )
}

/// Without `onBehalfOf`: FHIR allows it beside a `Practitioner` only (ctm-1), and the role names the
/// organisation already.
fn participant(options: &Options, carer: &Carer) -> Value {
    let member = Member::of(options, carer.member);
    let mut roles = vec![text(member.role)];
    if carer.key_worker {
        roles.push(text("Key worker"));
    }
    json!({
        "role": roles,
        "member": member_reference(options, carer.member),
        "period": { "start": day(carer.since) },
    })
}
