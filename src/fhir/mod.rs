//! What comes over the wire: FHIR R4 JSON, read by path and turned into domain values.
//!
//! The received JSON is the truth and stays as it came ([`Resource`]); the views ([`Bundle`],
//! [`OperationOutcome`], [`Capabilities`]) and the conversions ([`convert`]) only read it. Nothing is copied until a
//! value is asked for, and nothing that is read badly disappears: it becomes an `Issue` with its FHIR path.
//!
//! Absent here on purpose: typed models of whole resources (they drop what they do not know), HTTP, and any way to
//! make a resource from what is shown.

mod bundle;
mod capability;
pub mod convert;
mod datatype;
mod element;
mod link;
mod name;
mod outcome;
mod path;
mod resource;
mod subject;
mod timing;
mod words;

pub use bundle::{Bundle, Entry, Mode};
pub use capability::{Capabilities, TypeCapabilities};
pub use convert::{Converted, facts};
pub use outcome::{OperationOutcome, OutcomeIssue, Severity};
pub use resource::{Resource, Unreadable};
pub use subject::{is_about, subjects};
