use super::*;
use crate::domain::Concept;
use crate::domain::result::groups;
use crate::domain::sample::{amount, finding, report as reported};

fn ranged(low: &str, high: &str, unit: &str) -> ReferenceRange {
    let bound = |raw: &str| (!raw.is_empty()).then(|| amount(raw, unit));
    ReferenceRange {
        low: bound(low),
        high: bound(high),
        ..ReferenceRange::default()
    }
}

#[test]
fn gtab_028_a_result_has_value_unit_range_and_judgement_in_words() {
    let mut it = finding("rm2", "Potassium", "6.10", "mmol/L", "2026-11-22");
    it.ranges = vec![ranged("3.5", "5.3", "mmol/L")];
    let said = words(&it);
    assert_eq!(
        (said.value.as_str(), said.range.as_deref()),
        ("6.10 mmol/L", Some("3.5–5.3"))
    );
    assert_eq!(
        (said.judgement.as_deref(), said.tone),
        (Some("above range"), Tone::Abnormal)
    );
    assert_eq!(brief(&it), "Potassium 6.10 mmol/L, above range (3.5–5.3)");
}

#[test]
fn a_bound_stays_a_bound_and_a_unit_is_spelled_not_changed() {
    let mut it = finding("rm2", "CRP", "5", "mg/L", "2026");
    it.value = ResultValue::Quantity(Amount {
        comparator: Some("<".to_owned()),
        ..amount("5", "mg/L")
    });
    assert_eq!(words(&it).value, "<5 mg/L");
    assert_eq!(
        words(&finding("rm2", "Platelets", "210", "10*9/L", "2026")).value,
        "210 ×10⁹/L"
    );
    assert_eq!(
        words(&finding("rm2", "Ratio", "1.10", "", "2026")).value,
        "1.10"
    );
}

#[test]
fn a_critical_judgement_and_an_unknown_one_are_said() {
    let mut it = finding("rm2", "Sodium", "112", "mmol/L", "2026");
    it.judgement = Some(Coded::Known(Judgement::CriticalLow));
    assert_eq!(
        (words(&it).judgement.as_deref(), words(&it).tone),
        (Some("critically low"), Tone::Critical)
    );
    it.judgement = Some(Coded::Unknown("ZZ".to_owned()));
    assert_eq!(
        (words(&it).judgement.as_deref(), words(&it).tone),
        (Some("ZZ"), Tone::Plain)
    );
    it.ranges = vec![ranged("133", "146", "mmol/L")];
    assert_eq!(
        (words(&it).judgement.as_deref(), words(&it).tone),
        (Some("ZZ, below range"), Tone::Abnormal),
        "what the range says does not hide what the source says"
    );
}

#[test]
fn what_an_end_in_another_unit_says_is_not_known() {
    let mut it = finding("rm2", "Sodium", "140", "mmol/L", "2026");
    it.ranges = vec![ranged("133", "146", "mmol/L")];
    it.ranges[0].high.as_mut().unwrap().unit = Some("mg/dL".to_owned());
    assert_eq!(words(&it).judgement, None);
    it.value = ResultValue::Quantity(amount("120", "mmol/L"));
    assert_eq!(words(&it).judgement.as_deref(), Some("below range"));
}

#[test]
fn a_value_that_is_missing_says_why_and_other_kinds_are_shown() {
    let why = ResultValue::Missing(Some(Concept::from_text("Sample haemolysed")));
    assert_eq!(value(&why), "No value: Sample haemolysed");
    assert_eq!(value(&ResultValue::Missing(None)), "No value given");
    assert_eq!(value(&ResultValue::Flag(false)), "No");
    let span = ResultValue::Range {
        low: Some(amount("5", "mg")),
        high: Some(amount("10", "mg")),
    };
    assert_eq!(value(&span), "5–10 mg");
}

#[test]
fn one_sided_ranges_and_ranges_in_another_unit_are_clear() {
    assert_eq!(
        range(&ranged("", "5", "mg/L"), Some("mg/L")).unwrap(),
        "up to 5"
    );
    assert_eq!(
        range(&ranged("90", "", "mL/min"), Some("mL/min")).unwrap(),
        "90 or above"
    );
    assert_eq!(
        range(&ranged("3", "5", "g/dL"), Some("g/L")).unwrap(),
        "3–5 g/dL"
    );
    let treated = ReferenceRange {
        kind: Some(Concept::from_text("Treatment")),
        ..ranged("2", "3", "")
    };
    assert_eq!(range(&treated, None).unwrap(), "Treatment: 2–3");
    assert_eq!(range(&ReferenceRange::default(), None), None);
}

#[test]
fn a_blood_pressure_is_its_parts() {
    let mut it = finding("gp", "Blood pressure", "0", "", "2026");
    it.value = ResultValue::Missing(None);
    let part = |test: &str, value: &str| Component {
        test: Concept::from_text(test),
        value: ResultValue::Quantity(amount(value, "mm[Hg]")),
        judgement: None,
        ranges: Vec::new(),
    };
    it.components = vec![part("Systolic", "142"), part("Diastolic", "83")];
    assert_eq!(
        brief(&it),
        "Blood pressure: Systolic 142 mmHg; Diastolic 83 mmHg"
    );
}

#[test]
fn a_group_says_what_when_from_whom_and_how_many_are_out_of_range() {
    let mut high = finding("rm2", "Potassium", "6.1", "mmol/L", "2026-11-22T06:15:00Z");
    high.judgement = Some(Coded::Known(Judgement::High));
    let all = groups(
        &[],
        &[
            high,
            finding("rm2", "Sodium", "140", "mmol/L", "2026-11-22T06:15:00Z"),
        ],
    );
    let said = group(&all[0], &|_| "Wythenshawe".to_owned());
    assert_eq!(
        (
            said.title.as_str(),
            said.when.as_str(),
            said.from.as_str(),
            said.abnormal.as_deref()
        ),
        (
            "Other results",
            "22-Nov-2026 06:15",
            "Wythenshawe",
            Some("1 of 2 out of range")
        )
    );
}

#[test]
fn a_report_in_one_phrase_says_what_it_is_how_final_and_what_it_concludes() {
    let mut it = reported("rw3", "CT head", "2026-11-22", &[]);
    assert_eq!(report(&it), "CT head reported");
    it.status = Some("preliminary".to_owned());
    assert_eq!(report(&it), "CT head reported (preliminary)");
    it.conclusion = Some(" No acute bleed ".to_owned());
    it.conclusions = ["No acute bleed", "Old infarct"]
        .map(Concept::from_text)
        .to_vec();
    assert_eq!(
        report(&it),
        "CT head reported (preliminary): No acute bleed; Old infarct"
    );
    it.what = Concept::default();
    it.status = None;
    it.conclusions.clear();
    assert_eq!(report(&it), "Something not named reported: No acute bleed");
}
