//! A program that stays: a record API, the web server.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;

use super::{program::start, run::tail, stop};
use crate::problem::{Outcome, Problem, While};

/// Ends when it is dropped.
pub struct Service {
    name: String,
    child: Child,
    log: PathBuf,
}

const POLITE: Duration = Duration::from_secs(8);

impl Service {
    pub fn start(name: impl Into<String>, mut command: Command, log: &Path) -> Outcome<Self> {
        let out = File::create(log).could_not(format_args!("write {}", log.display()))?;
        let err = out.try_clone().could_not("share a log")?;
        command.stdout(out).stderr(err);
        let child = start(command)?;
        stop::register(child.id());
        Ok(Self {
            name: name.into(),
            child,
            log: log.to_owned(),
        })
    }

    pub fn signal(&self, signal: Signal) {
        stop::signal(self.child.id(), signal);
    }

    pub fn running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until `ready` says so; an error when it ends before, or has not come up after `patience`.
    pub fn wait_until(&mut self, patience: Duration, ready: impl Fn() -> bool) -> Outcome<()> {
        let start = Instant::now();
        while !ready() {
            stop::check()?;
            if !self.running() {
                return Err(self.problem("ended while starting"));
            }
            if start.elapsed() > patience {
                return Err(self.problem("did not come up"));
            }
            thread::sleep(Duration::from_millis(60));
        }
        Ok(())
    }

    pub fn problem(&self, what: &str) -> Problem {
        Problem::new(format!(
            "{} {what}. The end of {}:\n\n{}",
            self.name,
            self.log.display(),
            tail(&self.log, 20)
        ))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let group = self.child.id();
        stop::signal(group, Signal::SIGTERM);
        // A stopped (SIGSTOP) process would not hear it.
        stop::signal(group, Signal::SIGCONT);
        let start = Instant::now();
        while self.running() && start.elapsed() < POLITE {
            thread::sleep(Duration::from_millis(20));
        }
        stop::signal(group, Signal::SIGKILL);
        self.child.wait().ok();
        stop::forget(group);
    }
}
