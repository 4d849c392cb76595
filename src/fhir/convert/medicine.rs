//! `MedicationStatement` and `MedicationRequest`: <https://hl7.org/fhir/R4/medicationstatement.html>,
//! <https://hl7.org/fhir/R4/medicationrequest.html>.

use crate::domain::medicine::{Medicine, MedicineStatus, Stated};
use crate::domain::{Concept, Origin, Period};

use super::super::element::Element;
use super::super::name;
use super::dose;

pub fn statement(it: Element<'_>, origin: Origin) -> Medicine {
    let effective = match it.choice("effective") {
        Some(("Period", it)) => it.as_period(),
        Some((_, it)) => Period {
            start: it.as_when(),
            end: None,
        },
        None => Period::default(),
    };
    let because: Vec<Concept> = it.concepts("statusReason");
    let because: Vec<&str> = because.iter().filter_map(Concept::label).collect();
    Medicine {
        origin,
        stated: Stated::Statement,
        product: product(it),
        status: it.coded("status", status),
        status_reason: (!because.is_empty()).then(|| because.join("; ")),
        intent: None,
        do_not_give: false,
        categories: it.concept("category").into_iter().collect(),
        doses: it.list("dosage").map(dose::read).collect(),
        reasons: reasons(it),
        effective,
        recorded: it.when("dateAsserted"),
        author: it.party("informationSource"),
        notes: it.notes("note"),
    }
}

pub fn request(it: Element<'_>, origin: Origin) -> Medicine {
    let because = it.concept("statusReason");
    let mut categories = it.concepts("category");
    categories.extend(it.concept("courseOfTherapyType"));
    let dispense = it.object("dispenseRequest");
    Medicine {
        origin,
        stated: Stated::Request,
        product: product(it),
        status: it.coded("status", status),
        status_reason: because.and_then(|it| it.label().map(str::to_owned)),
        intent: it.string("intent"),
        // Unreadable counts as "do not": nobody is told to give what was perhaps forbidden.
        do_not_give: it
            .at("doNotPerform")
            .is_some_and(|it| it.as_flag().unwrap_or(true)),
        categories,
        doses: it.list("dosageInstruction").map(dose::read).collect(),
        reasons: reasons(it),
        effective: dispense.map_or_else(Period::default, |it| it.period("validityPeriod")),
        recorded: it.when("authoredOn"),
        author: it.party("requester").or_else(|| it.party("recorder")),
        notes: it.notes("note"),
    }
}

/// `medication[x]`: a concept, or the Medication that a reference leads to, else the reference's own words.
fn product(it: Element<'_>) -> Concept {
    let found = match it.choice("medication") {
        Some(("CodeableConcept", concept)) => concept.as_concept(),
        Some(("Reference", reference)) => reference.as_object().and_then(referenced),
        Some((_, other)) => {
            other.wrong("is of a kind that is not read");
            None
        }
        None => None,
    };
    found.unwrap_or_else(|| {
        it.wrong_at("medication[x]", "does not name the medicine");
        Concept::default()
    })
}

fn referenced(reference: Element<'_>) -> Option<Concept> {
    let display = reference.string("display");
    let target = reference.link().and_then(|it| it.target);
    let coded = target
        .and_then(|it| it.get("code"))
        .map(|code| reference.visiting(target.unwrap_or(code), code))
        .and_then(Element::as_concept);
    let named = || {
        target
            .and_then(name::of_resource)
            .or_else(|| display.clone())
    };
    let words = |text: String| Concept::new(Some(text), Vec::new());
    coded.or_else(|| named().map(words)).or_else(|| {
        let identified = reference.as_party()?.name?;
        Some(words(identified))
    })
}

fn reasons(it: Element<'_>) -> Vec<Concept> {
    let mut reasons = it.concepts("reasonCode");
    let referenced = it.parties("reasonReference");
    reasons.extend(
        referenced
            .into_iter()
            .filter_map(|it| it.name)
            .map(|it| Concept::from_text(&it)),
    );
    reasons
}

/// Both resources' codes: <https://hl7.org/fhir/R4/valueset-medicationrequest-status.html>,
/// <https://hl7.org/fhir/R4/valueset-medication-statement-status.html>.
fn status(code: &str) -> Option<MedicineStatus> {
    Some(match code {
        "active" => MedicineStatus::Active,
        "completed" => MedicineStatus::Completed,
        "entered-in-error" => MedicineStatus::EnteredInError,
        "intended" => MedicineStatus::Intended,
        "stopped" => MedicineStatus::Stopped,
        "on-hold" => MedicineStatus::OnHold,
        "not-taken" => MedicineStatus::NotTaken,
        "draft" => MedicineStatus::Draft,
        "cancelled" => MedicineStatus::Cancelled,
        "unknown" => MedicineStatus::Unknown,
        _ => return None,
    })
}
