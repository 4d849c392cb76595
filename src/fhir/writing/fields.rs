//! What stands once in a resource: where it is read and written. `None` of [`read`] is: the record has it in a form that
//! cannot be edited here without losing something; it stays as it is.

use serde_json::{Map, Value, json};

use super::period::Now;
use super::{links, notes, people, review_due, standing};
use crate::domain::When;
use crate::domain::folding::fold;
use crate::domain::section::{Chosen, Field, Part, Section, YES, day, words_of};
use crate::fhir::element::raw_text;

const ACHIEVEMENT: &str = "http://terminology.hl7.org/CodeSystem/goal-achievement";

/// The text of a field; blank where the resource says nothing.
pub(super) fn read(value: &Value, field: Field, now: Now) -> Option<String> {
    match field {
        Field::Status | Field::ActionStatus => text(value, "status"),
        Field::Summary | Field::Action => text(value, "description"),
        Field::AgreedWith => notes::read(value, notes::AGREED),
        Field::NextReview => review_due::day_of(value),
        Field::Responsible => review_due::responsible(value),
        Field::Goal => words(value, "description"),
        Field::GoalNeed => only_link(value, "addresses", field),
        Field::Importance => {
            let it = words(value, "priority")?;
            let is_offered = words_of(Part::Field(field), &it).is_some();
            (it.is_empty() || is_offered).then_some(it)
        }
        Field::GoalStatus => text(value, "lifecycleStatus"),
        Field::Achievement => achievement(value),
        Field::TargetDate => target(value),
        Field::Serves => link(value, "focus"),
        Field::Owner => link(value, "owner"),
        Field::Due => match value.pointer("/restriction/period/end") {
            None => Some(String::new()),
            Some(it) => day_in(it),
        },
        Field::Priority => text(value, "priority"),
        Field::GivenName | Field::FamilyName => people::name(value, field),
        Field::Relationship => people::relationship(value),
        Field::NextOfKin | Field::Carer | Field::EmergencyContact | Field::Dependant => {
            Some(people::role(value, field))
        }
        Field::Phone => Some(people::phone(value, now)),
        Field::NotInTouch => {
            let is_over = value.get("active") == Some(&Value::Bool(false));
            Some(if is_over {
                YES.to_owned()
            } else {
                String::new()
            })
        }
        Field::Callee | Field::Need | Field::PlanTeam | Field::Supporting => None,
        _ if Field::ABOUT_ME.contains(&field) => answer(value, field),
        _ => standing::read(value, field),
    }
}

/// Which field the element of this name carries, of a list the one at `place`, and what stands next in its path.
pub(super) fn at(
    section: Section,
    value: &Value,
    name: &str,
    place: Option<usize>,
    next: Option<&str>,
) -> Option<Field> {
    Some(match (section, name) {
        (Section::Plan, "status") => Field::Status,
        (Section::Plan, "description") => Field::Summary,
        (Section::Plan, "note") => Field::AgreedWith,
        (Section::Plan, "activity") => Field::NextReview,
        (Section::AboutMe, "item") => {
            let mut all = Field::ABOUT_ME.into_iter();
            all.find(|it| item_at(value, *it) == Ok(place))?
        }
        (Section::Goal, "description") => Field::Goal,
        (Section::Goal, "addresses") => Field::GoalNeed,
        (Section::Goal, "priority") => Field::Importance,
        (Section::Goal, "lifecycleStatus") => Field::GoalStatus,
        (Section::Goal, "achievementStatus") => Field::Achievement,
        (Section::Goal, "target") => Field::TargetDate,
        (Section::Action, "description") => Field::Action,
        (Section::Action, "status") => Field::ActionStatus,
        (Section::Action, "focus") => Field::Serves,
        (Section::Action, "owner") => Field::Owner,
        (Section::Action, "restriction") => Field::Due,
        (Section::Action, "priority") => Field::Priority,
        (Section::Carer, "name") => match next {
            Some(it) if it.starts_with("given") => Field::GivenName,
            _ => Field::FamilyName,
        },
        (Section::Carer, "relationship") => Field::Relationship,
        (Section::Carer, "telecom") => Field::Phone,
        (Section::Carer, "active") => Field::NotInTouch,
        _ => return standing::at(section, name, next),
    })
}

/// Writes what differs from [`read`]; `None` takes it away.
pub(super) fn write(value: &mut Value, field: Field, typed: Option<&str>, now: Now) {
    let chosen = typed.and_then(Chosen::read);
    match field {
        Field::Status | Field::ActionStatus => set(value, "status", typed.map(Into::into)),
        Field::Summary | Field::Action => set(value, "description", typed.map(Into::into)),
        Field::AgreedWith => notes::set(value, notes::AGREED, typed),
        Field::NextReview => review_due::set_day(value, typed),
        Field::Responsible => review_due::set_responsible(value, chosen.as_ref()),
        Field::Goal => set_words(value, "description", typed),
        Field::GoalNeed => {
            let all = chosen.map(|it| json!([links::write(&it)]));
            set(value, "addresses", all);
        }
        Field::Importance => set_words(value, "priority", typed),
        Field::GoalStatus => set(value, "lifecycleStatus", typed.map(Into::into)),
        Field::Achievement => {
            let display = typed.and_then(|it| words_of(Part::Field(field), it));
            let concept = typed.map(
                |it| json!({ "coding": [{ "system": ACHIEVEMENT, "code": it, "display": display }] }),
            );
            set(value, "achievementStatus", concept);
        }
        Field::TargetDate => set_target(value, typed),
        Field::Serves => set(value, "focus", chosen.as_ref().map(links::write)),
        Field::Owner => set(value, "owner", chosen.as_ref().map(links::write)),
        Field::Due => set_due(value, typed),
        Field::Priority => set(value, "priority", typed.map(Into::into)),
        Field::GivenName | Field::FamilyName => people::set_name(value, field, typed),
        Field::Relationship => people::set_relationship(value, typed),
        Field::NextOfKin | Field::Carer | Field::EmergencyContact | Field::Dependant => {
            people::set_role(value, field, typed.is_some());
        }
        Field::Phone => people::set_phone(value, typed, now),
        Field::NotInTouch => set(value, "active", Some(typed.is_none().into())),
        Field::Callee | Field::Need | Field::PlanTeam | Field::Supporting => {}
        _ if Field::ABOUT_ME.contains(&field) => set_answer(value, field, typed),
        _ => standing::write(value, field, typed),
    }
}

pub(super) fn members(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}

pub(super) fn set(value: &mut Value, name: &str, new: Option<Value>) {
    let Some(members) = members(value) else {
        return;
    };
    put(members, name, new);
}

/// Something in the place of what was there. What was said of that alone goes with it
/// (<https://hl7.org/fhir/R4/json.html#primitive>): why it is missing, how it was written at first. The id of the place stays.
pub(super) fn put(members: &mut Map<String, Value>, name: &str, new: Option<Value>) {
    if members.get(name) != new.as_ref() {
        let beside = format!("_{name}");
        let said = members.get_mut(&beside).and_then(Value::as_object_mut);
        let has_id = said.is_some_and(|it| {
            it.shift_remove("extension");
            it.contains_key("id")
        });
        if !has_id || new.is_none() {
            members.shift_remove(&beside);
        }
    }
    match new {
        Some(new) => _ = members.insert(name.to_owned(), new),
        None => _ = members.shift_remove(name),
    }
}

pub(super) fn text(value: &Value, name: &str) -> Option<String> {
    match value.get(name) {
        None => Some(String::new()),
        Some(it) => it.as_str().map(str::to_owned),
    }
}

/// A concept that is words only: what is coded is not retyped.
pub(super) fn words(value: &Value, name: &str) -> Option<String> {
    match value.get(name) {
        None => Some(String::new()),
        Some(it) if it.get("coding").is_none() => text(it, "text"),
        Some(_) => None,
    }
}

pub(super) fn set_words(value: &mut Value, name: &str, typed: Option<&str>) {
    match (typed, value.get_mut(name).and_then(Value::as_object_mut)) {
        (Some(typed), Some(concept)) => {
            put(concept, "text", Some(typed.into()));
        }
        (Some(typed), None) => set(value, name, Some(json!({ "text": typed }))),
        (None, _) => set(value, name, None),
    }
}

fn link(value: &Value, name: &str) -> Option<String> {
    match value.get(name) {
        None => Some(String::new()),
        Some(it) => links::read(it).map(|it| it.to_string()),
    }
}

fn only_link(value: &Value, name: &str, field: Field) -> Option<String> {
    match value.get(name) {
        None => Some(String::new()),
        Some(it) => match it.as_array()?.as_slice() {
            [] => Some(String::new()),
            [one] => links::read_any(one, field).map(|it| it.to_string()),
            _ => None,
        },
    }
}

/// The day of a date or a moment, as it is typed; `None` where it is less than a day, or none.
pub(super) fn day_in(value: &Value) -> Option<String> {
    match When::parse(value.as_str()?) {
        When::Day(it) => Some(day::write(it)),
        When::At(at) => Some(day::write(crate::domain::time::london(at).date())),
        _ => None,
    }
}

fn achievement(value: &Value) -> Option<String> {
    let Some(concept) = value.get("achievementStatus") else {
        return Some(String::new());
    };
    match concept.get("coding")?.as_array()?.as_slice() {
        [one] if raw_text(one, "system") == Some(ACHIEVEMENT) => {
            raw_text(one, "code").map(str::to_owned)
        }
        _ => None,
    }
}

fn target(value: &Value) -> Option<String> {
    let targets = match value.get("target") {
        None => return Some(String::new()),
        Some(it) => it.as_array()?,
    };
    match targets.as_slice() {
        [] => Some(String::new()),
        [one] if one.get("dueDuration").is_some() => None,
        [one] => match one.get("dueDate") {
            None => Some(String::new()),
            Some(it) => day_in(it),
        },
        _ => None,
    }
}

fn set_target(value: &mut Value, typed: Option<&str>) {
    let day = typed.and_then(day::read).map(|it| it.to_string());
    let first = value
        .get_mut("target")
        .and_then(|it| it.get_mut(0))
        .and_then(members);
    match (first, day) {
        (Some(target), Some(day)) => put(target, "dueDate", Some(day.into())),
        (Some(target), None) => {
            put(target, "dueDate", None);
            if target.is_empty() {
                set(value, "target", None);
            }
        }
        (None, Some(day)) => set(value, "target", Some(json!([{ "dueDate": day }]))),
        (None, None) => {}
    }
}

fn set_due(value: &mut Value, typed: Option<&str>) {
    let day = typed.and_then(day::read).map(|it| it.to_string());
    let period = value.pointer_mut("/restriction/period").and_then(members);
    match (period, day) {
        (Some(period), Some(day)) => put(period, "end", Some(day.into())),
        (Some(period), None) => {
            put(period, "end", None);
            if period.is_empty()
                && let Some(restriction) = value.get_mut("restriction").and_then(members)
            {
                restriction.shift_remove("period");
                if restriction.is_empty() {
                    set(value, "restriction", None);
                }
            }
        }
        (None, Some(day)) => {
            let period = json!({ "end": day });
            match value.get_mut("restriction").and_then(members) {
                Some(restriction) => _ = restriction.insert("period".to_owned(), period),
                None => set(value, "restriction", Some(json!({ "period": period }))),
            }
        }
        (None, None) => {}
    }
}

/// The item of a form in the person's own words; `Err` where there are several, or one within another item.
fn item_at(value: &Value, field: Field) -> Result<Option<usize>, ()> {
    let plain = |it: &str| fold(it).replace('’', "'");
    let title = plain(field.title());
    let is_it = |it: &Value| {
        raw_text(it, "linkId") == Some(field.key())
            || raw_text(it, "text").is_some_and(|it| plain(it) == title)
    };
    let mut all = items(value).enumerate();
    let mut found = all.by_ref().filter(|(_, it)| is_it(it)).map(|it| it.0);
    let first = found.next();
    if found.next().is_some() || items(value).any(|it| is_within(it, &is_it)) {
        return Err(());
    }
    Ok(first)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    let all = value.get("item").and_then(Value::as_array);
    all.into_iter().flatten()
}

/// Whether one stands in this item: a group has items, an answer has too.
fn is_within(item: &Value, is_it: &dyn Fn(&Value) -> bool) -> bool {
    let answers = item.get("answer").and_then(Value::as_array);
    let under = answers.into_iter().flatten().flat_map(items);
    items(item)
        .chain(under)
        .any(|it| is_it(it) || is_within(it, is_it))
}

/// One answer in words, and nothing under it.
fn answer(value: &Value, field: Field) -> Option<String> {
    let Some(at) = item_at(value, field).ok()? else {
        return Some(String::new());
    };
    let item = value.get("item")?.get(at)?;
    if item.get("item").is_some() || item.get("modifierExtension").is_some() {
        return None;
    }
    match item.get("answer").map(Value::as_array) {
        None => Some(String::new()),
        Some(Some(all)) => match all.as_slice() {
            [] => Some(String::new()),
            [one] if one.get("item").is_none() => raw_text(one, "valueString").map(str::to_owned),
            _ => None,
        },
        Some(None) => None,
    }
}

fn set_answer(value: &mut Value, field: Field, typed: Option<&str>) {
    let Ok(at) = item_at(value, field) else {
        return;
    };
    let answer = typed.map(|it| json!([{ "valueString": it }]));
    let Some(at) = at else {
        if let Some(answer) = answer {
            let item = json!({ "linkId": field.key(), "text": field.title(), "answer": answer });
            links::push(value, "item", item);
        }
        return;
    };
    let Some(item) = value.get_mut("item").and_then(|it| it.get_mut(at)) else {
        return;
    };
    let own = item.pointer_mut("/answer/0").and_then(members);
    match (own, typed) {
        // What else the answer has stays with it.
        (Some(own), Some(typed)) => put(own, "valueString", Some(typed.into())),
        _ => set(item, "answer", answer),
    }
}
