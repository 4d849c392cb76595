//! The mental-health trust's record: its own team, its crisis plan, its visits.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    chance::Chance,
    hospital::nhs_number,
    organisations::organisation_id,
    person::Person,
    programme::Options,
    source::Source,
    staff::{Member, TEAM_SIZE},
    wire::{
        SNOMED, coding, day, hl7_codes, instant, link, period, profiled, reference, text, with,
    },
};

const TAE: Source = Source::Tae;

pub(crate) fn write(options: &Options, person: &Person) -> Vec<Value> {
    if !person.mental_health {
        return Vec::new();
    }
    let mut chance = Chance::of(options.seed, "mental-health", person.n);
    let nurse = Member::of(options, person.team_number * TEAM_SIZE + 10).name();
    let visited = chance.days_before(options.today, 5, 60);
    let next = chance.days_before(options.today, -40, -2);
    let patient = person.patient_id(options, TAE);
    let trust = reference(
        "Organization",
        &organisation_id(options, TAE, TAE.id()),
        TAE.name(),
    );
    let visit = with(
        profiled("Encounter", &person.id(options, TAE, "Encounter", "visit")),
        json!({
            "status": "finished",
            "class": coding(&hl7_codes("v3-ActCode"), "HH", "home health"),
            "serviceType": text("Community mental health"),
            "subject": link("Patient", &patient),
            "participant": [{ "individual": { "display": nurse } }],
            "period": period(visited, Some(visited + TimeDelta::minutes(50))),
            "reasonCode": [text("Planned home visit")],
            "serviceProvider": trust,
        }),
    );
    let appointment = with(
        profiled(
            "Appointment",
            &person.id(options, TAE, "Appointment", "next"),
        ),
        json!({
            "status": if person.died.is_some() { "cancelled" } else { "booked" },
            "specialty": [text("Old age psychiatry")],
            "description": "Memory and mood clinic",
            "start": instant(next),
            "end": instant(next + TimeDelta::minutes(40)),
            "participant": [{ "actor": link("Patient", &patient), "status": "accepted" }, { "actor": { "display": nurse }, "status": "accepted" }],
        }),
    );
    let team = with(
        profiled("CareTeam", &person.id(options, TAE, "CareTeam", "")),
        json!({
            "status": "active",
            "name": "Community mental health team",
            "subject": link("Patient", &patient),
            "participant": [{ "role": [text("Community psychiatric nurse")], "member": { "display": nurse }, "onBehalfOf": trust }],
            "managingOrganization": [trust],
        }),
    );
    vec![
        identity(options, person),
        visit,
        appointment,
        team,
        crisis(options, person, &nurse),
        flag(options, person),
    ]
}

fn identity(options: &Options, person: &Person) -> Value {
    let who = &person.identity;
    with(
        profiled("Patient", &person.patient_id(options, TAE)),
        json!({
            "identifier": [nhs_number(&who.nhs_number, "01")],
            "active": true,
            "name": [{ "use": "official", "family": who.family, "given": [who.given], "prefix": [who.prefix] }],
            "gender": who.gender.code(),
            "birthDate": day(who.birth),
            "managingOrganization": reference("Organization", &organisation_id(options, TAE, TAE.id()), TAE.name()),
        }),
    )
}

fn crisis(options: &Options, person: &Person, nurse: &str) -> Value {
    let element = |heading: &str, words: &str| json!({ "detail": { "code": text(heading), "status": "scheduled", "description": words } });
    with(
        profiled("CarePlan", &person.id(options, TAE, "CarePlan", "crisis")),
        json!({
            "status": "active",
            "intent": "plan",
            "category": [{ "coding": [coding(SNOMED, "736253002", "Mental health crisis plan")], "text": "Mental health crisis plan" }],
            "title": "Mental health crisis plan",
            "subject": link("Patient", &person.patient_id(options, TAE)),
            "created": instant(options.today - TimeDelta::days(40)),
            "author": { "display": nurse },
            "activity": [
                element("Trigger factors", "Not sleeping, not answering the door, the anniversary in March"),
                element("What should happen", "Ring the crisis line, stay with the person, remove what could do harm"),
                element("Who should be contacted", "Community mental health team in hours, crisis line at night"),
                element("Coping strategies", "A walk, the radio, ringing the sister"),
                element("Relapse indicators", "Curtains closed all day, missed meals"),
            ],
        }),
    )
}

fn flag(options: &Options, person: &Person) -> Value {
    with(
        profiled("Flag", &person.id(options, TAE, "Flag", "0")),
        json!({
            "status": "active",
            "category": [text("Safety")],
            "code": text("Visit in pairs after dark"),
            "subject": link("Patient", &person.patient_id(options, TAE)),
            "period": { "start": day((options.today - TimeDelta::days(90)).date()) },
        }),
    )
}
