//! Legal and end of life: resuscitation, consent, decisions made in advance, capacity, wishes.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    legal::Resuscitation,
    letters,
    organisations::{member_reference, practice_reference},
    person::Person,
    programme::Options,
    source::Source,
    wire::{SNOMED, coding, concept, day, hl7_codes, link, profiled, spoken, text, with},
};

pub(crate) fn write(options: &Options, person: &Person) -> Vec<Value> {
    let legal = &person.legal;
    let mut all = Vec::new();
    if let Some(decision) = &legal.resuscitation {
        all.extend(resuscitation(options, person, decision));
    }
    let directive = ("adr", "Advanced Care Directive");
    let consents = [
        (
            "sharing",
            ("patient-privacy", "Privacy Consent"),
            "Consent to share the record with the team",
            legal.shares,
        ),
        (
            "advance",
            directive,
            "Advance decision to refuse treatment",
            legal.advance_decision,
        ),
        (
            "attorney",
            directive,
            "Lasting power of attorney (health and welfare)",
            legal.attorney,
        ),
    ];
    for (key, scope, category, since) in consents {
        all.extend(since.map(|since| consent(options, person, key, scope, category, since)));
    }
    let statements = [
        ("capacity", "Mental capacity", legal.capacity),
        ("care", "Preferred place of care", legal.place_of_care),
        ("death", "Preferred place of death", legal.place_of_death),
    ];
    for (key, heading, statement) in statements {
        all.extend(statement.map(|(words, on)| {
            observation(options, person, key, &text(heading), Some(words), on, None)
        }));
    }
    all
}

/// The decision and the form it is written on.
fn resuscitation(options: &Options, person: &Person, decision: &Resuscitation) -> [Value; 2] {
    let (code, words) = if decision.attempt {
        ("450475007", "For attempted cardiopulmonary resuscitation")
    } else {
        (
            "450476008",
            "Not for attempted cardiopulmonary resuscitation",
        )
    };
    let code = json!({ "coding": [coding(SNOMED, code, words)], "text": words });
    let note = format!("The form is here: {}", decision.paper);
    let body = format!(
        "ReSPECT form\n\n{}\nNHS number {}\n\n{words}\nDecided {}\n\nWhere the original is: {}",
        person.identity.listed(),
        person.identity.nhs_number,
        spoken(decision.decided),
        decision.paper
    );
    [
        observation(
            options,
            person,
            "cpr",
            &code,
            None,
            decision.decided,
            Some(&note),
        ),
        letters::document(
            options,
            person,
            Source::Shared,
            "respect",
            "ReSPECT form",
            "text/plain",
            &body,
            decision.decided,
        ),
    ]
}

fn observation(
    options: &Options,
    person: &Person,
    key: &str,
    code: &Value,
    value: Option<&str>,
    on: NaiveDate,
    note: Option<&str>,
) -> Value {
    with(
        profiled(
            "Observation",
            &person.id(
                options,
                Source::Shared,
                "Observation",
                &format!("wish-{key}"),
            ),
        ),
        json!({
            "status": "final",
            "code": code,
            "subject": link("Patient", &person.patient_id(options, Source::Shared)),
            "effectiveDateTime": day(on),
            "performer": [member_reference(options, person.member_with(2))],
            "valueString": value,
            "note": note.map(|words| json!([{ "text": words }])),
        }),
    )
}

fn consent(
    options: &Options,
    person: &Person,
    key: &str,
    (scope, scope_words): (&str, &str),
    category: &str,
    since: NaiveDate,
) -> Value {
    let categories = if key == "advance" {
        json!([{ "coding": [coding(&hl7_codes("consentcategorycodes"), "acd", "Advance Directive")], "text": category }])
    } else {
        json!([text(category)])
    };
    let attorney = person.contacts.first().filter(|_| key == "attorney");
    let actor = attorney.map(|contact| {
        json!([{ "role": text("Attorney"), "reference": crate::wire::reference("RelatedPerson", &person.id(options, Source::Shared, "RelatedPerson", "0"), &contact.full_name()) }])
    });
    let mut provision = serde_json::Map::new();
    provision.insert("type".into(), "permit".into());
    with(
        profiled(
            "Consent",
            &person.id(options, Source::Shared, "Consent", key),
        ),
        json!({
            "status": "active",
            "scope": concept(&hl7_codes("consentscope"), scope, scope_words),
            "category": categories,
            "patient": link("Patient", &person.patient_id(options, Source::Shared)),
            "dateTime": day(since),
            "organization": [practice_reference(options, person.practice)],
            "policyRule": text("Local information-sharing agreement"),
            "provision": with(provision, json!({ "period": { "start": day(since) }, "actor": actor })),
        }),
    )
}
