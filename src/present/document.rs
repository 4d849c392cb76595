//! Letters, forms and other documents in words.

use super::date;
use super::name::{lines, shown};
use super::words::{self, label, named};
use crate::domain::document::{Attachment, Document};

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentWords {
    /// Its description, else its kind, else the title of what it holds.
    pub title: String,
    /// `Discharge letter`; `None` when the title says it.
    pub kind: Option<String>,
    pub date: String,
    /// `Dr S Ahmed, GP`; the custodian when there is no author.
    pub by: Option<String>,
    /// `superseded by a newer one`, `not final`; `None` for what holds.
    pub status: Option<String>,
    /// In error: shown only as such.
    pub is_error: bool,
    pub contents: Vec<ContentWords>,
    /// `restricted` …: security labels.
    pub security: Vec<String>,
}

/// Something that a document holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentWords {
    pub title: String,
    /// `PDF, 120 kB`.
    pub kind: String,
    /// The text, one line each, when it is plain text.
    pub lines: Vec<String>,
    /// Whether there is something to fetch or open.
    pub can_open: bool,
}

/// Everything about one document.
pub fn words(it: &Document) -> DocumentWords {
    let kind = it.kind.as_ref().and_then(label);
    let description = it.description.as_deref().and_then(shown);
    let first = it
        .contents
        .iter()
        .find_map(|it| it.title.as_deref().and_then(shown));
    let title = description
        .or_else(|| kind.clone())
        .or(first)
        .unwrap_or_else(|| "Document without a title".to_owned());
    let authors = words::joined(it.authors.iter().map(named));
    DocumentWords {
        kind: kind.filter(|it| *it != title),
        date: date::day_or_not_recorded(it.date.as_ref()),
        by: authors.or_else(|| it.custodian.as_ref().and_then(named)),
        status: status(it),
        is_error: it.is_error(),
        contents: it.contents.iter().map(|it| content(it, &title)).collect(),
        security: words::labels(&it.security),
        title,
    }
}

fn status(it: &Document) -> Option<String> {
    if it.is_error() {
        return Some("entered in error".to_owned());
    }
    let known = |code: &str| match code {
        "current" | "final" => None,
        "superseded" => Some("superseded by a newer one".to_owned()),
        "preliminary" => Some("not final".to_owned()),
        "amended" => Some("amended".to_owned()),
        other => shown(other),
    };
    let all = [&it.status, &it.content_status];
    words::joined(all.map(|it| it.as_deref().and_then(known)))
}

fn content(it: &Attachment, title: &str) -> ContentWords {
    let own = it.title.as_deref().and_then(shown);
    let text = it.text.as_deref().map(lines).unwrap_or_default();
    ContentWords {
        title: own.unwrap_or_else(|| title.to_owned()),
        kind: words::joined([
            Some(content_kind(it.content_type.as_deref())),
            it.size.map(size),
        ])
        .unwrap_or_default(),
        can_open: it.url.is_some() || it.has_data || !text.is_empty(),
        lines: text,
    }
}

/// `PDF`, `Word document`; an unknown type as it was received.
pub fn content_kind(content_type: Option<&str>) -> String {
    let Some(full) = content_type.and_then(shown) else {
        return "kind not given".to_owned();
    };
    let bare = full
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    match bare.as_str() {
        "application/pdf" => "PDF",
        "text/plain" => "text",
        "text/html" | "application/xhtml+xml" => "web page",
        "application/msword"
        | "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            "Word document"
        }
        "text/rtf" | "application/rtf" => "RTF document",
        "application/fhir+json"
        | "application/fhir+xml"
        | "application/json"
        | "text/xml"
        | "application/xml" => "structured data",
        "application/dicom" => "medical image",
        image if image.starts_with("image/") => "picture",
        sound if sound.starts_with("audio/") => "sound",
        film if film.starts_with("video/") => "video",
        _ => return full,
    }
    .to_owned()
}

/// `900 bytes`, `120 kB`, `1.4 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => match (bytes / 1_000_000, bytes % 1_000_000 / 100_000) {
            (whole, 0) => format!("{whole} MB"),
            (whole, tenth) => format!("{whole}.{tenth} MB"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Concept, Origin, ResourceRef, SourceId, When};

    #[test]
    fn a_document_says_what_it_is_and_what_it_holds() {
        let it = Document {
            origin: Origin {
                source: SourceId::new("rm2"),
                resource: ResourceRef::new("DocumentReference", "1"),
                updated: None,
            },
            kind: Some(Concept::from_text("Discharge letter")),
            status: Some("superseded".to_owned()),
            content_status: None,
            date: Some(When::parse("2026-11-02T09:00:00Z")),
            description: None,
            authors: Vec::new(),
            custodian: None,
            contents: vec![Attachment {
                content_type: Some("application/pdf".to_owned()),
                size: Some(1_430_000),
                has_data: true,
                ..Attachment::default()
            }],
            security: Vec::new(),
        };
        let words = words(&it);
        assert_eq!(
            (words.title.as_str(), words.kind),
            ("Discharge letter", None)
        );
        assert_eq!(words.date, "02-Nov-2026");
        assert_eq!(words.status.as_deref(), Some("superseded by a newer one"));
        assert_eq!(words.contents[0].kind, "PDF, 1.4 MB");
        assert!(words.contents[0].can_open);
        assert_eq!(content_kind(Some("application/x-odd")), "application/x-odd");
        assert_eq!(
            (size(999), size(120_400)),
            ("999 bytes".to_owned(), "120 kB".to_owned())
        );
    }
}
