//! Calls to one FHIR API: retried when it is busy, stopped when asked.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::Duration,
};

use serde_json::Value;
use ureq::Agent;

use super::{LoadError, Target};

const FHIR_JSON: &str = "application/fhir+json";
/// How often a busy or silent server is asked again.
const TRIES: u32 = 8;

pub(crate) struct Client<'a> {
    agent: Agent,
    pub target: &'a Target,
    stop: &'a AtomicBool,
}

/// A status and what came with it; the body is null where it was no JSON.
pub(crate) struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: Value,
}

impl Answer {
    pub fn is_fine(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The server's own words on the worst issue, shortened.
    pub fn reason(&self) -> String {
        let issues = self
            .body
            .get("issue")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let grave = |issue: &&Value| {
            matches!(
                issue.get("severity").and_then(Value::as_str),
                Some("fatal" | "error")
            )
        };
        let issue = issues.iter().find(grave).or_else(|| issues.first());
        let part = |path: &str| {
            issue
                .and_then(|issue| issue.pointer(path))
                .and_then(Value::as_str)
        };
        let words = part("/diagnostics")
            .or_else(|| part("/details/text"))
            .unwrap_or("no reason given");
        let place = part("/expression/0")
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        words.chars().take(300).chain(place.chars()).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }
}

impl<'a> Client<'a> {
    pub fn new(target: &'a Target, stop: &'a AtomicBool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(2)))
            .build();
        Self {
            agent: Agent::new_with_config(config),
            target,
            stop,
        }
    }

    /// One call. `headers` are added to the usual ones. A path may also be a whole URL.
    pub fn call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, LoadError> {
        let written = body.map(Value::to_string);
        let mut wait = Duration::from_millis(250);
        let mut last = String::new();
        for _ in 0..TRIES {
            if self.stop.load(Ordering::Relaxed) {
                return Err(LoadError::Stopped);
            }
            match self.once(method, path, headers, written.as_deref()) {
                Ok((answer, retry_after)) => {
                    if !matches!(answer.status, 429 | 502 | 503 | 504) {
                        return Ok(answer);
                    }
                    last = format!("{} {}", answer.status, answer.reason());
                    wait = retry_after.unwrap_or(wait);
                }
                Err(problem) => last = problem,
            }
            self.pause(wait);
            wait = (wait * 2).min(Duration::from_secs(20));
        }
        Err(LoadError::Unreachable {
            source_id: self.target.source.id(),
            base_url: self.target.base_url.clone(),
            reason: last,
        })
    }

    fn once(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<(Answer, Option<Duration>), String> {
        let mut request = ureq::http::Request::builder()
            .method(method.name())
            .uri(self.url(path))
            .header("Accept", FHIR_JSON);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.target.bearer {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let sent = match body {
            Some(body) => request
                .header("Content-Type", FHIR_JSON)
                .body(body)
                .map_err(|error| error.to_string())
                .and_then(|request| self.agent.run(request).map_err(|error| error.to_string())),
            None => request
                .body(())
                .map_err(|error| error.to_string())
                .and_then(|request| self.agent.run(request).map_err(|error| error.to_string())),
        };
        let mut response = sent?;
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let (location, retry_after) = (
            header("location"),
            header("retry-after")
                .and_then(|seconds| seconds.parse().ok())
                .map(Duration::from_secs),
        );
        let status = response.status().as_u16();
        let text = response
            .body_mut()
            .with_config()
            .limit(256 << 20)
            .read_to_string()
            .map_err(|error| error.to_string())?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok((
            Answer {
                status,
                location,
                body,
            },
            retry_after,
        ))
    }

    fn url(&self, path: &str) -> String {
        let base = &self.target.base_url;
        match path {
            "" => base.clone(),
            whole if whole.starts_with("http") => whole.to_owned(),
            path => format!("{base}/{path}"),
        }
    }

    /// Waits, but not longer than it takes to notice that we should stop.
    fn pause(&self, wait: Duration) {
        let mut left = wait.min(Duration::from_mins(1));
        while left > Duration::ZERO && !self.stop.load(Ordering::Relaxed) {
            let step = left.min(Duration::from_millis(100));
            sleep(step);
            left -= step;
        }
    }
}
