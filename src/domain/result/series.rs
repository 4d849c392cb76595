//! The course of one test: a series for each unit, never two units in one (GTAB-166).

use chrono::{DateTime, Utc};

use super::unit::unit_key;
use super::{Finding, Judgement, ReferenceRange, ResultValue};
use crate::domain::code::SNOMED;
use crate::domain::folding::fold;
use crate::domain::medicine::Amount;
use crate::domain::{Concept, Decimal, Origin, When};

const LOINC: &str = "http://loinc.org";

/// Which test: a code with its system, else the words. Says nothing about a person, so it may stand in an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestKey(String);

impl TestKey {
    /// SNOMED CT before LOINC before any other code, else the folded words. `None` when nothing is said.
    pub fn of(test: &Concept) -> Option<Self> {
        let coded = |it: &crate::domain::Coding| {
            Some(format!("{}|{}", it.system.as_deref()?, it.code.as_deref()?))
        };
        let rank = |it: &&crate::domain::Coding| match it.system.as_deref() {
            Some(SNOMED) => 0,
            Some(LOINC) => 1,
            _ => 2,
        };
        let mut codings: Vec<_> = test.codings.iter().collect();
        codings.sort_by_key(rank);
        let words = || Some(fold(test.label()?)).filter(|it| !it.is_empty());
        codings.into_iter().find_map(coded).or_else(words).map(Self)
    }

    pub fn parse(raw: &str) -> Option<Self> {
        (!raw.trim().is_empty()).then(|| Self(raw.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is this test: one of its codes, or its words when the key is words.
    pub fn is(&self, test: &Concept) -> bool {
        match self.0.split_once('|') {
            Some((system, code)) => test.has(system, code),
            None => test.label().is_some_and(|it| fold(it) == self.0),
        }
    }
}

/// One value at one moment.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Point {
    pub when: When,
    pub at: DateTime<Utc>,
    /// Exactly as received: `5.30` stays `5.30`.
    pub value: Decimal,
    /// `<`, `>` …: the value itself is not known. Marked as a bound on the graph, never drawn as a measurement.
    pub comparator: Option<String>,
    pub judged: Option<Judgement>,
    pub ranges: Vec<ReferenceRange>,
    pub origin: Origin,
}

/// One test (or component) in one unit, oldest first.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Series {
    pub test: Concept,
    /// As written by the newest.
    pub unit: Option<String>,
    pub points: Vec<Point>,
    /// Of the newest value.
    pub range: Option<ReferenceRange>,
}

impl Series {
    pub fn newest(&self) -> Option<&Point> {
        self.points.last()
    }
}

/// Everything known of one test.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Trend {
    pub series: Vec<Series>,
    /// Values that cannot be drawn (text, coded, ranges, missing, without a date), newest first.
    pub others: Vec<Finding>,
}

impl Trend {
    pub fn test(&self) -> Option<&Concept> {
        self.series
            .first()
            .map(|it| &it.test)
            .or_else(|| self.others.first().map(|it| &it.test))
    }
}

/// The course of a test over all sources. A panel's components (blood pressure) are series of their own.
pub fn trend(findings: &[Finding], key: &TestKey) -> Trend {
    let mut trend = Trend::default();
    for finding in findings.iter().filter(|it| !it.is_error()) {
        let whole = key.is(&finding.test);
        let mut drawn = whole
            && add(
                &mut trend,
                finding,
                &finding.test,
                (&finding.value, finding.judged(), &finding.ranges),
            );
        for part in finding
            .components
            .iter()
            .filter(|it| whole || key.is(&it.test))
        {
            drawn |= add(
                &mut trend,
                finding,
                &part.test,
                (&part.value, part.judged(), &part.ranges),
            );
        }
        if whole && !drawn {
            trend.others.push(finding.clone());
        }
    }
    for series in &mut trend.series {
        series.points.sort_by_key(|it| it.at);
        series.range = series.newest().and_then(|it| it.ranges.first()).cloned();
    }
    trend
        .others
        .sort_by_cached_key(|it| std::cmp::Reverse(it.when().and_then(When::earliest)));
    // The unit that is in use now comes first.
    trend
        .series
        .sort_by_key(|it| std::cmp::Reverse(it.newest().map(|it| it.at)));
    trend
}

/// What a finding or a component says.
type Said<'a> = (&'a ResultValue, Option<Judgement>, &'a [ReferenceRange]);

fn add(
    trend: &mut Trend,
    finding: &Finding,
    test: &Concept,
    (value, judged, ranges): Said<'_>,
) -> bool {
    let ResultValue::Quantity(Amount {
        value,
        comparator,
        unit,
    }) = value
    else {
        return false;
    };
    let Some((when, at)) = finding
        .when()
        .and_then(|it| Some((it.clone(), it.earliest()?)))
    else {
        return false;
    };
    let point = Point {
        when,
        at,
        value: value.clone(),
        comparator: comparator.clone(),
        judged,
        ranges: ranges.to_vec(),
        origin: finding.origin.clone(),
    };
    let measure = unit_key(unit.as_deref());
    let same =
        |it: &&mut Series| unit_key(it.unit.as_deref()) == measure && same_test(&it.test, test);
    match trend.series.iter_mut().find(same) {
        Some(series) => {
            if series.newest().is_none_or(|it| it.at <= point.at) {
                series.unit.clone_from(unit);
                series.test = test.clone();
            }
            series.points.push(point);
            series.points.sort_by_key(|it| it.at);
        }
        None => trend.series.push(Series {
            test: test.clone(),
            unit: unit.clone(),
            points: vec![point],
            range: None,
        }),
    }
    true
}

fn same_test(one: &Concept, other: &Concept) -> bool {
    TestKey::of(one).is_some_and(|it| it.is(other))
        || TestKey::of(other).is_some_and(|it| it.is(one))
}

#[cfg(test)]
#[path = "series_tests.rs"]
mod tests;
