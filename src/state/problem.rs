//! What went wrong with a load, told apart by what a person can do about it. The words are in `present`.

/// Why a load failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// This device has no network.
    Offline,
    /// The source could not be reached (connection refused or cut, or its proxy says so).
    Unreachable,
    /// No answer within the time limit, in seconds.
    TimedOut(u32),
    /// HTTP 401.
    SignedOut,
    /// HTTP 403: the source keeps this back from the reader.
    Withheld,
    /// HTTP 404 or 410 for something that must exist.
    Gone,
    /// HTTP 429 or 503, still so after waiting as it asked.
    Busy,
    /// HTTP 5xx, or another status that says that the source failed.
    SourceFailed(u16),
    /// The answer is not FHIR: HTML, truncated JSON, empty, or another resource than the one asked for.
    Unreadable(String),
    /// The source refused the question (HTTP 4xx with an `OperationOutcome`), with its words.
    Refused(String),
    /// HTTP 409 or 412: what was to be changed has been changed by somebody else meanwhile. With the
    /// source's words: said of something that nobody has changed, they are why it is not taken.
    Changed(String),
    /// Nobody could be asked for: the shared record has not said who the person is yet.
    Unmatched,
    /// Nobody can be asked for: the shared record gives no NHS number for the person that passes its check.
    Unnumbered,
    /// The answer is about somebody else; it was thrown away.
    WrongPerson,
    /// It has answered, and not with all of it.
    InPart,
    /// The source's `CapabilityStatement` does not offer this.
    NotOffered,
}

impl Problem {
    /// Whether trying the same again may help.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::Unreachable
                | Self::TimedOut(_)
                | Self::Busy
                | Self::SourceFailed(_)
                | Self::Unreadable(_)
                | Self::Unmatched
                | Self::InPart
                | Self::WrongPerson
        )
    }
}
