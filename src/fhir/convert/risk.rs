//! `RiskAssessment`: <https://hl7.org/fhir/R4/riskassessment.html>.

use crate::domain::Origin;
use crate::domain::risk::{Prediction, Risk};

use super::super::element::Element;
use super::super::words;

pub fn read(it: Element<'_>, origin: Origin) -> Risk {
    Risk {
        origin,
        status: it.string("status"),
        at: words::point(it, "occurrence"),
        method: it.concept("method"),
        performer: it.party("performer"),
        mitigation: it.string("mitigation"),
        predictions: it.list("prediction").map(prediction).collect(),
    }
}

fn prediction(it: Element<'_>) -> Prediction {
    let (probability, in_words) = match it.choice("probability") {
        Some(("Decimal", it)) => (it.as_number(), None),
        // A range is not one number: it is told in words.
        Some(("Range", it)) => (None, words::range(it, words::amount)),
        Some((_, it)) => {
            it.wrong("is of a kind that is not read");
            (None, None)
        }
        None => (None, None),
    };
    let in_words = in_words.map(|it| crate::domain::Concept::from_text(&it));
    Prediction {
        outcome: it.concept("outcome"),
        probability,
        qualitative: it.concept("qualitativeRisk").or(in_words),
        horizon: match it.choice("when") {
            // "Within 12 months" is sent as a range that only has an end.
            Some(("Range", it)) => match words::ends(it) {
                Some((None, Some(high))) => Some(words::duration(&high)),
                Some(_) => words::range(it, words::duration),
                None => None,
            },
            Some((_, it)) => it.as_object().and_then(words::span),
            None => None,
        },
    }
}
