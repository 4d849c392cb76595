//! What was run, how long it took and how it ended.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    problem::Outcome,
    process::stop,
    progress::{say, spoken},
};

struct Row {
    name: String,
    took: Duration,
    passed: bool,
}

#[derive(Default)]
pub struct Report(Mutex<Vec<Row>>);

impl Report {
    /// Runs a step and notes it. A failure is said at once, and nothing is returned for it.
    pub fn step<T>(&self, name: &str, step: impl FnOnce() -> Outcome<T>) -> Option<T> {
        let start = Instant::now();
        let outcome = stop::check().and_then(|()| step());
        if let (Err(problem), false) = (&outcome, stop::requested()) {
            say(format!("FAILED: {name}\n\n{problem}\n"));
        }
        let row = Row {
            name: name.to_owned(),
            took: start.elapsed(),
            passed: outcome.is_ok(),
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(row);
        outcome.ok()
    }

    pub fn passed(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .all(|row| row.passed)
    }

    pub fn print(&self) {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        println!();
        for row in rows.iter() {
            let end = if row.passed { "passed" } else { "FAILED" };
            println!("  {:width$}  {:>7}  {end}", row.name, spoken(row.took));
        }
        println!();
    }
}
