//! The GP's lists: problems, allergies, medicines.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    allergies::{Allergies, Known},
    medicines::{Dose, Medicine},
    person::{Person, Taken},
    programme::Options,
    source::Source,
    wire::{
        DMD, UCUM, coding, concept, day, decimal, hl7_codes, link, profiled, reference, snomed,
        text, with,
    },
};

pub(crate) fn problems(options: &Options, person: &Person) -> Vec<Value> {
    let conditions = person.problems.iter().map(|problem| {
        with(
            profiled("Condition", &person.id(options, Source::Shared, "Condition", problem.condition.key)),
            json!({
                "clinicalStatus": concept(&hl7_codes("condition-clinical"), "active", "Active"),
                "verificationStatus": concept(&hl7_codes("condition-ver-status"), "confirmed", "Confirmed"),
                "category": [concept(&hl7_codes("condition-category"), "problem-list-item", "Problem List Item")],
                "code": snomed(problem.condition.code, problem.condition.name),
                "subject": link("Patient", &person.patient_id(options, Source::Shared)),
                "onsetDateTime": problem.since,
                "recordedDate": day(problem.recorded),
            }),
        )
    });
    conditions.collect()
}

pub(crate) fn allergies(options: &Options, person: &Person) -> Vec<Value> {
    let patient = person.patient_id(options, Source::Shared);
    let id = |key: &str| person.id(options, Source::Shared, "AllergyIntolerance", key);
    match &person.allergies {
        Allergies::NotRecorded => Vec::new(),
        Allergies::NoneKnown => vec![with(
            profiled("AllergyIntolerance", &id("none")),
            json!({
                "clinicalStatus": concept(&hl7_codes("allergyintolerance-clinical"), "active", "Active"),
                "verificationStatus": concept(&hl7_codes("allergyintolerance-verification"), "confirmed", "Confirmed"),
                "code": snomed("716186003", "No known allergy"),
                "patient": link("Patient", &patient),
                "recordedDate": day(person.risk_on - TimeDelta::days(200)),
            }),
        )],
        Allergies::Known(known) => {
            let shown = known.iter().enumerate().filter(|(_, known)| known.in_gp);
            shown
                .map(|(at, known)| allergy(&id(&at.to_string()), &patient, known, known.year))
                .collect()
        }
    }
}

/// One allergy, the GP's or a trust's.
pub(crate) fn allergy(id: &str, patient: &str, known: &Known, year: i32) -> Value {
    let allergen = known.allergen;
    let (code, words, severity) = allergen.reaction;
    let kind = if allergen.name.contains("intolerance") {
        "intolerance"
    } else {
        "allergy"
    };
    with(
        profiled("AllergyIntolerance", id),
        json!({
            "clinicalStatus": concept(&hl7_codes("allergyintolerance-clinical"), "active", "Active"),
            "verificationStatus": concept(&hl7_codes("allergyintolerance-verification"), "confirmed", "Confirmed"),
            "type": kind,
            "category": [allergen.category],
            "criticality": if allergen.high { "high" } else { "low" },
            "code": snomed(allergen.code, allergen.name),
            "patient": link("Patient", patient),
            "onsetDateTime": year.to_string(),
            "recordedDate": format!("{year}-06"),
            "reaction": [{ "manifestation": [snomed(code, words)], "severity": severity, "onset": year.to_string() }],
        }),
    )
}

pub(crate) fn medicines(options: &Options, person: &Person) -> Vec<Value> {
    person
        .medicines
        .iter()
        .filter_map(|taken| medicine(options, person, taken))
        .collect()
}

fn medicine(options: &Options, person: &Person, taken: &Taken) -> Option<Value> {
    let dose = taken.medicine.doses.get(taken.dose)?;
    let problem = taken.problem.and_then(|at| person.problems.get(at));
    let reason = problem.map(|problem| {
        json!([reference(
            "Condition",
            &person.id(options, Source::Shared, "Condition", problem.condition.key),
            problem.condition.name
        )])
    });
    let end = taken.end.map(day);
    let period = end.map_or_else(
        || json!({ "start": day(taken.start) }),
        |end| json!({ "start": day(taken.start), "end": end }),
    );
    let note = taken.changed.map(|changed| json!([{ "time": day(changed), "text": format!("Dose changed on {}", crate::wire::spoken(changed)) }]));
    Some(with(
        profiled(
            "MedicationStatement",
            &person.id(
                options,
                Source::Shared,
                "MedicationStatement",
                taken.medicine.key,
            ),
        ),
        json!({
            "status": taken.status,
            "statusReason": (taken.status == "on-hold").then(|| json!([text("Held until the kidney function is checked")])),
            "medicationCodeableConcept": product(taken.medicine),
            "subject": link("Patient", &person.patient_id(options, Source::Shared)),
            "effectivePeriod": period,
            "dateAsserted": day(taken.changed.or(taken.end).unwrap_or(taken.start)),
            "reasonReference": reason,
            "note": note,
            "dosage": [dosage(taken.medicine, dose)],
        }),
    ))
}

/// The product by name; coded where the code is certain.
pub(crate) fn product(medicine: &Medicine) -> Value {
    if medicine.dmd.is_empty() {
        return text(medicine.name);
    }
    json!({ "coding": [coding(DMD, medicine.dmd, medicine.name)], "text": medicine.name })
}

pub(crate) fn dosage(medicine: &Medicine, dose: &Dose) -> Value {
    let timing = if dose.times == 0 {
        json!({ "repeat": { "frequency": 1, "period": 1, "periodUnit": "wk" } })
    } else {
        json!({ "repeat": { "frequency": dose.times, "period": 1, "periodUnit": "d" } })
    };
    with(
        serde_json::Map::new(),
        json!({
            "text": dose.words,
            "patientInstruction": Some(medicine.note).filter(|note| !note.is_empty()),
            "timing": timing,
            "asNeededBoolean": dose.as_needed.then_some(true),
            "route": text(medicine.route),
            "doseAndRate": [{ "doseQuantity": { "value": decimal(dose.amount), "unit": dose.unit.trim_matches(['{', '}']), "system": UCUM, "code": dose.unit } }],
        }),
    )
}
