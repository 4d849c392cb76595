//! What earlier versions of a resource tell: <https://hl7.org/fhir/R4/http.html#history>.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::take::{kind, reference_to};
use crate::domain::appointment::Moved;
use crate::domain::{ResourceRef, When};

/// The appointment, when it was written again at or after `since`: it may have been moved. By what its source says of
/// versions; one that says nothing of them is taken to have changed.
pub fn changed_appointment(resource: &Value, since: DateTime<Utc>) -> Option<ResourceRef> {
    let is_first = text(resource, "/meta/versionId").is_some_and(|it| it.trim() == "1");
    let changed = !is_first && updated(resource).is_some_and(|it| it >= since);
    (changed && kind(resource) == Some("Appointment"))
        .then(|| reference_to(resource))
        .flatten()
}

/// When its time was changed, from its versions in any order. Versions of anything else count for nothing.
pub fn moves(of: &ResourceRef, versions: &[Value]) -> Vec<Moved> {
    let own = versions
        .iter()
        .filter(|it| reference_to(it).as_ref() == Some(of));
    let mut starts: Vec<(DateTime<Utc>, When)> = own
        .filter_map(|it| Some((updated(it)?, When::parse(text(it, "/start")?))))
        .filter(|(_, start)| start.earliest().is_some())
        .collect();
    starts.sort_by_key(|(at, _)| *at);
    let pairs = starts.iter().zip(starts.iter().skip(1));
    pairs
        .filter(|(before, after)| before.1 != after.1)
        .map(|(before, after)| Moved {
            from: before.1.clone(),
            to: after.1.clone(),
            at: after.0,
        })
        .collect()
}

fn text<'a>(resource: &'a Value, path: &str) -> Option<&'a str> {
    resource.pointer(path).and_then(Value::as_str)
}

fn updated(resource: &Value) -> Option<DateTime<Utc>> {
    match When::parse(text(resource, "/meta/lastUpdated")?) {
        When::At(at) => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::sample::time;

    fn version(number: &str, at: &str, start: &str) -> Value {
        json!({ "resourceType": "Appointment", "id": "a", "meta": { "versionId": number, "lastUpdated": at }, "start": start })
    }

    #[test]
    fn each_change_of_the_time_is_a_move_in_whatever_order_versions_come() {
        let one = version("1", "2026-11-01T10:00:00Z", "2026-12-03T10:20:00Z");
        let same = version("2", "2026-11-02T10:00:00Z", "2026-12-03T10:20:00+00:00");
        let two = version("3", "2026-11-03T10:00:00Z", "2026-12-05T09:00:00Z");
        let mut other = version("4", "2026-11-04T10:00:00Z", "2026-12-09T09:00:00Z");
        other["id"] = "b".into();
        let mut undated = version("5", "2026-11-05T10:00:00Z", "");
        undated["start"] = json!(null);
        let moved = Moved {
            from: When::parse("2026-12-03T10:20:00Z"),
            to: When::parse("2026-12-05T09:00:00Z"),
            at: time("2026-11-03T10:00:00Z"),
        };
        let of = ResourceRef::new("Appointment", "a");
        for versions in [
            vec![&one, &same, &two, &other, &undated],
            vec![&undated, &two, &other, &one, &same],
        ] {
            let versions: Vec<Value> = versions.into_iter().cloned().collect();
            assert_eq!(moves(&of, &versions), std::slice::from_ref(&moved));
        }
        assert_eq!(moves(&of, &[]), []);
    }

    #[test]
    fn only_what_was_written_again_lately_is_asked_about() {
        let since = time("2026-11-02T00:00:00Z");
        let asked = |number: &str, at: &str| {
            changed_appointment(&version(number, at, "2026-12-03T10:20:00Z"), since).is_some()
        };
        assert!(asked("2", "2026-11-02T10:00:00Z"));
        assert!(asked("MTY5", "2026-11-02T10:00:00Z"));
        assert!(!asked("1", "2026-11-02T10:00:00Z"));
        assert!(!asked("2", "2026-11-01T10:00:00Z"));
        assert!(!asked("2", "yesterday"));
    }
}
