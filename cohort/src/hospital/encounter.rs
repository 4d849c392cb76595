//! Admissions, emergency attendances and clinic visits as a trust writes them.

use serde_json::{Value, json};

use crate::{
    activity::{Episode, Kind},
    organisations::{consultant_id, location_id, organisation_id},
    person::Person,
    places::consultant,
    programme::Options,
    wire::{
        SNOMED, coding, extension, hl7_codes, period, profiled, reference, snomed, text, uk_codes,
        uk_definition, with,
    },
};

pub(crate) fn write(options: &Options, person: &Person, episode: &Episode) -> Value {
    let trust = episode.trust;
    let doctor = consultant(trust, episode.specialty);
    let (class, words) = class(episode.kind);
    with(
        profiled(
            "Encounter",
            &person.id(options, trust, "Encounter", &episode.key),
        ),
        json!({
            "extension": extensions(episode),
            "identifier": [{ "system": format!("urn:alongside:{}:episode", trust.id()), "value": format!("{}-{}", person.n + 100_000, episode.key) }],
            "status": if episode.end.is_some() { "finished" } else { "in-progress" },
            "class": coding(&hl7_codes("v3-ActCode"), class, words),
            "serviceType": text(episode.specialty),
            "subject": reference("Patient", &person.patient_id(options, trust), &person.identity.listed()),
            "participant": [{
                "type": [{ "coding": [coding(&hl7_codes("v3-ParticipationType"), "ATND", "attender")] }],
                "individual": reference("Practitioner", &consultant_id(options, doctor), doctor),
            }],
            "period": period(episode.start, episode.end),
            "reasonCode": [snomed(episode.reason.code, episode.reason.name)],
            "hospitalization": hospitalization(episode),
            "location": locations(options, episode),
            "serviceProvider": reference("Organization", &organisation_id(options, trust, trust.id()), trust.name()),
        }),
    )
}

fn class(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Admission => ("IMP", "inpatient encounter"),
        Kind::Emergency => ("EMER", "emergency"),
        Kind::Outpatient => ("AMB", "ambulatory"),
    }
}

fn extensions(episode: &Episode) -> Value {
    let coded = |definition: &str, codes: &str, (code, words): (&str, &str)| {
        extension(
            &uk_definition(definition),
            "CodeableConcept",
            json!({ "coding": [coding(codes, code, words)] }),
        )
    };
    match episode.kind {
        Kind::Admission => json!([coded(
            "Extension-UKCore-AdmissionMethod",
            &uk_codes("UKCore-AdmissionMethodEngland"),
            episode.method
        )]),
        Kind::Emergency if episode.end.is_some() => {
            json!([coded(
                "Extension-UKCore-EmergencyCareDischargeStatus",
                SNOMED,
                ("182992009", "Treatment completed")
            )])
        }
        Kind::Emergency => json!([]),
        Kind::Outpatient => {
            json!([coded(
                "Extension-UKCore-OutcomeOfAttendance",
                &uk_codes("UKCore-OutcomeOfAttendanceEngland"),
                ("2", "Another appointment given")
            )])
        }
    }
}

fn hospitalization(episode: &Episode) -> Value {
    let source = match (episode.by_ambulance, episode.kind) {
        (_, Kind::Outpatient) => return Value::Null,
        (true, _) => "Usual place of residence, by ambulance",
        (false, _) => "Usual place of residence",
    };
    if episode.end.is_none() || episode.kind == Kind::Emergency {
        return json!({ "admitSource": text(source) });
    }
    let (code, words) = episode.destination;
    let method = json!({ "coding": [coding(&uk_codes("UKCore-DischargeMethodEngland"), "1", "Patient discharged on clinical advice or with clinical consent")] });
    json!({
        "extension": [extension(&uk_definition("Extension-UKCore-DischargeMethod"), "CodeableConcept", method)],
        "admitSource": text(source),
        "dischargeDisposition": { "coding": [coding(&uk_codes("UKCore-DischargeDestinationEngland"), code, words)] },
    })
}

/// Where the patient was, ward by ward; the last is open while the stay is.
fn locations(options: &Options, episode: &Episode) -> Value {
    let place = |key: &str, name: String| {
        reference("Location", &location_id(options, episode.trust, key), &name)
    };
    let site = episode.site;
    if episode.kind == Kind::Emergency {
        let name = format!("{}, emergency department", site.name);
        return json!([{ "location": place(&format!("{}/emergency department", site.key), name), "status": status(episode.end.is_some()), "period": period(episode.start, episode.end) }]);
    }
    if episode.moves.is_empty() {
        return json!([{ "location": place(site.key, site.name.to_owned()) }]);
    }
    let mut locations = Vec::new();
    for (at, (ward, since)) in episode.moves.iter().enumerate() {
        let until = episode
            .moves
            .get(at + 1)
            .map(|(_, next)| *next)
            .or(episode.end);
        let key = if crate::places::WARDS
            .iter()
            .any(|(of, name, _)| of == &site.key && name == ward)
        {
            format!("{}/{ward}", site.key)
        } else {
            site.key.to_owned()
        };
        locations.push(json!({ "location": place(&key, format!("{}, {ward}", site.name)), "status": status(until.is_some()), "period": period(*since, until) }));
    }
    Value::Array(locations)
}

fn status(over: bool) -> &'static str {
    if over { "completed" } else { "active" }
}
