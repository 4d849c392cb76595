//! The members of a team: `CareTeam.participant` (<https://hl7.org/fhir/R4/careteam.html>). What is said of one is
//! changed in its place; everybody else stays as they came. Who leaves gets an end, and stays in the record.
//!
//! The key worker is the member one of whose roles says so (PRSB "key worker: yes"): there is one for the team.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::activities::Ids;
use super::fields::{day_in, put, set};
use super::links;
use super::pairs::Pairs;
use super::period::{Now, is_over, period, stays};
use crate::domain::section::{Chosen, Entry, EntryId, Field, Part, day, team};
use crate::fhir::element::raw_text;

/// What the role of the key worker is called.
const KEY_WORKER: &str = "Key worker";

pub(super) fn participants(team: &Value) -> &[Value] {
    list(team, "participant")
}

fn list<'a>(holder: &'a Value, name: &str) -> &'a [Value] {
    holder
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// What is more is no team around a person, and nobody would wait for it to be compared.
const MOST_MEMBERS: usize = 1_000;

/// Whether its members are a list, where there are any, and nothing turns the meaning of the team around.
pub(super) fn is_readable(team: &Value) -> bool {
    let fits = match team.get("participant") {
        None => true,
        Some(Value::Array(all)) => all.len() <= MOST_MEMBERS,
        Some(_) => false,
    };
    fits && team.get("modifierExtension").is_none()
}

/// Who it is, where that can be edited here: somebody who is linked, without a modifier.
fn who(participant: &Value) -> Option<Chosen> {
    if participant.get("modifierExtension").is_some() {
        return None;
    }
    links::read(participant.get("member")?)
}

/// The ids of a team that is read for the first time.
pub(super) fn places(team: &Value) -> Ids {
    let places = 0..participants(team).len();
    let ids = places.map(|it| Some(EntryId(format!("#{it}"))));
    named(team, ids.collect())
}

/// An element that has an id of its own goes by it.
pub(super) fn named(team: &Value, ids: Ids) -> Ids {
    let mut names: HashSet<&str> = HashSet::new();
    let all = participants(team).iter().zip(ids);
    all.map(|(it, id)| match raw_text(it, "id") {
        Some(own) if names.insert(own) => Some(EntryId(own.to_owned())),
        _ => id,
    })
    .zip(participants(team))
    .map(|(id, it)| who(it).and(id))
    .collect()
}

pub(super) fn entries(value: &Value, ids: &Ids, now: Now) -> Vec<Entry> {
    let mut all = Vec::new();
    if let Some(text) = key_worker(value, now) {
        all.push(Entry {
            id: EntryId(Field::KeyWorker.key().to_owned()),
            part: Part::Field(Field::KeyWorker),
            text,
        });
    }
    for (it, id) in participants(value).iter().zip(ids) {
        let Some(EntryId(group)) = id else { continue };
        for field in Field::MEMBER {
            if let Some(text) = read(it, field) {
                let part = Part::Field(field);
                let id = EntryId::of(group, part);
                all.push(Entry { id, part, text });
            }
        }
    }
    all
}

/// `None`: the record has it in a form that cannot be edited here, or there is no place for it.
fn read(participant: &Value, field: Field) -> Option<String> {
    match field {
        Field::Member => who(participant).map(|it| it.to_string()),
        Field::MemberRole => {
            let mut own = list(participant, "role").iter().filter(|it| !is_key(it));
            match (own.next(), own.next()) {
                (None, _) => Some(String::new()),
                (Some(one), None) => label(one).map(str::to_owned),
                _ => None,
            }
        }
        // FHIR allows it beside a Practitioner only (ctm-1).
        Field::OnBehalfOf if !is_person(&who(participant)?) => None,
        Field::OnBehalfOf => match participant.get("onBehalfOf") {
            None => Some(String::new()),
            Some(it) => links::read(it).map(|it| it.to_string()),
        },
        Field::Since => end_of(participant, "start"),
        Field::Until => end_of(participant, "end"),
        _ => None,
    }
}

fn is_person(who: &Chosen) -> bool {
    who.to.kind() == "Practitioner"
}

fn end_of(participant: &Value, end: &str) -> Option<String> {
    let Some(period) = participant.get("period") else {
        return Some(String::new());
    };
    match period.as_object()?.get(end) {
        None => Some(String::new()),
        Some(it) => day_in(it),
    }
}

/// What a role says: <https://hl7.org/fhir/R4/datatypes.html#CodeableConcept>.
fn label(concept: &Value) -> Option<&str> {
    let coded = || {
        list(concept, "coding")
            .iter()
            .find_map(|it| raw_text(it, "display"))
    };
    raw_text(concept, "text").or_else(coded)
}

fn is_key(concept: &Value) -> bool {
    label(concept).is_some_and(|it| it.trim().eq_ignore_ascii_case(KEY_WORKER))
}

/// Who has the role now, else who is to have it; of several the one who stays. `None` where these are several, or somebody
/// who is not linked.
fn key_worker(team: &Value, now: Now) -> Option<String> {
    let all = participants(team).iter();
    let mut all: Vec<&Value> = all.filter(|it| has_key(it) && !is_over(it, now)).collect();
    let is_there = |it: &&Value| now.is_none_or(|now| period(it).contains(now));
    if all.iter().any(is_there) {
        all.retain(is_there);
    }
    if all.len() > 1 && all.iter().any(|it| stays(it)) {
        all.retain(|it| stays(it));
    }
    match all.as_slice() {
        [] => Some(String::new()),
        [one] => who(one).map(|it| it.to_string()),
        _ => None,
    }
}

fn has_key(participant: &Value) -> bool {
    list(participant, "role").iter().any(is_key)
}

/// With these entries: what differs is changed, a member whose name is blank is taken away, a new one is added at the end.
pub(super) fn edited(value: &mut Value, ids: &mut Ids, entries: &[Entry], now: Now) {
    let before = ids.clone();
    let mut all = match value.get_mut("participant").map(Value::take) {
        Some(Value::Array(all)) => all,
        _ => Vec::new(),
    };
    let mut kept = Ids::new();
    let mut places = before.iter();
    all.retain_mut(|it| {
        let id = places.next().cloned().flatten();
        let keeps = id.as_ref().is_none_or(|id| change(it, &id.0, entries));
        if keeps {
            kept.push(id);
        }
        keeps
    });
    let known = |group: &&str| before.iter().flatten().any(|it| it.0 == **group);
    for group in team::groups(entries).into_iter().filter(|it| !known(it)) {
        if let Some(new) = begun(group, entries) {
            all.push(new);
            kept.push(Some(EntryId(group.to_owned())));
        }
    }
    *ids = kept;
    // An empty array is not allowed.
    if all.is_empty() {
        set(value, "participant", None);
    } else {
        set(value, "participant", Some(Value::Array(all)));
    }
    let wanted = entries
        .iter()
        .find(|it| it.part == Part::Field(Field::KeyWorker));
    if let (Some(wanted), Some(before)) = (wanted, key_worker(value, now))
        && Chosen::read(&wanted.text).map(|it| it.to) != Chosen::read(&before).map(|it| it.to)
    {
        set_key_worker(value, Chosen::read(&wanted.text).as_ref(), now);
    }
}

/// Returns whether the member stays in the record.
fn change(participant: &mut Value, group: &str, entries: &[Entry]) -> bool {
    for field in Field::MEMBER {
        let wanted = team::of_member(entries, group, field).and_then(Entry::says);
        let Some(before) = read(participant, field) else {
            continue;
        };
        if wanted == Some(before.trim()).filter(|it| !it.is_empty()) {
            continue;
        }
        if field == Field::Member && wanted.is_none() {
            return false;
        }
        write(participant, field, wanted);
    }
    true
}

fn write(participant: &mut Value, field: Field, typed: Option<&str>) {
    let chosen = typed.and_then(Chosen::read);
    match field {
        Field::Member => {
            if let Some(it) = &chosen {
                set(participant, "member", Some(links::write(it)));
            }
        }
        Field::MemberRole => set_role(participant, typed),
        Field::OnBehalfOf => set(participant, "onBehalfOf", chosen.as_ref().map(links::write)),
        Field::Since => set_end(participant, "start", typed),
        Field::Until => set_end(participant, "end", typed),
        _ => {}
    }
}

/// The role beside that of the key worker. What was coded and is retyped is words from then on.
fn set_role(participant: &mut Value, typed: Option<&str>) {
    let at = list(participant, "role").iter().position(|it| !is_key(it));
    let roles = participant.get_mut("role").and_then(Value::as_array_mut);
    match (at, typed, roles) {
        (Some(at), Some(typed), Some(roles)) => {
            if let Some(role) = roles.get_mut(at) {
                match role.as_object_mut().filter(|it| !it.contains_key("coding")) {
                    Some(words) => put(words, "text", Some(typed.into())),
                    None => *role = json!({ "text": typed }),
                }
            }
        }
        (Some(at), None, Some(roles)) => {
            roles.remove(at);
            if roles.is_empty() {
                set(participant, "role", None);
            }
        }
        // Before that of the key worker.
        (None, Some(typed), Some(roles)) => roles.insert(0, json!({ "text": typed })),
        (None, Some(typed), None) => set(participant, "role", Some(json!([{ "text": typed }]))),
        (_, None, _) | (Some(_), _, None) => {}
    }
}

fn set_end(participant: &mut Value, end: &str, typed: Option<&str>) {
    let day = typed.and_then(day::read).map(|it| it.to_string());
    let period = participant.get_mut("period").and_then(Value::as_object_mut);
    match (period, day) {
        (Some(period), Some(day)) => put(period, end, Some(day.into())),
        (Some(period), None) => {
            put(period, end, None);
            if period.is_empty() {
                set(participant, "period", None);
            }
        }
        (None, Some(day)) => set(participant, "period", Some(json!({ end: day }))),
        (None, None) => {}
    }
}

/// A new member. With an id of its own it is known again, whoever changes it before the answer has come.
fn begun(group: &str, entries: &[Entry]) -> Option<Value> {
    let who = team::member(entries, group)?;
    let mut new = json!({ "id": group });
    let fields = [Field::MemberRole, Field::Member, Field::OnBehalfOf];
    for field in fields.into_iter().chain([Field::Since, Field::Until]) {
        if field != Field::OnBehalfOf || is_person(&who) {
            let said = team::of_member(entries, group, field).and_then(Entry::says);
            write(&mut new, field, said);
        }
    }
    Some(new)
}

/// All others lose the role, but for those who had it and are over.
fn set_key_worker(team: &mut Value, chosen: Option<&Chosen>, now: Now) {
    let all = participants(team).iter();
    let is_it = |it: &Value| chosen.is_some_and(|to| who(it).is_some_and(|it| it.to == to.to));
    let place = |is: fn(&Value, Now) -> bool| all.clone().position(|it| is_it(it) && is(it, now));
    let chosen = place(|it, _| stays(it)).or(place(|it, now| !is_over(it, now)));
    let all = team.get_mut("participant").and_then(Value::as_array_mut);
    let all = all.into_iter().flatten().enumerate();
    for (at, it) in all.filter(|(_, it)| !is_over(it, now)) {
        match (chosen == Some(at), has_key(it)) {
            (true, false) => links::push(it, "role", json!({ "text": KEY_WORKER })),
            (false, true) => {
                if let Some(roles) = it.get_mut("role").and_then(Value::as_array_mut) {
                    roles.retain(|it| !is_key(it));
                    if roles.is_empty() {
                        set(it, "role", None);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Which heading the element of a member is under, by what stands next in its path.
pub(super) fn at(next: Option<&str>) -> Field {
    match next.unwrap_or_default().split('[').next() {
        Some("role") => Field::MemberRole,
        Some("onBehalfOf") => Field::OnBehalfOf,
        Some("period") => Field::Since,
        _ => Field::Member,
    }
}

/// The ids of a newer version of the same team: a member keeps theirs, told by the element's own id, else by the very same
/// content, else by whom it names. One that was `sent` as new is that one.
pub(super) fn follow(old: &Value, ids: &Ids, newer: &Value, version: &str, sent: &[Entry]) -> Ids {
    let mut pairs = Pairs::of(participants(old), participants(newer));
    pairs.find(|a, b| raw_text(a, "id").is_some() && raw_text(a, "id") == raw_text(b, "id"));
    pairs.find(|a, b| a == b);
    let to = |it: &Value| who(it).map(|it| it.to);
    pairs.find(|a, b| to(a).is_some() && to(a) == to(b));
    let known = |group: &&str| ids.iter().flatten().any(|it| it.0 == **group);
    let mut arrived: Vec<&str> = team::groups(sent)
        .into_iter()
        .filter(|it| !known(it))
        .collect();
    let mut id = |at: usize, it: &Value| {
        if let Some(old) = pairs.found.get(&at) {
            return ids.get(*old).cloned().flatten();
        }
        let own = arrived
            .iter()
            .position(|group| team::member(sent, group).map(|it| it.to) == to(it));
        let group = match own {
            Some(at) => arrived.remove(at).to_owned(),
            None => format!("#{version}/{at}"),
        };
        Some(EntryId(group))
    };
    let all = participants(newer).iter().enumerate();
    let all: Ids = all.map(|(at, it)| id(at, it)).collect();
    named(newer, all)
}

#[cfg(test)]
#[path = "members_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
