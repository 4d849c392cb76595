//! `Patient`: <https://hl7.org/fhir/R4/patient.html>, <https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient>.

use crate::domain::contact::Contact;
use crate::domain::nhs_number;
use crate::domain::patient::{Deceased, Gender, LocalNumber, SeenNumber};
use crate::domain::{Concept, NhsNumber, Origin, Party, Patient, PatientId, ResourceRef};

use super::super::element::Element;

const VERIFICATION: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
const ETHNICITY: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory";
const INTERPRETER: &str = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

pub fn read(it: Element<'_>, origin: Origin) -> Option<Patient> {
    Some(Patient {
        telecoms: it.telecoms("telecom"),
        addresses: it.addresses("address"),
        practice: practice(it),
        ethnicity: it
            .extension(ETHNICITY)
            .and_then(|it| it.concept("valueCodeableConcept")),
        languages: languages(it),
        ..identity(it, origin)?
    })
}

/// Who it is, without how to reach them: as much as lists and the finder show.
pub fn identity(it: Element<'_>, origin: Origin) -> Option<Patient> {
    let id = PatientId::of(&origin.resource).ok()?;
    let (mut numbers, mut local_numbers) = identifiers(it);
    let mut names = it.names("name");
    // Lists are of thousands: nothing is kept to spare.
    numbers.shrink_to_fit();
    local_numbers.shrink_to_fit();
    names.shrink_to_fit();
    Some(Patient {
        origin,
        id,
        active: it.flag("active").unwrap_or(true),
        numbers,
        local_numbers,
        names,
        birth: it.when("birthDate"),
        gender: it.coded("gender", gender),
        deceased: deceased(it),
        telecoms: Vec::new(),
        addresses: Vec::new(),
        practice: None,
        ethnicity: None,
        languages: Vec::new(),
        interpreter_required: it
            .extension(INTERPRETER)
            .and_then(|it| it.flag("valueBoolean"))
            .unwrap_or(false),
        replaced_by: replaced_by(it),
    })
}

/// NHS numbers and all others, each in the order received, but those marked `old` last: the first is shown.
fn identifiers(it: Element<'_>) -> (Vec<SeenNumber>, Vec<LocalNumber>) {
    let mut numbers = Vec::new();
    let mut old = Vec::new();
    let mut others = Vec::new();
    for identifier in it.list("identifier") {
        let Some(value) = identifier.text("value") else {
            identifier.wrong("has no value");
            continue;
        };
        let system = identifier.text("system");
        let number = NhsNumber::received(value).filter(|_| system == Some(nhs_number::SYSTEM));
        if let Some(number) = number {
            let verification = identifier
                .extension(VERIFICATION)
                .and_then(|it| it.concept("valueCodeableConcept"));
            let is_old = identifier.text("use") == Some("old");
            if is_old { &mut old } else { &mut numbers }.push(SeenNumber {
                number,
                verification,
            });
        } else {
            others.push(LocalNumber {
                system: system.map(str::to_owned),
                value: value.to_owned(),
                label: label(identifier),
            });
        }
    }
    numbers.extend(old);
    (numbers, others)
}

fn label(identifier: Element<'_>) -> Option<String> {
    let kind = identifier.concept("type");
    let kind = kind.and_then(|it| it.label().map(str::to_owned));
    kind.or_else(|| identifier.object("assigner")?.string("display"))
}

fn gender(code: &str) -> Option<Gender> {
    Some(match code {
        "male" => Gender::Male,
        "female" => Gender::Female,
        "other" => Gender::Other,
        "unknown" => Gender::Unknown,
        _ => return None,
    })
}

fn deceased(it: Element<'_>) -> Option<Deceased> {
    let Some(said) = it.choice("deceased") else {
        return without_value(it);
    };
    match said {
        ("Boolean", value) => value.as_flag()?.then_some(Deceased::Yes),
        ("DateTime", value) => value.as_when().map(Deceased::On),
        (_, value) => {
            // Better to say too much: somebody marked with an unreadable date is not treated as alive.
            value.wrong("is of a kind that is not read");
            Some(Deceased::Yes)
        }
    }
}

/// Who has a date of death that is masked or not known has died. Whether somebody has, may be not known, too.
fn without_value(it: Element<'_>) -> Option<Deceased> {
    if let Some(date) = it.value().get("_deceasedDateTime") {
        let reason = it.visiting(it.value(), date).absent();
        return (reason? != "not-applicable").then_some(Deceased::Yes);
    }
    if it.value().get("_deceasedBoolean").is_some() {
        it.wrong_at("deceasedBoolean", "is not known");
    }
    None
}

/// The practice, else whoever is named as the GP.
fn practice(it: Element<'_>) -> Option<Party> {
    let mut all = it.parties("generalPractitioner");
    let is_organisation =
        |it: &Party| matches!(&it.reference, Some(to) if to.kind == "Organization");
    let at = all.iter().position(is_organisation).unwrap_or(0);
    (at < all.len()).then(|| all.swap_remove(at))
}

/// Preferred ones first.
fn languages(it: Element<'_>) -> Vec<Concept> {
    let mut all: Vec<(bool, Concept)> = it
        .list("communication")
        .filter_map(|it| {
            Some((
                it.flag("preferred").unwrap_or(false),
                it.concept("language")?,
            ))
        })
        .collect();
    all.sort_by_key(|(preferred, _)| !preferred);
    all.into_iter().map(|(_, language)| language).collect()
}

fn replaced_by(it: Element<'_>) -> Option<ResourceRef> {
    it.list("link")
        .find(|it| it.text("type") == Some("replaced-by"))
        .and_then(|it| it.reference("other"))
}

/// `Patient.contact`: next of kin and others whom the record names without a resource of their own.
pub fn contacts(it: Element<'_>, origin: &Origin) -> Vec<Contact> {
    it.list("contact")
        .map(|contact| {
            let organisation = contact.party("organization").and_then(|it| it.name);
            let named = contact.object("name").and_then(Element::as_name);
            Contact {
                origin: origin.clone(),
                identifier: None,
                birth: None,
                name: named.or_else(|| {
                    organisation.map(|text| crate::domain::patient::PersonName {
                        text: Some(text),
                        ..Default::default()
                    })
                }),
                relationships: contact.concepts("relationship"),
                telecoms: contact.telecoms("telecom"),
                addresses: contact
                    .object("address")
                    .and_then(Element::as_address)
                    .into_iter()
                    .collect(),
                period: contact.period("period"),
                active: true,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::sample::{source, when};
    use crate::fhir::convert::{facts, list_facts};

    fn read(more: &Value) -> (Option<Deceased>, usize) {
        let mut patient = json!({ "resourceType": "Patient", "id": "p" });
        let (own, more) = (patient.as_object_mut().unwrap(), more.as_object().unwrap());
        own.extend(more.clone());
        let facts = facts(&source("rm2"), [&patient]);
        let row = list_facts(&source("rm2"), [&patient]);
        assert_eq!(row.patients[0].deceased, facts.patients[0].deceased);
        (facts.patients[0].deceased.clone(), facts.issues.len())
    }

    #[test]
    fn who_died_at_a_time_that_is_not_known_has_died() {
        let why = |code: &str| json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": code }] });
        for code in ["unknown", "masked", "asked-unknown"] {
            let date = json!({ "_deceasedDateTime": why(code) });
            assert_eq!(read(&date), (Some(Deceased::Yes), 0), "{code}");
            // Whether, not when: nobody knows, and that is said.
            let whether = json!({ "_deceasedBoolean": why(code) });
            assert_eq!(read(&whether), (None, 1), "{code}");
        }
        let none = json!({ "_deceasedDateTime": why("not-applicable") });
        assert_eq!(read(&none), (None, 0));
        let both = json!({ "deceasedDateTime": "2026-03", "_deceasedDateTime": { "id": "x" } });
        assert_eq!(read(&both), (when("2026-03").map(Deceased::On), 0));
        let alive = json!({ "deceasedBoolean": false, "_deceasedBoolean": { "id": "x" } });
        assert_eq!(read(&alive), (None, 0));
    }
}
