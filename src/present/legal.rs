//! Consents and statements about capacity and wishes in words.

use chrono::{DateTime, Utc};

use super::date;
use super::name::{lines, shown};
use super::words::{self, label, named};
use crate::domain::legal::{Consent, Statement};
use crate::domain::{Concept, Period};

/// One consent or legal decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentWords {
    /// `Consent to share`, `Advance decision`: the categories, else the scope.
    pub what: String,
    /// `given`, `refused`, `withdrawn` …
    pub decision: String,
    /// Withdrawn, rejected, over or in error: does not hold now.
    pub is_over: bool,
    /// `12-Oct-2026`.
    pub on: String,
    /// `from … to …` when it holds for a time.
    pub period: Option<String>,
    pub by: Option<String>,
    /// `Where the paper is: …`.
    pub paper: Option<String>,
}

/// Everything about one consent.
pub fn consent(it: &Consent, now: DateTime<Utc>) -> ConsentWords {
    let categories = words::labels(&it.categories);
    let scope = it.scope.as_ref().and_then(scope);
    let what = if categories.is_empty() {
        scope.unwrap_or_else(|| "Consent, for what is not said".to_owned())
    } else {
        categories.join(", ")
    };
    let status = it.status.as_deref().unwrap_or("");
    let over = matches!(status, "inactive" | "rejected" | "entered-in-error");
    ConsentWords {
        what,
        decision: decision(it, now),
        is_over: over || it.period.ended(now),
        on: date::day_or_not_recorded(it.at.as_ref()),
        period: (it.period != Period::default()).then(|| date::period(&it.period)),
        by: words::joined(it.performers.iter().map(named)),
        paper: it.paper.as_deref().and_then(shown),
    }
}

fn scope(it: &Concept) -> Option<String> {
    words::coded(
        it,
        &[
            ("patient-privacy", "Consent to share"),
            ("treatment", "Consent to treatment"),
            ("adr", "Advance decision"),
            ("research", "Consent to research"),
        ],
    )
}

/// What was decided is never guessed: without a provision it is said that it is not recorded.
fn decision(it: &Consent, now: DateTime<Utc>) -> String {
    let given = match it.provision.as_deref() {
        Some("permit") => "given".to_owned(),
        Some("deny") => "refused".to_owned(),
        Some(other) => shown(other).unwrap_or_else(|| "recorded".to_owned()),
        None => "recorded; whether given or refused is not said".to_owned(),
    };
    let given = if it.is_limited {
        format!("{given}, with limits or exceptions that are not shown here")
    } else {
        given
    };
    match it.status.as_deref() {
        Some("active") if it.period.ended(now) => format!("ended; was {given}"),
        Some("active") => given,
        Some("draft" | "proposed") => format!("draft, not agreed yet; {given}"),
        Some("rejected") => "not agreed".to_owned(),
        Some("inactive") => format!("no longer in force; was {given}"),
        Some("entered-in-error") => "entered in error".to_owned(),
        Some(other) => {
            shown(other).map_or_else(|| given.clone(), |it| format!("{given}, status: {it}"))
        }
        None => format!("{given}, status not recorded"),
    }
}

/// A statement about wishes or capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementWords {
    /// `Preferred place of death`.
    pub what: String,
    pub value: Vec<String>,
    pub is_error: bool,
    /// `12-Oct-2026, Dr S Ahmed`.
    pub by: String,
    pub notes: Vec<String>,
}

/// Everything about one statement.
pub fn statement(it: &Statement) -> StatementWords {
    let value = lines(&it.value);
    let when = Some(date::day_or_not_recorded(it.at.as_ref()));
    StatementWords {
        what: label(&it.what).unwrap_or_else(|| "Statement".to_owned()),
        value: if value.is_empty() {
            vec!["Not recorded".to_owned()]
        } else {
            value
        },
        is_error: it.is_error(),
        by: words::joined(std::iter::once(when).chain(it.by.iter().map(named))).unwrap_or_default(),
        notes: it.notes.iter().flat_map(|it| lines(it)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Origin, Party, ResourceRef, SourceId, When};

    fn consent_of(status: Option<&str>, provision: Option<&str>) -> ConsentWords {
        told(status, provision, false)
    }

    fn told(status: Option<&str>, provision: Option<&str>, is_limited: bool) -> ConsentWords {
        let it = Consent {
            origin: Origin {
                source: SourceId::new("shared"),
                resource: ResourceRef::new("Consent", "1"),
                updated: None,
            },
            status: status.map(str::to_owned),
            scope: Some(Concept::from_text("Consent to share")),
            categories: Vec::new(),
            provision: provision.map(str::to_owned),
            is_limited,
            at: Some(When::parse("2026-10-12")),
            period: Period::default(),
            performers: vec![Party {
                name: Some("Jane Smith".to_owned()),
                reference: None,
            }],
            actors: Vec::new(),
            paper: None,
        };
        consent(&it, "2026-11-21T14:05:00Z".parse().unwrap())
    }

    #[test]
    fn a_consent_is_given_refused_or_not_said_and_never_guessed() {
        let given = consent_of(Some("active"), Some("permit"));
        assert_eq!(
            (given.what.as_str(), given.decision.as_str()),
            ("Consent to share", "given")
        );
        assert_eq!(
            (given.on.as_str(), given.by.as_deref()),
            ("12-Oct-2026", Some("Jane Smith"))
        );
        assert_eq!(consent_of(Some("active"), Some("deny")).decision, "refused");
        assert!(
            consent_of(Some("active"), None)
                .decision
                .contains("not said")
        );
        assert_eq!(
            told(Some("active"), Some("permit"), true).decision,
            "given, with limits or exceptions that are not shown here"
        );
        let old = consent_of(Some("inactive"), Some("permit"));
        assert!(old.is_over && old.decision == "no longer in force; was given");
    }
}
