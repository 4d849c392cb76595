//! `Observation`: <https://hl7.org/fhir/R4/observation.html>.

use crate::domain::result::{
    Component, Finding, Judgement, ReferenceRange, ResultStatus, ResultValue,
};
use crate::domain::{Coded, Concept, Origin, When};

use super::super::element::Element;
use super::super::{timing, words};

pub fn read(it: Element<'_>, origin: Origin) -> Finding {
    Finding {
        origin,
        test: test(it),
        categories: it.concepts("category"),
        status: it.coded("status", status),
        taken: taken(it),
        issued: it.when("issued"),
        value: value(it),
        judgement: judgement(it),
        ranges: it.list("referenceRange").map(range).collect(),
        components: it.list("component").map(component).collect(),
        performers: it.parties("performer"),
        method: it.concept("method"),
        body_site: it.concept("bodySite"),
        members: it.references("hasMember"),
        notes: it.notes("note"),
    }
}

fn component(it: Element<'_>) -> Component {
    Component {
        test: test(it),
        value: value(it),
        judgement: judgement(it),
        ranges: it.list("referenceRange").map(range).collect(),
    }
}

fn test(it: Element<'_>) -> Concept {
    it.concept("code").unwrap_or_else(|| {
        it.wrong_at("code", "does not say what was observed");
        Concept::default()
    })
}

/// `effective[x]`: of a period its start, of a timing its words.
pub fn taken(it: Element<'_>) -> Option<When> {
    match it.choice("effective")? {
        ("Timing", it) => timing::timing(it).map(When::Text),
        ("Period", it) => {
            let period = it.as_period();
            period.start.or(period.end)
        }
        (_, it) => it.as_when(),
    }
}

fn value(it: Element<'_>) -> ResultValue {
    let Some((kind, value)) = it.choice("value") else {
        return ResultValue::Missing(it.concept("dataAbsentReason"));
    };
    of_kind(kind, value).unwrap_or(ResultValue::Missing(None))
}

fn of_kind(kind: &str, value: Element<'_>) -> Option<ResultValue> {
    Some(match kind {
        "Quantity" => match value.as_amount() {
            Some(amount) => ResultValue::Quantity(amount),
            // A number that is none, with a unit, would look like a result.
            None if value.value().get("value").is_some() => {
                ResultValue::Missing(Some(Concept::from_text("Cannot be read")))
            }
            // A unit or code without a number still says something.
            None => ResultValue::Other(value.string("unit")?),
        },
        "String" => ResultValue::Text(value.as_text()?.to_owned()),
        "CodeableConcept" => ResultValue::Concept(value.as_concept()?),
        "Boolean" => ResultValue::Flag(value.as_flag()?),
        "Range" => {
            let (low, high) = words::ends(value)?;
            ResultValue::Range { low, high }
        }
        "Ratio" => {
            value.as_object()?;
            ResultValue::Ratio {
                numerator: value.amount("numerator")?,
                denominator: value.amount("denominator")?,
            }
        }
        "DateTime" => ResultValue::At(value.as_when()?),
        "Period" => ResultValue::Other(words::span(value.as_object()?)?),
        "SampledData" => {
            value.as_object()?;
            ResultValue::Other("a series of samples, which is not shown".to_owned())
        }
        _ => ResultValue::Other(words::answer(kind, value)?),
    })
}

/// A value may be judged twice (`A` and `H`): the graver one counts, and of two alike the one that says more.
fn judgement(it: Element<'_>) -> Option<Coded<Judgement>> {
    let all = it.concepts("interpretation");
    let codes = all
        .iter()
        .flat_map(|it| it.codings.iter())
        .filter_map(|it| it.code.as_deref());
    let words = all.iter().filter_map(Concept::label);
    // Many a laboratory says it in words alone.
    let said = codes.filter_map(judged).chain(words.filter_map(worded));
    let known = said.max_by_key(|it| gravity(*it));
    known.map(Coded::Known).or_else(|| {
        let words = all.iter().find_map(Concept::label)?;
        Some(Coded::Unknown(words.to_owned()))
    })
}

fn judged(code: &str) -> Option<Judgement> {
    Some(match code {
        "N" => Judgement::Normal,
        "L" | "LU" => Judgement::Low,
        "H" | "HU" => Judgement::High,
        "A" => Judgement::Abnormal,
        "LL" => Judgement::CriticalLow,
        "HH" => Judgement::CriticalHigh,
        "AA" => Judgement::Critical,
        _ => return None,
    })
}

/// The names that the codes have.
fn worded(words: &str) -> Option<Judgement> {
    Some(match words.trim().to_ascii_lowercase().as_str() {
        "normal" => Judgement::Normal,
        "low" | "significantly low" => Judgement::Low,
        "high" | "significantly high" => Judgement::High,
        "abnormal" => Judgement::Abnormal,
        "critical low" | "critically low" => Judgement::CriticalLow,
        "critical high" | "critically high" => Judgement::CriticalHigh,
        "critical" | "critical abnormal" => Judgement::Critical,
        _ => return None,
    })
}

fn gravity(judgement: Judgement) -> u8 {
    match judgement {
        Judgement::Normal => 0,
        Judgement::Abnormal => 1,
        Judgement::Low | Judgement::High => 2,
        Judgement::Critical => 3,
        Judgement::CriticalLow | Judgement::CriticalHigh => 4,
    }
}

fn range(it: Element<'_>) -> ReferenceRange {
    ReferenceRange {
        low: it.amount("low"),
        high: it.amount("high"),
        text: it.string("text"),
        kind: it.concept("type"),
    }
}

fn status(code: &str) -> Option<ResultStatus> {
    Some(match code {
        "registered" => ResultStatus::Registered,
        "preliminary" => ResultStatus::Preliminary,
        "final" => ResultStatus::Final,
        "amended" => ResultStatus::Amended,
        "corrected" => ResultStatus::Corrected,
        "cancelled" => ResultStatus::Cancelled,
        "entered-in-error" => ResultStatus::EnteredInError,
        "unknown" => ResultStatus::Unknown,
        _ => return None,
    })
}
