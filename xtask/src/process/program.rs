//! Starting a program so that it ends with us.
//!
//! Every child leads a process group of its own (so that its own children can be ended with it) and asks the
//! kernel for a TERM when its parent dies (so that even a killed task runner leaves nothing behind).

use std::{
    env, io,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{LazyLock, mpsc},
    thread,
};

use crate::problem::{Outcome, Problem};

static HAS_SETPRIV: LazyLock<bool> = LazyLock::new(|| found("setpriv"));

/// A command for `name`, run under `setpriv --pdeathsig` where there is one (util-linux; every Debian has it).
pub fn program(name: impl AsRef<Path>) -> Command {
    let mut command = if *HAS_SETPRIV {
        let mut wrapped = Command::new("setpriv");
        wrapped
            .args(["--pdeathsig", "TERM", "--"])
            .arg(name.as_ref());
        wrapped
    } else {
        Command::new(name.as_ref())
    };
    // `cargo run` points this at its own toolchain; a program of another toolchain must not see it.
    command
        .env_remove("LD_LIBRARY_PATH")
        .stdin(Stdio::null())
        .process_group(0);
    command
}

/// Whether there is such a program on the PATH.
pub fn found(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// What a short program prints, if it succeeds.
pub fn try_output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

type Job = (Command, mpsc::Sender<io::Result<Child>>);

/// The kernel takes "parent" to be the *thread* that started a child: one long-lived thread starts them all, or
/// a service started in a worker thread would be told to end when that worker is done.
static STARTER: LazyLock<mpsc::Sender<Job>> = LazyLock::new(|| {
    let (jobs, queue) = mpsc::channel::<Job>();
    thread::spawn(move || {
        for (mut command, answer) in queue {
            answer.send(command.spawn()).ok();
        }
    });
    jobs
});

pub(super) fn start(command: Command) -> Outcome<Child> {
    let name = spoken_name(&command);
    let (answer, result) = mpsc::channel();
    let sent = STARTER.send((command, answer)).is_ok();
    match result.recv() {
        Ok(Ok(child)) if sent => Ok(child),
        Ok(Err(error)) => Err(Problem::new(format!("Could not start {name}: {error}"))),
        _ => Err(Problem::new(format!("Could not start {name}"))),
    }
}

fn spoken_name(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .collect();
    let own = if *HAS_SETPRIV {
        words.get(4..).unwrap_or(&words)
    } else {
        &words
    };
    own.iter()
        .take(4)
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
