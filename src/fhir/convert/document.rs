//! `DocumentReference`: <https://hl7.org/fhir/R4/documentreference.html>.

use data_encoding::BASE64;

use crate::domain::document::{Attachment, Document};
use crate::domain::{Concept, Origin};

use super::super::element::Element;

pub fn read(it: Element<'_>, origin: Origin) -> Document {
    Document {
        origin,
        kind: it
            .concept("type")
            .or_else(|| it.concepts("category").into_iter().next()),
        status: it.string("status"),
        content_status: it.string("docStatus"),
        date: it.when("date"),
        description: it.string("description"),
        authors: it.parties("author"),
        custodian: it.party("custodian"),
        contents: it
            .list("content")
            .filter_map(|it| it.object("attachment"))
            .map(attachment)
            .collect(),
        security: security(it),
    }
}

/// `Attachment`: <https://hl7.org/fhir/R4/datatypes.html#Attachment>. Only plain text is decoded: nothing that came
/// in a record is ever run as HTML.
pub fn attachment(it: Element<'_>) -> Attachment {
    let content_type = it.string("contentType");
    let data = it.at("data");
    let text = data
        .filter(|_| content_type.as_deref().is_some_and(is_plain))
        .and_then(decoded);
    Attachment {
        content_type,
        title: it.string("title"),
        url: it.string("url"),
        created: it.when("creation"),
        size: it.count("size"),
        has_data: data.is_some() && text.is_none(),
        text,
    }
}

fn is_plain(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("text/plain")
}

fn decoded(data: Element<'_>) -> Option<String> {
    let compact: String = data
        .as_text()?
        .chars()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    let text = BASE64
        .decode(compact.as_bytes())
        .ok()
        .and_then(|it| String::from_utf8(it).ok());
    if text.is_none() {
        data.wrong("is not text in base64");
    }
    text
}

fn security(it: Element<'_>) -> Vec<Concept> {
    let mut labels = it.concepts("securityLabel");
    if let Some(meta) = it.object("meta") {
        labels.extend(meta.codings("security"));
    }
    labels
}
