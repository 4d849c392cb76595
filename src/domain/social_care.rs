//! Care packages (`EpisodeOfCare` and `ServiceRequest` from the council).

use super::{Concept, Origin, Party, Period};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CarePackage {
    pub origin: Origin,
    pub types: Vec<Concept>,
    pub status: Option<String>,
    pub period: Period,
    pub authority: Option<Party>,
    pub manager: Option<Party>,
    pub notes: Vec<String>,
}
