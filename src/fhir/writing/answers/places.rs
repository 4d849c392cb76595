//! Where the answer to a question stands in a response, or in one instance of what repeats in it: found, begun, taken
//! away.

use serde_json::{Value, json};

use crate::domain::questionnaire::{Holder, Holds, Question, Questionnaire};
use crate::fhir::element::raw_text;

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The places of the items of a question, wherever they stand.
fn find(holder: &Value, at: &str, link_id: &str, found: &mut Vec<String>) {
    for (nth, item) in list(holder, "item").iter().enumerate() {
        let here = format!("{at}/item/{nth}");
        if raw_text(item, "linkId") == Some(link_id) {
            found.push(here);
            continue;
        }
        find(item, &here, link_id, found);
        for (nth, answer) in list(item, "answer").iter().enumerate() {
            find(answer, &format!("{here}/answer/{nth}"), link_id, found);
        }
    }
}

/// One instance of what repeats.
pub(super) struct Instance {
    pub(super) place: String,
    pub(super) many: &'static Holder,
    /// The place, among all, of the one that it is in.
    pub(super) outer: Option<usize>,
}

/// Each of them, as they stand; those in one behind it.
pub(super) fn instances(value: &Value, of: &'static Questionnaire) -> Vec<Instance> {
    let mut found = Vec::new();
    collect(value, "", None, of, &mut found);
    found
}

fn collect(
    holder: &Value,
    at: &str,
    outer: Option<usize>,
    of: &'static Questionnaire,
    found: &mut Vec<Instance>,
) {
    let begin = |place: &str, many, outer, found: &mut Vec<Instance>| {
        let place = place.to_owned();
        found.push(Instance { place, many, outer });
        Some(found.len() - 1)
    };
    for (nth, item) in list(holder, "item").iter().enumerate() {
        let here = format!("{at}/item/{nth}");
        let repeated = raw_text(item, "linkId").and_then(|it| repeated(of, it));
        let (mut whole, mut each) = (outer, None);
        match repeated {
            Some(many) if many.is == Holds::Many => {
                whole = begin(&here, many, outer, found);
            }
            // What it says is turned around, and with it each answer.
            Some(_) if item.get("modifierExtension").is_some() => continue,
            many => each = many,
        }
        collect(item, &here, whole, of, found);
        for (nth, answer) in list(item, "answer").iter().enumerate() {
            let here = format!("{here}/answer/{nth}");
            let whole = match each {
                Some(many) => begin(&here, many, outer, found),
                None => whole,
            };
            collect(answer, &here, whole, of, found);
        }
    }
}

fn repeated(of: &'static Questionnaire, link_id: &str) -> Option<&'static Holder> {
    let mut all = of.questions.iter().flat_map(Question::repeated);
    all.find(|it| it.link_id == link_id)
}

/// `Err` where there are several, or what it says is turned around.
pub(super) fn place(root: &Value, question: &Question) -> Result<Option<String>, ()> {
    let mut found = Vec::new();
    find(root, "", question.link_id, &mut found);
    let mut found = found.into_iter();
    let (first, second) = (found.next(), found.next());
    let item = first.as_ref().and_then(|it| root.pointer(it));
    let is_turned = item.is_some_and(|it| it.get("modifierExtension").is_some());
    if second.is_some() || is_turned {
        Err(())
    } else {
        Ok(first)
    }
}

pub(super) fn answers_at<'a>(root: &'a Value, place: &str) -> &'a [Value] {
    root.pointer(place).map_or(&[], |it| list(it, "answer"))
}

/// Whether nothing but what every item has is left of it. What we call an instance is no content either.
pub(super) fn is_bare(item: &Value) -> bool {
    let is_plain = |it: &String| matches!(it.as_str(), "linkId" | "text" | "definition" | "id");
    item.as_object().is_some_and(|it| it.keys().all(is_plain))
}

/// Takes an item or an answer away, and what has nothing left without it. An empty array is not allowed.
pub(super) fn remove(root: &mut Value, place: &str) {
    let Some((list, nth)) = place.rsplit_once('/') else {
        return;
    };
    let (Ok(nth), Some(all)) = (
        nth.parse::<usize>(),
        root.pointer_mut(list).and_then(Value::as_array_mut),
    ) else {
        return;
    };
    if nth < all.len() {
        all.remove(nth);
    }
    if !all.is_empty() {
        return;
    }
    let Some((holder, name)) = list.rsplit_once('/') else {
        return;
    };
    let Some(own) = root.pointer_mut(holder) else {
        return;
    };
    if let Some(members) = own.as_object_mut() {
        members.shift_remove(name);
    }
    let is_ours = own.get("id").is_none();
    if is_bare(own) && is_ours && !holder.is_empty() {
        remove(root, holder);
    }
}

/// Makes the item of a question, and what it stands in, where the form has it. The root is the response, or the instance
/// that it is in.
pub(super) fn begin(
    root: &mut Value,
    of: &'static Questionnaire,
    question: &Question,
) -> Option<String> {
    let here = hold(root, of, question.inside())?;
    let nth = step(root, of, &here, (question.link_id, question.text))?;
    Some(format!("{here}/item/{nth}"))
}

/// The place of the innermost of these, made where it is not there.
fn hold(root: &mut Value, of: &'static Questionnaire, holders: &[Holder]) -> Option<String> {
    let mut here = String::new();
    for holder in holders {
        let nth = step(root, of, &here, (holder.link_id, holder.title))?;
        here = format!("{here}/item/{nth}");
        if holder.is == Holds::Answer {
            here = format!("{here}/answer/0");
            // Nobody asks it where there is no answer.
            root.pointer(&here)?;
        }
    }
    Some(here)
}

fn step(
    root: &mut Value,
    of: &'static Questionnaire,
    here: &str,
    (link_id, title): (&str, &str),
) -> Option<usize> {
    let items = items(root, here)?;
    let own = items
        .iter()
        .position(|it| raw_text(it, "linkId") == Some(link_id));
    Some(own.unwrap_or_else(|| {
        let nth = before(items, of, link_id);
        items.insert(nth, json!({ "linkId": link_id, "text": title }));
        nth
    }))
}

fn items<'a>(root: &'a mut Value, here: &str) -> Option<&'a mut Vec<Value>> {
    let holder = root.pointer_mut(here)?.as_object_mut()?;
    let items = holder.entry("item").or_insert_with(|| json!([]));
    items.as_array_mut()
}

/// Before the first that the form has later.
fn before(items: &[Value], of: &'static Questionnaire, link_id: &str) -> usize {
    let order = order(of, link_id);
    let later = |it: &Value| raw_text(it, "linkId").and_then(|it| self::order(of, it)) > order;
    items.iter().position(later).unwrap_or(items.len())
}

fn order(of: &Questionnaire, link_id: &str) -> Option<usize> {
    let is_in = |it: &&Question| it.holders.iter().any(|it| it.link_id == link_id);
    let own = of
        .question(link_id)
        .or_else(|| of.questions.iter().find(is_in));
    own.map(|it| it.order)
}

/// A new instance, behind those that there are. The root is the response, or the instance that it is in.
pub(super) fn add(
    root: &mut Value,
    of: &'static Questionnaire,
    many: &Holder,
    instance: Value,
) -> Option<String> {
    let is_in_it = |it: &&Question| it.holders.contains(many);
    let holders = of.questions.iter().find(is_in_it)?.holders.as_slice();
    let at = holders.iter().position(|it| it == many)?;
    let above = holders.get(..at)?;
    let outer = above.iter().rposition(Holder::repeats);
    let here = hold(root, of, above.get(outer.map_or(0, |it| it + 1)..)?)?;
    if many.is == Holds::Each {
        let nth = step(root, of, &here, (many.link_id, many.title))?;
        let here = format!("{here}/item/{nth}");
        let item = root.pointer_mut(&here)?.as_object_mut()?;
        let answers = item.entry("answer").or_insert_with(|| json!([]));
        let answers = answers.as_array_mut()?;
        answers.push(instance);
        return Some(format!("{here}/answer/{}", answers.len() - 1));
    }
    let items = items(root, &here)?;
    let is_own = |it: &Value| raw_text(it, "linkId") == Some(many.link_id);
    let nth = match items.iter().rposition(is_own) {
        Some(last) => last + 1,
        None => before(items, of, many.link_id),
    };
    items.insert(nth, instance);
    Some(format!("{here}/item/{nth}"))
}
