//! Alongside: one record and one plan.

pub mod domain;
pub mod present;
pub mod routes;
pub mod state;
