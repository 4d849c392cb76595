//! Clinical facts as the sources of the programme write them, read resource by resource.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

use alongside::domain::legal::CprDecision;
use alongside::domain::medicine::MedicineStatus;
use alongside::domain::plan::PlanStatus;
use alongside::domain::result::{Judgement, ResultValue};
use alongside::domain::{Coded, Facts, ResourceRef, SourceId, When};
use alongside::fhir;
use serde_json::{Value, json};

fn read(resources: &Value) -> Facts {
    let resources = resources.as_array().unwrap();
    fhir::facts(&SourceId::new("shared"), resources)
}

fn said(facts: &Facts) -> Vec<String> {
    let issues = facts.issues.iter();
    issues
        .map(|it| format!("{} {} {}", it.resource, it.path, it.what))
        .collect()
}

fn plan(rest: &Value) -> Facts {
    let mut plan = json!({"resourceType": "CarePlan", "id": "p1", "status": "active"});
    plan.as_object_mut()
        .unwrap()
        .extend(rest.as_object().unwrap().clone());
    read(&json!([plan]))
}

#[test]
fn a_medicine_is_named_by_the_medication_it_refers_to() {
    let facts = read(&json!([
        {"resourceType": "MedicationStatement", "id": "a", "status": "active", "contained": [
            {"resourceType": "Medication", "id": "m", "code": {"text": "Apixaban 5 mg tablets"}}],
            "medicationReference": {"reference": "#m"}},
        {"resourceType": "MedicationStatement", "id": "b", "status": "active",
            "medicationReference": {"reference": "Medication/m2"}},
        {"resourceType": "Medication", "id": "m2", "code": {"coding": [{"system": "https://dmd.nhs.uk", "code": "1", "display": "Bisoprolol"}]}},
        {"resourceType": "MedicationStatement", "id": "c", "status": "active",
            "medicationReference": {"reference": "Medication/gone"}}]));
    let names: Vec<_> = facts
        .medicines
        .iter()
        .map(|it| it.product.label())
        .collect();
    assert_eq!(
        names,
        [Some("Apixaban 5 mg tablets"), Some("Bisoprolol"), None]
    );
    assert_eq!(
        facts.medicines[1].product.code_in("https://dmd.nhs.uk"),
        Some("1")
    );
    assert_eq!(
        said(&facts),
        ["MedicationStatement/c MedicationStatement.medication[x] does not name the medicine"]
    );
}

#[test]
fn a_dose_is_read_in_full() {
    let facts = read(
        &json!([{"resourceType": "MedicationRequest", "id": "r", "status": "active", "intent": "order",
        "doNotPerform": true, "medicationCodeableConcept": {"text": "Paracetamol"},
        "dosageInstruction": [{"doseAndRate": [{"doseRange": {"low": {"value": 1.0, "unit": "tablet"}, "high": {"value": 2, "unit": "tablet"}}}],
            "timing": {"code": {"coding": [{"code": "QID"}]}}, "asNeededCodeableConcept": {"text": "pain"},
            "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"}, "denominator": {"value": 24, "code": "h"}}}]}]),
    );
    let medicine = &facts.medicines[0];
    assert!(medicine.do_not_give);
    let dose = &medicine.doses[0];
    assert_eq!(dose.amount.as_ref().unwrap().value.as_str(), "1.0");
    assert_eq!(dose.up_to.as_ref().unwrap().value.as_str(), "2");
    assert_eq!(dose.frequency.as_deref(), Some("four times a day"));
    assert_eq!(dose.maximum.as_deref(), Some("8 tablet per 24 hours"));
    assert!(dose.as_needed && dose.as_needed_for.as_ref().unwrap().says("pain"));
}

#[test]
fn a_range_with_one_end_is_no_dose_and_a_rate_may_be_all_that_is_said() {
    let tablets = |name: &str| json!([{"doseAndRate": [{"doseRange": {name: {"value": 2, "unit": "tablet"}}}]}]);
    let medicine = |id: &str, doses: serde_json::Value| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Paracetamol"}, "dosageInstruction": doses})
    };
    let facts = read(&json!([
        medicine("low", tablets("low")),
        medicine("high", tablets("high")),
        medicine(
            "rate",
            json!([{"doseAndRate": [{"rateQuantity": {"value": 10, "unit": "ml/hour"}}]}])
        )
    ]));
    let words: Vec<_> = facts
        .medicines
        .iter()
        .map(|it| alongside::present::medicine::doses(&it.doses).unwrap())
        .collect();
    assert_eq!(
        words,
        ["at most 2 tablet", "at least 2 tablet", "10 ml/hour"]
    );
}

#[test]
fn a_cpr_decision_is_found_wherever_it_is_and_shown_once() {
    let not_for = json!({"coding": [{"system": "http://snomed.info/sct", "code": "450476008"}]});
    let facts = read(&json!([
        {"resourceType": "Observation", "id": "o", "status": "entered-in-error", "code": {"text": "CPR"}, "valueCodeableConcept": not_for},
        {"resourceType": "Condition", "id": "c", "code": not_for, "verificationStatus": {"coding": [{"code": "refuted"}]}},
        {"resourceType": "Flag", "id": "f", "status": "active", "code": not_for},
        {"resourceType": "Observation", "id": "n", "status": "final", "code": not_for, "valueBoolean": false},
        {"resourceType": "Observation", "id": "n2", "status": "final", "code": not_for, "valueString": "No."},
        {"resourceType": "Observation", "id": "n3", "status": "final", "code": not_for, "valueCodeableConcept":
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "N"}]}}]));
    assert!(
        facts
            .cpr
            .iter()
            .all(|it| it.decision == CprDecision::NotForResuscitation)
    );
    let status: Vec<_> = facts
        .cpr
        .iter()
        .map(|it| it.status.as_deref().unwrap())
        .collect();
    assert_eq!(status, ["refuted", "active", "entered-in-error"]);
    let now = chrono::DateTime::UNIX_EPOCH;
    assert_eq!(facts.cpr.iter().filter(|it| it.is_current(now)).count(), 1);
    assert!(facts.problems.is_empty() && facts.alerts.is_empty());
    let coding = json!({"system": "http://snomed.info/sct", "code": "450476008"});
    for code in [json!({"coding": coding}), json!([{"coding": [coding]}])] {
        let flag = json!([{"resourceType": "Flag", "id": "f", "status": "active", "code": code}]);
        assert_eq!(
            read(&flag).cpr.len(),
            1,
            "one where a list belongs, or a list of one"
        );
    }
    // A decision that is denied is no decision: it stays a finding with its answer.
    assert_eq!(facts.findings.len(), 3);
}

#[test]
fn wishes_are_statements_and_measurements_are_findings() {
    let observation = |id: &str, label: &str, category: &str, value: &str| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "code": {"text": label},
            "category": [{"coding": [{"code": category}]}], "valueString": value})
    };
    let facts = read(&json!([
        observation("a", "Preferred place of care", "social-history", "Home"),
        observation("b", "Mental capacity", "social-history", "Has capacity"),
        observation(
            "c",
            "Forced vital capacity to predicted",
            "laboratory",
            "80%"
        ),
        observation("d", "Appearance of urine", "exam", "Clear")
    ]));
    let values: Vec<_> = facts
        .statements
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    assert_eq!(values, ["Home", "Has capacity"]);
    assert_eq!(facts.findings.len(), 2);
}

#[test]
fn the_graver_judgement_counts_and_numbers_keep_their_text() {
    let text = r#"{"resourceType": "Observation", "id": "k", "status": "final", "code": {"text": "Potassium"},
        "valueQuantity": {"value": 6.10, "comparator": ">", "unit": "mmol/L"},
        "interpretation": [{"coding": [{"code": "A"}]}, {"coding": [{"code": "HH"}]}]}"#;
    let facts = read(&json!([serde_json::from_str::<Value>(text).unwrap()]));
    let finding = &facts.findings[0];
    assert_eq!(finding.judged(), Some(Judgement::CriticalHigh));
    let ResultValue::Quantity(amount) = &finding.value else {
        panic!("{finding:?}")
    };
    assert_eq!(
        (amount.value.as_str(), amount.comparator.as_deref()),
        ("6.10", Some(">"))
    );
}

#[test]
fn a_judgement_in_words_alone_counts_where_these_are_the_names_of_codes() {
    let judged = |interpretation: Value| {
        let facts = read(
            &json!([{"resourceType": "Observation", "id": "k", "status": "final",
            "code": {"text": "Potassium"}, "interpretation": interpretation}]),
        );
        facts.findings[0].judgement.clone()
    };
    let in_words = |text: &str| judged(json!([{"text": text}]));
    assert_eq!(in_words("High"), Some(Coded::Known(Judgement::High)));
    assert_eq!(
        in_words("Critical high"),
        Some(Coded::Known(Judgement::CriticalHigh))
    );
    assert_eq!(in_words("NORMAL"), Some(Coded::Known(Judgement::Normal)));
    let odd = "Not high";
    assert_eq!(in_words(odd), Some(Coded::Unknown(odd.to_owned())));
}

#[test]
fn an_unknown_status_is_kept_and_an_error_keeps_its_status() {
    let facts = plan(&json!({"status": "paused"}));
    assert_eq!(
        facts.plans[0].status,
        Some(Coded::Unknown("paused".to_owned()))
    );
    let facts = plan(&json!({"status": "entered-in-error"}));
    assert_eq!(
        facts.plans[0].status,
        Some(Coded::Known(PlanStatus::EnteredInError))
    );
    let facts = read(
        &json!([{"resourceType": "MedicationStatement", "id": "m", "status": "not-taken",
        "medicationCodeableConcept": {"text": "x"}}]),
    );
    assert_eq!(
        facts.medicines[0].status,
        Some(Coded::Known(MedicineStatus::NotTaken))
    );
}

#[test]
fn what_a_source_withholds_is_said() {
    let facts = read(&json!([
        {"resourceType": "List", "id": "l", "status": "current", "mode": "snapshot", "code": {"text": "Medications"},
            "extension": [{"url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode", "valueCode": "confidential-items"}],
            "emptyReason": {"coding": [{"code": "withheld"}]}},
        {"resourceType": "Condition", "id": "c", "meta": {"security": [{"code": "R"}, {"code": "REDACTED"}]}, "code": {"text": "x"}}]));
    let codes: Vec<_> = facts
        .withheld
        .iter()
        .map(|it| (it.code.as_str(), it.about.as_deref().unwrap()))
        .collect();
    assert_eq!(
        codes,
        [
            ("REDACTED", "Condition"),
            ("confidential-items", "Medications"),
            ("withheld", "Medications")
        ]
    );
    assert_eq!(facts.problems.len(), 1);
}

#[test]
fn an_age_or_words_stand_where_a_date_is_not_known() {
    let onset = |name: &str, value: Value| {
        let mut wire = json!({"resourceType": "Condition", "id": "c", "code": {"text": "Asthma"}});
        wire[name] = value;
        read(&json!([wire])).problems[0].onset.clone().unwrap()
    };
    assert_eq!(
        onset("onsetAge", json!({"value": 52, "unit": "years"})),
        When::Text("at 52 years".to_owned())
    );
    assert_eq!(
        onset("onsetString", json!("as a child")),
        When::Text("as a child".to_owned())
    );
    assert_eq!(
        onset("onsetPeriod", json!({"start": "2014"})),
        When::Year(2014)
    );
    let range = json!({"low": {"value": 40, "code": "a"}, "high": {"value": 50, "code": "a"}});
    assert_eq!(
        onset("onsetRange", range),
        When::Text("at 40 to 50 years".to_owned())
    );
}

#[test]
fn results_contained_in_a_report_are_read() {
    let facts = read(
        &json!([{"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "U&E"},
        "contained": [{"resourceType": "Observation", "id": "k", "status": "final", "code": {"text": "Potassium"}}],
        "result": [{"reference": "#k"}]}]),
    );
    assert_eq!(
        facts.findings[0].origin.resource,
        ResourceRef::new("Observation", "r#k")
    );
    assert_eq!(
        facts.reports[0].results,
        [ResourceRef::new("Observation", "r#k")]
    );
}

/// A number for a status is no "not recorded": something was said that is not shown.
#[test]
fn what_is_no_fhir_is_told_and_not_taken_for_nothing() {
    let whole = |flag: Value| {
        let facts = read(&json!([flag]));
        assert_eq!(facts.alerts.len(), 1);
        facts.is_whole()
    };
    let flag = |status: Value| json!({"resourceType": "Flag", "id": "f", "status": status, "code": {"text": "Lives alone"}});
    assert!(whole(flag(json!("active"))));
    assert!(
        whole(flag(json!("a code of tomorrow"))),
        "it is shown as it came"
    );
    assert!(whole(flag(json!(null))));
    for odd in [json!(7), json!({}), json!(["active"]), json!(true)] {
        assert!(!whole(flag(odd)));
    }
    // However much else is wrong before it.
    let mut many = flag(json!(7));
    many["category"] = json!(vec![json!({"text": ""}); 500]);
    assert!(!whole(many));
}

/// What has the same date would change places on the screen whenever a source is asked in other words.
#[test]
fn facts_stand_in_one_order_whatever_order_a_source_gives_them_in() {
    let result = |id: &str, written: &str| {
        json!({"resourceType": "Observation", "id": id, "meta": {"lastUpdated": written}, "status": "final",
            "code": {"text": id}, "effectiveDateTime": "2026-11-29T08:00:00Z"})
    };
    let late = "2026-11-29T09:00:00Z";
    let mut told = vec![
        result("sodium", late),
        result("urea", "2026-11-29T08:30:00Z"),
        result("creatinine", late),
    ];
    let facts = read(&told.clone().into());
    let names = |it: &Facts| {
        let all = it.findings.iter();
        all.map(|it| it.origin.resource.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&facts), ["urea", "creatinine", "sodium"]);
    told.reverse();
    assert_eq!(read(&told.clone().into()), facts);
    told.swap(0, 1);
    assert_eq!(read(&told.into()), facts);
}
