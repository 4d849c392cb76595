//! The score that put the person in the programme, always with its origin and date. Digits are moved as text, so that
//! none appears that was not received.

use super::date;
use super::name::{lines, shown};
use super::words::{self, capital, label, named};
use crate::domain::Decimal;
use crate::domain::risk::{Prediction, Risk};

/// One assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RiskWords {
    /// `41% in 12 months`, one line for each outcome: `Emergency admission: 41% in 12 months`.
    pub lines: Vec<String>,
    /// `GP model, 01-Nov-2026`: whose it is and of when.
    pub origin: String,
    pub mitigation: Vec<String>,
    /// `preliminary` …; `None` when it is final.
    pub status: Option<String>,
    /// In error or cancelled: not to be used.
    pub is_error: bool,
}

/// Everything about one assessment.
pub fn words(it: &Risk) -> RiskWords {
    let lines_of = |it: &Prediction| match it.outcome.as_ref().and_then(label) {
        Some(outcome) => format!("{}: {}", capital(&outcome), prediction(it)),
        None => prediction(it),
    };
    RiskWords {
        lines: it.predictions.iter().map(lines_of).collect(),
        origin: origin(it),
        mitigation: it.mitigation.as_deref().map(lines).unwrap_or_default(),
        status: status(it.status.as_deref()),
        is_error: matches!(it.status.as_deref(), Some("entered-in-error" | "cancelled")),
    }
}

/// `41% in 12 months`; words where there is no number.
pub fn prediction(it: &Prediction) -> String {
    let number = it.probability.as_ref().and_then(percent);
    let qualitative = it.qualitative.as_ref().and_then(label);
    let base = number
        .or(qualitative)
        .or_else(|| it.probability.as_ref().and_then(|it| shown(it.as_str())))
        .unwrap_or_else(|| "Not recorded".to_owned());
    match it.horizon.as_deref().and_then(shown) {
        Some(horizon) => format!("{base} in {horizon}"),
        None => base,
    }
}

/// `GP model, 01-Nov-2026`.
pub fn origin(it: &Risk) -> String {
    let method = it.method.as_ref().and_then(label);
    let who = method.or_else(|| it.performer.as_ref().and_then(named));
    let when = it
        .at
        .as_ref()
        .map_or_else(|| "date not recorded".to_owned(), date::when_day);
    let who = who.unwrap_or_else(|| "model not recorded".to_owned());
    words::joined([Some(who), Some(when)]).unwrap_or_default()
}

fn status(code: Option<&str>) -> Option<String> {
    Some(match code? {
        "final" => return None,
        "entered-in-error" => "entered in error".to_owned(),
        other => shown(other)?,
    })
}

/// `0.41` → `41%`, `0.075` → `7.5%`, by moving the point two places in the text itself. What is more than 1 is a percentage
/// already, as FHIR has it (ras-2). `None` for what is not between 0 and 100 or is written with an exponent.
pub fn percent(it: &Decimal) -> Option<String> {
    let raw = it.as_str();
    if !(0.0..=100.0).contains(&it.approximate()) || raw.contains(['e', 'E', '-', '+']) {
        return None;
    }
    if it.approximate() > 1.0 {
        return Some(format!("{raw}%"));
    }
    let (whole, part) = raw.split_once('.').unwrap_or((raw, ""));
    let padded = format!("{part:0<2}");
    let (moved, rest) = padded.split_at_checked(2)?;
    let whole = format!("{whole}{moved}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    Some(match rest.trim_end_matches('0') {
        "" => format!("{whole}%"),
        rest => format!("{whole}.{rest}%"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Concept, Origin, ResourceRef, SourceId, When};

    #[test]
    fn a_probability_is_a_percentage_without_digits_of_our_own() {
        for (raw, words) in [
            ("0.41", "41%"),
            ("0.410", "41%"),
            ("0.07", "7%"),
            ("0.075", "7.5%"),
            ("0.4", "40%"),
            ("0.29", "29%"),
            ("1", "100%"),
            ("0", "0%"),
            ("0.004", "0.4%"),
            ("41", "41%"),
            ("7.50", "7.50%"),
        ] {
            assert_eq!(
                percent(&Decimal::parse(raw).unwrap()).as_deref(),
                Some(words),
                "{raw}"
            );
        }
        for raw in ["141", "1E-2", "-0.1"] {
            assert_eq!(percent(&Decimal::parse(raw).unwrap()), None, "{raw}");
        }
    }

    #[test]
    fn a_score_always_says_its_date_and_origin() {
        let mut risk = Risk {
            origin: Origin {
                source: SourceId::new("shared"),
                resource: ResourceRef::new("RiskAssessment", "1"),
                updated: None,
            },
            status: Some("final".to_owned()),
            at: Some(When::parse("2026-11-01")),
            method: Some(Concept::from_text("GP model")),
            performer: None,
            mitigation: None,
            predictions: vec![Prediction {
                outcome: Some(Concept::from_text("emergency admission")),
                probability: Decimal::parse("0.41"),
                qualitative: None,
                horizon: Some("12 months".to_owned()),
            }],
        };
        let said = words(&risk);
        assert_eq!(said.lines, ["Emergency admission: 41% in 12 months"]);
        assert_eq!(said.origin, "GP model, 01-Nov-2026");
        risk.method = None;
        risk.at = None;
        assert_eq!(words(&risk).origin, "model not recorded, date not recorded");
    }
}
