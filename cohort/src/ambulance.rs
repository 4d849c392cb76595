//! The ambulance service's record: call-outs and what crews should know.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    chance::Chance,
    emergency::{COMMON, reason},
    hospital::nhs_number,
    organisations::organisation_id,
    person::Person,
    programme::Options,
    source::Source,
    wire::{coding, day, hl7_codes, link, period, profiled, reference, snomed, text, with},
};

const RX7: Source = Source::Rx7;

pub(crate) fn write(options: &Options, person: &Person) -> Vec<Value> {
    if person.call_outs == 0 {
        return Vec::new();
    }
    let mut chance = Chance::of(options.seed, "ambulance", person.n);
    let who = &person.identity;
    let patient = person.patient_id(options, RX7);
    let service = reference(
        "Organization",
        &organisation_id(options, RX7, RX7.id()),
        RX7.name(),
    );
    let mut all = vec![with(
        profiled("Patient", &patient),
        json!({
            "identifier": [nhs_number(&who.nhs_number, "02")],
            "name": [{ "family": who.family, "given": [who.given] }],
            "gender": who.gender.code(),
            "birthDate": day(who.birth),
            "address": [{ "line": [who.street], "postalCode": who.postcode }],
        }),
    )];
    for call in 0..person.call_outs {
        let why = reason(chance.word(COMMON));
        let start =
            chance.days_before(options.today, 3, 600) + TimeDelta::minutes(chance.between(0, 600));
        let conveyed = chance.percent(55);
        all.push(with(
            profiled("Encounter", &person.id(options, RX7, "Encounter", &call.to_string())),
            json!({
                "status": "finished",
                "class": coding(&hl7_codes("v3-ActCode"), "FLD", "field"),
                "type": [text(if conveyed { "999 call, taken to hospital" } else { "999 call, seen and treated at home" })],
                "serviceType": text("Ambulance"),
                "subject": link("Patient", &patient),
                "period": period(start, Some(start + TimeDelta::minutes(chance.between(35, 120)))),
                "reasonCode": [snomed(why.code, why.name)],
                "serviceProvider": service,
            }),
        ));
    }
    if chance.percent(40) {
        all.push(with(
            profiled("Flag", &person.id(options, RX7, "Flag", "0")),
            json!({
                "status": "active",
                "category": [text("Access")],
                "code": text("Third floor, no lift: carry chair needed"),
                "subject": link("Patient", &patient),
                "period": { "start": day((options.today - TimeDelta::days(120)).date()) },
            }),
        ));
    }
    all
}
