//! Free ports on this machine.

use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, TcpListener},
    sync::{Mutex, PoisonError},
};

use crate::problem::{Outcome, Problem};

/// Given out but perhaps not listened on yet.
static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// The first free port from `first` on, given to one caller only.
pub fn free_from(first: u16) -> Outcome<u16> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let is_free = |port: &u16| {
        !taken.contains(port) && TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()
    };
    let port = (first..first.saturating_add(500)).find(is_free);
    let port = port.ok_or_else(|| Problem::new(format!("No free port from {first} on")))?;
    taken.insert(port);
    Ok(port)
}
