//! Record APIs to run the page against: one process for each organisation, so that one can fail alone.

mod fleet;
mod helios;
pub mod http;
mod sekmet;

pub use fleet::{Data, Fleet, Place};
pub use helios::Helios;
pub use sekmet::Sekmet;

use std::{path::Path, process::Command};

/// A FHIR server that can be started here, once for each organisation.
pub trait Server: Send + Sync {
    /// What starts it for `source`.
    fn command(&self, source: &str, port: u16, place: &Place) -> crate::problem::Outcome<Command>;

    /// The base URL of `source` without the proxy.
    fn url(&self, source: &str, port: u16) -> String;

    /// What has to be done each time when it has started, at its base URL without the proxy. What fails is only missed.
    fn prepare(&self, _source: &str, _url: &str) {}

    /// The files in which it keeps the data of `source`.
    fn forget(&self, source: &str, folder: &Path);
}
