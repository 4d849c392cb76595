//! A trust's hospitals, wards and consultants.

use serde_json::{Value, json};

use super::{consultant_id, location_id, organisation_id, trust};
use crate::{
    chance::Chance,
    places::{CONSULTANTS, SITES, Site, WARDS},
    programme::Options,
    source::Source,
    wire::{ODS_SITE, UK, identifier, profiled, reference, text, with},
};

pub(super) fn hospital(options: &Options, source: Source) -> Vec<Value> {
    let mut all = vec![trust(options, source, source)];
    for site in SITES.iter().filter(|site| site.trust == source) {
        all.push(location(options, site, site.key, site.name, None));
        let wards = WARDS
            .iter()
            .filter(|(key, _, _)| *key == site.key)
            .map(|(_, name, _)| *name);
        for ward in wards.chain(site.emergency.then_some("emergency department")) {
            all.push(location(
                options,
                site,
                &format!("{}/{ward}", site.key),
                &format!("{}, {ward}", site.name),
                Some(site),
            ));
        }
    }
    for (_, name, specialty) in CONSULTANTS.iter().filter(|(of, _, _)| *of == source) {
        let mut chance = Chance::of(options.seed, name, 0);
        all.push(with(
            profiled("Practitioner", &consultant_id(options, name)),
            json!({
                "identifier": [identifier(&format!("{UK}/Id/gmc-number"), &format!("78{:05}", chance.between(0, 99_999)))],
                "active": true,
                "name": [{ "text": name }],
                "qualification": [{ "code": text(specialty) }],
            }),
        ));
    }
    all
}

fn location(
    options: &Options,
    site: &Site,
    key: &str,
    name: &str,
    part_of: Option<&Site>,
) -> Value {
    let code = match part_of {
        Some(_) => {
            json!([{ "system": "urn:alongside:ward", "value": format!("{}-{}", site.ods, key.replace([' ', '/'], "-")) }])
        }
        None => json!([identifier(ODS_SITE, site.ods)]),
    };
    with(
        profiled("Location", &location_id(options, site.trust, key)),
        json!({
            "identifier": code,
            "status": "active",
            "name": name,
            "mode": "instance",
            "managingOrganization": reference("Organization", &organisation_id(options, site.trust, site.trust.id()), site.trust.name()),
            "partOf": part_of.map(|site| reference("Location", &location_id(options, site.trust, site.key), site.name)),
        }),
    )
}
