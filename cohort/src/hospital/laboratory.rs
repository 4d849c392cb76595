//! Laboratory reports with their results; the same for the GP's and the hospitals'.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    person::Person,
    programme::Options,
    results::{Measured, Report, Test, interpretation, written},
    source::Source,
    wire::{
        LOINC, UCUM, coding, concept, decimal, hl7_codes, instant, link, profiled, quantity,
        reference, text, with,
    },
};

/// A report, after the results it names.
pub(crate) fn write(
    options: &Options,
    person: &Person,
    source: Source,
    report: &Report,
    episode: Option<&str>,
) -> Vec<Value> {
    let lab = laboratory(source);
    let encounter =
        episode.map(|key| link("Encounter", &person.id(options, source, "Encounter", key)));
    let mut all: Vec<Value> = report
        .values
        .iter()
        .map(|value| {
            observation(
                options,
                person,
                source,
                value,
                "laboratory",
                encounter.as_ref(),
            )
        })
        .collect();
    let results: Vec<Value> = report
        .values
        .iter()
        .map(|value| {
            reference(
                "Observation",
                &person.id(options, source, "Observation", &value.key),
                value.test.name,
            )
        })
        .collect();
    let mut head = profiled(
        "DiagnosticReport",
        &person.id(options, source, "DiagnosticReport", &report.key),
    );
    head.insert("status".into(), "final".into());
    all.push(with(
        head,
        json!({
            "category": [{ "coding": [coding(&hl7_codes("v2-0074"), "LAB", "Laboratory")] }],
            "code": text(report.panel.name),
            "subject": link("Patient", &person.patient_id(options, source)),
            "encounter": encounter,
            "effectiveDateTime": instant(report.at),
            "issued": instant(report.at + TimeDelta::minutes(95)),
            "performer": [{ "display": lab }],
            "result": results,
        }),
    ));
    all
}

fn laboratory(source: Source) -> &'static str {
    match source {
        Source::Rw3 => "MRI laboratory medicine",
        Source::Rw6 => "Pennine Acute pathology",
        Source::Rm2 => "Wythenshawe pathology",
        _ => "Manchester community pathology",
    }
}

/// One value; `category` is `laboratory` or `vital-signs`.
pub(crate) fn observation(
    options: &Options,
    person: &Person,
    source: Source,
    value: &Measured,
    category: &str,
    encounter: Option<&Value>,
) -> Value {
    let test = value.test;
    let flag = interpretation(test, value.steps).map(|(code, words)| {
        json!([concept(
            &hl7_codes("v3-ObservationInterpretation"),
            code,
            words
        )])
    });
    with(
        profiled(
            "Observation",
            &person.id(options, source, "Observation", &value.key),
        ),
        json!({
            "status": "final",
            "category": [concept(&hl7_codes("observation-category"), category, if category == "laboratory" { "Laboratory" } else { "Vital Signs" })],
            "code": { "coding": [coding(LOINC, test.loinc, test.name)], "text": test.name },
            "subject": link("Patient", &person.patient_id(options, source)),
            "encounter": encounter,
            "effectiveDateTime": instant(value.at),
            "issued": if category == "laboratory" { json!(instant(value.at + TimeDelta::minutes(95))) } else { Value::Null },
            "performer": [{ "display": if category == "laboratory" { laboratory(source) } else { "District nursing" } }],
            "valueQuantity": quantity(&written(test, value.steps), test.unit, test.ucum),
            "interpretation": flag,
            "referenceRange": range(test),
        }),
    )
}

fn range(test: &Test) -> Value {
    let bound = |steps: i64| json!({ "value": decimal(&written(test, steps)), "unit": test.unit, "system": UCUM, "code": test.ucum });
    match test.range {
        (None, None) => Value::Null,
        (Some(low), None) => json!([{ "low": bound(low) }]),
        (None, Some(high)) => json!([{ "high": bound(high) }]),
        (Some(low), Some(high)) => json!([{ "low": bound(low), "high": bound(high) }]),
    }
}
