//! Commands that need the rights of root.

use std::{
    io::IsTerminal,
    process::{Command, Stdio},
    sync::Mutex,
};

use crate::{
    problem::{Outcome, Problem},
    process::{found, program, try_output},
    progress::say,
};

static ASKING: Mutex<()> = Mutex::new(());

/// `words` as a command run by root: as it is, or by sudo. An error names the command for the reader to run.
pub fn command(words: &[&str]) -> Outcome<Command> {
    let (first, rest) = words
        .split_first()
        .ok_or_else(|| Problem::new("An empty command"))?;
    let mut command = if nix::unistd::Uid::effective().is_root() {
        program(first)
    } else if found("sudo") && may_sudo() {
        let mut sudo = program("sudo");
        sudo.arg("-n").arg(first);
        sudo
    } else {
        return Err(Problem::new(format!(
            "This needs root. Please run it yourself:\n\n    {}\n",
            words.join(" ")
        )));
    };
    command.args(rest).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// Asks for the password once, at the terminal, before the steps that run in the background need it.
fn may_sudo() -> bool {
    let Ok(_one_at_a_time) = ASKING.lock() else {
        return false;
    };
    if try_output(Command::new("sudo").args(["-n", "true"])).is_some() {
        return true;
    }
    if !std::io::stdin().is_terminal() {
        return false;
    }
    say("Some tools are installed with sudo, which may ask for your password.");
    Command::new("sudo")
        .arg("-v")
        .stdin(Stdio::inherit())
        .status()
        .is_ok_and(|status| status.success())
}
