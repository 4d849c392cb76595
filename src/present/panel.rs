//! What a panel says around its content: whether there is any, where it comes from, as of when, what failed.

mod around;
mod kept_back;
#[cfg(test)]
mod tests;

pub use around::{LEFT_OUT, leaving_out, together, words, words_if};
pub use kept_back::kept_back;

/// What stands in the panel's body. Loading, empty, failed and withheld never look alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing yet: a skeleton of the reserved size.
    Loading,
    /// Every source answered and there is nothing; the words say nothing of what ("No appointments to come").
    Empty,
    /// There is something to show (perhaps with failed sources beside it, in `notes`).
    Content,
    /// No source could answer; the words say which and since when.
    Failed(String),
    /// The source keeps it back.
    Withheld(String),
}

/// How one source stands behind a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    UpToDate,
    Loading,
    Refreshing,
    Stale,
    Failed,
    Withheld,
}

/// One source in a panel's foot: "Wythenshawe, as at 14:05" or "Central Manchester: not reached since 13:48".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceNote {
    pub source: String,
    pub standing: Standing,
    /// "as at 14:05", "not reached since 13:48; shown as at 13:40" …
    pub words: String,
}

/// Everything around a panel's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelWords {
    pub phase: Phase,
    /// The foot: of each source what the body does not say.
    pub notes: Vec<SourceNote>,
    /// "Some items are withheld at the source" and the like: always rendered, never hidden.
    pub warnings: Vec<String>,
    /// Whether "Try again" makes sense.
    pub can_retry: bool,
}
