//! The course of one test: a series for each unit, never two units in one (GTAB-166).

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::unit::unit_key;
use super::{Finding, Judgement, ReferenceRange, ResultValue};
use crate::domain::code::SNOMED;
use crate::domain::folding::fold;
use crate::domain::medicine::Amount;
use crate::domain::{Coding, Concept, Decimal, Origin, When};

const LOINC: &str = "http://loinc.org";

/// Which test: a code with its system, else the words. Says nothing about a person, so it may stand in an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestKey(String);

impl TestKey {
    /// SNOMED CT before LOINC before any other code, else the folded words. `None` when nothing is said.
    pub fn of(test: &Concept) -> Option<Self> {
        let rank = |it: &&crate::domain::Coding| match it.system.as_deref() {
            Some(SNOMED) => 0,
            Some(LOINC) => 1,
            _ => 2,
        };
        let mut codings: Vec<_> = test.codings.iter().collect();
        codings.sort_by_key(rank);
        codings
            .into_iter()
            .find_map(Self::coded)
            .or_else(|| Self::words(test))
    }

    /// Every key that it [`TestKey::is`]: its codes and its words.
    fn all(test: &Concept) -> Vec<Self> {
        let codes = test.codings.iter().filter_map(Self::coded);
        codes.chain(Self::words(test)).collect()
    }

    fn coded(it: &Coding) -> Option<Self> {
        let (system, code) = (it.system.as_deref()?, it.code.as_deref()?);
        Some(Self(format!("{system}|{code}")))
    }

    fn words(test: &Concept) -> Option<Self> {
        let words = Some(fold(test.label()?));
        words.filter(|it| !it.is_empty()).map(Self)
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
    let mut drawing = Drawing::default();
    let mut others = Vec::new();
    for finding in findings.iter().filter(|it| !it.is_error()) {
        let whole = key.is(&finding.test);
        let mut drawn = whole
            && drawing.add(
                finding,
                &finding.test,
                (&finding.value, finding.judged(), &finding.ranges),
            );
        for part in finding
            .components
            .iter()
            .filter(|it| whole || key.is(&it.test))
        {
            drawn |= drawing.add(
                finding,
                &part.test,
                (&part.value, part.judged(), &part.ranges),
            );
        }
        if whole && !drawn {
            others.push(finding.clone());
        }
    }
    let series = drawing.series.into_iter().map(|(it, _)| it);
    let mut series: Vec<Series> = series.collect();
    for series in &mut series {
        series.points.sort_by_key(|it| it.at);
        series.range = series.newest().and_then(|it| it.ranges.first()).cloned();
    }
    others.sort_by_cached_key(|it| std::cmp::Reverse(it.when().and_then(When::earliest)));
    // The unit that is in use now comes first.
    series.sort_by_key(|it| std::cmp::Reverse(it.newest().map(|it| it.at)));
    Trend { series, others }
}

/// What a finding or a component says.
type Said<'a> = (&'a ResultValue, Option<Judgement>, &'a [ReferenceRange]);

/// What names a test, in which unit.
type Name = (TestKey, String);

/// The series while points are added, each point after those before it, in whatever order they come.
#[derive(Default)]
struct Drawing {
    /// With the time of the newest point until now.
    series: Vec<(Series, DateTime<Utc>)>,
    /// Which series have a test of this key, and which one that this is a name of. Some may go by another test since.
    of_key: HashMap<Name, BTreeSet<usize>>,
    of_name: HashMap<Name, BTreeSet<usize>>,
}

impl Drawing {
    /// Whether it can be drawn.
    fn add(
        &mut self,
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
        let place = self.place(test, unit.as_deref());
        let end = self.series.len();
        if let Some((series, newest)) = place.and_then(|it| self.series.get_mut(it)) {
            series.points.push(point);
            if *newest > at {
                return true;
            }
            *newest = at;
            series.unit.clone_from(unit);
            if series.test == *test {
                return true;
            }
            series.test = test.clone();
        } else {
            let series = Series {
                test: test.clone(),
                unit: unit.clone(),
                points: vec![point],
                range: None,
            };
            self.series.push((series, at));
        }
        self.know(place.unwrap_or(end), test, unit.as_deref());
        true
    }

    /// The first series of this test in this unit.
    fn place(&self, test: &Concept, unit: Option<&str>) -> Option<usize> {
        let measure = unit_key(unit);
        let key = TestKey::of(test).and_then(|it| self.of_name.get(&(it, measure.clone())));
        let names = TestKey::all(test).into_iter();
        let names = names.filter_map(|it| self.of_key.get(&(it, measure.clone())));
        let is_it = |it: &&usize| {
            let series = self.series.get(**it);
            series.is_some_and(|(it, _)| same_test(&it.test, test))
        };
        let first = |all: &BTreeSet<usize>| all.iter().find(is_it).copied();
        key.into_iter().chain(names).filter_map(first).min()
    }

    fn know(&mut self, place: usize, test: &Concept, unit: Option<&str>) {
        let measure = unit_key(unit);
        if let Some(key) = TestKey::of(test) {
            let of_key = self.of_key.entry((key, measure.clone()));
            of_key.or_default().insert(place);
        }
        for name in TestKey::all(test) {
            let of_name = self.of_name.entry((name, measure.clone()));
            of_name.or_default().insert(place);
        }
    }
}

fn same_test(one: &Concept, other: &Concept) -> bool {
    TestKey::of(one).is_some_and(|it| it.is(other))
        || TestKey::of(other).is_some_and(|it| it.is(one))
}

#[cfg(test)]
#[path = "series_tests.rs"]
mod tests;
