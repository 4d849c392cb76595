//! Alongside: one record and one plan.

pub mod domain;
pub mod fhir;
pub mod present;
pub mod routes;
pub mod state;
