//! Record APIs to run the page against: one process for each organisation, so that one can fail alone.

pub mod helios;
pub mod http;
