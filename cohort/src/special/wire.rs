//! Odd things on the wire: codes, elements, decimals, markup, lists that are withheld.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::bend::Bending;
use crate::{
    letters,
    results::{Measured, test},
    source::Source,
    wire::{LOINC, coding, decimal, hl7_codes, instant, link, set, text},
};

const SHARED: Source = Source::Shared;

/// An observation by hand.
fn observation(it: &Bending, key: &str, days: i64, code: &Value, value: (&str, Value)) -> Value {
    let mut observation = json!({
        "resourceType": "Observation",
        "id": it.id(SHARED, "Observation", key),
        "status": "final",
        "category": [{ "coding": [coding(&hl7_codes("observation-category"), "laboratory", "Laboratory")] }],
        "code": code,
        "subject": link("Patient", &it.person.patient_id(it.options, SHARED)),
        "effectiveDateTime": instant(it.options.today - TimeDelta::days(days)),
    });
    set(&mut observation, &[value.0], value.1);
    observation
}

pub(super) fn unknown_codes(it: &mut Bending) {
    it.each(SHARED, "Condition", |at, condition| {
        if at == 0 {
            condition.insert("code".into(), json!({ "coding": [{ "system": "urn:oid:2.16.840.1.113883.2.1.9.9.9", "code": "Zq7#12", "display": "Local problem code Zq7#12" }, { "code": "no-system" }] }));
        }
    });
    it.each(SHARED, "CareTeam", |_, team| {
        team.insert("category".into(), json!([{ "coding": [{ "system": "https://example.org/team-kinds", "code": "hub-and-spoke" }] }]));
    });
    for trust in Source::TRUSTS {
        it.each(trust, "Encounter", |at, encounter| if at == 0 {
            encounter.insert("class".into(), json!({ "system": "https://example.org/classes", "code": "VWARD", "display": "Virtual ward" }));
        });
    }
    let mut provisional = observation(
        it,
        "odd-status",
        3,
        &text("A test that no list has"),
        (
            "valueCodeableConcept",
            json!({ "coding": [{ "system": "https://example.org/answers", "code": "++?" }] }),
        ),
    );
    set(
        &mut provisional,
        &["interpretation"],
        json!([{ "coding": [{ "system": hl7_codes("v3-ObservationInterpretation"), "code": "QQQ" }] }]),
    );
    let mut never = observation(
        it,
        "odd-status-2",
        4,
        &text("A result with a status of its own"),
        ("valueString", "as it is".into()),
    );
    set(&mut never, &["status"], "half-done".into());
    it.add(SHARED, [provisional, never]);
}

pub(super) fn unknown_elements(it: &mut Bending) {
    it.each(SHARED, "Patient", |_, patient| {
        if let Some(extensions) = patient.get_mut("extension").and_then(Value::as_array_mut) {
            extensions.push(json!({ "url": "https://example.org/fhir/StructureDefinition/lighthouse", "extension": [{ "url": "beam", "valueDecimal": decimal("1.50") }, { "url": "keeper", "valueString": "unknown" }] }));
        }
        patient.insert("_birthDate".into(), json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "1940-02-29T04:10:00+00:00" }] }));
        patient.insert("favouriteBiscuit".into(), "Garibaldi".into());
    });
    it.each(SHARED, "CarePlan", |_, plan| {
        plan.insert("_title".into(), json!({ "id": "title-1", "extension": [{ "url": "https://example.org/spoken", "valueString": "plan" }] }));
        plan.insert("sparkle".into(), json!({ "level": decimal("0.10"), "notes": [null, { "deep": true }] }));
    });
}

pub(super) fn decimals(it: &mut Bending) {
    let potassium =
        json!({ "coding": [coding(LOINC, "2823-3", "Potassium")], "text": "Potassium" });
    let crp = json!({ "coding": [coding(LOINC, "1988-5", "C-reactive protein")], "text": "C-reactive protein" });
    let value = |written: &str, unit: &str| json!({ "value": decimal(written), "unit": unit, "system": crate::wire::UCUM, "code": unit });
    let below = json!({ "value": 5, "comparator": "<", "unit": "mg/L", "system": crate::wire::UCUM, "code": "mg/L" });
    let all = vec![
        observation(
            it,
            "decimal-0",
            1,
            &potassium,
            ("valueQuantity", value("5.30000000000000001", "mmol/L")),
        ),
        observation(
            it,
            "decimal-1",
            30,
            &potassium,
            ("valueQuantity", value("5.0", "mmol/L")),
        ),
        observation(
            it,
            "decimal-2",
            60,
            &potassium,
            ("valueQuantity", value("4.90", "mmol/L")),
        ),
        observation(
            it,
            "decimal-3",
            8,
            &text("Troponin, research assay"),
            ("valueQuantity", value("1E-7", "ng/L")),
        ),
        observation(it, "below-0", 2, &crp, ("valueQuantity", below)),
        observation(it, "below-1", 40, &crp, ("valueString", "<5".into())),
        observation(
            it,
            "below-2",
            80,
            &crp,
            (
                "dataAbsentReason",
                json!({ "coding": [coding(&hl7_codes("data-absent-reason"), "error", "Error")], "text": "Sample haemolysed" }),
            ),
        ),
    ];
    it.add(SHARED, all);
}

const HOSTILE: &str = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><a href=\"javascript:alert(1)\">click</a> & <b>bold</b>";

pub(super) fn hostile(it: &mut Bending) {
    for kind in ["CarePlan", "Patient", "Condition"] {
        it.each(SHARED, kind, |_, members| {
            members.insert("text".into(), json!({ "status": "generated", "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{HOSTILE}</div>") }));
        });
    }
    it.each(SHARED, "CarePlan", |_, plan| {
        plan.insert("title".into(), HOSTILE.into());
        plan.insert(
            "note".into(),
            json!([{ "text": format!("Agreed with the person {HOSTILE}") }]),
        );
    });
    it.each(SHARED, "Goal", |_, goal| {
        goal.insert("description".into(), text(HOSTILE));
    });
    it.each(SHARED, "Flag", |_, flag| {
        flag.insert("code".into(), text(HOSTILE));
    });
    it.each(SHARED, "Patient", |_, patient| {
        if let Some(name) = patient.get_mut("name").and_then(|names| names.get_mut(0)) {
            set(name, &["suffix"], json!(["\"><svg onload=alert(1)>"]));
        }
    });
    let flag = json!({
        "resourceType": "Flag", "id": it.id(SHARED, "Flag", "hostile"), "status": "active", "category": [text("Safety")],
        "code": text(HOSTILE), "subject": link("Patient", &it.person.patient_id(it.options, SHARED)),
    });
    let on = (it.options.today - TimeDelta::days(12)).date();
    let page = format!(
        "<html><head><base href=\"https://example.org/\"><style>body{{display:none}}</style></head><body onload=\"document.title='owned'\">{HOSTILE}<form action=\"https://example.org/\"><input name=password></form><iframe srcdoc=\"<script>top.document.title='owned'</script>\"></iframe></body></html>"
    );
    let letter = letters::document(
        it.options,
        it.person,
        SHARED,
        "hostile",
        "Letter with markup",
        "text/html",
        &page,
        on,
    );
    it.add(SHARED, [flag, letter]);
}

pub(super) fn long_medicine(it: &mut Bending) {
    let mut name = "Generic parenteral nutrition compounded emulsion, all-in-one, with amino acids, glucose, medium-chain and long-chain triglycerides, fish oil, electrolytes, water-soluble and fat-soluble vitamins, trace elements, ".to_owned();
    while name.chars().count() < 300 {
        name += "low-sodium variant, ";
    }
    let name: String = name.chars().take(299).chain(['.']).collect();
    it.each(SHARED, "MedicationStatement", |at, statement| {
        if at == 0 {
            statement.insert("status".into(), "active".into());
            statement.insert("medicationCodeableConcept".into(), text(&name));
            statement.insert("dosage".into(), json!([{ "text": "1 bag (2,053 mL) over 14 hours overnight through the tunnelled line, five nights a week, flushed before and after as the home parenteral nutrition team has shown" }]));
        }
    });
}

/// Lists that say what a reader may not see, cannot see yet, or that nothing was recorded.
pub(super) fn withheld(it: &mut Bending) {
    let patient = it.person.patient_id(it.options, SHARED);
    let list = |key: &str, name: &str, warning: Option<&str>, empty: bool| {
        let mut list = json!({
            "resourceType": "List",
            "id": it.id(SHARED, "List", key),
            "status": "current",
            "mode": "snapshot",
            "title": name,
            "code": text(name),
            "subject": link("Patient", &patient),
            "date": instant(it.options.today - TimeDelta::hours(3)),
        });
        if let Some(code) = warning {
            set(
                &mut list,
                &["extension"],
                json!([{ "url": crate::wire::uk_definition("Extension-UKCore-ListWarningCode"), "valueCode": code }]),
            );
            set(
                &mut list,
                &["note"],
                json!([{ "text": "Items excluded due to confidentiality and/or patient preferences." }]),
            );
        }
        if empty {
            set(
                &mut list,
                &["emptyReason"],
                json!({ "coding": [coding("https://fhir.hl7.org.uk/CodeSystem/UKCore-ListEmptyReasonCode", "no-content-recorded", "No Content Recorded")], "text": "Information not available" }),
            );
        }
        list
    };
    let lists = [
        list(
            "medications",
            "Medications",
            Some("confidential-items"),
            false,
        ),
        list("problems", "Problems", Some("data-in-transit"), false),
        list(
            "documents",
            "Documents",
            Some("data-awaiting-filing"),
            false,
        ),
        list("immunisations", "Immunisations", None, true),
    ];
    it.add(SHARED, lists);
}

pub(super) fn two_units(it: &mut Bending) {
    let Some(test) = test("hb") else { return };
    let code = json!({ "coding": [coding(LOINC, test.loinc, test.name)], "text": test.name });
    let mut all = Vec::new();
    for point in 0..6 {
        let grams = 118 + point * 3;
        let at = it.options.today - TimeDelta::days(20 + point * 90);
        let value = Measured {
            key: format!("unit-{point}"),
            test,
            steps: grams,
            at,
        };
        all.push(crate::hospital::laboratory::observation(
            it.options,
            it.person,
            SHARED,
            &value,
            "laboratory",
            None,
        ));
        let older = format!("{}.{}", (grams - 4) / 10, (grams - 4) % 10);
        let quantity = json!({ "value": decimal(&older), "unit": "g/dL", "system": crate::wire::UCUM, "code": "g/dL" });
        all.push(observation(
            it,
            &format!("unit-old-{point}"),
            45 + point * 90,
            &code,
            ("valueQuantity", quantity),
        ));
    }
    it.add(SHARED, all);
}

pub(super) fn references(it: &mut Bending) {
    it.each(SHARED, "CarePlan", |at, plan| {
        let author = match at {
            0 => json!({ "reference": "https://records.example.org/fhir/Practitioner/elsewhere-1", "display": "Dr Elsewhere" }),
            _ => json!({ "identifier": { "system": "https://fhir.hl7.org.uk/Id/gmc-number", "value": "7900001" }, "display": "Dr By Number" }),
        };
        plan.insert("author".into(), author);
    });
    it.each(SHARED, "Task", |at, task| {
        let owner = match at {
            0 => json!({ "reference": "urn:uuid:5d3b3c1e-0b5c-4b7e-9d3a-6f2f0a1b2c3d", "display": "Somebody by URN" }),
            1 => json!({ "display": "Only a name" }),
            _ => return,
        };
        task.insert("owner".into(), owner);
    });
}
