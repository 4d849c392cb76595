//! `Flag`: <https://hl7.org/fhir/R4/flag.html>.

use crate::domain::alert::Alert;
use crate::domain::{Concept, Origin};

use super::super::element::Element;

pub fn read(it: Element<'_>, origin: Origin) -> Alert {
    Alert {
        origin,
        what: it.concept("code").unwrap_or_else(|| {
            it.wrong_at("code", "does not say what the alert is");
            Concept::default()
        }),
        categories: it.concepts("category"),
        status: it.string("status"),
        period: it.period("period"),
        author: it.party("author"),
    }
}
