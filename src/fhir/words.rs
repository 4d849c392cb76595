//! Values that the domain keeps as words because FHIR lets them be almost anything: ages, ranges, ratios, answers.

use crate::domain::When;
use crate::domain::medicine::Amount;
use crate::domain::time::when_words;

use super::element::Element;

/// A number with its unit, e.g. `< 5.30 mmol/L`; the number's own text.
pub fn amount(it: &Amount) -> String {
    let mut words = it.comparator.clone().unwrap_or_default();
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(it.value.as_str());
    if let Some(unit) = &it.unit {
        if unit != "%" {
            words.push(' ');
        }
        words.push_str(unit);
    }
    words
}

/// A length of time: UCUM's codes are written out, e.g. `12 mo` → `12 months`.
pub fn duration(it: &Amount) -> String {
    let Some(word) = it.unit.as_deref().and_then(time_unit) else {
        return amount(it);
    };
    let plural = if it.value.as_str() == "1" { "" } else { "s" };
    let unit = Some(format!("{word}{plural}"));
    amount(&Amount { unit, ..it.clone() })
}

/// UCUM's code for a unit of time, in words.
pub fn time_unit(code: &str) -> Option<&'static str> {
    Some(match code {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" => "week",
        "mo" => "month",
        "a" => "year",
        _ => return None,
    })
}

/// A `Range` as its two ends.
pub fn ends(it: Element<'_>) -> Option<(Option<Amount>, Option<Amount>)> {
    it.as_object()?;
    let ends = (it.amount("low"), it.amount("high"));
    if ends == (None, None) {
        it.wrong("says nothing");
        return None;
    }
    Some(ends)
}

/// A `Range` in words.
pub fn range(it: Element<'_>, words: fn(&Amount) -> String) -> Option<String> {
    Some(match ends(it)? {
        (Some(low), Some(high)) if low.unit == high.unit => {
            format!("{} to {}", low.value.as_str(), words(&high))
        }
        (Some(low), Some(high)) => format!("{} to {}", words(&low), words(&high)),
        (Some(low), None) => format!("from {}", words(&low)),
        (None, Some(high)) => format!("up to {}", words(&high)),
        (None, None) => return None,
    })
}

/// A `Ratio` in words, e.g. `8 tablet per 24 hours`.
pub fn ratio(it: Element<'_>) -> Option<String> {
    it.as_object()?;
    let (top, bottom) = (it.amount("numerator")?, it.amount("denominator")?);
    Some(format!("{} per {}", amount(&top), duration(&bottom)))
}

/// `onset[x]` and its like: a date, or an age, range or text as it was given. Of a period, its start.
pub fn point(it: Element<'_>, stem: &str) -> Option<When> {
    let (kind, value) = it.choice(stem)?;
    match kind {
        "DateTime" | "Date" | "Instant" => value.as_when(),
        "Period" => {
            let period = value.as_period();
            period.start.or(period.end)
        }
        "Age" => {
            let age = duration(&value.as_amount()?);
            Some(When::Text(format!("at {age}")))
        }
        "Range" => {
            let ages = range(value, duration)?;
            Some(When::Text(format!("at {ages}")))
        }
        "String" => value.as_text().map(|it| When::Text(it.to_owned())),
        "Boolean" => {
            // `abatementBoolean`: it is over, nobody says since when.
            value.as_flag()?.then(|| When::Text("yes".to_owned()))
        }
        _ => {
            value.wrong("is of a kind that is not read");
            None
        }
    }
}

/// Any value as it would be written on a form. Numbers keep their own text.
pub fn answer(kind: &str, value: Element<'_>) -> Option<String> {
    match kind {
        "Boolean" => {
            let yes = value.as_flag()?;
            Some(if yes { "Yes" } else { "No" }.to_owned())
        }
        "Decimal" | "Integer" | "PositiveInt" | "UnsignedInt" => {
            value.as_number().map(|it| it.as_str().to_owned())
        }
        "Coding" => label(&value.as_coding()?),
        "CodeableConcept" => label(&value.as_concept()?),
        "Quantity" | "Duration" | "Age" => value.as_amount().map(|it| duration(&it)),
        "Range" => range(value, amount),
        "Ratio" => ratio(value),
        "Period" => {
            value.as_object()?;
            span(value)
        }
        "Reference" => {
            let party = value.as_party()?;
            party
                .name
                .or_else(|| party.reference.map(|it| it.to_string()))
        }
        "Attachment" => {
            let it = value.as_object()?;
            it.string("title").or_else(|| it.string("url"))
        }
        "Date" | "DateTime" | "Instant" => value.as_text().map(date),
        "Time" => value.as_text().map(|it| clock(it).to_owned()),
        _ => value.as_text().map(str::to_owned),
    }
}

/// A date, as precise as it is and as dates are shown; what is none stays as it was written.
pub fn date(raw: &str) -> String {
    when_words(&When::parse(raw)).unwrap_or_else(|| raw.to_owned())
}

/// A time of day without seconds that say nothing: `09:30:00` is `09:30`.
pub fn clock(raw: &str) -> &str {
    let short = raw.strip_suffix(":00").filter(|it| it.len() == 5);
    short.unwrap_or(raw)
}

/// A `Period` in words.
pub fn span(it: Element<'_>) -> Option<String> {
    match (it.text("start").map(date), it.text("end").map(date)) {
        (Some(start), Some(end)) => Some(format!("from {start} to {end}")),
        (Some(start), None) => Some(format!("from {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

fn label(it: &crate::domain::Concept) -> Option<String> {
    it.label().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::sample::source;
    use crate::fhir::convert::facts;

    #[test]
    fn dta_0010_a_day_that_somebody_answered_is_written_as_days_are_on_the_page() {
        let said = |value: serde_json::Value| {
            let form = json!({ "resourceType": "QuestionnaireResponse", "id": "q", "status": "completed",
                "item": [{ "linkId": "since", "text": "Since", "answer": [value] }] });
            let facts = facts(&source("shared"), [&form]);
            facts.about_me[0].items[0].answers.join("|")
        };
        for (value, words) in [
            (json!({ "valueDate": "2026-07-01" }), "01-Jul-2026"),
            (json!({ "valueDate": "2026-07" }), "Jul-2026"),
            (json!({ "valueDate": "2026" }), "2026"),
            (json!({ "valueDateTime": "2026-07-01" }), "01-Jul-2026"),
            (
                json!({ "valueDateTime": "2026-07-01T23:30:00Z" }),
                "02-Jul-2026 00:30",
            ),
            (json!({ "valueDateTime": "last July" }), "last July"),
            (json!({ "valueTime": "14:05:00" }), "14:05"),
            (json!({ "valueTime": "14:05:30" }), "14:05:30"),
            (
                json!({ "valuePeriod": { "start": "2026-07-01", "end": "2026-08" } }),
                "from 01-Jul-2026 to Aug-2026",
            ),
        ] {
            assert_eq!(said(value), words);
        }
    }
}
