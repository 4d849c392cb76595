//! What there is to choose from where a Questionnaire names a `ValueSet` (`answerValueSet`): one that it contains, or
//! one that the record lists (<https://hl7.org/fhir/R4/valueset-operation-expand.html>). What the record has listed is
//! kept with the form, as if the form contained it: a draft is read with the answers that were offered then.

use serde_json::{Value as Json, json};

use super::{list, raw_text};

/// More are no list to choose from.
pub const MOST_LISTED: usize = 200;

/// What a listed value set is called in the form that keeps it.
const LISTED: &str = "alongside-listed-";

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Concept<'a> {
    pub(super) system: Option<&'a str>,
    pub(super) code: &'a str,
    pub(super) display: Option<&'a str>,
}

/// Without its version.
fn address(canonical: &str) -> &str {
    canonical.split('|').next().unwrap_or(canonical)
}

/// What is to be chosen from. `None` where the form does not say it.
pub(super) fn concepts<'a>(form: &'a Json, set: &str) -> Option<Vec<Concept<'a>>> {
    let mut contained = list(form, "contained");
    let set = contained.find(|it| match set.strip_prefix('#') {
        Some(id) => raw_text(it, "id") == Some(id),
        None => raw_text(it, "url").is_some_and(|it| it == address(set)),
    })?;
    if raw_text(set, "resourceType") != Some("ValueSet") {
        return None;
    }
    let all = expanded(set).or_else(|| composed(set))?;
    (!all.is_empty() && all.len() <= MOST_LISTED).then_some(all)
}

/// `None` where it is not whole.
fn expanded(set: &Json) -> Option<Vec<Concept<'_>>> {
    let expansion = set.get("expansion")?;
    let mut all = Vec::new();
    let many = contained(expansion, &mut all);
    let total = expansion.get("total").and_then(Json::as_u64);
    let is_whole = total.is_none_or(|it| usize::try_from(it).is_ok_and(|it| it <= many));
    is_whole.then_some(all)
}

/// How many there are, with those that are not to be chosen.
fn contained<'a>(holder: &'a Json, all: &mut Vec<Concept<'a>>) -> usize {
    let mut many = 0;
    for it in list(holder, "contains") {
        let is = |name: &str| it.get(name) == Some(&Json::Bool(true));
        let concept = concept(it, raw_text(it, "system"));
        all.extend(concept.filter(|_| !is("abstract") && !is("inactive")));
        many += 1 + contained(it, all);
    }
    many
}

/// Only where every code is named: what is to be found by a filter or in another set, is not known here.
fn composed(set: &Json) -> Option<Vec<Concept<'_>>> {
    let compose = set.get("compose")?;
    if list(compose, "exclude").next().is_some() {
        return None;
    }
    let mut all = Vec::new();
    for include in list(compose, "include") {
        let named = list(include, "concept");
        let is_plain = include.get("filter").is_none() && include.get("valueSet").is_none();
        let before = all.len();
        all.extend(named.filter_map(|it| concept(it, raw_text(include, "system"))));
        if !is_plain || all.len() == before {
            return None;
        }
    }
    Some(all)
}

fn concept<'a>(it: &'a Json, system: Option<&'a str>) -> Option<Concept<'a>> {
    Some(Concept {
        system,
        code: raw_text(it, "code")?,
        display: raw_text(it, "display"),
    })
}

/// The value sets that the form names and does not contain: their canonical addresses.
pub fn unlisted(form: &Json) -> Vec<String> {
    let mut all = Vec::new();
    named(form, form, &mut all);
    all
}

fn named(form: &Json, holder: &Json, all: &mut Vec<String>) {
    for item in list(holder, "item") {
        let set = raw_text(item, "answerValueSet").filter(|it| !it.starts_with('#'));
        if let Some(set) = set
            && concepts(form, set).is_none()
            && !all.iter().any(|it| it == set)
        {
            all.push(set.to_owned());
        }
        named(form, item, all);
    }
}

/// Keeps what a record lists for a value set with the form: only what is offered, so that the form is the same form as
/// long as that is the same.
pub fn list_answers(form: &mut Json, set: &str, listed: &Json) {
    let Some(all) = expanded(listed).or_else(|| composed(listed)) else {
        return;
    };
    let contains: Vec<Json> = all
        .iter()
        .map(|it| json!({ "system": it.system, "code": it.code, "display": it.display }))
        .collect();
    let Some(members) = form.as_object_mut() else {
        return;
    };
    let contained = members.entry("contained").or_insert_with(|| json!([]));
    if let Some(contained) = contained.as_array_mut() {
        let id = format!("{LISTED}{}", contained.len());
        contained.push(json!({
            "resourceType": "ValueSet", "id": id, "url": address(set), "status": "active",
            "expansion": { "contains": contains }
        }));
    }
}

#[cfg(test)]
#[path = "listed_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
