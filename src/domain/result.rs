//! Results: observations, and the reports that group them.

mod group;
mod series;
mod unit;

pub use group::{ResultGroup, groups};
pub use series::{Point, Series, TestKey, Trend, trend};
pub use unit::unit_key;

use super::document::Attachment;
use super::medicine::Amount;
use super::{Coded, Concept, Decimal, Origin, Party, ResourceRef, When};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultStatus {
    Registered,
    Preliminary,
    Final,
    Amended,
    Corrected,
    Cancelled,
    EnteredInError,
    Unknown,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum ResultValue {
    Quantity(Amount),
    Text(String),
    Concept(Concept),
    Flag(bool),
    Range {
        low: Option<Amount>,
        high: Option<Amount>,
    },
    Ratio {
        numerator: Amount,
        denominator: Amount,
    },
    At(When),
    /// A value in a form that is kept but not read, e.g. `SampledData`.
    Other(String),
    /// None was given, with the reason where there is one.
    Missing(Option<Concept>),
}

/// How the source judges a value, from `interpretation`
/// (<http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    Normal,
    Low,
    High,
    Abnormal,
    CriticalLow,
    CriticalHigh,
    /// Critical, without saying in which direction (`AA`).
    Critical,
}

#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct ReferenceRange {
    pub low: Option<Amount>,
    pub high: Option<Amount>,
    pub text: Option<String>,
    /// `normal` when absent.
    pub kind: Option<Concept>,
}

/// One `Observation`, or one of its components.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Finding {
    pub origin: Origin,
    pub test: Concept,
    pub categories: Vec<Concept>,
    pub status: Option<Coded<ResultStatus>>,
    pub taken: Option<When>,
    pub issued: Option<When>,
    pub value: ResultValue,
    pub judgement: Option<Coded<Judgement>>,
    pub ranges: Vec<ReferenceRange>,
    pub components: Vec<Component>,
    pub performers: Vec<Party>,
    pub method: Option<Concept>,
    pub body_site: Option<Concept>,
    /// The findings of a panel (`hasMember`).
    pub members: Vec<ResourceRef>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Component {
    pub test: Concept,
    pub value: ResultValue,
    pub judgement: Option<Coded<Judgement>>,
    pub ranges: Vec<ReferenceRange>,
}

/// One `DiagnosticReport`.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Report {
    pub origin: Origin,
    pub what: Concept,
    pub categories: Vec<Concept>,
    pub status: Option<String>,
    pub taken: Option<When>,
    pub issued: Option<When>,
    pub results: Vec<ResourceRef>,
    pub conclusion: Option<String>,
    pub conclusions: Vec<Concept>,
    /// The report as it was issued (`presentedForm`).
    pub forms: Vec<Attachment>,
    pub performers: Vec<Party>,
}

impl Finding {
    pub fn is_error(&self) -> bool {
        matches!(
            self.status,
            Some(Coded::Known(
                ResultStatus::EnteredInError | ResultStatus::Cancelled
            ))
        )
    }

    /// Whether it has a value of its own, or the reason why not; a panel may only name its members.
    pub fn says_something(&self) -> bool {
        !matches!(self.value, ResultValue::Missing(None))
            || !self.components.is_empty()
            || self.members.is_empty()
    }

    /// When it was taken, else when it was issued.
    pub fn when(&self) -> Option<&When> {
        self.taken.as_ref().or(self.issued.as_ref())
    }

    pub fn is_category(&self, code: &str) -> bool {
        self.categories
            .iter()
            .any(|it| it.codings.iter().any(|c| c.code.as_deref() == Some(code)) || it.says(code))
    }

    /// What the source says, else what its own reference range says. `None` when neither tells.
    pub fn judged(&self) -> Option<Judgement> {
        match &self.judgement {
            Some(Coded::Known(judgement)) => Some(*judgement),
            _ => judged_by_range(&self.value, &self.ranges),
        }
    }

    /// Itself or one of its components is out of its range.
    pub fn is_abnormal(&self) -> bool {
        let out = |it: Option<Judgement>| it.is_some_and(|it| it != Judgement::Normal);
        out(self.judged()) || self.components.iter().any(|it| out(it.judged()))
    }
}

impl Report {
    pub fn is_error(&self) -> bool {
        matches!(
            self.status.as_deref(),
            Some("entered-in-error" | "cancelled")
        )
    }

    /// Whether it says something that its findings do not: a conclusion; or it has no findings at all (imaging,
    /// histology), and is there, not only registered.
    pub fn says_something(&self) -> bool {
        let concludes = self.conclusion.is_some() || !self.conclusions.is_empty();
        let is_awaited = self.status.as_deref() == Some("registered");
        concludes || self.results.is_empty() && !is_awaited
    }
}

impl Component {
    pub fn judged(&self) -> Option<Judgement> {
        match &self.judgement {
            Some(Coded::Known(judgement)) => Some(*judgement),
            _ => judged_by_range(&self.value, &self.ranges),
        }
    }
}

/// Compares with the one normal range, only where the units are the same and the value is exact.
fn judged_by_range(value: &ResultValue, ranges: &[ReferenceRange]) -> Option<Judgement> {
    let ResultValue::Quantity(Amount {
        value,
        comparator: None,
        unit,
    }) = value
    else {
        return None;
    };
    let [range] = ranges else { return None };
    let bound = |side: &Option<Amount>| -> Option<Decimal> {
        side.as_ref()
            .filter(|it| it.unit.is_none() || it.unit == *unit)
            .map(|it| it.value.clone())
    };
    let (low, high) = (bound(&range.low), bound(&range.high));
    // An end in another unit is not compared: then it is not known whether the value is within.
    let all_known = low.is_some() == range.low.is_some() && high.is_some() == range.high.is_some();
    if low.is_none() && high.is_none() {
        return None;
    }
    if low.is_some_and(|it| *value < it) {
        return Some(Judgement::Low);
    }
    if high.is_some_and(|it| *value > it) {
        return Some(Judgement::High);
    }
    all_known.then_some(Judgement::Normal)
}
