//! Links to what the record has: the needs that a plan addresses, who is to be contacted, and the plan that names a goal
//! or an action.

use serde_json::{Value, json};

use super::activities::{activities, editable};
use super::fields::set;
use crate::domain::crisis::CrisisPart;
use crate::domain::section::{Chosen, Entry, EntryId, Field, Part, Section};
use crate::domain::{ResourceRef, Target};
use crate::fhir::element::raw_text;
use crate::fhir::link::called;

/// A reference as an entry says it. `None` for one that leads nowhere by itself: contained, by an identifier only.
pub(super) fn read(reference: &Value) -> Option<Chosen> {
    let to = ResourceRef::parse(raw_text(reference, "reference")?)?;
    Some(Chosen::new(to, name(reference)))
}

/// The same under a heading that may also name what another source holds, by its identifier.
pub(super) fn read_any(reference: &Value, field: Field) -> Option<Chosen> {
    let kind = match field {
        Field::Need | Field::GoalNeed => "Condition",
        Field::Supporting => "",
        _ => return read(reference),
    };
    let by = || Some(Chosen::new(called(reference, kind)?, name(reference)));
    read(reference).or_else(by)
}

fn name(reference: &Value) -> &str {
    raw_text(reference, "display").unwrap_or_default()
}

/// As FHIR has it: <https://hl7.org/fhir/R4/references.html>.
pub(super) fn write(it: &Chosen) -> Value {
    let mut new = match &it.to {
        Target::Held(to) => json!({ "reference": to.to_string() }),
        Target::Called(kind, by) => {
            json!({ "type": kind, "identifier": { "system": by.system, "value": by.value } })
        }
    };
    if !it.name.is_empty() {
        set(&mut new, "display", Some(it.name.as_str().into()));
    }
    new
}

/// What a list links, each by where it leads.
pub(super) fn entries(value: &Value, field: Field) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    let there = lists(value, field).into_iter().flatten();
    for linked in there.filter_map(|it| read_any(it, field)) {
        let id = EntryId(format!("{}:{}", field.key(), linked.to));
        if !all.iter().any(|it| it.id == id) {
            all.push(Entry {
                id,
                part: Part::Field(field),
                text: linked.to_string(),
            });
        }
    }
    all
}

/// Where a plan has these links.
fn member(field: Field) -> &'static str {
    match field {
        Field::PlanTeam => "careTeam",
        Field::Supporting => "supportingInfo",
        _ => "addresses",
    }
}

fn lists(value: &Value, field: Field) -> Vec<&Vec<Value>> {
    let list = |it: Option<&'_ Value>| it.and_then(Value::as_array).is_some();
    match field {
        Field::Callee => activities(value)
            .iter()
            .filter(|it| editable(it) == Some(CrisisPart::Contact))
            .filter_map(|it| it.pointer("/detail/performer")?.as_array())
            .collect(),
        _ => value
            .get(member(field))
            .filter(|it| list(Some(it)))
            .and_then(Value::as_array)
            .into_iter()
            .collect(),
    }
}

/// With these links: one whose entry is blank or gone is taken away, one that leads elsewhere now is put in its place, a
/// new one is added at the end.
pub(super) fn edited(value: &mut Value, field: Field, wanted: &[Entry]) {
    let before = entries(value, field);
    let wanted: Vec<&Entry> = wanted
        .iter()
        .filter(|it| it.part == Part::Field(field))
        .collect();
    for old in &before {
        let now = wanted.iter().find(|it| it.id == old.id);
        let now = now.and_then(|it| it.says()).and_then(Chosen::read);
        let was = Chosen::read(&old.text);
        if now.as_ref().map(|it| &it.to) != was.as_ref().map(|it| &it.to)
            && let Some(was) = was
        {
            replace(value, field, &was.to, now.as_ref());
        }
    }
    for new in wanted {
        let is_new = !before.iter().any(|it| it.id == new.id);
        let linked = new.says().and_then(Chosen::read).filter(|_| is_new);
        let Some(linked) = linked else { continue };
        let known = entries(value, field);
        let is_there = known
            .iter()
            .any(|it| Chosen::read(&it.text).is_some_and(|it| it.to == linked.to));
        if !is_there {
            add(value, field, &linked);
        }
    }
}

fn replace(value: &mut Value, field: Field, was: &Target, now: Option<&Chosen>) {
    let is_it = |it: &Value| read_any(it, field).is_some_and(|it| it.to == *was);
    let change = |holder: &mut Value, name: &str| {
        let Some(members) = holder.as_object_mut() else {
            return;
        };
        let Some(list) = members.get_mut(name).and_then(Value::as_array_mut) else {
            return;
        };
        match now {
            Some(now) => {
                for it in list.iter_mut().filter(|it| is_it(it)) {
                    *it = write(now);
                }
            }
            None => list.retain(|it| !is_it(it)),
        }
        // An empty array is not allowed.
        if list.is_empty() {
            members.shift_remove(name);
        }
    };
    if field != Field::Callee {
        change(value, member(field));
        return;
    }
    let Some(all) = value.get_mut("activity").and_then(Value::as_array_mut) else {
        return;
    };
    for activity in all
        .iter_mut()
        .filter(|it| editable(it) == Some(CrisisPart::Contact))
    {
        if let Some(detail) = activity.get_mut("detail") {
            change(detail, "performer");
        }
    }
}

fn add(value: &mut Value, field: Field, linked: &Chosen) {
    if field != Field::Callee {
        push(value, member(field), write(linked));
        return;
    }
    let all = value.get_mut("activity").and_then(Value::as_array_mut);
    let contact = all.into_iter().flatten().find_map(|it| {
        let is_contact = editable(it) == Some(CrisisPart::Contact);
        it.get_mut("detail").filter(|_| is_contact)
    });
    if let Some(detail) = contact {
        push(detail, "performer", write(linked));
        return;
    }
    let new = json!({ "detail": {
        "code": { "text": CrisisPart::Contact.title() },
        "status": "scheduled",
        "performer": [write(linked)]
    } });
    push(value, "activity", new);
}

/// Adds to a list, which is begun where there is none.
pub(super) fn push(holder: &mut Value, name: &str, new: Value) {
    let Some(members) = holder.as_object_mut() else {
        return;
    };
    match members.get_mut(name).and_then(Value::as_array_mut) {
        Some(list) => list.push(new),
        None => _ = members.insert(name.to_owned(), json!([new])),
    }
}

/// Whether a plan names this goal, action or team.
pub fn is_joined(plan: &Value, to: &ResourceRef) -> bool {
    let leads = |it: &Value| read(it).is_some_and(|it| it.to == *to);
    let list = |name: &str| plan.get(name).and_then(Value::as_array);
    let named = ["goal", "careTeam"].into_iter().filter_map(list).flatten();
    named.into_iter().any(leads)
        || activities(plan)
            .iter()
            .any(|it| it.get("reference").is_some_and(leads))
}

/// Makes a plan name this goal, action or team: `CarePlan.goal`, `CarePlan.activity.reference`, `CarePlan.careTeam`. `to` is a reference, or the
/// `urn:uuid:` of what is created with it.
pub fn join(plan: &mut Value, section: Section, to: &str) {
    let link = json!({ "reference": to });
    match section {
        Section::Goal => push(plan, "goal", link),
        Section::Action => push(plan, "activity", json!({ "reference": link })),
        Section::Team => push(plan, "careTeam", link),
        _ => {}
    }
}

#[cfg(test)]
#[path = "links_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
