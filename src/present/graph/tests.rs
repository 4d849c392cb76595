use super::*;
use crate::domain::result::{Component, Finding, ReferenceRange, ResultValue, TestKey, trend};
use crate::domain::sample::{amount, finding};
use crate::domain::{Concept, SourceId};

fn names(_: &SourceId) -> String {
    "Wythenshawe".to_owned()
}

fn of(findings: &[Finding], test: &str) -> Vec<Graph> {
    let key = TestKey::of(&Concept::from_text(test)).unwrap();
    graphs(&trend(findings, &key), &names, 640.0, 320.0)
}

fn potassium() -> Vec<Finding> {
    let one = |value: &str, day: &str| {
        let mut it = finding("rm2", "Potassium", value, "mmol/L", day);
        let bound = |raw: &str| Some(amount(raw, "mmol/L"));
        it.ranges = vec![ReferenceRange {
            low: bound("3.5"),
            high: bound("5.3"),
            ..ReferenceRange::default()
        }];
        it
    };
    vec![
        one("4.2", "2026-01-14"),
        one("4.90", "2026-05-20"),
        one("6.1", "2026-11-22T11:31:00Z"),
    ]
}

#[test]
fn gtab_027_points_are_joined_in_the_order_of_time_and_higher_is_higher() {
    let shape = &of(&potassium(), "Potassium")[0].shape;
    let points = &shape.lines[0].points;
    assert!(
        points
            .windows(2)
            .all(|it| it[0].x < it[1].x && it[0].y > it[1].y)
    );
    assert!((points[0].x - shape.left).abs() < 1e-9 && (points[2].x - shape.right).abs() < 1e-9);
    assert!(
        points
            .iter()
            .all(|it| (shape.top..=shape.bottom).contains(&it.y))
    );
}

#[test]
fn gtab_045_the_latest_value_stands_out_with_its_unit_range_and_source() {
    let graph = &of(&potassium(), "Potassium")[0];
    assert_eq!(graph.latest, "6.1 mmol/L");
    assert_eq!(
        graph.about,
        "above range (3.5–5.3) · 22-Nov-2026 11:31 · Wythenshawe"
    );
    assert_eq!(graph.shape.unit, "mmol/L");
}

#[test]
fn gtab_112_the_usual_range_is_an_area() {
    let shape = &of(&potassium(), "Potassium")[0].shape;
    let (upper, lower) = shape.range.unwrap();
    assert!(upper < lower && upper >= shape.top && lower <= shape.bottom);
    let abnormal: Vec<_> = shape.lines[0]
        .points
        .iter()
        .map(|it| (it.y < upper, it.abnormal))
        .collect();
    assert_eq!(
        abnormal,
        [(false, false), (false, false), (true, true)],
        "what lies outside the area is said to"
    );
}

#[test]
fn gtab_174_the_axis_has_full_dates_four_at_most() {
    let shape = &of(&potassium(), "Potassium")[0].shape;
    let dates: Vec<_> = shape
        .dates
        .iter()
        .map(|(_, words)| words.as_str())
        .collect();
    assert_eq!(
        (dates.len(), dates[0], dates[3]),
        (4, "14-Jan-2026", "22-Nov-2026")
    );
    let one_day = of(&potassium()[2..], "Potassium");
    assert_eq!(one_day[0].shape.dates.len(), 1);
}

#[test]
fn gtab_166_two_units_are_two_graphs_with_tables_of_their_own() {
    let all = [
        finding("gp", "Glucose", "5.4", "mmol/L", "2026-03-01"),
        finding("rm2", "Glucose", "97", "mg/dL", "2026-02-01"),
    ];
    let graphs = of(&all, "Glucose");
    let tables: Vec<_> = graphs
        .iter()
        .map(|it| {
            (
                it.shape.unit.as_str(),
                it.rows.len(),
                it.rows[0].value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        tables,
        [("mmol/L", 1, "5.4 mmol/L"), ("mg/dL", 1, "97 mg/dL")]
    );
}

#[test]
fn a_bound_is_marked_apart_and_joined_to_nothing() {
    let mut bound = finding("rm2", "CRP", "5", "mg/L", "2026-02-01");
    bound.value = ResultValue::Quantity(Amount {
        comparator: Some("<".to_owned()),
        ..amount("5", "mg/L")
    });
    let all = [bound, finding("rm2", "CRP", "112", "mg/L", "2026-03-01")];
    let graph = &of(&all, "CRP")[0];
    assert_eq!(
        (
            graph.shape.lines[0].points.len(),
            graph.shape.lines[0].bounds.len()
        ),
        (1, 1)
    );
    assert_eq!(
        graph.shape.lines[0].bounds[0].words,
        "01-Feb-2026, <5 mg/L, Wythenshawe"
    );
    assert_eq!(
        graph
            .rows
            .iter()
            .map(|it| it.value.as_str())
            .collect::<Vec<_>>(),
        ["112 mg/L", "<5 mg/L"],
        "newest first"
    );
}

#[test]
fn blood_pressure_is_one_graph_with_two_lines() {
    let mut it = finding("gp", "Blood pressure", "0", "", "2026-11-01");
    it.value = ResultValue::Missing(None);
    let part = |test: &str, value: &str| Component {
        test: Concept::from_text(test),
        value: ResultValue::Quantity(amount(value, "mm[Hg]")),
        judgement: None,
        ranges: Vec::new(),
    };
    it.components = vec![part("Systolic", "142"), part("Diastolic", "83")];
    let graphs = of(&[it], "Blood pressure");
    assert_eq!(
        (
            graphs.len(),
            graphs[0].title.as_str(),
            graphs[0].latest.as_str()
        ),
        (1, "Systolic / Diastolic", "142 mmHg / 83 mmHg")
    );
    assert_eq!(graphs[0].shape.lines.len(), 2);
    assert_eq!(graphs[0].shape.range, None, "two lines have no one range");
}
