//! Tools that are not in the checkout, in pinned versions: looked for, and installed where they are missing.
//!
//! Into the user's cache where that is possible (crates, npm and Python packages), by apt as root or with sudo
//! where not. What cannot be installed is named, with the command that would.

pub mod apt;
pub mod crates;
pub mod npm;
pub mod python;
pub mod root;
pub mod sysroot;
pub mod wasm;
