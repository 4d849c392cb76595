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

#[test]
fn ten_thousand_values_units_or_components_are_put_where_they_belong() {
    let at = |it: usize| format!("{:04}-01-01", 1000 + it % 8_000);
    let all = |unit: fn(usize) -> String| -> Vec<Finding> {
        let one = |it: usize| finding("rm2", "Sodium", &it.to_string(), &unit(it), &at(it));
        (0..10_000).rev().map(one).collect()
    };
    let values = trend(&all(|_| "mmol/L".to_owned()), &key("Sodium"));
    let points = &values.series[0].points;
    assert_eq!((values.series.len(), points.len()), (1, 10_000));
    assert!(points.is_sorted_by_key(|it| it.at));
    // What is of one time stays in the order in which it came.
    assert_eq!(
        (points[0].value.as_str(), points[1].value.as_str()),
        ("8000", "0")
    );

    let units = trend(&all(|it| format!("mmol/L{}", it % 5_000)), &key("Sodium"));
    assert_eq!(units.series.len(), 5_000);
    assert!(units.series.iter().all(|it| it.points.len() == 2));

    let mut panel = finding("rm2", "Panel", "1", "mmol/L", "2026-01-01");
    let component = |it: usize| Component {
        test: Concept::from_text(&format!("Test {}", it % 5_000)),
        value: panel.value.clone(),
        judgement: None,
        ranges: Vec::new(),
    };
    panel.components = (0..10_000).map(component).collect();
    let parts = trend(&[panel], &key("Panel")).series;
    assert_eq!(parts.len(), 5_001);
    assert!(parts[1..].iter().all(|it| it.points.len() == 2));
}

#[test]
fn a_series_goes_by_what_its_newest_value_is_called() {
    let code = "http://loinc.org|2823-3";
    let of = |codes: &[&str], text: &str, at: &str| {
        let mut it = finding("rm2", "", "4", "mmol/L", at);
        let coding = |code: &&str| coded("http://loinc.org", code, "").codings[0].clone();
        let codings = codes.iter().map(coding).collect();
        it.test = Concept::new(Some(text.to_owned()), codings);
        it
    };
    let counts = |all: &[Finding]| -> Vec<usize> {
        let trend = trend(all, &TestKey::parse(code).unwrap());
        trend.series.iter().map(|it| it.points.len()).collect()
    };
    let both = of(&["2823-3", "6298-4"], "Potassium", "2026-02");
    let one = of(&["6298-4", "2823-3"], "Potassium in blood", "2026-03");
    assert_eq!(counts(&[both.clone(), one.clone()]), [2]);
    // What the older one was called is not what the series is any more.
    let (old, new) = (
        of(&["2823-3"], "K", "2026-01"),
        of(&["2823-3"], "K+", "2026-04"),
    );
    assert_eq!(counts(&[both, one, old, new]), [4]);
    let panel = |test: &str, at: &str| {
        let mut it = of(&["2823-3"], "Panel", at);
        it.value = ResultValue::Missing(None);
        it.components = vec![Component {
            test: Concept::from_text(test),
            value: ResultValue::Quantity(amount("1", "mmol/L")),
            judgement: None,
            ranges: Vec::new(),
        }];
        it
    };
    let words = [
        panel("K", "2026-01"),
        panel("k ", "2026-02"),
        panel("K+", "2026-03"),
    ];
    assert_eq!(counts(&words), [3], "{:?}", fold("K+"));
}
