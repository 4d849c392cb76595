//! Care packages in words.

use chrono::{DateTime, Utc};

use super::date;
use super::name::{lines, shown};
use super::words::{self, named};
use crate::domain::social_care::CarePackage;

/// One package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageWords {
    pub what: String,
    /// `in place`, `planned`, `ended` …
    pub status: String,
    /// Ended, cancelled or in error: below the others.
    pub is_over: bool,
    /// `since 03-May-2026`, `from … to …`.
    pub period: String,
    pub authority: Option<String>,
    /// `Case manager P Nair`.
    pub manager: Option<String>,
    pub notes: Vec<String>,
}

/// Everything about one package.
pub fn words(it: &CarePackage, now: DateTime<Utc>) -> PackageWords {
    let types = words::labels(&it.types);
    let status = it.status.as_deref().unwrap_or("");
    let is_off = matches!(
        status,
        "finished" | "completed" | "cancelled" | "revoked" | "entered-in-error"
    );
    let open = date::since(&it.period, now).filter(|_| it.period.end.is_none());
    PackageWords {
        what: if types.is_empty() {
            "Care package, kind not recorded".to_owned()
        } else {
            types.join(", ")
        },
        status: state(it, now),
        is_over: is_off || it.period.ended(now),
        period: open.unwrap_or_else(|| date::period(&it.period)),
        authority: it.authority.as_ref().and_then(named),
        manager: it
            .manager
            .as_ref()
            .and_then(named)
            .map(|it| format!("Case manager {it}")),
        notes: it.notes.iter().flat_map(|it| lines(it)).collect(),
    }
}

/// `EpisodeOfCare.status` and `ServiceRequest.status` in words.
fn state(it: &CarePackage, now: DateTime<Utc>) -> String {
    let Some(status) = it.status.as_deref().and_then(shown) else {
        return "status not recorded".to_owned();
    };
    match status.as_str() {
        "active" if it.period.ended(now) => "ended",
        "active" => "in place",
        "planned" => "planned",
        "waitlist" => "on the waiting list",
        "onhold" | "on-hold" => "on hold",
        "finished" | "completed" => "ended",
        "cancelled" | "revoked" => "cancelled",
        "draft" => "draft",
        "unknown" => "status not known",
        "entered-in-error" => "entered in error",
        _ => return format!("status: {status}"),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Concept, Origin, Party, Period, ResourceRef, SourceId, When};

    #[test]
    fn a_package_says_what_since_when_and_whose_it_is() {
        let mut it = CarePackage {
            origin: Origin {
                source: SourceId::new("council"),
                resource: ResourceRef::new("EpisodeOfCare", "1"),
                updated: None,
            },
            types: vec![Concept::from_text("Home care, four visits a day")],
            status: Some("active".to_owned()),
            period: Period {
                start: Some(When::parse("2026-05-03")),
                end: None,
            },
            authority: Some(Party {
                name: Some("Manchester City Council".to_owned()),
                reference: None,
            }),
            manager: None,
            notes: Vec::new(),
        };
        let now = "2026-11-21T14:05:00Z".parse().unwrap();
        let said = words(&it, now);
        assert_eq!(
            (said.status.as_str(), said.period.as_str()),
            ("in place", "since 03-May-2026")
        );
        it.period.end = Some(When::parse("2026-06-01"));
        let said = words(&it, now);
        assert!(said.is_over && said.status == "ended");
        assert_eq!(said.period, "from 03-May-2026 to 01-Jun-2026");
    }
}
