use super::super::{Component, ResultStatus};
use super::*;
use crate::domain::Coded;
use crate::domain::sample::{amount, coded, finding};

fn key(text: &str) -> TestKey {
    TestKey::of(&Concept::from_text(text)).unwrap()
}

#[test]
fn gtab_166_two_units_are_never_in_one_series() {
    let all = [
        finding("gp", "Glucose", "5.4", "mmol/L", "2026-01-01"),
        finding("rm2", "Glucose", "97", "mg/dL", "2026-02-01"),
        finding("rm2", "glucose", "5.60", "mmol/l", "2026-03-01"),
    ];
    let trend = trend(&all, &key("Glucose"));
    let shape: Vec<_> = trend
        .series
        .iter()
        .map(|it| (it.unit.as_deref(), it.points.len()))
        .collect();
    assert_eq!(shape, [(Some("mmol/l"), 2), (Some("mg/dL"), 1)]);
    assert_eq!(
        trend.series[0].newest().unwrap().value.as_str(),
        "5.60",
        "digits stay as they were received"
    );
}

#[test]
fn a_bound_keeps_its_comparator_and_text_values_stand_apart() {
    let mut bound = finding("rm2", "CRP", "5", "mg/L", "2026-01-01");
    bound.value = ResultValue::Quantity(Amount {
        comparator: Some("<".to_owned()),
        ..amount("5", "mg/L")
    });
    let mut text = finding("rm2", "CRP", "1", "mg/L", "2026-02-01");
    text.value = ResultValue::Text("Haemolysed".to_owned());
    let mut wrong = finding("rm2", "CRP", "999", "mg/L", "2026-03-01");
    wrong.status = Some(Coded::Known(ResultStatus::EnteredInError));
    let trend = trend(&[text, wrong, bound], &key("CRP"));
    assert_eq!(trend.series[0].points.len(), 1);
    assert_eq!(trend.series[0].points[0].comparator.as_deref(), Some("<"));
    assert_eq!(trend.others.len(), 1);
}

#[test]
fn points_are_in_the_order_of_time_with_the_range_of_the_newest() {
    let mut new = finding("rm2", "Potassium", "6.1", "mmol/L", "2026-11-22T11:31:00Z");
    new.ranges = vec![ReferenceRange {
        low: Some(amount("3.5", "mmol/L")),
        ..ReferenceRange::default()
    }];
    let old = finding("gp", "Potassium", "4.0", "mmol/L", "2026-11-22T09:00:00Z");
    let trend = trend(&[new, old], &key("potassium"));
    let series = &trend.series[0];
    assert_eq!(
        series
            .points
            .iter()
            .map(|it| it.value.as_str())
            .collect::<Vec<_>>(),
        ["4.0", "6.1"]
    );
    assert!(series.range.as_ref().unwrap().low.is_some());
}

#[test]
fn blood_pressure_is_two_series() {
    let mut pressure = finding("gp", "Blood pressure", "0", "mmHg", "2026-11-01");
    pressure.value = ResultValue::Missing(None);
    let part = |test: &str, value: &str| Component {
        test: Concept::from_text(test),
        value: ResultValue::Quantity(amount(value, "mmHg")),
        judgement: None,
        ranges: Vec::new(),
    };
    pressure.components = vec![part("Systolic", "142"), part("Diastolic", "83")];
    let both = trend(&[pressure.clone()], &key("Blood pressure"));
    assert!(both.series.len() == 2 && both.others.is_empty());
    assert_eq!(trend(&[pressure], &key("Systolic")).series.len(), 1);
}

#[test]
fn the_same_code_is_the_same_test_whatever_it_is_called() {
    let (mut a, mut b) = (
        finding("gp", "K", "4", "mmol/L", "2026"),
        finding("rm2", "Serum potassium", "5", "mmol/L", "2026-02"),
    );
    a.test = coded("http://loinc.org", "2823-3", "K");
    b.test = coded("http://loinc.org", "2823-3", "Serum potassium");
    let key = TestKey::of(&a.test).unwrap();
    assert_eq!(TestKey::parse(key.as_str()), Some(key.clone()));
    assert_eq!(trend(&[a, b], &key).series[0].points.len(), 2);
}
