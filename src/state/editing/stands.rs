//! How a section that is written stands, and what is to be done next.

use chrono::{DateTime, Utc};

use crate::domain::section::{Asked, Clash, Entry};
use crate::state::Problem;

/// What has come of something that was asked to be saved, when nobody is to do anything about it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Saved,
    /// It is to be tried again.
    Waits(Problem),
    /// Two people have changed the same: a person decides.
    Undecided,
    Refused(Problem),
}

/// How what is written here stands in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OnRecord {
    /// Nothing was sent since it was opened.
    #[default]
    AsRead,
    Saving,
    Saved(DateTime<Utc>),
    /// It is tried again by itself: what went wrong, and since when.
    Waiting(Problem, DateTime<Utc>),
    /// It will not be taken so, or by this source, until somebody does something about it.
    Refused(Problem),
}

/// What to do next for a section that is to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Nothing,
    /// Read what the record has now.
    Read,
    /// Write these, if the record still has the version that was read last.
    Write(Vec<Entry>),
    /// What was sent has arrived, and nobody heard of it: what goes with it (the plan that names it, who wrote it) may not
    /// have.
    Finish,
}

/// What to do next with the draft that this device keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDevice {
    /// As it should be.
    Kept,
    /// Keep the draft; it is this revision.
    Keep(u64),
    /// The record has everything: no draft is needed.
    Forget,
}

/// What the reader decides about something that two people have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Theirs,
    Mine,
    /// Both texts, one under the other, to write one from.
    Both,
}

/// What this device keeps, beside the version of the record that it began from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub mine: Vec<Entry>,
    pub clashes: Vec<Clash>,
    pub sent: Option<Vec<Entry>>,
    /// It waits to be saved.
    pub asked: Option<Asked>,
}
