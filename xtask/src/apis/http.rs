//! Asking a server on this machine whether it is there, and giving it something.

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

/// Puts a FHIR resource there; whether that succeeded.
pub fn put(url: &str, resource: &str) -> bool {
    let request = AGENT.put(url).content_type("application/fhir+json");
    request.send(resource).is_ok()
}
