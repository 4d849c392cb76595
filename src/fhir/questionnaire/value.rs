//! What is an answer to a question, as an entry says it and as FHIR has it.

use chrono::SecondsFormat;
use serde_json::{Value as Json, json};

use super::listed::{self, Concept};
use super::{extension, list, raw_text};
use crate::domain::When;
use crate::domain::questionnaire::{Kind, Unit, Value, YES_NO};
use crate::domain::section::{YES, clock, day};

const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";

/// A form lives as long as the page.
pub(super) fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

pub(super) fn kind(item: &Json, form: &Json) -> Kind {
    let name = raw_text(item, "type").unwrap_or_default();
    let is_read_only = item.get("readOnly") == Some(&Json::Bool(true));
    if is_read_only || item.get("modifierExtension").is_some() {
        return Kind::Other(keep(name));
    }
    match name {
        "text" => Kind::Words,
        "string" => Kind::Line,
        "date" => Kind::Day,
        "time" => Kind::Time,
        "dateTime" => Kind::Moment,
        "integer" => Kind::Whole,
        "decimal" => Kind::Number,
        "quantity" => unit(item).map_or(Kind::Other("quantity"), Kind::Amount),
        "url" => Kind::Address,
        "boolean" => Kind::YesNo,
        "display" => Kind::Told,
        "choice" => choice(item, form, Kind::OneOf),
        "open-choice" => choice(item, form, Kind::Open),
        other => Kind::Other(keep(other)),
    }
}

type Codes = &'static [(&'static str, &'static str)];

fn choice(item: &Json, form: &Json, made: fn(Vec<Value>, Codes) -> Kind) -> Kind {
    let values: Option<Vec<Value>> = match raw_text(item, "answerValueSet") {
        Some(set) => match listed::concepts(form, set) {
            Some(all) => Some(all.iter().map(coded).collect()),
            None => return Kind::Unlisted,
        },
        None => list(item, "answerOption").map(value).collect(),
    };
    let Some(values) = values.filter(|it| !it.is_empty()) else {
        return Kind::Other(keep(raw_text(item, "type").unwrap_or_default()));
    };
    let codes: Vec<(&'static str, &'static str)> = values
        .iter()
        .map(|it| (keep(&key(it)), words(it)))
        .collect();
    made(values, Vec::leak(codes))
}

fn coded(it: &Concept<'_>) -> Value {
    Value::Code {
        system: it.system.map(keep),
        code: keep(it.code),
        display: it.display.map(keep),
    }
}

/// What an amount is counted in: without it, a number means nothing.
fn unit(item: &Json) -> Option<Unit> {
    let coding = extension(item, UNIT)?.get("valueCoding")?;
    let code = raw_text(coding, "code");
    Some(Unit {
        words: keep(raw_text(coding, "display").or(code)?),
        system: raw_text(coding, "system").map(keep),
        code: code.map(keep),
    })
}

fn value(option: &Json) -> Option<Value> {
    if let Some(coding) = option.get("valueCoding") {
        return Some(Value::Code {
            system: raw_text(coding, "system").map(keep),
            code: keep(raw_text(coding, "code")?),
            display: raw_text(coding, "display").map(keep),
        });
    }
    if let Some(number) = option.get("valueInteger") {
        return Some(Value::Whole(keep(&number.as_i64()?.to_string())));
    }
    raw_text(option, "valueString").map(|it| Value::Text(keep(it)))
}

/// What an entry says when this is chosen.
fn key(it: &Value) -> String {
    match it {
        Value::Code { system, code, .. } => format!("{}|{code}", system.unwrap_or_default()),
        Value::Text(it) | Value::Whole(it) => (*it).to_owned(),
    }
}

const fn words(it: &Value) -> &'static str {
    match it {
        Value::Code {
            display: Some(display),
            ..
        } => display,
        Value::Code { code, .. } => code,
        Value::Text(it) | Value::Whole(it) => it,
    }
}

/// What an entry says for a value of FHIR (`valueString` …); `None` where this kind has no such answer.
pub(in crate::fhir) fn said(kind: &Kind, holder: &Json) -> Option<String> {
    let number = |name: &str| {
        holder
            .get(name)
            .filter(|it| it.is_number())
            .map(Json::to_string)
    };
    match kind {
        Kind::Words | Kind::Line => raw_text(holder, "valueString").map(str::to_owned),
        Kind::Day => day::read(raw_text(holder, "valueDate")?).map(day::write),
        Kind::Whole => number("valueInteger"),
        Kind::Time => clock::read(raw_text(holder, "valueTime")?).map(clock::write),
        Kind::Moment => Some(clock::write_moment(&When::parse(raw_text(
            holder,
            "valueDateTime",
        )?)))
        .filter(|it| !it.is_empty()),
        Kind::Address => raw_text(holder, "valueUri").map(str::to_owned),
        Kind::Amount(unit) => amount(unit, holder.get("valueQuantity")?),
        Kind::Number => number("valueDecimal").or_else(|| number("valueInteger")),
        Kind::YesNo => {
            let is_yes = holder.get("valueBoolean")?.as_bool()?;
            let [yes, no] = YES_NO;
            Some(if is_yes { yes.0 } else { no.0 }.to_owned())
        }
        Kind::OneOf(values, _) => offered(values, holder),
        Kind::Open(values, _) => {
            offered(values, holder).or_else(|| raw_text(holder, "valueString").map(str::to_owned))
        }
        Kind::Told | Kind::Unlisted | Kind::Other(_) => None,
    }
}

fn offered(values: &[Value], holder: &Json) -> Option<String> {
    let own = key(&value(holder)?);
    values.iter().map(key).find(|it| *it == own)
}

/// In this unit, and not "more than" it.
fn amount(unit: &Unit, quantity: &Json) -> Option<String> {
    let is_own = match (unit.code, raw_text(quantity, "code")) {
        (Some(own), Some(code)) => own == code && unit.system == raw_text(quantity, "system"),
        _ => raw_text(quantity, "unit") == Some(unit.words),
    };
    let number = quantity.get("value").filter(|it| it.is_number())?;
    (is_own && quantity.get("comparator").is_none()).then(|| number.to_string())
}

/// An answer as FHIR has it.
pub(in crate::fhir) fn answer(kind: &Kind, text: &str) -> Option<Json> {
    Some(match kind {
        Kind::Words | Kind::Line => json!({ "valueString": text }),
        Kind::Day => json!({ "valueDate": day::read(text)?.to_string() }),
        Kind::Time => json!({ "valueTime": clock::read(text)?.to_string() }),
        Kind::Moment => match clock::read_moment(text)? {
            When::Day(day) => json!({ "valueDateTime": day.to_string() }),
            When::At(at) => {
                json!({ "valueDateTime": at.to_rfc3339_opts(SecondsFormat::Secs, true) })
            }
            _ => return None,
        },
        Kind::Whole => json!({ "valueInteger": text.parse::<i32>().ok()? }),
        Kind::Number => json!({ "valueDecimal": number(text)? }),
        Kind::Amount(unit) => json!({ "valueQuantity": bare(json!({
            "value": number(text)?, "unit": unit.words, "system": unit.system, "code": unit.code
        })) }),
        Kind::Address => json!({ "valueUri": text }),
        Kind::YesNo => json!({ "valueBoolean": text == YES }),
        Kind::OneOf(values, _) => chosen(values, text)?,
        Kind::Open(values, _) => {
            chosen(values, text).unwrap_or_else(|| json!({ "valueString": text }))
        }
        Kind::Told | Kind::Unlisted | Kind::Other(_) => return None,
    })
}

fn chosen(values: &[Value], text: &str) -> Option<Json> {
    Some(match values.iter().find(|it| key(it) == text)? {
        Value::Code {
            system,
            code,
            display,
        } => {
            json!({ "valueCoding": bare(json!({ "system": system, "code": code, "display": display })) })
        }
        Value::Text(it) => json!({ "valueString": it }),
        Value::Whole(it) => json!({ "valueInteger": it.parse::<i32>().ok()? }),
    })
}

/// Without what is not known.
fn bare(mut it: Json) -> Json {
    if let Some(members) = it.as_object_mut() {
        members.retain(|_, it| !it.is_null());
    }
    it
}

/// JSON's own number, with every digit that was typed but leading noughts.
fn number(text: &str) -> Option<Json> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let trimmed = digits.trim_start_matches('0');
    let nought = if trimmed.is_empty() || trimmed.starts_with('.') {
        "0"
    } else {
        ""
    };
    let read: Json = serde_json::from_str(&format!("{sign}{nought}{trimmed}")).ok()?;
    read.is_number().then_some(read)
}
