//! The browser's network, clock, timers and storage: the only module that touches them.

pub mod address;
pub mod clock;
pub mod fetch;
pub mod letters;
pub mod notice;
pub mod socket;
pub mod storage;
pub mod timer;
pub mod vault;
pub mod windows;

pub use fetch::Fetch;
