//! Carers and next of kin: one person may hold several roles.

use std::sync::Arc;

use super::patient::{Address, PersonName, Telecom};
use super::{Concept, Identifier, Origin, Period, When};

/// One `RelatedPerson`, or one `Patient.contact`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    pub origin: Origin,
    /// What they are called by in other records.
    pub identifier: Option<Arc<Identifier>>,
    pub name: Option<PersonName>,
    pub birth: Option<When>,
    /// Every relationship and role, in the order received.
    pub relationships: Vec<Concept>,
    pub telecoms: Vec<Telecom>,
    pub addresses: Vec<Address>,
    pub period: Period,
    pub active: bool,
}
