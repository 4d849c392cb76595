//! Carers and next of kin: `RelatedPerson` (<https://hl7.org/fhir/R4/relatedperson.html>). One person has one
//! relationship and any of several roles.

use serde_json::{Map, Value, json};

use super::fields::put;
use super::links::push;
use super::period::{Now, is_over};
use crate::domain::section::{Field, Part, YES, words_of};
use crate::fhir::element::raw_text;
use crate::fhir::name;

const ROLE_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

fn list<'a>(person: &'a Value, name: &str) -> &'a [Value] {
    person
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn codings(concept: &Value) -> &[Value] {
    list(concept, "coding")
}

/// The name that is shown: the first that is in use.
fn name_at(person: &Value) -> Option<usize> {
    let names = list(person, "name").iter().enumerate();
    let shown = names.min_by_key(|(_, it)| name::order(it));
    shown.map(|(at, _)| at)
}

/// `None` where the source has the name as one text only.
pub(super) fn name(person: &Value, field: Field) -> Option<String> {
    let Some(name) = name_at(person).and_then(|it| list(person, "name").get(it)) else {
        return Some(String::new());
    };
    let has_parts = name.get("family").is_some() || name.get("given").is_some();
    if !has_parts && name.get("text").is_some() {
        return None;
    }
    if field == Field::FamilyName {
        return Some(raw_text(name, "family").unwrap_or_default().to_owned());
    }
    let given = list(name, "given").iter().filter_map(Value::as_str);
    Some(given.collect::<Vec<_>>().join(" "))
}

pub(super) fn set_name(person: &mut Value, field: Field, typed: Option<&str>) {
    if name_at(person).is_none() {
        push(person, "name", json!({}));
    }
    let at = name_at(person).unwrap_or_default();
    let names = person.get_mut("name").and_then(Value::as_array_mut);
    let Some(name) = names
        .and_then(|it| it.get_mut(at))
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let member = if field == Field::FamilyName {
        "family"
    } else {
        "given"
    };
    if field == Field::FamilyName {
        put(name, member, typed.map(Into::into));
    } else {
        let given = typed.map(|it| it.split_whitespace().collect::<Vec<_>>());
        set_given(name, given.as_deref());
    }
    // The whole name as text says the same.
    if name.contains_key("text") {
        let whole = whole_name(name);
        put(name, "text", Some(whole.into()));
    }
}

/// What is said of one of several names stands in the same place of another list, and stays with a name that stays there.
fn set_given(name: &mut Map<String, Value>, new: Option<&[&str]>) {
    let new = new.unwrap_or_default();
    let stays = |at: usize| {
        let old = name.get("given").and_then(|it| it.get(at));
        old.is_some_and(|old| new.get(at).is_some_and(|it| old == it))
    };
    let said = name.get("_given").and_then(Value::as_array);
    let said = said.map_or(&[][..], Vec::as_slice).iter().enumerate();
    let mut beside: Vec<Value> = said
        .map(|(at, it)| if stays(at) { it.clone() } else { Value::Null })
        .collect();
    beside.resize(new.len(), Value::Null);
    name.shift_remove("_given");
    put(name, "given", (!new.is_empty()).then(|| json!(new)));
    if beside.iter().any(|it| !it.is_null()) {
        name.insert("_given".to_owned(), beside.into());
    }
}

fn whole_name(name: &Map<String, Value>) -> String {
    let texts = |of: &str| match name.get(of) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    let parts = [texts("prefix"), texts("given"), texts("family")];
    parts.concat().join(" ")
}

const ROLES: [Field; 4] = [
    Field::NextOfKin,
    Field::Carer,
    Field::EmergencyContact,
    Field::Dependant,
];

/// The role that this coding says, as it is called here.
fn role_of(coding: &Value) -> Option<&'static str> {
    let role = ROLES.into_iter().find(|it| is_coding(coding, *it))?;
    role.role().map(|(.., display)| display)
}

/// Whether this text is a name of the role, by its coding.
fn names(text: &str, coding: &Value) -> bool {
    let letters = |it: &str| -> String {
        let all = it.chars().filter(|it| it.is_alphanumeric());
        all.flat_map(char::to_lowercase).collect()
    };
    let known = [role_of(coding), raw_text(coding, "display")];
    let mut known = known.into_iter().flatten();
    known.any(|it| letters(it) == letters(text))
}

/// It says roles and nothing else: not also that she is the daughter.
fn is_role(concept: &Value) -> bool {
    let (all, text) = (codings(concept), raw_text(concept, "text"));
    let is_named = text.is_none_or(|text| all.iter().any(|it| names(text, it)));
    !all.is_empty() && all.iter().all(|it| role_of(it).is_some()) && is_named
}

fn has_role(concept: &Value, role: Field) -> bool {
    codings(concept).iter().any(|it| is_coding(it, role))
}

fn is_coding(coding: &Value, role: Field) -> bool {
    let Some((system, code, _)) = role.role() else {
        return false;
    };
    let list_name = system.rsplit('/').next().unwrap_or(system);
    raw_text(coding, "code") == Some(code)
        && raw_text(coding, "system").is_some_and(|it| it.ends_with(list_name))
}

pub(super) fn role(person: &Value, role: Field) -> String {
    let all = list(person, "relationship").iter();
    let has = all.into_iter().any(|it| has_role(it, role));
    if has { YES.to_owned() } else { String::new() }
}

pub(super) fn set_role(person: &mut Value, role: Field, ticked: bool) {
    let Some((system, code, display)) = role.role() else {
        return;
    };
    if ticked {
        let concept = json!({ "coding": [{ "system": system, "code": code, "display": display }] });
        push(person, "relationship", concept);
        return;
    }
    each(person, |concept| {
        if !has_role(concept, role) {
            return;
        }
        let (text, all) = (raw_text(concept, "text"), codings(concept));
        let mut own = all.iter().filter(|it| is_coding(it, role));
        let is_named = text.is_none_or(|text| own.any(|it| names(text, it)));
        // Whatever else it says stays.
        retain(concept, "coding", |it| !is_coding(it, role));
        if codings(concept).is_empty() && is_named {
            *concept = Value::Null;
        }
    });
}

/// Changes each relationship; null goes.
fn each(person: &mut Value, change: impl Fn(&mut Value)) {
    let all = person.get_mut("relationship").and_then(Value::as_array_mut);
    all.into_iter().flatten().for_each(change);
    retain(person, "relationship", |it| !it.is_null());
}

fn retain(person: &mut Value, name: &str, keeps: impl Fn(&Value) -> bool) {
    let Some(members) = person.as_object_mut() else {
        return;
    };
    if let Some(list) = members.get_mut(name).and_then(Value::as_array_mut) {
        list.retain(keeps);
        if list.is_empty() {
            members.shift_remove(name);
        }
    }
}

/// The code of the one relationship that is no role; `None` where there are several, or one that is not offered.
pub(super) fn relationship(person: &Value) -> Option<String> {
    let all = list(person, "relationship").iter();
    let own: Vec<&Value> = all.filter(|it| !is_role(it)).collect();
    match own.as_slice() {
        [] => Some(String::new()),
        [one] => {
            let coded = codings(one)
                .iter()
                .find(|it| raw_text(it, "system") == Some(ROLE_CODE))?;
            let code = raw_text(coded, "code")?;
            words_of(Part::Field(Field::Relationship), code).map(|_| code.to_owned())
        }
        _ => None,
    }
}

pub(super) fn set_relationship(person: &mut Value, code: Option<&str>) {
    each(person, |concept| {
        if is_role(concept) {
            return;
        }
        // A role that stands in the same place stays.
        retain(concept, "coding", |it| role_of(it).is_some());
        if codings(concept).is_empty() {
            *concept = Value::Null;
        } else if let Some(members) = concept.as_object_mut() {
            put(members, "text", None);
        }
    });
    if let Some(code) = code {
        let display = words_of(Part::Field(Field::Relationship), code).unwrap_or(code);
        let concept =
            json!({ "coding": [{ "system": ROLE_CODE, "code": code, "display": display }] });
        let Some(members) = person.as_object_mut() else {
            return;
        };
        // Before the roles, where it stood.
        match members
            .get_mut("relationship")
            .and_then(Value::as_array_mut)
        {
            Some(list) => list.insert(0, concept),
            None => _ = members.insert("relationship".to_owned(), json!([concept])),
        }
    }
}

fn phone_at(person: &Value, now: Now) -> Option<usize> {
    let all = list(person, "telecom").iter().enumerate();
    let phones = all.filter(|(_, it)| {
        matches!(raw_text(it, "system"), Some("phone" | "sms"))
            && raw_text(it, "use") != Some("old")
            && !is_over(it, now)
    });
    phones
        .min_by_key(|(_, it)| it.get("rank").and_then(Value::as_u64).unwrap_or(u64::MAX))
        .map(|(at, _)| at)
}

/// The number to try first.
pub(super) fn phone(person: &Value, now: Now) -> String {
    let at = phone_at(person, now).and_then(|it| list(person, "telecom").get(it));
    let value = at.and_then(|it| raw_text(it, "value"));
    value.unwrap_or_default().to_owned()
}

pub(super) fn set_phone(person: &mut Value, number: Option<&str>, now: Now) {
    let at = phone_at(person, now);
    match (at, number) {
        (None, Some(number)) => {
            push(
                person,
                "telecom",
                json!({ "system": "phone", "value": number }),
            );
        }
        (Some(at), Some(number)) => {
            let all = person.get_mut("telecom").and_then(Value::as_array_mut);
            let own = all.and_then(|it| it.get_mut(at));
            if let Some(own) = own.and_then(Value::as_object_mut) {
                put(own, "value", Some(number.into()));
            }
        }
        (Some(at), None) => {
            let gone = list(person, "telecom").get(at).cloned();
            retain(person, "telecom", |it| Some(it) != gone.as_ref());
        }
        (None, None) => {}
    }
}

#[cfg(test)]
#[path = "people_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
