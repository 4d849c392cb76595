//! Before the first page: a wrong configuration, and who the reader is.

mod config_problem;
mod pick_reader;

pub use config_problem::ConfigProblem;
pub use pick_reader::PickReader;
