//! When something is to be done, in words: <https://hl7.org/fhir/R4/datatypes.html#Timing>.
//!
//! Only for sources that send no text of their own. A code that is not in the tables stays as it is.

use super::element::Element;
use super::words;

/// A `Timing` in words, e.g. "twice a day, with meals, for 7 days". `None` when it says nothing.
pub fn timing(it: Element<'_>) -> Option<String> {
    it.as_object()?;
    let mut parts = Vec::new();
    if let Some(code) = it.concept("code") {
        let mut codes = code.codings.iter().filter_map(|it| it.code.as_deref());
        let known = codes.find_map(abbreviation).map(str::to_owned);
        let text = code.text.clone();
        parts.extend(text.or(known).or_else(|| code.label().map(str::to_owned)));
    }
    if let Some(repeat) = it.object("repeat") {
        // A code is a complete statement of how often; the repeat may still say when and for how long.
        if parts.is_empty() {
            parts.extend(how_often(repeat));
        }
        parts.extend(on_days(repeat));
        parts.extend(at_times(repeat));
        parts.extend(for_how_long(repeat));
    }
    let events = it.texts("event");
    if !events.is_empty() {
        let events: Vec<String> = events.iter().map(|it| words::date(it)).collect();
        parts.push(format!("on {}", events.join(", ")));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// <http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation>
fn abbreviation(code: &str) -> Option<&'static str> {
    Some(match code {
        "QD" => "once a day",
        "BID" => "twice a day",
        "TID" => "three times a day",
        "QID" => "four times a day",
        "AM" => "in the morning",
        "PM" => "in the afternoon",
        "BED" => "at bedtime",
        "QOD" => "every other day",
        "Q1H" => "every hour",
        "Q2H" => "every 2 hours",
        "Q3H" => "every 3 hours",
        "Q4H" => "every 4 hours",
        "Q6H" => "every 6 hours",
        "Q8H" => "every 8 hours",
        "WK" => "once a week",
        "MO" => "once a month",
        _ => return None,
    })
}

fn how_often(repeat: Element<'_>) -> Option<String> {
    let number = |name| repeat.number(name).map(|it| it.as_str().to_owned());
    let (times, times_max) = (number("frequency"), number("frequencyMax"));
    let (every, every_max) = (number("period"), number("periodMax"));
    let unit = repeat.text("periodUnit");
    let unit = unit.map(|it| words::time_unit(it).unwrap_or(it));
    let times = match (times, times_max) {
        (Some(low), Some(high)) => Some(format!("{low} to {high} times")),
        (None, Some(high)) => Some(format!("up to {high} times")),
        (Some(times), None) => Some(match times.as_str() {
            "1" => "once".to_owned(),
            "2" => "twice".to_owned(),
            "3" => "three times".to_owned(),
            "4" => "four times".to_owned(),
            more => format!("{more} times"),
        }),
        (None, None) => None,
    };
    let Some((every, unit)) = every.zip(unit) else {
        return times;
    };
    let single = every == "1" && every_max.is_none();
    let every = every_max.map_or_else(|| every.clone(), |max| format!("{every} to {max}"));
    Some(match (times, single) {
        (Some(times), true) if unit == "hour" => format!("{times} an hour"),
        (Some(times), true) => format!("{times} a {unit}"),
        (None, true) => format!("every {unit}"),
        (Some(times), false) if times == "once" => format!("every {every} {unit}s"),
        (Some(times), false) => format!("{times} every {every} {unit}s"),
        (None, false) => format!("every {every} {unit}s"),
    })
}

fn on_days(repeat: Element<'_>) -> Option<String> {
    let days = repeat.texts("dayOfWeek");
    let names: Vec<&str> = days
        .iter()
        .map(|it| match it.as_str() {
            "mon" => "Monday",
            "tue" => "Tuesday",
            "wed" => "Wednesday",
            "thu" => "Thursday",
            "fri" => "Friday",
            "sat" => "Saturday",
            "sun" => "Sunday",
            other => other,
        })
        .collect();
    (!names.is_empty()).then(|| format!("on {}", names.join(", ")))
}

fn at_times(repeat: Element<'_>) -> Vec<String> {
    let times = repeat.texts("timeOfDay");
    let times: Vec<&str> = times.iter().map(|it| words::clock(it)).collect();
    let offset = repeat.count("offset").map(|it| format!("{it} minutes "));
    let events = repeat.texts("when").into_iter().map(|code| {
        let words = event(&code).map_or(code, str::to_owned);
        format!("{}{words}", offset.as_deref().unwrap_or(""))
    });
    let clock = (!times.is_empty()).then(|| format!("at {}", times.join(", ")));
    clock.into_iter().chain(events).collect()
}

/// <http://hl7.org/fhir/R4/valueset-event-timing.html>
fn event(code: &str) -> Option<&'static str> {
    Some(match code {
        "MORN" => "in the morning",
        "MORN.early" => "early in the morning",
        "MORN.late" => "late in the morning",
        "NOON" => "at noon",
        "AFT" => "in the afternoon",
        "AFT.early" => "early in the afternoon",
        "AFT.late" => "late in the afternoon",
        "EVE" => "in the evening",
        "EVE.early" => "early in the evening",
        "EVE.late" => "late in the evening",
        "NIGHT" => "at night",
        "PHS" => "after sleep",
        "HS" => "before sleep",
        "WAKE" => "on waking",
        "C" => "with meals",
        "CM" => "with breakfast",
        "CD" => "with lunch",
        "CV" => "with dinner",
        "AC" => "before meals",
        "ACM" => "before breakfast",
        "ACD" => "before lunch",
        "ACV" => "before dinner",
        "PC" => "after meals",
        "PCM" => "after breakfast",
        "PCD" => "after lunch",
        "PCV" => "after dinner",
        _ => return None,
    })
}

fn for_how_long(repeat: Element<'_>) -> Vec<String> {
    let number = |name| repeat.number(name).map(|it| it.as_str().to_owned());
    let mut parts = Vec::new();
    let unit = repeat.text("durationUnit");
    let unit = unit.map(|it| words::time_unit(it).unwrap_or(it));
    let plural = |length: &str| if length == "1" { "" } else { "s" };
    match (number("duration"), number("durationMax"), unit) {
        (Some(low), Some(high), Some(unit)) => {
            parts.push(format!("over {low} to {high} {unit}{}", plural(&high)));
        }
        (Some(length), None, Some(unit)) => {
            parts.push(format!("over {length} {unit}{}", plural(&length)));
        }
        (None, Some(high), Some(unit)) => {
            parts.push(format!("over at most {high} {unit}{}", plural(&high)));
        }
        _ => {}
    }
    match repeat.choice("bounds") {
        Some(("Duration", it)) => {
            parts.extend(
                it.as_amount()
                    .map(|it| format!("for {}", words::duration(&it))),
            );
        }
        Some(("Range", it)) => {
            parts.extend(words::range(it, words::duration).map(|it| format!("for {it}")));
        }
        Some((_, it)) => parts.extend(it.as_object().and_then(words::span)),
        None => {}
    }
    match (number("count"), number("countMax")) {
        (Some(low), Some(high)) => parts.push(format!("{low} to {high} times in all")),
        (Some(count), None) if count == "1" => parts.push("one time in all".to_owned()),
        (Some(count), None) => parts.push(format!("{count} times in all")),
        (None, Some(high)) if high == "1" => parts.push("at most one time in all".to_owned()),
        (None, Some(high)) => parts.push(format!("at most {high} times in all")),
        (None, None) => {}
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::element::Reading;
    use super::*;
    use crate::domain::SourceId;
    use serde_json::json;

    fn words_of(wire: &serde_json::Value) -> Option<String> {
        let source = SourceId::new("rw3");
        let reading = Reading::new(&source, &[]);
        timing(reading.root(wire))
    }

    #[test]
    fn a_timing_without_text_is_put_into_words() {
        let bid = json!({"code": {"coding": [{"code": "BID"}]}});
        assert_eq!(words_of(&bid).unwrap(), "twice a day");
        for (repeat, expected) in [
            (
                json!({"frequency": 1, "period": 8, "periodUnit": "h"}),
                "every 8 hours",
            ),
            (
                json!({"frequency": 1, "period": 1, "periodUnit": "d", "when": ["NIGHT"]}),
                "once a day, at night",
            ),
            (json!({"when": ["HS"]}), "before sleep"),
            (
                json!({"frequency": 3, "frequencyMax": 4, "period": 1, "periodUnit": "d"}),
                "3 to 4 times a day",
            ),
            (
                json!({"period": 4, "periodMax": 6, "periodUnit": "h"}),
                "every 4 to 6 hours",
            ),
            (
                json!({"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"], "timeOfDay": ["09:30:00"]}),
                "once a week, on Monday, at 09:30",
            ),
            (
                json!({"frequency": 2, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 7, "code": "d"}}),
                "twice a day, for 7 days",
            ),
            (
                json!({"duration": 15, "durationMax": 30, "durationUnit": "min", "countMax": 6}),
                "over 15 to 30 minutes, at most 6 times in all",
            ),
            (
                json!({"offset": 30, "when": ["AC"]}),
                "30 minutes before meals",
            ),
        ] {
            assert_eq!(words_of(&json!({ "repeat": repeat })).unwrap(), expected);
        }
    }

    #[test]
    fn dta_0006_days_of_a_timing_are_written_as_days_are_on_the_page_each_as_precise_as_it_is() {
        let days = json!({"event": ["2026-11-23", "2026-11-24T08:30:00Z", "2026-07-01T08:30:00Z", "2027", "2027-02", "soon"]});
        assert_eq!(
            words_of(&days).unwrap(),
            "on 23-Nov-2026, 24-Nov-2026 08:30, 01-Jul-2026 09:30, 2027, Feb-2027, soon"
        );
        let within = |bounds: serde_json::Value| {
            let repeat = json!({"when": ["HS"], "boundsPeriod": bounds});
            words_of(&json!({ "repeat": repeat })).unwrap()
        };
        assert_eq!(
            within(json!({"start": "2026-11-23", "end": "2026-12"})),
            "before sleep, from 23-Nov-2026 to Dec-2026"
        );
        assert_eq!(
            within(json!({"end": "2026-12-01"})),
            "before sleep, until 01-Dec-2026"
        );
    }
}
