//! Says to a screen reader that the open person's record has come.

use leptos::prelude::*;

use super::opened::Opened;
use crate::domain::PatientId;
use crate::pages::Arrival;
use crate::present::{arrived, name};

/// Whose record is open, once that is known.
pub fn who(opened: Opened) -> Option<String> {
    let person = opened.person;
    person.with(|it| it.as_ref().map(|it| name::of_patient(&it.main)))
}

/// Says when the open person's record has come, and when what is missing of it changes.
pub fn announce(opened: Opened) {
    let store = opened.store;
    let said = Memo::new(move |before: Option<&Option<(PatientId, String)>>| {
        let who = who(opened);
        store.chart().with(|chart| {
            let id = chart.id()?;
            match arrived::words(chart.parts(), who.as_deref(), |it| store.source_name(it)) {
                Some(words) => Some((id.clone(), words)),
                // Who is asked again is no news before the answer.
                None => before.cloned().flatten().filter(|it| it.0 == *id),
            }
        })
    });
    if let Some(arrival) = use_context::<Arrival>() {
        Effect::new(move |_| {
            if let Some((_, words)) = said.get() {
                arrival.announced.set(words);
            }
        });
    }
}
