//! `DiagnosticReport`: <https://hl7.org/fhir/R4/diagnosticreport.html>.

use crate::domain::result::Report;
use crate::domain::{Concept, Origin};

use super::super::element::Element;
use super::{document, finding};

pub fn read(it: Element<'_>, origin: Origin) -> Report {
    let mut performers = it.parties("performer");
    performers.extend(it.parties("resultsInterpreter"));
    Report {
        forms: it.list("presentedForm").map(document::attachment).collect(),
        performers,
        ..told(it, origin)
    }
}

/// What it tells, without the paper and who signed it.
pub fn told(it: Element<'_>, origin: Origin) -> Report {
    Report {
        origin,
        what: it.concept("code").unwrap_or_else(|| {
            it.wrong_at("code", "does not say what was reported");
            Concept::default()
        }),
        categories: it.concepts("category"),
        status: it.string("status"),
        taken: finding::taken(it),
        issued: it.when("issued"),
        results: it.references("result"),
        conclusion: it.string("conclusion"),
        conclusions: it.concepts("conclusionCode"),
        forms: Vec::new(),
        performers: Vec::new(),
    }
}
