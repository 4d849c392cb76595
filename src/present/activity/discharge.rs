//! How a stay ended.

use super::codes::{DISCHARGES, PLACES};
use crate::domain::Concept;
use crate::domain::activity::Encounter;
use crate::present::words::{self, coded};

/// `Discharged to usual place of residence`, `Died`, `Self-discharged`.
pub fn discharge(it: &Encounter) -> Option<String> {
    if it.ended_in_death() {
        return Some("Died".to_owned());
    }
    let to = it
        .discharge_destination
        .as_ref()
        .and_then(|it| coded(it, &PLACES))
        .map(|it| format!("Discharged to {}", lower_first(&it)));
    // On clinical advice is how it should be: only another way is said.
    let is_usual = |it: &&Concept| it.codings.iter().any(|it| it.code.as_deref() == Some("1"));
    let how = it.discharge_method.as_ref().filter(|it| !is_usual(it));
    words::joined([to, how.and_then(|it| coded(it, &DISCHARGES))])
}

/// "Usual place of residence" inside a sentence; "NHS care home" keeps its capitals.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
