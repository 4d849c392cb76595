//! `Condition`: <https://hl7.org/fhir/R4/condition.html>.

use crate::domain::problem::{Problem, ProblemStatus};
use crate::domain::{Concept, Origin};

use super::super::element::Element;
use super::super::words;

pub fn read(it: Element<'_>, origin: Origin) -> Problem {
    Problem {
        origin,
        identifier: it.identifier(),
        what: it.concept("code").unwrap_or_else(|| {
            it.wrong_at("code", "does not say what the problem is");
            Concept::default()
        }),
        status: it.coded_concept("clinicalStatus", status),
        verification: it.concept_code("verificationStatus"),
        categories: it.concepts("category"),
        severity: it.concept("severity"),
        onset: words::point(it, "onset"),
        abatement: words::point(it, "abatement"),
        recorded: it.when("recordedDate"),
        body_sites: it.concepts("bodySite"),
        recorder: it.party("recorder").or_else(|| it.party("asserter")),
        notes: it.notes("note"),
    }
}

fn status(code: &str) -> Option<ProblemStatus> {
    Some(match code {
        "active" => ProblemStatus::Active,
        "recurrence" => ProblemStatus::Recurrence,
        "relapse" => ProblemStatus::Relapse,
        "inactive" => ProblemStatus::Inactive,
        "remission" => ProblemStatus::Remission,
        "resolved" => ProblemStatus::Resolved,
        _ => return None,
    })
}
