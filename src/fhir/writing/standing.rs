//! What stands about a person until somebody says otherwise: alerts and individual needs (`Flag`), CPR decisions and
//! wishes (`Observation`), consents and powers (`Consent`). As in `fields`, `None` is: it stays as it is.

use serde_json::{Map, Value, json};

use super::fields::{day_in, set, set_words, text, words};
use super::{links, notes};
use crate::domain::code::SNOMED;
use crate::domain::section::{
    ADVANCE_DECISION, Chosen, Field, Part, SHARING, Section, day, words_of,
};
use crate::fhir::convert::LIMITS;
use crate::fhir::element::raw_text;

const ATTORNEY: &str = "Attorney";
const SCOPES: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/consentcategorycodes";

pub(super) fn read(value: &Value, field: Field) -> Option<String> {
    match field {
        Field::Alert | Field::Adjustment | Field::WishKind => words(value, "code"),
        Field::RiskType => match category(value)? {
            None => Some(String::new()),
            Some(it) if it.get("coding").is_none() => text(it, "text"),
            Some(_) => None,
        },
        Field::AlertStatus | Field::RecordStatus | Field::ConsentStatus => text(value, "status"),
        Field::Since => day_at(value, &period(value, "start")),
        Field::Until => day_at(value, &period(value, "end")),
        Field::Decision => decision(value),
        Field::DecidedOn => {
            let other = ["effectivePeriod", "effectiveInstant", "effectiveTiming"];
            let is_other = other.into_iter().any(|it| value.get(it).is_some());
            (!is_other).then(|| day_at(value, &["effectiveDateTime"]))?
        }
        Field::ReviewBy => {
            let said = notes::read(value, notes::REVIEW)?;
            (said.is_empty() || day::read(&said).is_some()).then_some(said)
        }
        Field::Paper if is_consent(value) => match value.get("sourceReference") {
            Some(_) => None,
            None => match at_path(value, &["sourceAttachment", "title"])? {
                None => Some(String::new()),
                Some(it) => it.as_str().map(str::to_owned),
            },
        },
        Field::Paper => notes::read(value, notes::PLAIN),
        Field::Wish => {
            let other = |it: &String| it.starts_with("value") && it != "valueString";
            let has_other = value.as_object()?.keys().any(other);
            (!has_other).then(|| text(value, "valueString"))?
        }
        Field::ConsentKind => match category(value)? {
            None => Some(String::new()),
            Some(it) => raw_text(it, "text").map(str::to_owned),
        },
        // The other way round would turn its exceptions into their opposite.
        Field::Given if is_limited(value) => None,
        Field::Given => match at_path(value, &["provision", "type"])? {
            None => Some(String::new()),
            Some(it) => it.as_str().map(str::to_owned),
        },
        Field::ConsentOn => day_at(value, &["dateTime"]),
        Field::Attorney => attorney(value),
        _ => None,
    }
}

/// Which field the element of this name carries, by what stands next in its path.
pub(super) fn at(section: Section, name: &str, next: Option<&str>) -> Option<Field> {
    Some(match (section, name) {
        (Section::Alert, "code") => Field::Alert,
        (Section::Alert, "category") => Field::RiskType,
        (Section::Adjustment, "code") => Field::Adjustment,
        (Section::Alert | Section::Adjustment, "status") => Field::AlertStatus,
        (Section::Alert | Section::Adjustment, "period") => match next {
            Some("end") => Field::Until,
            _ => Field::Since,
        },
        (Section::Cpr, "code") => Field::Decision,
        (Section::Wish, "code") => Field::WishKind,
        (Section::Wish, "value" | "valueString") => Field::Wish,
        (Section::Cpr | Section::Wish, "effective" | "effectiveDateTime") => Field::DecidedOn,
        (Section::Cpr | Section::Wish, "note")
        | (Section::Consent, "source" | "sourceAttachment") => Field::Paper,
        (Section::Cpr | Section::Wish, "status") => Field::RecordStatus,
        (Section::Consent, "category" | "scope") => Field::ConsentKind,
        (Section::Consent, "dateTime") => Field::ConsentOn,
        (Section::Consent, "status") => Field::ConsentStatus,
        (Section::Consent, "provision") => match next {
            Some("period") => Field::Since,
            Some(it) if it.starts_with("actor") => Field::Attorney,
            _ => Field::Given,
        },
        _ => return None,
    })
}

pub(super) fn write(value: &mut Value, field: Field, typed: Option<&str>) {
    let day = || {
        let day = typed.and_then(day::read);
        day.map(|it| Value::from(it.to_string()))
    };
    match field {
        Field::Alert | Field::Adjustment | Field::WishKind => set_words(value, "code", typed),
        Field::RiskType => {
            let all = typed.map(|it| json!([{ "text": it }]));
            set(value, "category", all);
        }
        Field::AlertStatus | Field::RecordStatus | Field::ConsentStatus => {
            set(value, "status", typed.map(Into::into));
        }
        Field::Since => set_at(value, &period(value, "start"), day()),
        Field::Until => set_at(value, &period(value, "end"), day()),
        Field::Decision => {
            let words = typed.and_then(|it| words_of(Part::Field(field), it));
            let concept = typed.map(|code| {
                let coding = json!({ "system": SNOMED, "code": code, "display": words });
                json!({ "coding": [coding], "text": words })
            });
            set(value, "code", concept);
        }
        Field::DecidedOn => set(value, "effectiveDateTime", day()),
        Field::ReviewBy => notes::set(value, notes::REVIEW, typed),
        Field::Paper if is_consent(value) => {
            set_at(value, &["sourceAttachment", "title"], typed.map(Into::into));
        }
        Field::Paper => notes::set(value, notes::PLAIN, typed),
        Field::Wish => set(value, "valueString", typed.map(Into::into)),
        Field::ConsentKind => set_kind(value, typed),
        Field::Given => set_at(value, &["provision", "type"], typed.map(Into::into)),
        Field::ConsentOn => set(value, "dateTime", day()),
        Field::Attorney => set_attorney(value, typed.and_then(Chosen::read).as_ref()),
        _ => {}
    }
}

fn is_consent(value: &Value) -> bool {
    raw_text(value, "resourceType") == Some("Consent")
}

fn is_limited(value: &Value) -> bool {
    let provision = value.get("provision");
    provision.is_some_and(|it| LIMITS.iter().any(|name| it.get(name).is_some()))
}

/// Where it says from when, until when it holds.
fn period(value: &Value, end: &'static str) -> Vec<&'static str> {
    if is_consent(value) {
        vec!["provision", "period", end]
    } else {
        vec!["period", end]
    }
}

/// `None` where something on the way is no object.
#[expect(
    clippy::option_option,
    reason = "not there, and not readable, are two things"
)]
fn at_path<'a>(value: &'a Value, path: &[&str]) -> Option<Option<&'a Value>> {
    let mut here = value;
    for step in path {
        match here.as_object()?.get(*step) {
            Some(it) => here = it,
            None => return Some(None),
        }
    }
    Some(Some(here))
}

/// What is emptied on the way goes too: an empty object is not allowed.
fn set_at(value: &mut Value, path: &[&str], new: Option<Value>) {
    let (Some((first, rest)), Some(members)) = (path.split_first(), value.as_object_mut()) else {
        return;
    };
    if rest.is_empty() {
        return set(value, first, new);
    }
    if new.is_none() && !members.contains_key(*first) {
        return;
    }
    let inner = members.entry(*first).or_insert_with(|| json!({}));
    set_at(inner, rest, new);
    if inner.as_object().is_some_and(Map::is_empty) {
        members.shift_remove(*first);
    }
}

fn day_at(value: &Value, path: &[&str]) -> Option<String> {
    match at_path(value, path)? {
        None => Some(String::new()),
        Some(it) => day_in(it),
    }
}

/// The only category; `None` where there are several.
#[expect(clippy::option_option, reason = "none, and several, are two things")]
fn category(value: &Value) -> Option<Option<&Value>> {
    match value.get("category") {
        None => Some(None),
        Some(it) => match it.as_array()?.as_slice() {
            [] => Some(None),
            [one] => Some(Some(one)),
            _ => None,
        },
    }
}

fn decision(value: &Value) -> Option<String> {
    let Some(concept) = value.get("code") else {
        return Some(String::new());
    };
    let [one] = concept.get("coding")?.as_array()?.as_slice() else {
        return None;
    };
    let code = raw_text(one, "code").filter(|_| raw_text(one, "system") == Some(SNOMED))?;
    words_of(Part::Field(Field::Decision), code).map(|_| code.to_owned())
}

/// With the scope that goes with it, and the law where none is named (both mandatory: Consent.scope, ppc-1).
fn set_kind(value: &mut Value, typed: Option<&str>) {
    let Some(kind) = typed else {
        return set(value, "category", None);
    };
    let mut concept = json!({ "text": kind });
    if kind == ADVANCE_DECISION {
        let coding =
            json!([{ "system": CATEGORIES, "code": "acd", "display": "Advance Directive" }]);
        set(&mut concept, "coding", Some(coding));
    }
    set(value, "category", Some(json!([concept])));
    let (code, display, law) = if kind == SHARING {
        (
            "patient-privacy",
            "Privacy Consent",
            "Common law duty of confidentiality",
        )
    } else {
        ("adr", "Advanced Care Directive", "Mental Capacity Act 2005")
    };
    let scope = json!({ "coding": [{ "system": SCOPES, "code": code, "display": display }] });
    set(value, "scope", Some(scope));
    if value.get("policy").is_none() && value.get("policyRule").is_none() {
        set(value, "policyRule", Some(json!({ "text": law })));
    }
}

fn attorney(value: &Value) -> Option<String> {
    let Some(actors) = at_path(value, &["provision", "actor"])? else {
        return Some(String::new());
    };
    match actors.as_array()?.as_slice() {
        [] => Some(String::new()),
        [one] if is_attorney(one) => links::read(one.get("reference")?).map(|it| it.to_string()),
        _ => None,
    }
}

fn is_attorney(actor: &Value) -> bool {
    actor.pointer("/role/text").and_then(Value::as_str) == Some(ATTORNEY)
}

fn set_attorney(value: &mut Value, chosen: Option<&Chosen>) {
    let own = value.pointer_mut("/provision/actor/0");
    match (own.and_then(Value::as_object_mut), chosen) {
        (Some(own), Some(chosen)) => _ = own.insert("reference".to_owned(), links::write(chosen)),
        (_, chosen) => {
            let actor =
                |it| json!([{ "role": { "text": ATTORNEY }, "reference": links::write(it) }]);
            set_at(value, &["provision", "actor"], chosen.map(actor));
        }
    }
}
