//! Answers to a form, linked by link id: where each stands in a `QuestionnaireResponse`, and how it is changed. What the
//! form does not ask, or not so, stays as it is.

use serde_json::{Value, json};

use crate::domain::questionnaire::{self as form, Kind, Question, Questionnaire};
use crate::domain::section::{Entry, EntryId, Part, YES, day};
use crate::fhir::element::raw_text;
use crate::fhir::questionnaire::{key, said};

/// What can be answered; blank where nobody has.
pub(super) fn entries(value: &Value, of: &'static Questionnaire) -> Vec<Entry> {
    let mut all = Vec::new();
    for question in of.questions.iter().filter(|it| it.is_asked()) {
        let part = Part::Asked(question);
        if question.repeats {
            let answers = several(value, question).unwrap_or_default();
            all.extend(
                answers
                    .into_iter()
                    .filter_map(|(_, it)| it)
                    .map(|(id, text)| Entry { id, part, text }),
            );
        } else if let Some(text) = one(value, question) {
            let id = EntryId(question.link_id.to_owned());
            all.push(Entry { id, part, text });
        }
    }
    all
}

/// The places of an item in the response, wherever it stands.
fn places(holder: &Value, at: &str, link_id: &str, found: &mut Vec<String>) {
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned();
    for (nth, item) in list(holder, "item").unwrap_or_default().iter().enumerate() {
        let here = format!("{at}/item/{nth}");
        if raw_text(item, "linkId") == Some(link_id) {
            found.push(here.clone());
        }
        places(item, &here, link_id, found);
        for (nth, answer) in list(item, "answer").unwrap_or_default().iter().enumerate() {
            places(answer, &format!("{here}/answer/{nth}"), link_id, found);
        }
    }
}

/// `Err` where there are several, or what it says is turned around.
fn place(value: &Value, question: &Question) -> Result<Option<String>, ()> {
    let mut found = Vec::new();
    places(value, "", question.link_id, &mut found);
    let mut found = found.into_iter();
    let (first, second) = (found.next(), found.next());
    let item = first.as_ref().and_then(|it| value.pointer(it));
    let is_turned = item.is_some_and(|it| it.get("modifierExtension").is_some());
    if second.is_some() || is_turned {
        Err(())
    } else {
        Ok(first)
    }
}

fn answers_at<'a>(value: &'a Value, place: &str) -> &'a [Value] {
    let all = value
        .pointer(place)
        .and_then(|it| it.get("answer")?.as_array());
    all.map_or(&[], Vec::as_slice)
}

fn text(question: &Question, answer: &Value) -> Option<String> {
    let is_plain = answer.get("item").is_none() && answer.get("modifierExtension").is_none();
    said(&question.kind, answer).filter(|_| is_plain)
}

/// The only answer; `None` where it cannot be changed here without losing something.
fn one(value: &Value, question: &Question) -> Option<String> {
    let Some(place) = place(value, question).ok()? else {
        return Some(String::new());
    };
    match answers_at(value, &place) {
        [] => Some(String::new()),
        [only] => text(question, only),
        _ => None,
    }
}

/// Each of several answers with its place; without a text where it is none that is known here.
type Several = Vec<(usize, Option<(EntryId, String)>)>;

fn several(value: &Value, question: &Question) -> Option<Several> {
    let Some(place) = place(value, question).ok()? else {
        return Some(Vec::new());
    };
    let mut seen: Vec<String> = Vec::new();
    let answers = answers_at(value, &place).iter().enumerate();
    let read = answers.map(|(nth, answer)| {
        let known = text(question, answer).map(|text| {
            let before = seen.iter().filter(|it| **it == text).count();
            seen.push(text.clone());
            let nth = if before == 0 {
                String::new()
            } else {
                format!("#{before}")
            };
            (EntryId(format!("{}={text}{nth}", question.link_id)), text)
        });
        (nth, known)
    });
    Some(read.collect())
}

/// With these answers. What is not asked any more with them is taken away; what was not asked before either stays.
pub(super) fn edited(value: &mut Value, of: &'static Questionnaire, entries: &[Entry]) {
    let before = self::entries(value, of);
    for question in of.questions.iter().filter(|it| it.is_asked()) {
        let is_asked = of.is_enabled(question, entries);
        if !is_asked && !of.is_enabled(question, &before) {
            continue;
        }
        let own: Vec<&Entry> = entries
            .iter()
            .filter(|it| form::is_answer(it, question))
            .collect();
        if question.repeats {
            edit_several(value, of, question, &own, is_asked);
        } else if let (Some(wanted), Some(before)) = (own.first(), one(value, question)) {
            let wanted = wanted.says().filter(|_| is_asked);
            if wanted != Some(before.trim()).filter(|it| !it.is_empty()) {
                let answers = wanted.and_then(|it| answer(question, it));
                set(value, of, question, answers.into_iter().collect());
            }
        }
    }
}

fn edit_several(
    value: &mut Value,
    of: &'static Questionnaire,
    question: &Question,
    own: &[&Entry],
    is_asked: bool,
) {
    let Some(before) = several(value, question) else {
        return;
    };
    let place = place(value, question).ok().flatten().unwrap_or_default();
    let old = answers_at(value, &place).to_vec();
    let mut new = Vec::new();
    for (answer, (_, known)) in old.iter().zip(&before) {
        let entry = known
            .as_ref()
            .and_then(|(id, _)| own.iter().find(|it| it.id == *id));
        let wanted = entry.map(|it| it.says().filter(|_| is_asked));
        match (known, wanted) {
            // Not known here, or nobody speaks of it.
            (None, _) | (_, None) => new.push(answer.clone()),
            (Some((_, text)), Some(Some(says))) if text.trim() == says => new.push(answer.clone()),
            (_, Some(Some(says))) => {
                new.extend(self::answer(question, says).map(|it| with(answer, it)));
            }
            (_, Some(None)) => {}
        }
    }
    let is_new = |it: &&&Entry| {
        let known = |(_, known): &(usize, Option<(EntryId, String)>)| {
            known.as_ref().is_some_and(|(id, _)| *id == it.id)
        };
        is_asked && !before.iter().any(known)
    };
    let added = own.iter().filter(is_new).filter_map(|it| it.says());
    new.extend(added.filter_map(|it| answer(question, it)));
    if new != old {
        set(value, of, question, new);
    }
}

/// An answer as FHIR has it.
fn answer(question: &Question, text: &str) -> Option<Value> {
    Some(match &question.kind {
        Kind::Words | Kind::Line => json!({ "valueString": text }),
        Kind::Day => json!({ "valueDate": day::read(text)?.to_string() }),
        Kind::Whole => json!({ "valueInteger": text.parse::<i32>().ok()? }),
        Kind::Number => json!({ "valueDecimal": number(text)? }),
        Kind::YesNo => json!({ "valueBoolean": text == YES }),
        Kind::OneOf(values, _) => match values.iter().find(|it| key(it) == text)? {
            form::Value::Code {
                system,
                code,
                display,
            } => {
                let mut coding = json!({ "system": system, "code": code, "display": display });
                if let Some(members) = coding.as_object_mut() {
                    members.retain(|_, it| !it.is_null());
                }
                json!({ "valueCoding": coding })
            }
            form::Value::Text(it) => json!({ "valueString": it }),
            form::Value::Whole(it) => json!({ "valueInteger": it.parse::<i32>().ok()? }),
        },
        Kind::Told | Kind::Other(_) => return None,
    })
}

/// JSON's own number, with every digit that was typed but leading noughts.
fn number(text: &str) -> Option<Value> {
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
    let read: Value = serde_json::from_str(&format!("{sign}{nought}{trimmed}")).ok()?;
    read.is_number().then_some(read)
}

/// What else an answer has stays with it.
fn with(old: &Value, new: Value) -> Value {
    let (Some(old), Value::Object(new)) = (old.as_object(), &new) else {
        return new;
    };
    let mut all = old.clone();
    all.retain(|name, _| !name.trim_start_matches('_').starts_with("value"));
    all.extend(new.clone());
    Value::Object(all)
}

fn set(value: &mut Value, of: &'static Questionnaire, question: &Question, answers: Vec<Value>) {
    let there = place(value, question).ok().flatten();
    let Some(place) = there.or_else(|| {
        (!answers.is_empty())
            .then(|| begin(value, of, question))
            .flatten()
    }) else {
        return;
    };
    let old = answers_at(value, &place).first().cloned();
    let Some(item) = value.pointer_mut(&place).and_then(Value::as_object_mut) else {
        return;
    };
    if answers.is_empty() {
        item.shift_remove("answer");
        let is_bare = item
            .keys()
            .all(|it| matches!(it.as_str(), "linkId" | "text" | "definition"));
        if is_bare {
            remove(value, &place);
        }
        return;
    }
    let answers = match (question.repeats, old, answers.as_slice()) {
        (false, Some(old), [new]) => vec![with(&old, new.clone())],
        _ => answers,
    };
    item.insert("answer".to_owned(), answers.into());
}

/// Takes an item away, and the groups that have nothing left.
fn remove(value: &mut Value, place: &str) {
    let Some((list, nth)) = place.rsplit_once('/') else {
        return;
    };
    let (Ok(nth), Some(items)) = (
        nth.parse::<usize>(),
        value.pointer_mut(list).and_then(Value::as_array_mut),
    ) else {
        return;
    };
    if nth < items.len() {
        items.remove(nth);
    }
    if !items.is_empty() {
        return;
    }
    // An empty array is not allowed.
    let holder = list.trim_end_matches("/item");
    if let Some(members) = value.pointer_mut(holder).and_then(Value::as_object_mut) {
        members.shift_remove("item");
        let is_bare = members
            .keys()
            .all(|it| matches!(it.as_str(), "linkId" | "text"));
        if is_bare && !holder.is_empty() {
            remove(value, holder);
        }
    }
}

/// Makes the item, and the groups that it is in, where the form has them.
fn begin(value: &mut Value, of: &'static Questionnaire, question: &Question) -> Option<String> {
    let own = (question.link_id, question.text);
    let mut here = String::new();
    for (link_id, title) in question.groups.iter().copied().chain([own]) {
        let holder = value.pointer_mut(&here)?.as_object_mut()?;
        let items = holder
            .entry("item")
            .or_insert_with(|| json!([]))
            .as_array_mut()?;
        let is_it = |it: &Value| raw_text(it, "linkId") == Some(link_id);
        let nth = items.iter().position(is_it).unwrap_or_else(|| {
            let order = order(of, link_id);
            let later =
                |it: &Value| raw_text(it, "linkId").and_then(|it| self::order(of, it)) > order;
            let nth = items.iter().position(later).unwrap_or(items.len());
            items.insert(nth, json!({ "linkId": link_id, "text": title }));
            nth
        });
        here = format!("{here}/item/{nth}");
    }
    Some(here)
}

fn order(of: &Questionnaire, link_id: &str) -> Option<usize> {
    let is_in = |it: &&Question| it.groups.iter().any(|(group, _)| *group == link_id);
    let own = of
        .question(link_id)
        .or_else(|| of.questions.iter().find(is_in));
    own.map(|it| it.order)
}

/// Which entry an element is, by its FHIR path within the response: `item[2].item[0].answer[0]`.
pub(super) fn at(value: &Value, of: &'static Questionnaire, path: &str) -> Option<EntryId> {
    let mut here = value;
    let mut found = None;
    for step in path.split('.') {
        let (name, nth) = step.split_once('[').unwrap_or((step, "0"));
        let nth: usize = nth.trim_end_matches(']').parse().ok()?;
        let Some(next) = here.get(name).and_then(|it| it.get(nth)) else {
            break;
        };
        here = next;
        found = raw_text(here, "linkId")
            .and_then(|it| of.question(it))
            .or(found);
    }
    let question = found?;
    let all = entries(value, of);
    all.into_iter()
        .find(|it| form::is_answer(it, question))
        .map(|it| it.id)
}
