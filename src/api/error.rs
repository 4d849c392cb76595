//! Errors for programs. `present` has the words for people.

use super::transport::TransportError;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    #[error("offline")]
    Offline,
    #[error("unreachable")]
    Unreachable,
    #[error("no answer within {0} s")]
    TimedOut(u32),
    /// HTTP 401.
    #[error("signed out")]
    SignedOut,
    /// HTTP 403.
    #[error("withheld")]
    Withheld,
    /// HTTP 404 or 410 from something that does not speak FHIR: no record API is there.
    #[error("gone")]
    Gone,
    /// HTTP 404 or 410 with an `OperationOutcome`: the source is there, what was asked for is not.
    #[error("absent: {0}")]
    Absent(String),
    /// HTTP 409 or 412: what was to be changed has been changed by somebody else meanwhile; with the source's words,
    /// because some say so of something that is wrong in another way.
    #[error("changed by somebody else: {0}")]
    Conflict(String),
    /// HTTP 429 or 503 after waiting.
    #[error("busy")]
    Busy,
    #[error("failed with HTTP {0}")]
    Failed(u16),
    /// Not FHIR, or not what was asked for.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// Other HTTP 4xx, with the source's own words.
    #[error("refused: {0}")]
    Refused(String),
    /// What was to be written is wrong (HTTP 400 or 422), at these elements (FHIR paths).
    #[error("invalid: {words}")]
    Invalid {
        words: String,
        places: Vec<(String, Vec<String>)>,
    },
    /// The answer holds somebody else's facts.
    #[error("about another person")]
    WrongPerson,
    /// Not in the source's `CapabilityStatement`.
    #[error("not offered")]
    NotOffered,
}

impl ApiError {
    pub fn from_transport(error: TransportError, timeout_seconds: u32) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::Unreachable => Self::Unreachable,
            TransportError::TimedOut => Self::TimedOut(timeout_seconds),
        }
    }

    /// Reads an HTTP status that is not 2xx, with the words of its `OperationOutcome` (may be empty).
    pub fn from_status(status: u16, words: String) -> Self {
        match status {
            401 => Self::SignedOut,
            403 => Self::Withheld,
            404 | 410 => Self::Gone,
            409 | 412 => Self::Conflict(words),
            429 | 503 => Self::Busy,
            // A proxy in front of a source that is down.
            502 | 504 => Self::Unreachable,
            400..=499 => Self::Refused(words),
            other => Self::Failed(other),
        }
    }
}
