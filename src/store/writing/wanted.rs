//! What a reader wants to write.

use crate::api::writing::Held;
use crate::domain::ResourceRef;
use crate::domain::section::{Entry, Field, Section};

/// What is to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// What the record has.
    There(Section, ResourceRef),
    /// A member of a team, or a new one: the team, and who.
    Member(ResourceRef, Option<ResourceRef>),
    New(New),
    /// What it was in an earlier version, beside the newest one.
    Back(Box<(Held, Vec<Entry>)>),
    /// How it became what it is: nothing is written.
    History(Section, ResourceRef),
    /// A draft that this device has kept, by its name.
    Draft(String),
}

impl Wanted {
    /// What the record has, which a draft of this device may go on with.
    pub(super) fn there(&self) -> Option<(Section, &ResourceRef)> {
        match self {
            Self::There(section, place) => Some((*section, place)),
            _ => None,
        }
    }

    /// Where the record has it, where it is read before anything else.
    pub(super) fn place(&self) -> Option<(Section, &ResourceRef)> {
        match self {
            Self::Member(team, _) => Some((Section::Team, team)),
            _ => self.there(),
        }
    }
}

/// What the record does not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub section: Section,
    /// The person's plan, which it is part of.
    pub plan: Option<ResourceRef>,
    /// What it is begun with: the goal that an action serves.
    pub with: Vec<(Field, String)>,
    /// What is suggested for it: words that count as typed, for nobody has saved them.
    pub words: Vec<(Field, String)>,
}
