//! Who is editing a section of a person's plan just now. A word that its writer says again and again while they edit:
//! without that it is worth nothing any more. It has no clinical content.

use chrono::{DateTime, Utc};

use super::ResourceRef;
use super::section::Section;

/// Somebody who edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// They have said that it is over.
    pub is_over: bool,
    /// Where the record has the word.
    pub word: ResourceRef,
    /// As the record names them: a role, or a person without one.
    pub who: ResourceRef,
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
    /// Where ([`place`]).
    pub place: String,
    /// What of it; the plan, or the person, for what the record does not have yet.
    pub of: ResourceRef,
    /// By the clock of their device, but never later than their last word.
    pub since: DateTime<Utc>,
    /// When they last said so, by the clock of the source.
    pub said: DateTime<Utc>,
}

/// What a section is called in such a word: its key; a form of a locality has its address.
pub const fn place(section: Section) -> &'static str {
    match section {
        Section::Form(form) => form.url,
        other => other.key(),
    }
}
