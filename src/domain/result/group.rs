//! Results as they were reported: newest first, each report with its findings.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Finding, Report};
use crate::domain::folding::fold;
use crate::domain::{Concept, Origin, ResourceRef, SourceId, When};

/// One report with its findings; or findings of one day, source and category that are in no report.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ResultGroup {
    pub report: Option<Report>,
    /// What it is: the report, the panel, or the category.
    pub what: Option<Concept>,
    pub when: Option<When>,
    pub source: SourceId,
    pub findings: Vec<Finding>,
}

impl ResultGroup {
    pub fn abnormal(&self) -> usize {
        self.findings.iter().filter(|it| it.is_abnormal()).count()
    }
}

type Key = (SourceId, ResourceRef);

fn key(origin: &Origin) -> Key {
    (origin.source.clone(), origin.resource.clone())
}

/// Groups, newest first. Entered-in-error and cancelled ones are left out; a report without findings stays, since its
/// conclusion is a result too.
pub fn groups(reports: &[Report], findings: &[Finding]) -> Vec<ResultGroup> {
    let known: HashMap<Key, &Finding> = findings
        .iter()
        .filter(|it| !it.is_error())
        .map(|it| (key(&it.origin), it))
        .collect();
    let mut used = HashSet::new();
    let mut all: Vec<ResultGroup> = Vec::new();
    for report in reports.iter().filter(|it| !it.is_error()) {
        let inside = follow(&report.origin.source, &report.results, &known, &mut used);
        all.push(ResultGroup {
            what: Some(report.what.clone()),
            when: report.taken.clone().or_else(|| report.issued.clone()),
            source: report.origin.source.clone(),
            report: Some(report.clone()),
            findings: inside,
        });
    }
    let is_left =
        |it: &&Finding, used: &HashSet<Key>| !it.is_error() && !used.contains(&key(&it.origin));
    for panel in findings.iter().filter(|it| !it.members.is_empty()) {
        if is_left(&panel, &used) {
            let mut inside = follow(&panel.origin.source, &panel.members, &known, &mut used);
            if panel.says_something() {
                inside.insert(0, panel.clone());
            }
            used.insert(key(&panel.origin));
            all.push(ResultGroup {
                what: Some(panel.test.clone()),
                when: panel.when().cloned(),
                source: panel.origin.source.clone(),
                report: None,
                findings: inside,
            });
        }
    }
    all.extend(by_day(findings.iter().filter(|it| is_left(it, &used))));
    all.sort_by_cached_key(|it| std::cmp::Reverse(moment(it.when.as_ref())));
    all
}

/// The findings that references lead to, and those of their panels.
fn follow(
    source: &SourceId,
    references: &[ResourceRef],
    known: &HashMap<Key, &Finding>,
    used: &mut HashSet<Key>,
) -> Vec<Finding> {
    let mut inside = Vec::new();
    let mut seen = HashSet::new();
    let mut open: Vec<ResourceRef> = references.iter().rev().cloned().collect();
    while let Some(reference) = open.pop() {
        let key = (source.clone(), reference);
        if let Some(finding) = known.get(&key).filter(|_| seen.insert(key.clone())) {
            used.insert(key);
            open.extend(finding.members.iter().rev().cloned());
            if finding.says_something() {
                inside.push((*finding).clone());
            }
        }
    }
    inside
}

/// Source, day, category.
type DayKey = (SourceId, Option<NaiveDate>, String);

fn by_day<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<ResultGroup> {
    let mut groups: Vec<ResultGroup> = Vec::new();
    let mut places: HashMap<DayKey, usize> = HashMap::new();
    for finding in findings {
        let category = finding.categories.first().cloned();
        let name = fold(category.as_ref().and_then(Concept::label).unwrap_or(""));
        let day = finding.when().and_then(When::first_day);
        let key = (finding.origin.source.clone(), day, name);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => {
                if moment(finding.when()) > moment(group.when.as_ref()) {
                    group.when = finding.when().cloned();
                }
                group.findings.push(finding.clone());
            }
            None => groups.push(ResultGroup {
                report: None,
                what: category,
                when: finding.when().cloned(),
                source: finding.origin.source.clone(),
                findings: vec![finding.clone()],
            }),
        }
    }
    groups
}

fn moment(when: Option<&When>) -> Option<DateTime<Utc>> {
    when.and_then(When::earliest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{finding, report};

    #[test]
    fn findings_stand_under_their_report_newest_first_and_the_others_by_day() {
        let sodium = finding("rm2", "Sodium", "140", "mmol/L", "2026-11-20T08:00:00Z");
        let crp = finding("rm2", "CRP", "112", "mg/L", "2026-11-22T06:15:00Z");
        let weight = finding("gp", "Weight", "71.20", "kg", "2026-11-21T10:00:00Z");
        let pulse = finding("gp", "Pulse", "80", "/min", "2026-11-21T11:00:00Z");
        let reports = [
            report("rm2", "U&E", "2026-11-20T08:00:00Z", &[&sodium]),
            report("rm2", "CRP", "2026-11-22", &[&crp]),
        ];
        let all = groups(&reports, &[sodium, crp, weight, pulse]);
        let shape: Vec<_> = all
            .iter()
            .map(|it| (it.report.is_some(), it.findings.len()))
            .collect();
        assert_eq!(shape, [(true, 1), (false, 2), (true, 1)]);
    }

    #[test]
    fn a_reference_of_another_source_is_not_followed() {
        let sodium = finding("rm2", "Sodium", "140", "mmol/L", "2026-11-20");
        let all = groups(&[report("rw3", "U&E", "2026-11-20", &[&sodium])], &[sodium]);
        assert_eq!(all.iter().map(|it| it.findings.len()).sum::<usize>(), 1);
        assert!(
            all.iter()
                .any(|it| it.report.is_some() && it.findings.is_empty())
        );
    }

    #[test]
    fn entered_in_error_is_left_out() {
        let mut wrong = finding("rm2", "Sodium", "14", "mmol/L", "2026-11-20");
        wrong.status = Some(crate::domain::Coded::Known(
            super::super::ResultStatus::EnteredInError,
        ));
        let mut report = report("rm2", "U&E", "2026-11-20", &[&wrong]);
        report.status = Some("entered-in-error".to_owned());
        assert_eq!(groups(&[report], &[wrong]), []);
    }

    #[test]
    fn ten_thousand_days_are_as_many_groups_each_with_its_newest_time() {
        let finding = |it: usize| {
            let at = format!(
                "{:04}-01-01T{:02}:00:00Z",
                1000 + it % 5_000,
                8 + it / 5_000
            );
            finding("rm2", "Sodium", "140", "mmol/L", &at)
        };
        let all: Vec<_> = (0..10_000).map(finding).collect();
        let found = groups(&[], &all);
        assert_eq!(found.len(), 5_000);
        assert!(found.iter().all(|it| it.findings.len() == 2));
        assert!(found.iter().all(|it| it.when == it.findings[1].taken));
        assert_eq!(
            found[0].when,
            crate::domain::sample::when("5999-01-01T09:00:00Z")
        );
    }
}
