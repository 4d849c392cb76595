//! The one origin: nginx, with the page and the record APIs behind it.

pub mod nginx;
pub mod ports;
