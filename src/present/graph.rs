//! The geometry of a trend, and the table beside it. Points are joined by straight lines and never smoothed; the unit
//! is always there; the usual range is an area; the axis has full dates (GTAB-001 … 184). A bound such as "<5" is no
//! measurement: it is drawn apart and belongs to no line.

mod scale;
mod shape;

use chrono::{DateTime, Utc};

pub use scale::Scale;
pub use shape::{Line, Mark, Shape};

use shape::shape;

use super::phrase::Names;
use super::result::{Tone, judgement_words, range, tone};
use super::words::label;
use super::{amount, date};
use crate::domain::medicine::Amount;
use crate::domain::result::{Point, Series, Trend, unit_key};

/// A graph: series of one unit (blood pressure has two), with a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    pub title: String,
    /// "6.1 mmol/L", or "142/83 mmHg"-like parts joined by " / ".
    pub latest: String,
    /// "above range (3.5–5.3) · 22-Nov-2026 11:31 · Wythenshawe".
    pub about: String,
    pub shape: Shape,
    pub rows: Vec<TrendRow>,
}

/// One row of the table, newest first: one test in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendRow {
    pub test: String,
    pub when: String,
    pub value: String,
    pub range: String,
    pub judgement: String,
    pub tone: Tone,
    pub source: String,
}

/// A graph for each unit of a test, the one in use now first. Series of one unit share a graph.
pub fn graphs(trend: &Trend, names: Names<'_>, width: f64, height: f64) -> Vec<Graph> {
    let mut groups: Vec<(String, Vec<&Series>)> = Vec::new();
    for series in &trend.series {
        let key = unit_key(series.unit.as_deref());
        match groups.iter_mut().find(|(unit, _)| *unit == key) {
            Some((_, all)) => all.push(series),
            None => groups.push((key, vec![series])),
        }
    }
    groups
        .into_iter()
        .map(|(_, all)| graph(&all, names, (width, height)))
        .collect()
}

fn graph(series: &[&Series], names: Names<'_>, size: (f64, f64)) -> Graph {
    let titles: Vec<String> = series.iter().map(|it| title(it)).collect();
    let newest = series.iter().filter_map(|it| Some((*it, it.newest()?)));
    let values: Vec<String> = newest
        .clone()
        .map(|(it, point)| value(point, it.unit.as_deref()))
        .collect();
    let about = newest
        .max_by_key(|(_, point)| point.at)
        .map(|(it, point)| about(it, point, names));
    let mut rows: Vec<(DateTime<Utc>, TrendRow)> = series
        .iter()
        .flat_map(|it| {
            it.points
                .iter()
                .map(|point| (point.at, row(it, point, names)))
        })
        .collect();
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Graph {
        title: titles.join(" / "),
        latest: values.join(" / "),
        about: about.unwrap_or_default(),
        shape: shape(series, names, size),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

fn title(series: &Series) -> String {
    label(&series.test).unwrap_or_else(|| "Test not named".to_owned())
}

fn value(point: &Point, unit: Option<&str>) -> String {
    amount::measured(&Amount {
        value: point.value.clone(),
        comparator: point.comparator.clone(),
        unit: unit.map(str::to_owned),
    })
}

fn about(series: &Series, point: &Point, names: Names<'_>) -> String {
    let range = series
        .range
        .as_ref()
        .and_then(|it| range(it, series.unit.as_deref()));
    let judged = match (point.judged.map(judgement_words), range) {
        (Some(judged), Some(range)) => Some(format!("{judged} ({range})")),
        (Some(judged), None) => Some(judged.to_owned()),
        (None, Some(range)) => Some(format!("usual {range}")),
        (None, None) => None,
    };
    let rest = [
        judged,
        Some(date::when(&point.when)),
        Some(names(&point.origin.source)),
    ];
    super::phrase::join(rest, super::phrase::DOT)
}

fn row(series: &Series, point: &Point, names: Names<'_>) -> TrendRow {
    let ranges: Vec<String> = point
        .ranges
        .iter()
        .filter_map(|it| range(it, series.unit.as_deref()))
        .collect();
    TrendRow {
        test: title(series),
        when: date::when(&point.when),
        value: value(point, series.unit.as_deref()),
        range: ranges.join("; "),
        judgement: point.judged.map_or("", judgement_words).to_owned(),
        tone: tone(point.judged),
        source: names(&point.origin.source),
    }
}

#[cfg(test)]
mod tests;
