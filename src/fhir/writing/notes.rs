//! What FHIR R4 has no element for stands in a note that says so.

use serde_json::{Value, json};

use super::fields::{members, put, set as set_member};
use super::links;
use crate::fhir::element::raw_text;

/// PRSB "agreed with".
pub(super) const AGREED: &str = "Agreed with ";
/// When a decision is looked at again.
pub(super) const REVIEW: &str = "Review by ";
/// Any other note.
pub(super) const PLAIN: &str = "";

fn place(value: &Value, prefix: &str) -> Result<Option<usize>, ()> {
    let all = value.get("note").and_then(Value::as_array);
    let all = all.into_iter().flatten().enumerate();
    let own = |it: &Value| match raw_text(it, "text") {
        Some(it) if prefix == PLAIN => !it.starts_with(AGREED) && !it.starts_with(REVIEW),
        Some(it) => it.starts_with(prefix),
        None => prefix == PLAIN,
    };
    let mut found = all.filter(|(_, it)| own(it)).map(|(at, _)| at);
    let first = found.next();
    if found.next().is_some() {
        return Err(());
    }
    Ok(first)
}

/// What the one note of this kind says; blank where there is none, `None` where there are several.
pub(super) fn read(value: &Value, prefix: &str) -> Option<String> {
    let Some(at) = place(value, prefix).ok()? else {
        return Some(String::new());
    };
    let note = value.get("note")?.get(at)?;
    Some(raw_text(note, "text")?.strip_prefix(prefix)?.to_owned())
}

pub(super) fn set(value: &mut Value, prefix: &str, typed: Option<&str>) {
    let Ok(at) = place(value, prefix) else { return };
    let said = typed.map(|it| format!("{prefix}{it}"));
    match (at, said) {
        (None, Some(said)) => links::push(value, "note", json!({ "text": said })),
        (Some(at), said) => {
            let Some(all) = value.get_mut("note").and_then(Value::as_array_mut) else {
                return;
            };
            match said {
                Some(said) => {
                    if let Some(note) = all.get_mut(at).and_then(members) {
                        put(note, "text", Some(said.into()));
                        // The time was that of the words before.
                        put(note, "time", None);
                    }
                }
                None => _ = all.remove(at),
            }
            if all.is_empty() {
                set_member(value, "note", None);
            }
        }
        (None, None) => {}
    }
}
