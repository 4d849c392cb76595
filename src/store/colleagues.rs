//! Who can join a team, found by name in the shared record.

use super::Store;
use super::health::Watch;
use super::problem::problem;
pub use crate::api::colleagues::FoundColleagues;
use crate::api::colleagues::find_colleagues;
use crate::state::Problem;

/// People and organisations whose name has words that begin so.
pub async fn find(store: Store, typed: &str) -> Result<FoundColleagues, Problem> {
    let client = store.shared().ok_or(Problem::NotOffered)?;
    let watch = Watch::start(store, &client.source().id);
    let result = find_colleagues(&client, typed).await;
    watch.end_with(&result);
    result.map_err(|error| problem(&error))
}
