//! The geometry of a trend, and the table beside it. Points are joined by straight lines and never smoothed; the unit
//! is always there; the usual range is an area; the axis has full dates (GTAB-001 … 184). A bound such as "<5" is no
//! measurement: it is drawn apart and belongs to no line.

mod scale;

use chrono::{DateTime, TimeDelta, Utc};

pub use scale::Scale;

use super::phrase::Names;
use super::result::{Tone, judgement_words, range, tone, unit_words};
use super::words::label;
use super::{amount, date};
use crate::domain::medicine::Amount;
use crate::domain::result::{Point, Series, Trend, unit_key};

/// Where everything is, in the units of a `width` × `height` drawing. All lines have one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    pub width: f64,
    pub height: f64,
    /// The plot inside the axes.
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub unit: String,
    /// Upper and lower edge of the usual range.
    pub range: Option<(f64, f64)>,
    pub values: Vec<(f64, String)>,
    pub dates: Vec<(f64, String)>,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub name: String,
    /// To be joined, oldest first.
    pub points: Vec<Mark>,
    /// "<5", ">90": at their bound, to be marked apart and joined to nothing.
    pub bounds: Vec<Mark>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    pub x: f64,
    pub y: f64,
    /// "14-Jul-2026 09:20, 6.1 mmol/L, above range, Wythenshawe".
    pub words: String,
    pub abnormal: bool,
}

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

const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 32.0;

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

fn shape(series: &[&Series], names: Names<'_>, (width, height): (f64, f64)) -> Shape {
    let points = || series.iter().flat_map(|it| it.points.iter());
    let band = match series {
        [only] => band(only),
        _ => None,
    };
    let bounds = band
        .into_iter()
        .flat_map(|(low, high)| [low, high])
        .flatten();
    let scale = Scale::of(points().map(|it| it.value.approximate()).chain(bounds));
    let (left, top, right, bottom) = (LEFT, TOP, width - RIGHT, height - BOTTOM);
    let y = |value: f64| bottom - scale.part(value) * (bottom - top);
    let span = points()
        .map(|it| it.at)
        .min()
        .zip(points().map(|it| it.at).max());
    let x = |at: DateTime<Utc>| left + part_of(span, at) * (right - left);
    let mark = |series: &Series, point: &Point| Mark {
        x: x(point.at),
        y: y(point.value.approximate()),
        words: spoken(series, point, names),
        abnormal: tone(point.judged) != Tone::Plain,
    };
    let line = |it: &&Series| {
        let (bounds, points): (Vec<&Point>, Vec<&Point>) =
            it.points.iter().partition(|it| it.comparator.is_some());
        Line {
            name: title(it),
            points: points.into_iter().map(|point| mark(it, point)).collect(),
            bounds: bounds.into_iter().map(|point| mark(it, point)).collect(),
        }
    };
    Shape {
        width,
        height,
        left,
        top,
        right,
        bottom,
        unit: unit_words(series.first().and_then(|it| it.unit.as_deref())),
        range: band.map(|(low, high)| (high.map_or(top, y), low.map_or(bottom, y))),
        values: scale
            .ticks()
            .into_iter()
            .map(|(at, words)| (y(at), words))
            .collect(),
        dates: span.map_or_else(Vec::new, |span| dates(span, (left, right))),
        lines: series.iter().map(line).collect(),
    }
}

/// The usual range, where it is in the unit of the values. An open side reaches to the edge.
fn band(series: &Series) -> Option<(Option<f64>, Option<f64>)> {
    let range = series.range.as_ref()?;
    let own = unit_key(series.unit.as_deref());
    let bound = |it: &Option<Amount>| {
        let it = it
            .as_ref()
            .filter(|it| it.unit.is_none() || unit_key(it.unit.as_deref()) == own)?;
        Some(it.value.approximate())
    };
    let (low, high) = (bound(&range.low), bound(&range.high));
    (low.is_some() || high.is_some()).then_some((low, high))
}

fn spoken(series: &Series, point: &Point, names: Names<'_>) -> String {
    let judged = point.judged.map(|it| judgement_words(it).to_owned());
    let parts = [
        Some(date::when(&point.when)),
        Some(value(point, series.unit.as_deref())),
        judged,
        Some(names(&point.origin.source)),
    ];
    super::phrase::join(parts, ", ")
}

type Span = (DateTime<Utc>, DateTime<Utc>);

/// Between 0 and 1; in the middle when there is only one moment.
#[allow(clippy::cast_precision_loss)] // seconds of a lifetime fit
fn part_of(span: Option<Span>, at: DateTime<Utc>) -> f64 {
    match span {
        Some((from, to)) if to > from => {
            (at - from).num_seconds() as f64 / (to - from).num_seconds() as f64
        }
        _ => 0.5,
    }
}

/// At most four full dates, each once, or they meet on a phone.
fn dates((from, to): Span, (left, right): (f64, f64)) -> Vec<(f64, String)> {
    let steps = if right - left < 360.0 { 1 } else { 3 };
    let mut dates: Vec<(f64, String)> = Vec::new();
    for step in 0..=steps {
        let at = from + TimeDelta::seconds((to - from).num_seconds() * step / steps);
        let words = date::day(crate::domain::time::london(at).date());
        if dates.last().is_none_or(|(_, last)| *last != words) {
            dates.push((left + part_of(Some((from, to)), at) * (right - left), words));
        }
    }
    dates
}

#[cfg(test)]
mod tests;
