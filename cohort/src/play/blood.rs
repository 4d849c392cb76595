//! Results of people who are in: blood, images.

use serde_json::Value;

use super::{
    Day, Event,
    trust::{Hospital, as_patient},
};
use crate::{
    hospital::{imaging, laboratory},
    load::LoadError,
    person::Person,
    results::{interpretation, panel, report, written},
};

/// A report on somebody who is in, often abnormal.
pub(super) fn result(day: &mut Day, hospital: &mut Hospital) -> Result<Option<Event>, LoadError> {
    if hospital.inside.is_empty() {
        return Ok(None);
    }
    let n = day.chance.pick(&hospital.inside).person;
    let person = Person::of(hospital.options, n);
    let Some(panel) = panel(day.chance.word(&["ue", "fbc", "crp", "bnp"])) else {
        return Ok(None);
    };
    let key = hospital.key(day.now);
    let ill = day.chance.percent(65);
    // Taken an hour and a half ago, reported now.
    let taken = day.now - chrono::TimeDelta::minutes(95);
    let blood = report(
        hospital.options.seed,
        n,
        panel,
        taken,
        0,
        ill,
        &key,
        day.chance,
    );
    let patient = hospital.patient(&person)?;
    let mut given = as_patient(hospital.options, &person, hospital.source, &patient);
    for resource in laboratory::write(hospital.options, &person, hospital.source, &blood, None) {
        let ours = crate::load::references::address(&resource);
        let theirs = hospital.create(resource, &given)?;
        given.insert(ours, theirs);
    }
    let abnormal = blood
        .values
        .iter()
        .find(|value| interpretation(value.test, value.steps).is_some_and(|(code, _)| code != "N"));
    let what = abnormal.map_or_else(
        || format!("{}: normal", panel.name),
        |value| {
            format!(
                "{} {} {}, {}",
                value.test.name,
                written(value.test, value.steps),
                value.test.unit,
                interpretation(value.test, value.steps)
                    .map_or("", |(_, words)| words)
                    .to_lowercase()
            )
        },
    );
    Ok(Some(hospital.event(&person, day.now, what)))
}

/// What the radiologists saw.
pub(super) fn image(day: &mut Day, hospital: &mut Hospital) -> Result<Option<Event>, LoadError> {
    if hospital.inside.is_empty() {
        return Ok(None);
    }
    let n = day.chance.pick(&hospital.inside).person;
    let person = Person::of(hospital.options, n);
    let key = hospital.key(day.now);
    // Taken an hour ago, reported now.
    let taken = day.now - chrono::TimeDelta::minutes(60);
    let patient = hospital.patient(&person)?;
    let given = as_patient(hospital.options, &person, hospital.source, &patient);
    let (options, source) = (hospital.options, hospital.source);
    let report = imaging::write(options, &person, source, (&key, taken), None, day.chance);
    let what = report.pointer("/code/text").and_then(Value::as_str);
    let what = format!("{} reported", what.unwrap_or_default());
    hospital.create(report, &given)?;
    Ok(Some(hospital.event(&person, day.now, what)))
}
