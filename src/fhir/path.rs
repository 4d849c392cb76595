//! The FHIR path of an element, found by its place in memory: a reader carries no path around, and only an issue
//! pays for one.

use serde_json::Value;

/// The path of `target` inside `root`, e.g. `CarePlan.activity[1].detail`. The resource's type when `target` is not
/// in it.
pub fn locate(root: &Value, target: &Value) -> String {
    let kind = root
        .get("resourceType")
        .and_then(Value::as_str)
        .unwrap_or("Resource");
    let mut steps = Vec::new();
    if walk(root, target, &mut steps) {
        steps
            .iter()
            .rev()
            .fold(kind.to_owned(), |path, it| path + it)
    } else {
        kind.to_owned()
    }
}

/// Collects the steps from the inside out.
fn walk(at: &Value, target: &Value, steps: &mut Vec<String>) -> bool {
    if std::ptr::eq(at, target) {
        return true;
    }
    match at {
        Value::Object(members) => members.iter().any(|(name, it)| {
            let found = walk(it, target, steps);
            if found {
                steps.push(format!(".{name}"));
            }
            found
        }),
        Value::Array(items) => items.iter().enumerate().any(|(index, it)| {
            let found = walk(it, target, steps);
            if found {
                steps.push(format!("[{index}]"));
            }
            found
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_place_not_by_value() {
        let plan = serde_json::json!({
            "resourceType": "CarePlan",
            "activity": [{"detail": {"status": "x"}}, {"detail": {"status": "x"}}]
        });
        let second = &plan["activity"][1]["detail"]["status"];
        assert_eq!(locate(&plan, second), "CarePlan.activity[1].detail.status");
        assert_eq!(locate(&plan, &Value::Null), "CarePlan");
    }
}
