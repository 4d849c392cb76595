//! `Dosage`: <https://hl7.org/fhir/R4/dosage.html>.

use crate::domain::medicine::{Amount, Dose};

use super::super::element::Element;
use super::super::{timing, words};

pub fn read(it: Element<'_>) -> Dose {
    let (as_needed, as_needed_for) = match it.choice("asNeeded") {
        Some(("Boolean", it)) => (it.as_flag().unwrap_or(false), None),
        Some((_, it)) => (true, it.as_concept()),
        None => (false, None),
    };
    let (amount, up_to, rate) = amounts(it);
    Dose {
        text: it.string("text"),
        amount,
        up_to,
        rate,
        maximum: maximum(it),
        frequency: it.object("timing").and_then(timing::timing),
        route: it.concept("route"),
        site: it.concept("site"),
        as_needed,
        as_needed_for,
        patient_instruction: it.string("patientInstruction"),
        additional: it.concepts("additionalInstruction"),
    }
}

/// The first `doseAndRate`: what is ordered comes before what is calculated. Others are said, not added up.
fn amounts(it: Element<'_>) -> (Option<Amount>, Option<Amount>, Option<String>) {
    let mut all = it.list("doseAndRate");
    let Some(first) = all.next() else {
        return (None, None, None);
    };
    if let Some(more) = all.next() {
        more.wrong("is a second dose in one instruction, which is not shown");
    }
    let (amount, up_to) = match first.choice("dose") {
        Some(("Quantity", it)) => (it.as_amount(), None),
        Some(("Range", it)) => words::ends(it).map(bounded).unwrap_or_default(),
        Some((_, it)) => {
            it.wrong("is of a kind that is not read");
            (None, None)
        }
        None => (None, None),
    };
    let rate = match first.choice("rate") {
        Some(("Quantity", it)) => it.as_amount().map(|it| words::amount(&it)),
        Some(("Range", it)) => words::range(it, words::amount),
        Some(("Ratio", it)) => words::ratio(it),
        Some((_, it)) => {
            it.wrong("is of a kind that is not read");
            None
        }
        None => None,
    };
    (amount, up_to, rate)
}

/// Of a range with one end, that end with its sign: "at least 40 mg" is not "40 mg".
fn bounded((low, high): (Option<Amount>, Option<Amount>)) -> (Option<Amount>, Option<Amount>) {
    let signed = |it: Amount, sign: &str| Amount {
        comparator: it.comparator.or_else(|| Some(sign.to_owned())),
        ..it
    };
    match (low, high) {
        (Some(low), None) => (Some(signed(low, ">=")), None),
        (None, Some(high)) => (Some(signed(high, "<=")), None),
        both => both,
    }
}

fn maximum(it: Element<'_>) -> Option<String> {
    let amount = |name| it.amount(name).map(|it| words::amount(&it));
    let parts: Vec<String> = [
        it.at("maxDosePerPeriod").and_then(words::ratio),
        amount("maxDosePerAdministration").map(|it| format!("{it} at a time")),
        amount("maxDosePerLifetime").map(|it| format!("{it} in a lifetime")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
