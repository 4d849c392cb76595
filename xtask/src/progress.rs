//! What the task runner is doing, how far it is and how long it will take.
//!
//! Plain lines, because they read well in a terminal, in a log and with a screen reader alike.

use std::{
    fs,
    path::PathBuf,
    sync::LazyLock,
    time::{Duration, Instant},
};

use crate::workspace;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// One line, with the time since the start.
pub fn say(words: impl AsRef<str>) {
    println!("{:>7}  {}", spoken(START.elapsed()), words.as_ref());
}

/// `8 s`, `3 min 20 s`.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 100 {
        format!("{seconds} s")
    } else {
        format!("{}m{:02}s", seconds / 60, seconds % 60)
    }
}

/// A step that takes long enough to speak of. It reports at its start, every 20 seconds, and at its end.
pub struct Step {
    name: String,
    start: Instant,
    last_word: Instant,
    expected: Duration,
}

const WORD_EVERY: Duration = Duration::from_secs(20);

impl Step {
    /// `typical` is how long it takes on two cores; what this machine needed last time goes before it.
    pub fn start(name: &str, typical: Duration) -> Self {
        let expected = remembered(name).unwrap_or(typical);
        let about = if expected.as_secs() >= 5 {
            format!(" (about {})", spoken(expected))
        } else {
            String::new()
        };
        say(format!("{name} …{about}"));
        Self {
            name: name.to_owned(),
            start: Instant::now(),
            last_word: Instant::now(),
            expected,
        }
    }

    /// To be called often; speaks when it is time to. `so_far` is asked only then: how many of how many crates.
    pub fn tick(&mut self, so_far: impl FnOnce() -> Option<(u32, u32)>) {
        if self.last_word.elapsed() < WORD_EVERY {
            return;
        }
        self.last_word = Instant::now();
        let so_far = so_far().filter(|(done, _)| *done > 0);
        // The crates tell of a machine that is busier than the last time; their sizes differ, so they count late.
        let by_crates = so_far
            .filter(|(done, total)| done * 5 > *total)
            .map(|(done, total)| self.start.elapsed() * total.saturating_sub(done) / done);
        let left = self
            .expected
            .saturating_sub(self.start.elapsed())
            .max(by_crates.unwrap_or_default());
        let left = if left.as_secs() < 5 {
            "a little longer".to_owned()
        } else {
            format!("about {} left", spoken(left))
        };
        let so_far = so_far
            .map(|(done, total)| format!("{done} of {total} crates, "))
            .unwrap_or_default();
        say(format!("{}: {so_far}{left}", self.name));
    }

    pub fn done(self) -> Duration {
        let took = self.start.elapsed();
        if took.as_secs() >= 5 {
            remember(&self.name, took);
        }
        say(format!("{}: done in {}", self.name, spoken(took)));
        took
    }
}

fn memory(name: &str) -> Option<PathBuf> {
    let word: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let folder = workspace::folder(workspace::cache().ok()?.join("durations")).ok()?;
    Some(folder.join(word))
}

fn remembered(name: &str) -> Option<Duration> {
    let seconds = fs::read_to_string(memory(name)?)
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

/// Not being able to remember is no reason to fail.
fn remember(name: &str, took: Duration) {
    if let Some(path) = memory(name) {
        fs::write(path, took.as_secs().to_string()).ok();
    }
}
