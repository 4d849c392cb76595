//! How the special people's records are written down wrongly, oddly or barely.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::{
    ALLERGIES_UNKNOWN, ARABIC, CHINESE, CONFLICT, CONTAINED, DECIMALS, ENTERED_IN_ERROR,
    FAILING_NUMBER, HOSTILE, LONG_MEDICINE, MANY, MANY_ENCOUNTERS, NO_DISPLAY, NO_NUMBER, NOWHERE,
    ODD_REFERENCES, PARTIAL_DATES, REFUTED, TWO_UNITS, UNKNOWN_CODES, UNKNOWN_ELEMENTS, WITHHELD,
    odd,
};
use crate::{
    person::Person,
    programme::{Options, Record},
    source::Source,
    wire::{concept, hl7_codes, instant},
};

/// A person's record being bent.
pub(super) struct Bending<'a> {
    pub options: &'a Options,
    pub person: &'a Person,
    pub record: &'a mut Record,
}

impl Bending<'_> {
    pub fn id(&self, source: Source, kind: &str, key: &str) -> String {
        self.person.id(self.options, source, kind, key)
    }

    /// Changes every resource of a kind, with its number among them.
    pub fn each(
        &mut self,
        source: Source,
        kind: &str,
        mut change: impl FnMut(usize, &mut Map<String, Value>),
    ) {
        let sheets = self
            .record
            .iter_mut()
            .filter(|(of, _)| *of == source)
            .flat_map(|(_, resources)| resources);
        let members = sheets
            .filter(|resource| resource.get("resourceType").and_then(Value::as_str) == Some(kind))
            .filter_map(Value::as_object_mut);
        members
            .enumerate()
            .for_each(|(at, members)| change(at, members));
    }

    /// Changes the patient in every source that has one.
    pub fn patients(&mut self, mut change: impl FnMut(Source, &mut Map<String, Value>)) {
        for source in Source::ALL {
            self.each(source, "Patient", |_, patient| change(source, patient));
        }
    }

    pub fn add(&mut self, source: Source, resources: impl IntoIterator<Item = Value>) {
        if let Some((_, sheet)) = self.record.iter_mut().find(|(of, _)| *of == source) {
            sheet.extend(resources);
        }
    }

    pub fn remove(&mut self, source: Source, kind: &str) {
        for (_, sheet) in self.record.iter_mut().filter(|(of, _)| *of == source) {
            sheet.retain(|resource| {
                resource.get("resourceType").and_then(Value::as_str) != Some(kind)
            });
        }
    }
}

pub(crate) fn bend(options: &Options, person: &Person, record: &mut Record) {
    let mut bending = Bending {
        options,
        person,
        record,
    };
    let it = &mut bending;
    match person.n {
        UNKNOWN_CODES => odd::unknown_codes(it),
        UNKNOWN_ELEMENTS => odd::unknown_elements(it),
        CONTAINED => contained(it),
        ENTERED_IN_ERROR => entered_in_error(it),
        PARTIAL_DATES => partial_dates(it),
        FAILING_NUMBER => it.patients(|_, patient| {
            if let Some(status) = patient.get_mut("identifier").and_then(|all| all.pointer_mut("/0/extension/0/valueCodeableConcept/coding/0")) {
                *status = json!({ "system": crate::wire::uk_codes("UKCore-NHSNumberVerificationStatusEngland"), "code": "04", "display": "Trace attempted - No match or multiple match found" });
            }
        }),
        CONFLICT => it.each(Source::Rm2, "Patient", |_, patient| {
            patient.insert("name".into(), json!([{ "use": "official", "family": "Thornley", "given": ["Gerald"], "prefix": ["Mr"] }]));
            patient.insert("birthDate".into(), "1961-03-08".into());
            patient.insert("gender".into(), "male".into());
        }),
        DECIMALS => odd::decimals(it),
        MANY_ENCOUNTERS => many_encounters(it),
        HOSTILE => odd::hostile(it),
        ARABIC => other_script(it, "السيد", "مريم", "Arab"),
        CHINESE => other_script(it, "黃", "國榮", "Hant"),
        LONG_MEDICINE => odd::long_medicine(it),
        NO_DISPLAY => it.record.iter_mut().flat_map(|(_, sheet)| sheet).for_each(wordless),
        WITHHELD => odd::withheld(it),
        TWO_UNITS => odd::two_units(it),
        ALLERGIES_UNKNOWN => it.each(Source::Shared, "AllergyIntolerance", |_, allergy| {
            allergy.insert("verificationStatus".into(), concept(&hl7_codes("allergyintolerance-verification"), "unconfirmed", "Unconfirmed"));
            allergy.insert("code".into(), json!({ "coding": [{ "system": hl7_codes("data-absent-reason"), "code": "asked-unknown", "display": "Asked But Unknown" }], "text": "Allergies unknown: the person could not be asked" }));
        }),
        REFUTED => refuted(it),
        ODD_REFERENCES => odd::references(it),
        NO_NUMBER => it.patients(|source, patient| {
            patient.insert("identifier".into(), json!([{ "system": format!("urn:alongside:{}:temporary", source.id()), "value": "T-000104" }]));
        }),
        NOWHERE => it.patients(|_, patient| {
            for name in ["address", "telecom", "generalPractitioner", "managingOrganization"] {
                patient.shift_remove(name);
            }
        }),
        _ => {}
    }
}

/// The care team inside the plan and nowhere else; a medicine inside its statement.
fn contained(it: &mut Bending) {
    let mut team = Value::Null;
    it.each(Source::Shared, "CareTeam", |_, found| {
        team = Value::Object(found.clone());
    });
    it.remove(Source::Shared, "CareTeam");
    if let Some(members) = team.as_object_mut() {
        members.insert("id".into(), "team".into());
    }
    it.each(Source::Shared, "CarePlan", |at, plan| {
        if at == 0 {
            plan.insert("contained".into(), json!([team.clone()]));
            plan.insert("careTeam".into(), json!([{ "reference": "#team" }]));
        }
    });
    it.each(Source::Shared, "MedicationStatement", |at, statement| {
        if at == 0
            && let Some(product) = statement.shift_remove("medicationCodeableConcept")
        {
            statement.insert(
                "contained".into(),
                json!([{ "resourceType": "Medication", "id": "product", "code": product }]),
            );
            statement.insert(
                "medicationReference".into(),
                json!({ "reference": "#product" }),
            );
        }
    });
}

fn entered_in_error(it: &mut Bending) {
    let wrong = |system: &str| json!({ "coding": [{ "system": hl7_codes(system), "code": "entered-in-error", "display": "Entered in Error" }] });
    it.each(Source::Shared, "AllergyIntolerance", |at, allergy| {
        if at == 0 {
            allergy.shift_remove("clinicalStatus");
            allergy.insert(
                "verificationStatus".into(),
                wrong("allergyintolerance-verification"),
            );
        }
    });
    it.each(Source::Shared, "Condition", |at, condition| {
        if at == 0 {
            condition.shift_remove("clinicalStatus");
            condition.insert("verificationStatus".into(), wrong("condition-ver-status"));
        }
    });
    let status = |members: &mut Map<String, Value>| {
        members.insert("status".into(), "entered-in-error".into());
    };
    for source in Source::ALL {
        for kind in [
            "MedicationStatement",
            "Observation",
            "DocumentReference",
            "Encounter",
            "Appointment",
            "Flag",
            "Task",
        ] {
            it.each(source, kind, |at, members| {
                if at == 0 {
                    status(members);
                }
            });
        }
    }
}

fn partial_dates(it: &mut Bending) {
    it.patients(|_, patient| {
        patient.insert("birthDate".into(), "1941".into());
    });
    it.each(Source::Shared, "Condition", |at, condition| {
        let when = if at % 2 == 0 { "1998" } else { "2014-03" };
        condition.insert("onsetDateTime".into(), when.into());
        condition.insert("recordedDate".into(), "2015".into());
    });
    it.each(Source::Shared, "MedicationStatement", |_, statement| {
        statement.insert("effectivePeriod".into(), json!({ "start": "2019-11" }));
    });
    for trust in Source::TRUSTS {
        it.each(trust, "Encounter", |at, encounter| {
            if at == 0 {
                encounter.insert(
                    "period".into(),
                    json!({ "start": "2025-02", "end": "2025-02" }),
                );
            }
        });
    }
}

fn other_script(it: &mut Bending, family: &str, given: &str, script: &str) {
    it.each(Source::Shared, "Patient", |_, patient| {
        let name = json!({
            "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/language", "valueCode": format!("und-{script}") }],
            "use": "usual", "text": format!("{family} {given}"), "family": family, "given": [given],
        });
        if let Some(names) = patient.get_mut("name").and_then(Value::as_array_mut) {
            names.push(name);
        }
    });
}

/// Five hundred visits to the dialysis unit and the warfarin clinic, one every day and a half.
fn many_encounters(it: &mut Bending) {
    let patient = it.person.patient_id(it.options, Source::Rw3);
    let organisation = crate::organisations::organisation_id(it.options, Source::Rw3, "rw3");
    let visits: Vec<Value> = (0..MANY)
        .map(|visit| {
            let start = it.options.today - TimeDelta::minutes(2_160 * (visit + 2));
            let specialty = if visit % 9 == 0 { "Anticoagulation clinic" } else { "Renal dialysis unit" };
            json!({
                "resourceType": "Encounter",
                "id": it.id(Source::Rw3, "Encounter", &format!("many-{visit}")),
                "status": if visit % 31 == 0 { "cancelled" } else { "finished" },
                "class": { "system": hl7_codes("v3-ActCode"), "code": "AMB", "display": "ambulatory" },
                "serviceType": { "text": specialty },
                "subject": { "reference": format!("Patient/{patient}"), "display": it.person.identity.listed() },
                "period": { "start": instant(start), "end": instant(start + TimeDelta::minutes(240)) },
                "serviceProvider": { "reference": format!("Organization/{organisation}"), "display": Source::Rw3.name() },
            })
        })
        .collect();
    it.add(Source::Rw3, visits);
}

/// Takes the words out: references and codes are left with what machines read.
fn wordless(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let named = members.shift_remove("display").is_some();
            if named && members.is_empty() {
                // A reference of nothing but words: its type is left, for FHIR knows no empty objects.
                members.insert("type".into(), "Organization".into());
            }
            if members.contains_key("coding") {
                members.shift_remove("text");
            }
            members.values_mut().for_each(wordless);
        }
        Value::Array(values) => values.iter_mut().for_each(wordless),
        _ => {}
    }
}

fn refuted(it: &mut Bending) {
    it.each(Source::Shared, "AllergyIntolerance", |at, allergy| {
        let (name, system, code, words) = match at {
            0 => ("verificationStatus", "allergyintolerance-verification", "refuted", "Refuted"),
            1 => ("clinicalStatus", "allergyintolerance-clinical", "inactive", "Inactive"),
            _ => ("verificationStatus", "allergyintolerance-verification", "unconfirmed", "Unconfirmed"),
        };
        if at == 0 {
            let inactive = concept(&hl7_codes("allergyintolerance-clinical"), "inactive", "Inactive");
            allergy.insert("clinicalStatus".into(), inactive);
            allergy.insert("note".into(), json!([{ "text": "Tolerated amoxicillin in 2021; penicillin allergy label removed after testing" }]));
        }
        allergy.insert(name.into(), concept(&hl7_codes(system), code, words));
    });
}
