//! What each source says about one person of a list, in no more room than it needs: a list can be of thousands.

use std::fmt;
use std::sync::Arc;

use super::Remote;
use crate::domain::worklist::Few;
use crate::domain::{Facts, SourceId};

/// What a source says of somebody. A list holds it without knowing what it is made of: the code for all kinds of facts then
/// need not be there when the first people are.
pub trait Told: fmt::Debug + Send + Sync {
    /// Adds it to what is known already.
    fn add_to(&self, facts: &mut Facts);

    /// Whether that is all that the source has to tell.
    fn is_whole(&self) -> bool;
}

impl Told for Few {
    fn add_to(&self, facts: &mut Facts) {
        Self::add_to(self, facts);
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// What a source says of somebody, while it loads.
type Part = Remote<Arc<dyn Told>>;

/// It has answered, and not with all of it: what it does not say may still be so.
pub fn is_in_part(part: &Part) -> bool {
    part.seen().is_some_and(|it| !it.value.is_whole())
}

/// There are a handful of sources, so they are looked through, not sorted.
#[derive(Clone, Debug, Default)]
pub struct Parts(Vec<(SourceId, Part)>);

impl Parts {
    pub fn get(&self, source: &SourceId) -> Option<&Part> {
        let found = self.0.iter().find(|(id, _)| id == source);
        found.map(|(_, part)| part)
    }

    /// Changes what a source says; nobody has asked a new one yet.
    pub fn change(&mut self, source: &SourceId, change: impl FnOnce(Part) -> Part) {
        if let Some((_, part)) = self.0.iter_mut().find(|(id, _)| id == source) {
            *part = change(std::mem::take(part));
        } else {
            self.0.reserve_exact(1);
            self.0.push((source.clone(), change(Remote::Idle)));
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&SourceId, &Part)> {
        self.0.iter().map(|(source, part)| (source, part))
    }

    pub fn values(&self) -> impl Iterator<Item = &Part> {
        self.0.iter().map(|(_, part)| part)
    }
}
