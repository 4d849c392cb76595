//! The shared record of a person: identity, team, plan, GP and social-care data.

#[path = "shared/care_plan.rs"]
mod care_plan;
#[path = "shared/clinical.rs"]
pub(crate) mod clinical;
#[path = "shared/crisis.rs"]
mod crisis;
#[path = "shared/goals.rs"]
mod goals;
#[path = "shared/home_safety.rs"]
pub(crate) mod home_safety;
#[path = "shared/people.rs"]
mod people;
#[path = "shared/vitals.rs"]
mod vitals;
#[path = "shared/wishes.rs"]
mod wishes;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    hospital::laboratory,
    organisations::{COUNCIL, organisation_id},
    person::Person,
    programme::Options,
    results::{panel, trend},
    source::Source,
    wire::{decimal, hl7_codes, instant, link, plain, profiled, reference, snomed, text, with},
};

/// Everything of one person, in the order in which it can be created.
pub(crate) fn write(options: &Options, person: &Person) -> Vec<Value> {
    let mut all = vec![people::patient(options, person)];
    all.extend(people::contacts(options, person));
    all.extend(clinical::problems(options, person));
    all.extend(clinical::allergies(options, person));
    all.extend(clinical::medicines(options, person));
    all.push(people::team(options, person));
    all.push(risk(options, person));
    all.extend(flags(options, person));
    if let Some(plan) = &person.plan {
        all.extend(goals::write(options, person, plan));
        all.push(care_plan::write(options, person, plan));
        all.extend(crisis::write(options, person, plan));
        all.extend(care_plan::about_me(options, person, plan));
        all.extend(home_safety::response(options, person, plan));
        all.extend(care_plan::provenance(options, person, plan));
    }
    all.extend(package(options, person));
    all.extend(wishes::write(options, person));
    all.extend(vitals::write(options, person));
    if person.full {
        let mut panels: Vec<&str> = person
            .problems
            .iter()
            .flat_map(|problem| problem.condition.panels.iter().copied())
            .collect();
        panels.sort_unstable();
        panels.dedup();
        for panel in panels.into_iter().filter_map(panel) {
            for report in trend(options.seed, person.n, panel, panel.points, options.today) {
                all.extend(laboratory::write(
                    options,
                    person,
                    Source::Shared,
                    &report,
                    None,
                ));
            }
        }
    }
    all
}

/// The score that put the person into the programme.
fn risk(options: &Options, person: &Person) -> Value {
    let percent = person.risk.clamp(1, 99);
    with(
        plain(
            "RiskAssessment",
            &person.id(options, Source::Shared, "RiskAssessment", ""),
        ),
        json!({
            "status": "final",
            "method": text("GP model"),
            "code": text("Risk of emergency admission"),
            "subject": link("Patient", &person.patient_id(options, Source::Shared)),
            "occurrenceDateTime": person.risk_on.format("%Y-%m-%d").to_string(),
            "prediction": [{
                "outcome": text("Emergency admission"),
                "probabilityDecimal": decimal(&format!("0.{percent:02}")),
                "whenRange": { "high": { "value": 12, "unit": "months", "system": crate::wire::UCUM, "code": "mo" } },
            }],
        }),
    )
}

fn flags(options: &Options, person: &Person) -> Vec<Value> {
    let flags = person.alerts.iter().enumerate().map(|(at, alert)| {
        let start = alert.since.format("%Y-%m-%d").to_string();
        let end = (!alert.active).then(|| {
            (alert.since + TimeDelta::days(25))
                .format("%Y-%m-%d")
                .to_string()
        });
        let period = end.map_or_else(
            || json!({ "start": start }),
            |end| json!({ "start": start, "end": end }),
        );
        with(
            profiled(
                "Flag",
                &person.id(options, Source::Shared, "Flag", &at.to_string()),
            ),
            json!({
                "status": if alert.active { "active" } else { "inactive" },
                "category": [text(alert.category)],
                "code": snomed(alert.code, &alert.words),
                "subject": link("Patient", &person.patient_id(options, Source::Shared)),
                "period": period,
            }),
        )
    });
    flags.collect()
}

/// The council's care package.
fn package(options: &Options, person: &Person) -> Option<Value> {
    let (words, since) = person.package.as_ref()?;
    let mut head = profiled(
        "EpisodeOfCare",
        &person.id(options, Source::Shared, "EpisodeOfCare", "package"),
    );
    head.insert(
        "status".into(),
        if person.died.is_some() {
            "finished"
        } else {
            "active"
        }
        .into(),
    );
    Some(with(
        head,
        json!({
            "type": [text(words)],
            "patient": link("Patient", &person.patient_id(options, Source::Shared)),
            "managingOrganization": reference("Organization", &organisation_id(options, Source::Shared, "council"), COUNCIL),
            "period": { "start": since.format("%Y-%m-%d").to_string() },
        }),
    ))
}

/// Who recorded something and for whom they work.
pub(crate) fn provenance(
    options: &Options,
    person: &Person,
    key: &str,
    target: &Value,
    member: usize,
    at: chrono::NaiveDateTime,
) -> Value {
    let (organisation, name) = crate::organisations::employer(options, member);
    with(
        profiled(
            "Provenance",
            &person.id(options, Source::Shared, "Provenance", key),
        ),
        json!({
            "target": [target],
            "recorded": instant(at),
            "activity": { "coding": [crate::wire::coding(&hl7_codes("v3-DataOperation"), "UPDATE", "revise")] },
            "agent": [{
                "type": { "coding": [crate::wire::coding(&hl7_codes("provenance-participant-type"), "author", "Author")], "text": crate::plan::role(member) },
                "who": crate::organisations::member_reference(options, member),
                "onBehalfOf": reference("Organization", &organisation_id(options, Source::Shared, &organisation), &name),
            }],
        }),
    )
}
