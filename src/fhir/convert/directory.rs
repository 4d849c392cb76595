//! The people, organisations and places that others refer to: `Practitioner`, `PractitionerRole`, `Organization`,
//! `Location`, `HealthcareService` (<https://hl7.org/fhir/R4/administration-module.html>).

use crate::domain::Origin;
use crate::domain::team::DirectoryEntry;

use super::super::element::Element;
use super::super::name;

pub fn read(it: Element<'_>, origin: Origin) -> DirectoryEntry {
    let kind = it.kind();
    let is_person = kind == "Practitioner";
    let mut roles = match kind {
        "PractitionerRole" => it.concepts("code"),
        _ if is_person => Vec::new(),
        _ => it.concepts("type"),
    };
    if is_person {
        roles.extend(it.list("qualification").filter_map(|it| it.concept("code")));
    }
    DirectoryEntry {
        origin,
        name: name::of_resource(it.value()),
        person: is_person
            .then(|| it.names("name").into_iter().next())
            .flatten(),
        roles,
        specialties: if matches!(kind, "PractitionerRole" | "HealthcareService") {
            it.concepts("specialty")
        } else {
            Vec::new()
        },
        organisation: organisation(it),
        practitioner: it.party("practitioner"),
        part_of: it.party("partOf"),
        telecoms: it.telecoms("telecom"),
        addresses: addresses(it),
        identifiers: identifiers(it),
    }
}

fn organisation(it: Element<'_>) -> Option<crate::domain::Party> {
    it.party(match it.kind() {
        "Location" => "managingOrganization",
        "HealthcareService" => "providedBy",
        _ => "organization",
    })
}

/// A Location has one address, the others a list.
fn addresses(it: Element<'_>) -> Vec<crate::domain::patient::Address> {
    if it.kind() == "Location" {
        it.at("address")
            .and_then(Element::as_address)
            .into_iter()
            .collect()
    } else {
        it.addresses("address")
    }
}

fn identifiers(it: Element<'_>) -> Vec<(String, String)> {
    it.list("identifier")
        .filter_map(|it| {
            let value = it.string("value")?;
            Some((it.string("system").unwrap_or_default(), value))
        })
        .collect()
}
