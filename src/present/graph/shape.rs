//! Where everything of a graph is.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Scale, title, value};
use crate::domain::medicine::Amount;
use crate::domain::result::{Point, Series, unit_key};
use crate::present::date;
use crate::present::phrase::{Names, join};
use crate::present::result::{Tone, judgement_words, tone, unit_words};

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

const LEFT: f64 = 56.0;

const RIGHT: f64 = 16.0;

const TOP: f64 = 16.0;

const BOTTOM: f64 = 32.0;

pub(super) fn shape(series: &[&Series], names: Names<'_>, (width, height): (f64, f64)) -> Shape {
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
    join(parts, ", ")
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
