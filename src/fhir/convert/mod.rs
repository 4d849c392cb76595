//! From received resources to facts: each resource gives one fact of its kind, or one issue that refuses it.
//!
//! Only a missing identity (or a kind that nobody shows) refuses a record. Everything else that cannot be read
//! becomes an issue beside the fact. Records `entered-in-error` keep their status; screens decide what to do.

mod about_me;
mod alert;
mod allergy;
mod appointment;
mod care_package;
mod contact;
mod directory;
mod document;
mod dose;
mod encounter;
mod facts;
mod finding;
mod goal;
mod legal;
mod medicine;
mod modifier;
mod patient;
mod plan;
mod problem;
mod report;
mod risk;
mod single;
mod task;
mod team;
mod withheld;
mod written;

pub use facts::{activity_facts, facts, list_facts, patients, signatures};
pub use legal::LIMITS;
pub use single::{Converted, goal, patient, plan, task};
