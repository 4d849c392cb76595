//! Values that the domain keeps as words because FHIR lets them be almost anything: ages, ranges, ratios, answers.

use crate::domain::When;
use crate::domain::medicine::Amount;
use crate::domain::time::day_words;

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
        "Date" => value.as_text().map(|it| match When::parse(it) {
            When::Day(day) => day_words(day),
            _ => it.to_owned(),
        }),
        _ => value.as_text().map(str::to_owned),
    }
}

/// A `Period` in words, its dates as written.
pub fn span(it: Element<'_>) -> Option<String> {
    match (it.text("start"), it.text("end")) {
        (Some(start), Some(end)) => Some(format!("from {start} to {end}")),
        (Some(start), None) => Some(format!("from {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

fn label(it: &crate::domain::Concept) -> Option<String> {
    it.label().map(str::to_owned)
}
