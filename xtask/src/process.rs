//! Other programs: steps that run to their end ([`run`]), services that stay ([`Service`]), and the promise that
//! none of them outlives the task runner ([`stop`], [`program`]).

mod program;
mod run;
mod service;
pub mod stop;

pub use program::{found, program, try_output};
pub use run::Run;
pub use service::Service;
