//! A step: a program that runs to its end, with its output in `target/logs`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    thread,
    time::Duration,
};

use nix::sys::signal::Signal;

use super::{program::start, stop};
use crate::{
    problem::{Outcome, Problem, While},
    progress::Step,
    workspace,
};

/// A program to run, what to call it, and how long it takes on two cores.
pub struct Run {
    name: String,
    command: Command,
    typical: Duration,
    tail: usize,
}

impl Run {
    pub fn new(name: impl Into<String>, command: Command) -> Self {
        Self {
            name: name.into(),
            command,
            typical: Duration::ZERO,
            tail: 30,
        }
    }

    pub fn typically(mut self, seconds: u64) -> Self {
        self.typical = Duration::from_secs(seconds);
        self
    }

    /// How much of the log a failure shows: tests need more than a tool's installation.
    pub fn showing(mut self, lines: usize) -> Self {
        self.tail = lines;
        self
    }

    /// Runs it and speaks of it. A failure carries the end of the log.
    pub fn speaking(self) -> Outcome<Duration> {
        let mut step = Step::start(&self.name, self.typical);
        self.ended(|log| step.tick(|| crates_so_far(log)))?;
        Ok(step.done())
    }

    /// Runs it and says nothing unless it fails.
    pub fn quietly(self) -> Outcome<()> {
        self.ended(|_| ())
    }

    /// Runs it with its own words on the terminal.
    pub fn aloud(self) -> Outcome<()> {
        let Self { name, command, .. } = self;
        let mut child = start(command)?;
        stop::register(child.id());
        let status = wait(&mut child, || ());
        stop::signal(child.id(), Signal::SIGTERM);
        stop::forget(child.id());
        stop::check()?;
        let status = status?;
        if status.success() {
            Ok(())
        } else {
            Err(Problem::new(format!("{name} failed ({status}).")))
        }
    }

    fn ended(mut self, mut tick: impl FnMut(&Path)) -> Outcome<()> {
        let log = self.log()?;
        let out = File::create(&log).could_not(format_args!("write {}", log.display()))?;
        let err = out.try_clone().could_not("share a log")?;
        self.command.stdout(out).stderr(err);
        let mut child = start(self.command)?;
        stop::register(child.id());
        let status = wait(&mut child, || tick(&log));
        // What it started and left behind, if anything.
        stop::signal(child.id(), Signal::SIGTERM);
        stop::forget(child.id());
        stop::check()?;
        let status = status?;
        if status.success() {
            return Ok(());
        }
        Err(Problem::new(format!(
            "{} failed ({status}). The end of {}:\n\n{}",
            self.name,
            log.display(),
            tail(&log, self.tail)
        )))
    }

    fn log(&self) -> Outcome<PathBuf> {
        let word: String = self
            .name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        Ok(workspace::logs()?.join(format!("{word}.log")))
    }
}

fn wait(child: &mut Child, mut tick: impl FnMut()) -> Outcome<ExitStatus> {
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(status) = child.try_wait().could_not("wait for a program")? {
            return Ok(status);
        }
        tick();
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// The last lines of a log. Of a line that was drawn over and over (a progress bar) only the last state counts.
pub(super) fn tail(log: &Path, lines: usize) -> String {
    let text = fs::read(log)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let shown = text
        .lines()
        .map(|line| line.rsplit('\r').next().unwrap_or(line))
        .filter(|line| !is_bar(line));
    let all: Vec<&str> = shown.collect();
    all.get(all.len().saturating_sub(lines)..)
        .unwrap_or_default()
        .join("\n")
}

fn is_bar(line: &str) -> bool {
    line.trim_start().starts_with("Building [")
}

/// How many of how many crates, from the progress bar that cargo was told to draw.
fn crates_so_far(log: &Path) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(&fs::read(log).ok()?).into_owned();
    let (_, bar) = text.rsplit_once("Building [")?;
    let (_, numbers) = bar.split_once("] ")?;
    let (done, rest) = numbers.split_once('/')?;
    let total = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((done.trim().parse().ok()?, total.parse().ok()?))
}
