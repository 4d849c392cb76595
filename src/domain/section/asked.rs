//! What a writer has asked to be saved, until the record has it.

use chrono::{DateTime, Utc};

use super::Entry;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// As it was then; what is typed later is not asked for.
    pub entries: Vec<Entry>,
    /// When it was first asked: what waits goes in this order.
    pub at: DateTime<Utc>,
    /// It is not sent by itself: a person has to decide, or to ask again.
    pub is_stopped: bool,
}
