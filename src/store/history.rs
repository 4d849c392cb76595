//! How a section became what it is.

use super::Store;
use super::health::Watch;
use super::problem::problem;
use crate::api::writing;
pub use crate::api::writing::{MOST_VERSIONS, Version};
use crate::domain::section::Section;
use crate::domain::{PatientId, ResourceRef};
use crate::state::Problem;
use crate::transport::clock;

/// The versions that the shared record has, the newest first; why it is not known who wrote them, where that could not be
/// read.
pub async fn history(
    store: Store,
    patient: &PatientId,
    section: Section,
    place: &ResourceRef,
) -> Result<(Vec<Version>, Option<Problem>), Problem> {
    let Some(client) = store.shared() else {
        return Err(Problem::NotOffered);
    };
    let watch = Watch::start(store, &client.source().id);
    let result = writing::history(&client, patient, section, place, clock::now()).await;
    watch.end_with(&result);
    result
        .map(|it| (it.versions, it.unsigned.as_ref().map(problem)))
        .map_err(|error| problem(&error))
}
