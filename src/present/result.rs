//! Results in words: value with its unit, the range, and how the source judges it. Digits are never altered; units are
//! always there (GTAB-028); a judgement is said in words, not only by colour.

mod group;

pub use group::{GroupWords, group};

use super::phrase::{filled, join};
use super::words::{label, unique};
use super::{amount, date, unit};
use crate::domain::Coded;
use crate::domain::medicine::Amount;
use crate::domain::result::{
    Component, Finding, Judgement, ReferenceRange, Report, ResultStatus, ResultValue,
};

/// How much a result stands out. The words say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    #[default]
    Plain,
    Abnormal,
    Critical,
}

/// One result, or one part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultWords {
    pub test: String,
    /// "6.10 mmol/L", "<5 mg/L", "Haemolysed".
    pub value: String,
    /// "3.5–5.3".
    pub range: Option<String>,
    /// "above range".
    pub judgement: Option<String>,
    pub tone: Tone,
    /// "preliminary", "corrected": when it is not final.
    pub status: Option<String>,
    pub notes: Vec<String>,
    /// Blood pressure: systolic, diastolic.
    pub parts: Vec<ResultWords>,
}

/// One finding with everything that is said of it.
pub fn words(finding: &Finding) -> ResultWords {
    ResultWords {
        test: label(&finding.test).unwrap_or_else(|| "Test not named".to_owned()),
        value: whole_value(finding),
        range: ranges(&finding.ranges, &finding.value),
        judgement: judgement(finding.judgement.as_ref(), finding.judged()),
        tone: tone(finding.judged()),
        status: status(finding),
        notes: finding
            .notes
            .iter()
            .filter_map(|it| filled(Some(it)))
            .collect(),
        parts: finding.components.iter().map(part).collect(),
    }
}

fn part(component: &Component) -> ResultWords {
    ResultWords {
        test: label(&component.test).unwrap_or_else(|| "Part not named".to_owned()),
        value: value(&component.value),
        range: ranges(&component.ranges, &component.value),
        judgement: judgement(component.judgement.as_ref(), component.judged()),
        tone: tone(component.judged()),
        ..ResultWords::default()
    }
}

/// A finding that only has parts has no value of its own to miss.
fn whole_value(finding: &Finding) -> String {
    match finding.value {
        ResultValue::Missing(None) if !finding.components.is_empty() => String::new(),
        _ => value(&finding.value),
    }
}

/// In one phrase: "CRP 112 mg/L, above range (0–5)"; with its status where it is not final.
pub fn brief(finding: &Finding) -> String {
    let words = words(finding);
    let whole = said(&words);
    let parts: Vec<String> = words.parts.iter().map(said).collect();
    let all = join([Some(whole), Some(parts.join("; "))], ": ");
    let status = words.status.map(|it| format!("({it})"));
    join([Some(all), status], " ")
}

/// In one phrase: "CT head reported (preliminary): No acute bleed".
pub fn report(it: &Report) -> String {
    let what = label(&it.what).unwrap_or_else(|| "Something not named".to_owned());
    let status = group::status(it).map(|it| format!("({it})"));
    let reported = join([Some(format!("{what} reported")), status], " ");
    let conclusions = group::conclusions(it).join("; ");
    join([Some(reported), Some(conclusions)], ": ")
}

fn said(words: &ResultWords) -> String {
    let test = join([Some(words.test.clone()), Some(words.value.clone())], " ");
    match (&words.judgement, &words.range) {
        (Some(judgement), Some(range)) => format!("{test}, {judgement} ({range})"),
        (Some(judgement), None) => format!("{test}, {judgement}"),
        (None, Some(range)) => format!("{test} ({range})"),
        (None, None) => test,
    }
}

/// The value as it was given.
pub fn value(value: &ResultValue) -> String {
    let missing = || "No value given".to_owned();
    match value {
        ResultValue::Quantity(it) => amount::measured(it),
        ResultValue::Text(text) | ResultValue::Other(text) => {
            filled(Some(text)).unwrap_or_else(missing)
        }
        ResultValue::Concept(it) => label(it).unwrap_or_else(missing),
        ResultValue::Flag(true) => "Yes".to_owned(),
        ResultValue::Flag(false) => "No".to_owned(),
        ResultValue::Range { low, high } => {
            between(low.as_ref(), high.as_ref(), None).unwrap_or_else(missing)
        }
        ResultValue::Ratio {
            numerator,
            denominator,
        } => {
            format!(
                "{} : {}",
                amount::measured(numerator),
                amount::measured(denominator)
            )
        }
        ResultValue::At(at) => date::when(at),
        ResultValue::Missing(why) => match why.as_ref().and_then(label) {
            Some(why) => format!("No value: {why}"),
            None => missing(),
        },
    }
}

/// Every range: "3.5–5.3", "up to 5", "treatment: 2–3".
fn ranges(ranges: &[ReferenceRange], value: &ResultValue) -> Option<String> {
    let of = match value {
        ResultValue::Quantity(it) => it.unit.as_deref(),
        _ => None,
    };
    let all = unique(ranges.iter().filter_map(|it| range(it, of)));
    (!all.is_empty()).then(|| all.join("; "))
}

/// One range. Its unit is said when it is not the value's own.
pub fn range(range: &ReferenceRange, unit_of_value: Option<&str>) -> Option<String> {
    let text = filled(range.text.as_ref());
    let said = between(range.low.as_ref(), range.high.as_ref(), unit_of_value).or(text)?;
    let is_normal = |it: &&crate::domain::Concept| {
        it.says("normal")
            || it.says("Normal Range")
            || it
                .codings
                .iter()
                .any(|it| it.code.as_deref() == Some("normal"))
    };
    let kind = range
        .kind
        .as_ref()
        .filter(|it| !is_normal(it))
        .and_then(label);
    Some(kind.map_or_else(|| said.clone(), |kind| format!("{kind}: {said}")))
}

fn between(
    low: Option<&Amount>,
    high: Option<&Amount>,
    unit_of_value: Option<&str>,
) -> Option<String> {
    let same = |it: &Amount| it.unit.is_none() || it.unit.as_deref() == unit_of_value;
    let full = |it: &Amount| {
        if same(it) {
            amount::number(it)
        } else {
            amount::measured(it)
        }
    };
    Some(match (low, high) {
        (Some(low), Some(high)) if low.unit == high.unit => {
            format!("{}–{}", amount::number(low), full(high))
        }
        (Some(low), Some(high)) => format!("{}–{}", full(low), full(high)),
        (Some(low), None) => format!("{} or above", full(low)),
        (None, Some(high)) => format!("up to {}", full(high)),
        (None, None) => return None,
    })
}

/// A judgement that we do not know is shown as it came, and what the range says after it.
fn judgement(given: Option<&Coded<Judgement>>, judged: Option<Judgement>) -> Option<String> {
    let said = match given {
        Some(Coded::Unknown(code)) => filled(Some(code)),
        _ => None,
    };
    let judged = judged.map(|it| judgement_words(it).to_owned());
    filled(Some(&join([said, judged], ", ")))
}

pub const fn judgement_words(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Normal => "in range",
        Judgement::Low => "below range",
        Judgement::High => "above range",
        Judgement::Abnormal => "abnormal",
        Judgement::Critical => "critical",
        Judgement::CriticalLow => "critically low",
        Judgement::CriticalHigh => "critically high",
    }
}

pub const fn tone(judged: Option<Judgement>) -> Tone {
    match judged {
        None | Some(Judgement::Normal) => Tone::Plain,
        Some(Judgement::Low | Judgement::High | Judgement::Abnormal) => Tone::Abnormal,
        Some(Judgement::Critical | Judgement::CriticalLow | Judgement::CriticalHigh) => {
            Tone::Critical
        }
    }
}

fn status(finding: &Finding) -> Option<String> {
    use ResultStatus as S;
    let words = match finding.status.as_ref()? {
        Coded::Known(S::Registered) => "registered, no result yet",
        Coded::Known(S::Preliminary) => "preliminary",
        Coded::Known(S::Amended) => "amended",
        Coded::Known(S::Corrected) => "corrected",
        Coded::Known(S::Cancelled) => "cancelled",
        Coded::Known(S::EnteredInError) => "entered in error",
        Coded::Known(S::Unknown) => "status unknown",
        Coded::Known(S::Final) => return None,
        Coded::Unknown(code) => return filled(Some(code)),
    };
    Some(words.to_owned())
}

/// A unit as it is shown: on every axis and column.
pub fn unit_words(raw: Option<&str>) -> String {
    raw.map(unit::words)
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| "no unit given".to_owned())
}

#[cfg(test)]
mod tests;
