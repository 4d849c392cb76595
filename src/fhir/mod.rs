//! What comes over the wire: FHIR R4 JSON, read by path and turned into domain values.
//!
//! The received JSON is the truth and stays as it came ([`Resource`]); the views ([`Bundle`],
//! [`OperationOutcome`]) and the conversions ([`convert`]) only read it. Nothing is copied until a
//! value is asked for, and nothing that is read badly disappears: it becomes an `Issue` with its FHIR path.
//!
//! Absent here on purpose: typed models of whole resources (they drop what they do not know), HTTP, and any way to
//! make a resource from what is shown.

mod bundle;
pub mod convert;
mod datatype;
mod element;
mod link;
mod looked;
mod name;
mod outcome;
mod path;
pub mod presence;
mod primitive;
mod questionnaire;
mod resource;
pub mod review;
mod subject;
mod take;
mod timing;
mod versions;
mod words;
mod writing;

pub use bundle::{Bundle, Entry, Mode};
pub use convert::{Converted, activity_facts, facts, list_facts, patients, signatures};
pub use looked::{LOOKED, is_looked_list, looked_list, looks, set_looks};
pub use outcome::{OperationOutcome, OutcomeIssue, Severity};
pub use questionnaire::{MOST_LISTED, list_answers, questionnaire, unlisted};
pub use resource::{Resource, Unreadable};
pub use subject::subjects;
pub use take::{
    BatchAnswer, Searchset, batch_answers, is_about_nobody, kind, members, nhs_numbers,
    outcome_places, outcome_words, patient_id, people_behind, reference_to, searchset,
};
pub use versions::{changed_appointment, moves};
pub use writing::{BEGUN, Held, is_joined, join, provenance};
