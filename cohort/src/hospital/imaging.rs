//! Reports of the radiologists: words, no values.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::{Value, json};

use crate::{
    chance::Chance,
    person::Person,
    programme::Options,
    source::Source,
    wire::{SNOMED, coding, concept, hl7_codes, instant, link, profiled, with},
};

/// What is looked at: SNOMED CT code, words, what may be seen.
type Examination = (&'static str, &'static str, &'static [&'static str]);

const EXAMINATIONS: &[Examination] = &[
    (
        "399208008",
        "Chest X-ray",
        &[
            "Left lower zone consolidation. No pneumothorax.",
            "Hyperinflated lungs. No focal consolidation.",
            "Heart enlarged. Small bilateral effusions.",
            "No acute abnormality.",
        ],
    ),
    (
        "303653007",
        "CT head",
        &[
            "No acute intracranial bleed. Old lacunar infarct.",
            "Age-related change only.",
        ],
    ),
];

/// A report, an hour after the image was taken at `at`.
pub(crate) fn write(
    options: &Options,
    person: &Person,
    source: Source,
    (key, at): (&str, NaiveDateTime),
    episode: Option<&str>,
    chance: &mut Chance,
) -> Value {
    let (code, words, seen) = chance.pick(EXAMINATIONS);
    let encounter =
        episode.map(|key| link("Encounter", &person.id(options, source, "Encounter", key)));
    with(
        profiled(
            "DiagnosticReport",
            &person.id(options, source, "DiagnosticReport", key),
        ),
        json!({
            "status": "final",
            "category": [concept(&hl7_codes("v2-0074"), "RAD", "Radiology")],
            "code": { "coding": [coding(SNOMED, code, words)], "text": words },
            "subject": link("Patient", &person.patient_id(options, source)),
            "encounter": encounter,
            "effectiveDateTime": instant(at),
            "issued": instant(at + TimeDelta::minutes(60)),
            "performer": [{ "display": "Radiology" }],
            "conclusion": chance.word(seen),
        }),
    )
}
