//! A resource exactly as it was received: <https://hl7.org/fhir/R4/resource.html>.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::origin::is_id;
use crate::domain::{ResourceRef, When};

use super::element::raw_text;

/// Received JSON, kept whole: order of members, unknown elements, extensions and the text of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource(Value);

/// What was received is not JSON, or not a resource. Says where, never what (it may be about a person).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable at line {line}, column {column}")]
pub struct Unreadable {
    pub line: usize,
    pub column: usize,
}

impl Resource {
    /// Any JSON object with a `resourceType`.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text).map_err(|it| Unreadable {
            line: it.line(),
            column: it.column(),
        })?;
        Self::from_value(value).ok_or(Unreadable { line: 1, column: 1 })
    }

    /// `None` when it is not an object with a `resourceType`.
    pub fn from_value(value: Value) -> Option<Self> {
        raw_text(&value, "resourceType")?;
        Some(Self(value))
    }

    /// A resource that says nothing but its type.
    pub fn nothing(kind: &str) -> Self {
        Self(serde_json::json!({ "resourceType": kind }))
    }

    pub fn value(&self) -> &Value {
        &self.0
    }

    pub fn into_value(self) -> Value {
        self.0
    }

    pub fn kind(&self) -> &str {
        raw_text(&self.0, "resourceType").unwrap_or("")
    }

    /// The logical id, when it is one.
    pub fn id(&self) -> Option<&str> {
        raw_text(&self.0, "id").filter(|it| is_id(it))
    }

    pub fn reference(&self) -> Option<ResourceRef> {
        Some(ResourceRef::new(self.kind(), self.id()?))
    }

    /// `meta.versionId`.
    pub fn version(&self) -> Option<&str> {
        raw_text(self.0.get("meta")?, "versionId")
    }

    /// The weak `ETag` that follows from the version, for servers whose header is hidden by CORS:
    /// <https://hl7.org/fhir/R4/http.html#versioning>.
    pub fn etag(&self) -> Option<String> {
        self.version().map(|it| format!("W/\"{it}\""))
    }

    pub fn last_updated(&self) -> Option<DateTime<Utc>> {
        match When::parse(raw_text(self.0.get("meta")?, "lastUpdated")?) {
            When::At(at) => Some(at),
            _ => None,
        }
    }
}

/// Compact JSON, members in the order received.
impl std::fmt::Display for Resource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
