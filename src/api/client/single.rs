//! What is no search: one resource, an operation, something that is written; and the pauses between.

use std::time::Duration;

use serde_json::Value;

use super::{Client, parse, refusal};
use crate::api::{ApiError, Method, Request, Transport};

/// What must be so at the source for something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::api) enum OnlyIf {
    /// The resource is still at the version of this `ETag`.
    Version(String),
    /// Nothing is found by this search, e.g. `identifier=system|value`.
    Nothing(String),
}

impl OnlyIf {
    fn header(self) -> (&'static str, String) {
        match self {
            Self::Version(version) => ("If-Match", version),
            Self::Nothing(search) => ("If-None-Exist", search),
        }
    }
}

impl<T: Transport> Client<T> {
    /// Reads one thing that is no search: a resource by its id, an operation.
    pub(in crate::api) async fn read_one(&self, path: &str) -> Result<Value, ApiError> {
        let response = self.send(Method::Get, self.url(path), None).await?;
        parse(&response.body)
    }

    /// Writes, once: what it comes to is the answer's resource, `null` without one. Nothing that writes is repeated here.
    pub(in crate::api) async fn write(
        &self,
        method: Method,
        path: &str,
        resource: Option<Value>,
        only_if: Option<OnlyIf>,
    ) -> Result<Value, ApiError> {
        let request = Request {
            method,
            url: self.url(path),
            body: resource.map(|it| it.to_string()),
            headers: only_if.into_iter().map(OnlyIf::header).collect(),
            timeout: self.inner.timeout,
        };
        let seconds = u32::try_from(self.inner.timeout.as_secs()).unwrap_or(u32::MAX);
        let sent = self.inner.transport.send(request).await;
        let response = sent.map_err(|error| ApiError::from_transport(error, seconds))?;
        if !(200..300).contains(&response.status) {
            return Err(refusal(&response));
        }
        if response.body.trim().is_empty() {
            return Ok(Value::Null);
        }
        parse(&response.body)
    }

    /// Lets the screen be drawn and a hand be heard between two steps of work on a long answer.
    pub(in crate::api) async fn breathe(&self) {
        self.rest(Duration::ZERO).await;
    }

    pub(in crate::api) async fn rest(&self, time: Duration) {
        self.inner.transport.sleep(time).await;
    }
}
