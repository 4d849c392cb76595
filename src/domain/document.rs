//! Letters, forms and other documents.

use super::{Concept, Origin, Party, When};

/// One `DocumentReference`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document {
    pub origin: Origin,
    pub kind: Option<Concept>,
    /// `current`, `superseded`, `entered-in-error`, as received.
    pub status: Option<String>,
    /// `preliminary`, `final`, `amended`, `entered-in-error` of what it holds, as received.
    pub content_status: Option<String>,
    pub date: Option<When>,
    pub description: Option<String>,
    pub authors: Vec<Party>,
    pub custodian: Option<Party>,
    pub contents: Vec<Attachment>,
    /// `confidentiality` labels: security labels in words.
    pub security: Vec<Concept>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attachment {
    pub content_type: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub created: Option<When>,
    /// Bytes, where the source says.
    pub size: Option<u64>,
    /// Decoded text, only for `text/plain`; never HTML to be run.
    pub text: Option<String>,
    /// Whether it has data in place that is not plain text.
    pub has_data: bool,
}

impl Document {
    pub fn is_error(&self) -> bool {
        [&self.status, &self.content_status]
            .into_iter()
            .any(|it| it.as_deref() == Some("entered-in-error"))
    }
}
