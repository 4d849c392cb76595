//! What the programme is about, in the field's own words: people, the facts known about them, and rules over
//! those facts. Knows nothing of JSON, HTTP, screens or the clock (time is passed in).
//!
//! Every fact says where it came from ([`Origin`]). A code that is not known is kept ([`Coded::Unknown`],
//! [`Concept`]), never guessed. Absent here on purpose: serde, floats, words for the screen (see `present`).

pub mod activity;
pub mod alert;
pub mod allergy;
pub mod answer;
pub mod appointment;
pub mod change;
pub mod code;
pub mod contact;
pub mod contacts;
pub mod crisis;
pub mod decimal;
pub mod document;
pub mod facts;
pub mod finder;
pub mod folding;
pub mod identity;
pub mod legal;
pub mod letters;
mod lookup;
pub mod medicine;
pub mod nhs_number;
pub mod origin;
pub mod patient;
pub mod percent;
pub mod person;
pub mod plan;
pub mod presence;
pub mod problem;
pub mod questionnaire;
pub mod result;
pub mod risk;
pub mod sameness;
#[cfg(test)]
pub(crate) mod sample;
pub mod section;
pub mod social_care;
pub mod stream;
pub mod target;
pub mod team;
pub mod time;
pub mod timeline;
pub mod topic;
pub mod worklist;

pub use code::{Coded, Coding, Concept};
pub use decimal::Decimal;
pub use facts::{Facts, Issue, IssueOf};
pub use nhs_number::NhsNumber;
pub use origin::{KINDS, Origin, Party, ResourceRef, SourceId};
pub use patient::{Patient, PatientId};
pub use target::{Identifier, Linked, Target};
pub use time::{Period, When};
pub use topic::Topic;
