//! What went wrong, in words for the person at the terminal.

use std::fmt;

/// A sentence, and where it helps the end of a log.
#[derive(Debug)]
pub struct Problem(String);

pub type Outcome<T> = Result<T, Problem>;

impl Problem {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Problem {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}. See `cargo xtask help`."))
    }
}

/// Says what was being done when something failed: an operating system's "No such file" alone helps nobody.
pub trait While<T> {
    /// `doing` completes "could not …".
    fn could_not(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn could_not(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Problem(format!("Could not {doing}: {error}")))
    }
}
