//! Every element of every official example is broken in turn: nothing panics, and no record disappears unsaid.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

mod examples;

use alongside::domain::{IssueOf, SourceId, Topic};
use alongside::fhir;
use serde_json::Value;

use examples::{EXAMPLES, READ};

#[test]
fn a_broken_element_never_panics_and_never_disappears() {
    let source = SourceId::new("hl7");
    let wrongs = [
        Value::Null,
        Value::from(7),
        Value::from(""),
        Value::from("x"),
        Value::Array(vec![Value::Null]),
        serde_json::json!({}),
        Value::Bool(true),
    ];
    // A step over the elements that shares no factor with the wrong values, so that all pairs come up.
    let mut turn = 0usize;
    for example in EXAMPLES.iter().filter(|it| it.text.len() < 40_000) {
        if !READ.contains(&example.resource.kind()) {
            continue;
        }
        let mut value = example.resource.value().clone();
        for pointer in pointers(&value, "") {
            turn += 1;
            let wrong = wrongs[turn % wrongs.len()].clone();
            let slot = value.pointer_mut(&pointer).unwrap();
            let right = std::mem::replace(slot, wrong);
            let facts = fhir::facts(&source, [&value]);
            fhir::subjects(&value);
            let refused = facts
                .issues
                .iter()
                .filter(|it| it.of == IssueOf::Record)
                .count();
            let shown: usize = Topic::ALL.iter().map(|it| facts.count(*it)).sum();
            let there = refused + shown + facts.directory.len();
            assert!(there > 0, "{}: {pointer} vanished", example.name);
            *value.pointer_mut(&pointer).unwrap() = right;
        }
        assert_eq!(&value, example.resource.value());
    }
    assert!(turn > 5_000, "{turn}");
}

fn pointers(value: &Value, at: &str) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, it)| (name.clone(), it))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, it)| (index.to_string(), it))
            .collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (step, child) in children {
        let path = format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"));
        all.extend(pointers(child, &path));
        all.push(path);
    }
    all
}
