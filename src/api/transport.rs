//! The port to the network. The browser implements it with `fetch`; tests with scripted answers.

use std::future::Future;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    pub url: String,
    /// A JSON body, sent as `application/fhir+json`.
    pub body: Option<String>,
    /// `If-Match`, `If-None-Exist` …, with their values.
    pub headers: Vec<(&'static str, String)>,
    pub timeout: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// From `Retry-After`: seconds. A date is not read.
    pub retry_after: Option<u32>,
    /// From `Location`: where what was created is.
    pub location: Option<String>,
    pub body: String,
}

/// Why there is no response at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device says that it has no network.
    Offline,
    /// Refused, cut, or not allowed.
    Unreachable,
    TimedOut,
}

/// Sends one request. Dropping the future must cancel the request.
pub trait Transport {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;
    fn sleep(&self, time: Duration) -> impl Future<Output = ()>;
}
