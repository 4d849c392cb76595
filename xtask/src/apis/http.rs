//! Asking a server on this machine whether it is there.

use std::{sync::LazyLock, time::Duration};

use ureq::Agent;

static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into()
});

/// Whether the address answers with success.
pub fn answers(url: &str) -> bool {
    AGENT.get(url).call().is_ok()
}
