//! Machines that decide what is true on the screen: loads, panels, people, lists. Pure: time and answers are passed
//! in, nothing is fetched here, and every transition can be tested natively.

pub mod alerts;
pub mod chart;
pub mod editing;
pub mod feed;
pub mod health;
pub mod looked;
pub mod outbox;
mod parts;
pub mod presence;
pub mod problem;
pub mod query;
pub mod remote;
pub mod roster;

pub use alerts::AlertRules;
pub use chart::{Chart, Part};
pub use feed::Feed;
pub use health::{Health, SourceHealth};
pub use looked::Looked;
pub use outbox::Outbox;
pub use parts::{Parts, Told, is_in_part};
pub use problem::Problem;
pub use query::{Query, Ticket};
pub use remote::{Remote, Seen};
pub use roster::{Heard, Listed, Roster};
