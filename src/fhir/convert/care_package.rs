//! Social care: `EpisodeOfCare` (<https://hl7.org/fhir/R4/episodeofcare.html>) and `ServiceRequest`
//! (<https://hl7.org/fhir/R4/servicerequest.html>).

use crate::domain::social_care::CarePackage;
use crate::domain::{Origin, Period};

use super::super::element::Element;

/// SNOMED |Social service procedure|, the category that R4 itself gives as an example.
const SOCIAL: &str = "410606002";

pub fn episode(it: Element<'_>, origin: Origin) -> CarePackage {
    CarePackage {
        origin,
        types: it.concepts("type"),
        status: it.string("status"),
        period: it.period("period"),
        authority: it.party("managingOrganization"),
        manager: it.party("careManager"),
        notes: Vec::new(),
    }
}

/// `None` when the request is not for social care: an investigation or a referral is not a package.
pub fn request(it: Element<'_>, origin: Origin) -> Option<CarePackage> {
    let categories = it.concepts("category");
    let is_social = categories.iter().any(|category| {
        category
            .codings
            .iter()
            .any(|it| it.code.as_deref() == Some(SOCIAL))
            || category
                .label()
                .is_some_and(|it| it.to_lowercase().contains("social"))
    });
    let requester = it.party("requester");
    let from_council = requester
        .as_ref()
        .and_then(|it| it.name.as_ref())
        .is_some_and(|it| it.to_lowercase().contains("council"));
    if !is_social && !from_council {
        return None;
    }
    let period = match it.choice("occurrence") {
        Some(("Period", it)) => it.as_period(),
        Some(("DateTime", it)) => Period {
            start: it.as_when(),
            end: None,
        },
        _ => Period {
            start: it.when("authoredOn"),
            end: None,
        },
    };
    Some(CarePackage {
        origin,
        types: it.concept("code").into_iter().collect(),
        status: it.string("status"),
        period,
        authority: requester,
        manager: it.parties("performer").into_iter().next(),
        notes: it.notes("note"),
    })
}
