//! The official R4 examples (npm `hl7.fhir.r4.examples` 4.0.1, 5,306 resources, CC0) read without a panic, written
//! back unchanged, and converted to what they say.
//!
//! They are not vendored. `FHIR_R4_EXAMPLES` names the folder, or they lie in the user's cache; without them the
//! tests fail and say how to get them, so that a green run always means that they were read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

mod examples;

use std::collections::BTreeMap;

use alongside::domain::crisis::CrisisPart;
use alongside::domain::result::ResultValue;
use alongside::domain::section::{Entry, EntryId, Field, Form, Part, Section, YES};
use alongside::domain::{Concept, Facts, IssueOf, SourceId};
use alongside::fhir::{self, Held};
use serde_json::Value;

use examples::{EXAMPLES, Example, READ};

fn of(kind: &str) -> impl Iterator<Item = &Example> {
    EXAMPLES.iter().filter(move |it| it.resource.kind() == kind)
}

fn facts(example: &Example) -> Facts {
    fhir::facts(&SourceId::new("hl7"), [example.resource.value()])
}

#[test]
fn every_example_is_there() {
    assert_eq!(EXAMPLES.len(), 5_306);
}

#[test]
fn reading_changes_nothing() {
    let mut changed = Vec::new();
    for example in EXAMPLES.iter() {
        let before = example.resource.clone();
        facts(example);
        assert_eq!(before, example.resource);
        if example.resource.to_string() != without_whitespace(&example.text) {
            changed.push(example.name.as_str());
        }
    }
    // The one that differs writes exponents in capitals (`1E-22`), which come back in small letters.
    assert_eq!(changed, ["Observation-decimal.json"]);
    let decimals = EXAMPLES.iter().find(|it| it.name == changed[0]).unwrap();
    let before = without_whitespace(&decimals.text);
    assert!(before.eq_ignore_ascii_case(&decimals.resource.to_string()));
}

/// Whatever a plan says: what is added and taken away again leaves it as it was, and an entry that is changed changes
/// that and nothing else.
#[test]
fn writing_a_plan_touches_what_is_written_and_nothing_else() {
    let mut plans = 0;
    for example in of("CarePlan") {
        let Some(plan) = Held::open(Section::Crisis, example.resource.clone()) else {
            continue;
        };
        plans += 1;
        let before = plan.resource().value();
        assert_eq!(plan.edited(&plan.entries()).resource().value(), before);
        let mut entries = plan.entries();
        entries.push(Entry {
            id: EntryId("new".to_owned()),
            part: CrisisPart::Triggers.into(),
            text: "breathless".to_owned(),
        });
        let edited = plan.edited(&entries);
        let mut after = edited.resource().value().clone();
        let all = after["activity"].as_array_mut().unwrap();
        assert_eq!(all.pop().unwrap()["detail"]["description"], "breathless");
        if all.is_empty() {
            after.as_object_mut().unwrap().shift_remove("activity");
        }
        assert_eq!(after.to_string(), before.to_string(), "{}", example.name);
        let back = edited.edited(&plan.entries());
        assert_eq!(back.resource().value(), before, "{}", example.name);
    }
    assert!(plans > 10, "{plans}");
}

/// Whatever a resource says: a field that is changed changes the one element that carries it, and reads as it was typed.
#[test]
fn a_field_that_is_written_changes_its_own_element_only() {
    let mut written = 0;
    for section in Section::ALL {
        for example in of(section.kind()) {
            let Some(held) = Held::open(section, example.resource.clone()) else {
                continue;
            };
            let before = held.resource().value();
            assert_eq!(held.edited(&held.entries()).resource().value(), before);
            for (at, entry) in held.entries().into_iter().enumerate() {
                let Part::Field(field) = entry.part else {
                    continue;
                };
                let mut entries = held.entries();
                entries[at].text = other(entry.part, &entry.text);
                let edited = held.edited(&entries);
                let after = edited.resource().value();
                let name = format!("{} {field:?}", example.name);
                for (member, value) in before.as_object().unwrap() {
                    let is_own = is_carried_by(section, field, member);
                    assert!(
                        is_own || after.get(member) == Some(value),
                        "{name}: {member}"
                    );
                }
                let is_known =
                    |it: &str| before.get(it).is_some() || is_carried_by(section, field, it);
                assert!(
                    after.as_object().unwrap().keys().all(|it| is_known(it)),
                    "{name}"
                );
                // Who is in a team is chosen by rules of its own.
                let is_who = matches!(field, Field::Member | Field::KeyWorker);
                if !entry.part.is_list() && !is_who {
                    let texts = |of: &[Entry]| -> Vec<String> {
                        of.iter().map(|it| it.text.clone()).collect()
                    };
                    assert_eq!(texts(&edited.entries()), texts(&entries), "{name}");
                }
                written += 1;
            }
        }
    }
    assert!(written > 200, "{written}");
}

/// Something else that can be entered there.
fn other(part: Part, text: &str) -> String {
    match part.form() {
        Form::Words | Form::Line | Form::Open(_) => format!("{text} and more").trim().to_owned(),
        Form::Time => "07:30".to_owned(),
        Form::Day | Form::Moment => "12-Mar-2031".to_owned(),
        Form::Phone => "0161 496 0132".to_owned(),
        Form::OneOf(all) => {
            let mut all = all.iter().map(|it| it.0);
            all.find(|it| *it != text).unwrap().to_owned()
        }
        Form::Number => "7".to_owned(),
        Form::Tick if text.is_empty() => YES.to_owned(),
        Form::Tick => String::new(),
        Form::Chosen => "Practitioner/somebody-else Dr Else".to_owned(),
    }
}

/// Whether this element of its resource carries a field. What a consent is about has its scope, and the law.
fn is_carried_by(section: Section, field: Field, element: &str) -> bool {
    match (section, field) {
        (_, Field::ConsentKind) => matches!(element, "category" | "scope" | "policyRule"),
        (Section::Team, _) => element == "participant",
        (Section::Consent, Field::Since | Field::Until) => element == "provision",
        (Section::Consent, Field::Paper) => element == "sourceAttachment",
        _ => carried_by(field) == element,
    }
}

/// The element of its resource that carries a field (record-model.md).
fn carried_by(field: Field) -> &'static str {
    match field {
        Field::Status
        | Field::ActionStatus
        | Field::AlertStatus
        | Field::RecordStatus
        | Field::ConsentStatus => "status",
        Field::Alert | Field::Adjustment | Field::Decision | Field::WishKind => "code",
        Field::RiskType => "category",
        Field::Since | Field::Until => "period",
        Field::DecidedOn => "effectiveDateTime",
        Field::Wish => "valueString",
        Field::Given | Field::Attorney => "provision",
        Field::ConsentOn => "dateTime",
        Field::Summary | Field::Goal | Field::Action => "description",
        Field::AgreedWith | Field::Paper | Field::ReviewBy => "note",
        Field::NextReview | Field::Responsible | Field::Callee => "activity",
        Field::Need | Field::GoalNeed => "addresses",
        Field::PlanTeam => "careTeam",
        Field::Supporting => "supportingInfo",
        Field::Importance | Field::Priority => "priority",
        Field::GoalStatus => "lifecycleStatus",
        Field::Achievement => "achievementStatus",
        Field::TargetDate => "target",
        Field::Serves => "focus",
        Field::Owner => "owner",
        Field::Due => "restriction",
        Field::GivenName | Field::FamilyName => "name",
        Field::Phone => "telecom",
        Field::NotInTouch => "active",
        Field::Relationship
        | Field::NextOfKin
        | Field::Carer
        | Field::EmergencyContact
        | Field::Dependant => "relationship",
        _ => "item",
    }
}

/// Drops whitespace between tokens, never inside strings.
fn without_whitespace(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    json.trim_start_matches('\u{feff}')
        .chars()
        .filter(|&it| {
            let kept = inside || !it.is_ascii_whitespace();
            if inside {
                (inside, escaped) = match it {
                    _ if escaped => (true, false),
                    '\\' => (true, true),
                    other => (other != '"', false),
                };
            } else {
                inside = it == '"';
            }
            kept
        })
        .collect()
}

/// Facts that were read from this resource itself.
fn own(facts: &Facts, example: &Example) -> usize {
    let me = example.resource.reference().unwrap();
    macro_rules! count {
        ($($field:ident),*) => { 0 $(+ facts.$field.iter().filter(|it| it.origin.resource == me).count())* };
    }
    let contacts = match example.resource.kind() {
        "Patient" => 0,
        _ => count!(contacts),
    };
    contacts
        + count!(
            patients,
            allergies,
            medicines,
            problems,
            findings,
            reports,
            encounters,
            appointments,
            plans,
            goals,
            tasks,
            about_me,
            teams,
            alerts,
            risks,
            cpr,
            consents,
            statements,
            documents,
            packages,
            directory
        )
}

#[test]
fn each_resource_gives_one_fact_or_one_refusal() {
    for kind in READ {
        let mut seen = 0;
        for example in of(kind) {
            seen += 1;
            let facts = facts(example);
            let refused = facts
                .issues
                .iter()
                .filter(|it| it.of == IssueOf::Record)
                .count();
            assert_eq!(own(&facts, example) + refused, 1, "{}", example.name);
            assert_eq!(refused, 0, "{}: {:?}", example.name, facts.issues);
        }
        assert!(seen > 0, "no example of {kind}");
    }
    for example in of("ServiceRequest") {
        let facts = facts(example);
        let refused = facts
            .issues
            .iter()
            .filter(|it| it.of == IssueOf::Record)
            .count();
        assert_eq!(own(&facts, example) + refused, 1, "{}", example.name);
    }
}

#[test]
fn kinds_that_are_not_shown_are_said() {
    for kind in ["Procedure", "Immunization", "Claim"] {
        for example in of(kind) {
            let facts = facts(example);
            assert!(
                facts.issues.iter().any(|it| it.of == IssueOf::Record),
                "{}",
                example.name
            );
        }
    }
}

#[test]
fn issues_about_official_examples_are_few_and_known() {
    let mut issues: BTreeMap<String, usize> = BTreeMap::new();
    for example in EXAMPLES
        .iter()
        .filter(|it| READ.contains(&it.resource.kind()))
    {
        for issue in facts(example).issues {
            *issues
                .entry(format!("{} {}", issue.path, issue.what))
                .or_default() += 1;
        }
    }
    let said: Vec<&str> = issues.keys().map(String::as_str).collect();
    // All true: they have a display and no reference, or a use and no value.
    let known = [
        "CarePlan.partOf[0] is a reference that cannot be followed",
        "Goal.addresses[0] is a reference that cannot be followed",
        "Patient.identifier[1] has no value",
        "Patient.telecom[0] has no value",
        "Task.basedOn[0] is a reference that cannot be followed",
        "Task.focus is a reference that cannot be followed",
    ];
    assert_eq!(said, known);
}

/// The words that a `CodeableConcept` must be shown with.
fn expected_label(concept: &Value) -> Option<String> {
    let filled = |it: &Value| {
        it.as_str()
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
    };
    let codings = concept["coding"].as_array().cloned().unwrap_or_default();
    filled(&concept["text"])
        .or_else(|| codings.iter().find_map(|it| filled(&it["display"])))
        .or_else(|| codings.iter().find_map(|it| filled(&it["code"])))
}

fn same_label(example: &Example, read: &Concept, wire: &Value) {
    let expected = expected_label(wire);
    assert_eq!(
        read.label().map(str::to_owned),
        expected,
        "{}",
        example.name
    );
}

#[test]
fn every_patients_names_and_birth_are_read() {
    for example in of("Patient") {
        let wire = example.resource.value();
        let facts = facts(example);
        let patient = &facts.patients[0];
        let families: Vec<_> = patient
            .names
            .iter()
            .map(|it| it.family.as_deref())
            .collect();
        let names = wire["name"].as_array().cloned().unwrap_or_default();
        let expected: Vec<_> = names.iter().map(|it| it["family"].as_str()).collect();
        assert_eq!(families, expected, "{}", example.name);
        assert_eq!(
            patient.birth.is_some(),
            wire["birthDate"].is_string(),
            "{}",
            example.name
        );
        let contacts = wire["contact"].as_array().map_or(0, Vec::len);
        assert_eq!(facts.contacts.len(), contacts, "{}", example.name);
    }
}

#[test]
fn every_label_is_the_one_of_the_record() {
    for example in of("AllergyIntolerance").filter(|it| it.resource.value()["code"].is_object()) {
        same_label(
            example,
            &facts(example).allergies[0].agent,
            &example.resource.value()["code"],
        );
    }
    for example in of("MedicationRequest") {
        let wire = &example.resource.value()["medicationCodeableConcept"];
        let medicine = facts(example).medicines.remove(0);
        if wire.is_object() {
            same_label(example, &medicine.product, wire);
        }
        assert!(medicine.product.label().is_some(), "{}", example.name);
    }
    for example in of("Condition").filter(|it| it.resource.value()["code"].is_object()) {
        same_label(
            example,
            &facts(example).problems[0].what,
            &example.resource.value()["code"],
        );
    }
    for example in of("Observation") {
        let read = facts(example);
        let Some(finding) = read.findings.first() else {
            continue;
        };
        same_label(example, &finding.test, &example.resource.value()["code"]);
    }
}

#[test]
fn every_quantity_keeps_the_text_of_its_number() {
    let mut seen = 0;
    for example in of("Observation") {
        let wire = &example.resource.value()["valueQuantity"]["value"];
        if let (Value::Number(number), Some(finding)) = (wire, facts(example).findings.first()) {
            let ResultValue::Quantity(amount) = &finding.value else {
                panic!("{}: {:?}", example.name, finding.value)
            };
            assert_eq!(
                amount.value.as_str(),
                number.to_string(),
                "{}",
                example.name
            );
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_is_contained_is_read_with_its_owner() {
    let plan = of("CarePlan")
        .find(|it| it.name == "CarePlan-example.json")
        .unwrap();
    let facts = facts(plan);
    assert_eq!(facts.plans[0].needs[0].name.as_deref(), Some("obesity"));
    let teams: Vec<_> = of("CarePlan")
        .map(self::facts)
        .flat_map(|it| it.teams)
        .collect();
    assert!(teams.iter().all(|it| it.origin.resource.id.contains('#')));
    assert!(!teams.is_empty());
}

#[test]
fn bundles_of_examples_are_read_as_answers() {
    let mut shown = 0;
    for example in of("Bundle") {
        let bundle = fhir::Bundle::of(example.resource.value()).unwrap();
        let facts = fhir::facts(&SourceId::new("hl7"), bundle.resources());
        shown += facts.findings.len() + facts.patients.len() + facts.reports.len();
        // Transactions name their resources by `urn:uuid:` only: these are refused, not lost.
        let refused = facts
            .issues
            .iter()
            .filter(|it| it.of == IssueOf::Record)
            .count();
        assert!(refused <= bundle.resources().count(), "{}", example.name);
    }
    assert!(shown > 100, "{shown}");
}
