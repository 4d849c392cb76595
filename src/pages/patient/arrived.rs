//! Says to a screen reader that the open person's record has come.

use leptos::prelude::*;

use crate::domain::PatientId;
use crate::pages::Arrival;
use crate::present::arrived;
use crate::store::Store;

/// Says when the open person's record has come, and when what is missing of it changes.
pub fn announce(store: Store) {
    let said = Memo::new(move |before: Option<&Option<(PatientId, String)>>| {
        store.chart().with(|chart| {
            let id = chart.id()?;
            match arrived::words(chart.parts(), |it| store.source_name(it)) {
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
