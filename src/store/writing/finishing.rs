//! What was sent had arrived without an answer: what goes with it is made up.

use leptos::prelude::*;

use super::Writing;
use crate::api::ApiError;
use crate::api::session::Reader;
use crate::api::writing::{self, Held, Written};
use crate::domain::PatientId;
use crate::state::Problem;
use crate::state::editing::Editing;
use crate::store::health::Watch;
use crate::store::problem::problem;
use crate::store::{Store, chart};
use crate::transport::clock;

/// The plan names it, and who wrote it is said, wherever this had not arrived too.
pub(super) async fn finish(
    store: Store,
    reader: &Reader,
    patient: &PatientId,
    held: &Held,
) -> Result<Written, Problem> {
    let client = store
        .shared()
        .ok_or_else(|| problem(&ApiError::NotOffered))?;
    let watch = Watch::start(store, &client.source().id);
    let finished = writing::finish(&client, reader, patient, held, clock::now()).await;
    watch.end_with(&finished);
    finished.map_err(|error| problem(&error))
}

impl Writing {
    pub(super) async fn finish(self) {
        let Some(store) = self.store.try_get_value() else {
            return;
        };
        let reader = store.reader.try_get_untracked().flatten();
        let (Some(reader), Some(held), Some(patient)) = (reader, self.held(), self.patient())
        else {
            return;
        };
        let finished = finish(store, &reader, &patient, &held).await;
        let now = clock::now();
        match finished {
            Ok(written) => {
                let topics = written.section.section().topics();
                self.hold(written.section);
                self.unsigned.try_set(written.unsigned.is_some());
                self.settle(|it| it.finished(now));
                chart::refresh(store, topics);
            }
            Err(problem) => self.settle(|it| it.failed(problem, now)),
        }
    }

    fn settle(self, settle: impl FnOnce(&mut Editing)) {
        self.editing.try_update(|it| it.as_mut().map(settle));
    }
}
