//! Ctrl-C and TERM: everything started here ends, then we do.

use std::{
    collections::BTreeSet,
    process,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use crate::problem::{Outcome, Problem, While};

/// By a person or the system.
static ASKED: AtomicBool = AtomicBool::new(false);
static STOPPING: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// The first signal asks everything to end; a second one does not ask.
pub fn listen() -> Outcome<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        if ASKED.swap(true, Ordering::SeqCst) {
            signal_all(Signal::SIGKILL);
            process::exit(130);
        }
        eprintln!("\nStopping …");
        signal_all(Signal::SIGTERM);
    })
    .could_not("listen for Ctrl-C")
}

/// For work that looks at a flag by itself.
pub fn flag() -> &'static AtomicBool {
    &STOPPING
}

/// Ends the work in other threads, because ours cannot go on.
pub fn request() {
    STOPPING.store(true, Ordering::SeqCst);
}

pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

pub fn requested() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// An error once somebody asked us to stop, so that `?` leaves a long piece of work.
pub fn check() -> Outcome<()> {
    if requested() {
        Err(Problem::new("Stopped."))
    } else {
        Ok(())
    }
}

pub(super) fn register(group: u32) {
    GROUPS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(group);
    // Asked to stop between the start of the child and here: nobody else would tell it.
    if requested() {
        signal(group, Signal::SIGTERM);
    }
}

pub(super) fn forget(group: u32) {
    GROUPS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .remove(&group);
}

/// A group that has ended already is no problem.
pub(super) fn signal(group: u32, signal: Signal) {
    if let Ok(group) = i32::try_from(group) {
        killpg(Pid::from_raw(group), signal).ok();
    }
}

fn signal_all(with: Signal) {
    for group in GROUPS.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        signal(*group, with);
    }
}
