//! The entries of a crisis plan: `CarePlan.activity` with a heading and a text
//! (<https://hl7.org/fhir/R4/careplan.html>). Only `activity[n].detail.description` is changed, whole activities are added
//! or taken away.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::fields::put;
use super::pairs::Pairs;
use crate::domain::crisis::CrisisPart;
use crate::domain::section::{Entry, EntryId, Part};
use crate::fhir::element::raw_text;

/// An id for each activity; `None` for what cannot be edited here.
pub(super) type Ids = Vec<Option<EntryId>>;

/// Whether its activities are a list, where there are any.
pub(super) fn is_readable(plan: &Value) -> bool {
    matches!(plan.get("activity"), None | Some(Value::Array(_)))
}

/// The ids of a plan that is read for the first time.
pub(super) fn places(plan: &Value) -> Ids {
    let places = 0..activities(plan).len();
    let ids = places.map(|it| Some(EntryId(format!("#{it}"))));
    named(plan, ids.collect())
}

/// An element that has an id of its own goes by it.
pub(super) fn named(plan: &Value, ids: Ids) -> Ids {
    let mut names: HashSet<&str> = HashSet::new();
    let all = activities(plan).iter().zip(ids);
    let ids: Ids = all
        .map(|(it, id)| match raw_text(it, "id") {
            Some(own) if names.insert(own) => Some(EntryId(own.to_owned())),
            _ => id,
        })
        .collect();
    let places = activities(plan).iter().zip(ids);
    places.map(|(it, id)| editable(it).and(id)).collect()
}

/// What can be edited, in the order of the resource.
pub(super) fn entries(plan: &Value, ids: &Ids) -> Vec<Entry> {
    let places = activities(plan).iter().zip(ids);
    places
        .filter_map(|(it, id)| {
            Some(Entry {
                id: id.clone()?,
                part: editable(it)?.into(),
                text: description(it).unwrap_or_default().to_owned(),
            })
        })
        .collect()
}

/// The ids of a newer version of the same plan: its entries keep those of the ones that they were made from. That is told
/// by the element's own id, else by the very same content, else by the words that two under the same heading share. One
/// that says what was `sent` as new is that one.
pub(super) fn follow(old: &Value, ids: &Ids, newer: &Value, version: &str, sent: &[Entry]) -> Ids {
    let mut pairs = Pairs::of(activities(old), activities(newer));
    pairs.find(|a, b| raw_text(a, "id").is_some() && raw_text(a, "id") == raw_text(b, "id"));
    pairs.find(|a, b| a == b);
    let mut arrived: HashMap<usize, EntryId> = HashMap::new();
    for (at, it) in pairs.left() {
        let mut own = sent.iter().filter(|own| {
            Some(own.part) == editable(it).map(Part::Crisis) && own.says() == description(it)
        });
        let place = |own: &Entry| {
            let mut places = ids.iter();
            places.position(|id| id.as_ref() == Some(&own.id))
        };
        let is_free = |own: &&Entry| match place(own) {
            Some(old) => !pairs.taken.contains(&old),
            None => !arrived.values().any(|id| *id == own.id),
        };
        if let Some(own) = own.find(is_free) {
            match place(own) {
                Some(old) => pairs.pair(at, old),
                None => _ = arrived.insert(at, own.id.clone()),
            }
        }
    }
    pairs.find_alike(|at| arrived.contains_key(&at));
    let id = |at: usize| match pairs.found.get(&at) {
        Some(old) => ids.get(*old).cloned().flatten(),
        None => None,
    };
    let all = (0..pairs.new.len()).map(|at| {
        id(at)
            .or_else(|| arrived.get(&at).cloned())
            .or_else(|| Some(EntryId(format!("#{version}/{at}"))))
    });
    named(newer, all.collect())
}

/// With these entries: a text that differs is changed, a blank one is taken away, a new one is added at the end.
pub(super) fn edited(value: &mut Value, ids: &mut Ids, entries: &[Entry]) {
    let wanted = |id: &EntryId| entries.iter().find(|it| it.id == *id);
    let before = ids.clone();
    // Taken out and put back in its place: members keep their order.
    let mut all = match value.get_mut("activity").map(Value::take) {
        Some(Value::Array(all)) => all,
        _ => Vec::new(),
    };
    let mut at = 0;
    all.retain_mut(|activity| {
        let own = ids.get(at).cloned().flatten();
        let text = own.as_ref().and_then(wanted).and_then(Entry::says);
        let keeps = match (own, text) {
            (None, _) => true,
            (Some(_), Some(text)) => {
                write(activity, text);
                true
            }
            (Some(_), None) => description(activity).is_none_or(str::is_empty) || forget(activity),
        };
        if keeps {
            at += 1;
        } else {
            ids.remove(at);
        }
        keeps
    });
    let known = |it: &&Entry| before.iter().flatten().any(|id| *id == it.id);
    for new in entries.iter().filter(|it| !known(it)) {
        let (Part::Crisis(part), Some(text)) = (new.part, new.says()) else {
            continue;
        };
        ids.push(Some(new.id.clone()));
        // With an id of its own it is known again, whoever changes it before the answer has come.
        all.push(json!({
            "id": new.id.0,
            "detail": {
                "code": { "text": part.title() },
                "status": "scheduled",
                "description": text
            }
        }));
    }
    if let Some(members) = value.as_object_mut() {
        // An empty array is not allowed.
        if all.is_empty() {
            members.shift_remove("activity");
        } else {
            members.insert("activity".to_owned(), Value::Array(all));
        }
    }
}

pub(super) fn activities(plan: &Value) -> &[Value] {
    plan.get("activity")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Under which heading this can be edited here. `None` for what says something that is not shown: a modifier, what is
/// not to be done, what does not count any more, a Task.
pub(super) fn editable(activity: &Value) -> Option<CrisisPart> {
    let detail = activity.get("detail")?.as_object()?;
    let means_more = activity.get("modifierExtension").is_some()
        || activity.get("reference").is_some()
        || detail.contains_key("modifierExtension")
        || detail.get("doNotPerform") == Some(&Value::Bool(true));
    let is_over = matches!(
        detail.get("status").and_then(Value::as_str),
        Some("entered-in-error" | "cancelled" | "stopped")
    );
    let code = detail.get("code")?;
    let heading = raw_text(code, "text").or_else(|| {
        let coding = code.get("coding")?.as_array()?;
        coding.iter().find_map(|it| raw_text(it, "display"))
    })?;
    CrisisPart::of(heading).filter(|_| !means_more && !is_over)
}

pub(super) fn description(activity: &Value) -> Option<&str> {
    raw_text(activity.get("detail")?, "description")
}

fn write(activity: &mut Value, text: &str) {
    // What differs only around the words is no change.
    if description(activity).map(str::trim) == Some(text) {
        return;
    }
    if let Some(detail) = activity.get_mut("detail").and_then(Value::as_object_mut) {
        put(detail, "description", Some(text.into()));
    }
}

/// Takes the text away; returns whether something is left that others know: people, times, notes.
fn forget(activity: &mut Value) -> bool {
    const OWN: [&str; 4] = ["code", "status", "description", "id"];
    let Some(detail) = activity.get_mut("detail").and_then(Value::as_object_mut) else {
        return true;
    };
    let more = detail.keys().any(|it| !OWN.contains(&it.as_str()));
    if more {
        put(detail, "description", None);
    }
    let beside = activity.as_object().is_some_and(|it| {
        it.keys()
            .any(|name| !["detail", "id"].contains(&name.as_str()))
    });
    more || beside
}
