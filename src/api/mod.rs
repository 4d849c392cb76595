//! The record APIs: FHIR R4 over HTTP, one [`Client`] per source, behind a [`Transport`] that the browser (or a
//! test) provides. Nothing here knows which server product it talks to.
//!
//! Optimistic, then informed: a source is asked in one batch at once; what it refuses is asked in simpler ways; its
//! `CapabilityStatement` (which can be megabytes) is read when the page is idle, kept as a small digest
//! ([`Abilities`]), and from then on only what it offers is asked.
//!
//! An answer is checked before it is believed: every resource must be about the person who was asked for.
//! Deliberately absent: caching of records, retries of anything that writes, words for people.

pub mod abilities;
pub mod activity;
mod checked;
pub mod client;
pub mod colleagues;
pub mod config;
pub mod directory;
pub mod error;
pub mod find;
pub mod forms;
pub mod lists;
pub mod looked;
pub mod paging;
pub mod person;
pub mod presence;
pub mod push;
pub mod questions;
pub mod rows;
pub mod search;
pub mod session;
pub mod steps;
pub mod templates;
pub mod transport;
pub mod writing;

pub use abilities::Abilities;
pub use client::{Client, Found};
pub use config::{Config, ConfigError, Source};
pub use error::ApiError;
pub use push::Push;
pub use search::Search;
pub use transport::{Method, Request, Response, Transport, TransportError};
