//! The heading of a report.

use super::super::date;
use super::super::phrase::{DOT, Names, filled, join};
use super::super::words::{label, labels, named, unique};
use crate::domain::result::{Report, ResultGroup};

/// The heading of a group of results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWords {
    pub title: String,
    /// "22-Nov-2026 06:15".
    pub when: String,
    /// Source, then who performed it.
    pub from: String,
    /// "2 of 7 out of range"; `None` when none is.
    pub abnormal: Option<String>,
    pub status: Option<String>,
    pub conclusions: Vec<String>,
}

pub fn group(group: &ResultGroup, names: Names<'_>) -> GroupWords {
    let report = group.report.as_ref();
    let title = group.what.as_ref().and_then(label);
    let (out, all) = (group.abnormal(), group.findings.len());
    let by = report
        .into_iter()
        .flat_map(|it| it.performers.iter())
        .filter_map(named);
    let own = group
        .findings
        .iter()
        .flat_map(|it| it.performers.iter())
        .filter_map(named);
    let performers = unique(by.chain(own)).join(", ");
    GroupWords {
        title: title.unwrap_or_else(|| "Other results".to_owned()),
        when: group
            .when
            .as_ref()
            .map_or_else(|| "Date not recorded".to_owned(), date::when),
        from: join([Some(names(&group.source)), Some(performers)], DOT),
        abnormal: (out > 0).then(|| format!("{out} of {all} out of range")),
        status: report.and_then(status),
        conclusions: report.map(conclusions).unwrap_or_default(),
    }
}

/// "preliminary": when it is not final.
pub(super) fn status(it: &Report) -> Option<String> {
    filled(it.status.as_ref().filter(|it| *it != "final"))
}

/// What it concludes, in its words and its codes.
pub(super) fn conclusions(it: &Report) -> Vec<String> {
    let own = filled(it.conclusion.as_ref());
    unique(own.into_iter().chain(labels(&it.conclusions)))
}
