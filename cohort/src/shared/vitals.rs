//! Weight, blood pressure and oxygen saturation, measured at home and at the practice.

use serde_json::{Value, json};

use crate::{
    chance::Chance,
    hospital::laboratory::observation,
    person::Person,
    programme::Options,
    results::{Course, Measured, test, written},
    source::Source,
    wire::{LOINC, coding, concept, hl7_codes, instant, link, profiled, quantity, with},
};

pub(crate) fn write(options: &Options, person: &Person) -> Vec<Value> {
    if !person.full {
        return series(options, person, "weight", 1);
    }
    let breathless = person
        .problems
        .iter()
        .any(|problem| matches!(problem.condition.key, "copd" | "asthma" | "hf"));
    let mut all = series(options, person, "weight", 8);
    if breathless {
        all.extend(series(options, person, "spo2", 6));
    }
    all.extend((0..8).map(|point| pressure(options, person, point)));
    all
}

fn series(options: &Options, person: &Person, key: &str, points: i64) -> Vec<Value> {
    let mut chance = Chance::of(options.seed, &format!("vitals-{key}"), person.n);
    let Some(test) = test(key) else {
        return Vec::new();
    };
    let course = Course::of(options.seed, person.n, test);
    let gap = 700 / points;
    (0..points)
        .map(|point| {
            let days = (700 - gap * point - chance.between(0, gap * 3 / 4)).max(1);
            let at = chance.days_before(options.today, days, days);
            let value = Measured {
                key: format!("{key}-{point}"),
                test,
                steps: course.value(days, &mut chance),
                at,
            };
            observation(options, person, Source::Shared, &value, "vital-signs", None)
        })
        .collect()
}

fn pressure(options: &Options, person: &Person, point: i64) -> Value {
    let mut chance = Chance::of(options.seed, &format!("pressure-{point}"), person.n);
    let days = (700 - 87 * point - chance.between(0, 60)).max(1);
    let at = chance.days_before(options.today, days, days);
    let components: Vec<Value> = ["sys", "dia"]
        .into_iter()
        .filter_map(test)
        .map(|test| {
            let steps = Course::of(options.seed, person.n, test).value(days, &mut chance);
            json!({ "code": { "coding": [coding(LOINC, test.loinc, test.name)], "text": test.name }, "valueQuantity": quantity(&written(test, steps), test.unit, test.ucum) })
        })
        .collect();
    with(
        profiled(
            "Observation",
            &person.id(
                options,
                Source::Shared,
                "Observation",
                &format!("pressure-{point}"),
            ),
        ),
        json!({
            "status": "final",
            "category": [concept(&hl7_codes("observation-category"), "vital-signs", "Vital Signs")],
            "code": { "coding": [coding(LOINC, "85354-9", "Blood pressure panel")], "text": "Blood pressure" },
            "subject": link("Patient", &person.patient_id(options, Source::Shared)),
            "effectiveDateTime": instant(at),
            "performer": [{ "display": "Practice nurse" }],
            "component": components,
        }),
    )
}
