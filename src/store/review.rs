//! That a plan was reviewed without a change is written to the record.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::health::Watch;
use super::problem::problem;
use super::{Store, chart};
use crate::api::{ApiError, writing};
use crate::domain::{PatientId, ResourceRef, Topic};
use crate::state::Problem;
use crate::transport::clock;

/// Writes it. `days`: of the review, and of the next one, in Greater Manchester.
pub async fn reviewed(
    store: Store,
    patient: &PatientId,
    plan: &ResourceRef,
    days: (NaiveDate, NaiveDate),
) -> Result<(), Problem> {
    let reader = store.reader.try_get_untracked().flatten();
    let (Some(client), Some(reader)) = (store.shared(), reader) else {
        return Err(Problem::NotOffered);
    };
    let watch = Watch::start(store, &client.source().id);
    let result = writing::review(&client, &reader, patient, plan, days, clock::now()).await;
    match &result {
        // That others are faster is an answer.
        Err(ApiError::Conflict(_)) => watch.end(None),
        other => watch.end_with(other),
    }
    if result.is_ok() {
        chart::refresh(store, &[Topic::Plans]);
    }
    result.map_err(|error| problem(&error))
}
