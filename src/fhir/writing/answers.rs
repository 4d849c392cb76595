//! Answers to a form, linked by link id: where each stands in a `QuestionnaireResponse`, and how it is changed. What the
//! form does not ask, or not so, stays as it is.

mod added;
mod places;
mod several;

use serde_json::{Value, json};

use super::activities::Ids;
use crate::domain::questionnaire::{self as form, Holder, Question, Questionnaire};
use crate::domain::section::{Entry, EntryId, Part};
use crate::fhir::element::raw_text;
use crate::fhir::questionnaire::{answer, said};
use added::take_out;
use places::{Instance, answers_at, begin, instances, is_bare, place, remove};
pub(super) use several::{follow, ids, named};

/// What can be answered; blank where nobody has. `ids` are those of the instances of what repeats.
pub(super) fn entries(value: &Value, of: &'static Questionnaire, ids: &Ids) -> Vec<Entry> {
    let mut all = entries_in(value, of, None);
    for (it, id) in instances(value, of).into_iter().zip(ids) {
        if let (Some(root), Some(EntryId(group))) = (value.pointer(&it.place), id) {
            all.extend(in_instance(root, of, it.many, group));
        }
    }
    all
}

fn in_instance(root: &Value, of: &'static Questionnaire, many: &Holder, group: &str) -> Vec<Entry> {
    entries_in(root, of, Some((many, group)))
}

/// What repeats, and which of its instances.
type Within<'a> = Option<(&'a Holder, &'a str)>;

fn asked<'a>(
    of: &'static Questionnaire,
    instance: Within<'a>,
) -> impl DoubleEndedIterator<Item = &'static Question> + use<'a> {
    let is_its = move |it: &&Question| it.is_asked() && it.many() == instance.map(|it| it.0);
    of.questions.iter().filter(is_its)
}

fn entries_in(root: &Value, of: &'static Questionnaire, instance: Within<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    let id = |name: &str| EntryId::within(instance.map(|it| it.1), name);
    for question in asked(of, instance) {
        let part = Part::Asked(question);
        if question.repeats {
            let answers = each(root, question).unwrap_or_default();
            let known = answers.into_iter().flatten();
            all.extend(known.map(|(name, text)| Entry {
                id: id(&name),
                part,
                text,
            }));
        } else if let Some(text) = one(root, question) {
            let id = id(question.link_id);
            all.push(Entry { id, part, text });
        }
    }
    all
}

/// What an answer says. Where questions are under it, it may be none itself: what stands under it is kept.
fn text(question: &Question, answer: &Value) -> Option<String> {
    let holds = answer.get("item").is_some();
    if answer.get("modifierExtension").is_some() || holds && !question.leads {
        return None;
    }
    if holds && is_valueless(answer) {
        return Some(String::new());
    }
    said(&question.kind, answer)
}

fn is_value(name: &str) -> bool {
    name.trim_start_matches('_').starts_with("value")
}

fn is_valueless(answer: &Value) -> bool {
    let mut names = answer.as_object().into_iter().flat_map(|it| it.keys());
    !names.any(|it| is_value(it))
}

/// The only answer; `None` where it cannot be changed here without losing something.
fn one(root: &Value, question: &Question) -> Option<String> {
    if question.opens() {
        let is_new = is_valueless(root) && root.get("modifierExtension").is_none();
        return if is_new {
            Some(String::new())
        } else {
            text(question, root)
        };
    }
    let Some(place) = place(root, question).ok()? else {
        return Some(String::new());
    };
    match answers_at(root, &place) {
        [] => Some(String::new()),
        [only] => text(question, only),
        _ => None,
    }
}

/// Each of several answers, with what it is called and says; nothing for one that is none that is known here.
fn each(root: &Value, question: &Question) -> Option<Vec<Option<(String, String)>>> {
    let Some(place) = place(root, question).ok()? else {
        return Some(Vec::new());
    };
    let mut seen: Vec<String> = Vec::new();
    let read = answers_at(root, &place).iter().map(|answer| {
        let text = text(question, answer)?;
        let before = seen.iter().filter(|it| **it == text).count();
        seen.push(text.clone());
        let nth = if before == 0 {
            String::new()
        } else {
            format!("#{before}")
        };
        Some((format!("{}={text}{nth}", question.link_id), text))
    });
    Some(read.collect())
}

/// With these answers. What is not asked any more with them is taken away; what was not asked before either stays. An
/// instance that says nothing any more goes, unless something is left in it that is not asked here.
pub(super) fn edited(
    value: &mut Value,
    of: &'static Questionnaire,
    ids: &mut Ids,
    entries: &[Entry],
) {
    let before = self::entries(value, of, ids);
    let change = Change {
        of,
        before: &before,
        entries,
    };
    change.within(value, None);
    let here = instances(value, of);
    let said = |it: &Instance| value.pointer(&it.place).is_some_and(|it| !is_bare(it));
    let said: Vec<bool> = here.iter().map(said).collect();
    // From the last: what is taken away moves those behind it, and those in it go before it.
    for (at, it) in here.iter().enumerate().rev() {
        let Some(EntryId(group)) = ids.get(at).cloned().flatten() else {
            continue;
        };
        let Some(own) = value.pointer_mut(&it.place) else {
            continue;
        };
        change.within(own, Some((it.many, &group)));
        if is_bare(own) && said.get(at) == Some(&true) {
            let outer = it.outer.and_then(|it| here.get(it));
            take_out(value, outer, &it.place);
            ids.remove(at);
        }
    }
    change.add_instances(value, ids);
}

/// From what to what.
struct Change<'a> {
    of: &'static Questionnaire,
    before: &'a [Entry],
    entries: &'a [Entry],
}

impl Change<'_> {
    /// In the response but for what repeats, or in one instance of such.
    fn within(&self, root: &mut Value, instance: Within<'_>) {
        let group = instance.map(|it| it.1);
        // What stands under an answer goes before the answer.
        for question in asked(self.of, instance).rev() {
            if self.wanted(question, group).is_some_and(|it| it.is_empty()) {
                self.one(root, question, group);
            }
        }
        for question in asked(self.of, instance) {
            self.one(root, question, group);
        }
    }

    fn is_asked(&self, question: &Question, group: Option<&str>) -> bool {
        self.of.is_enabled(question, group, self.entries)
    }

    /// What is to be answered. `None` where it is not for us to say.
    fn wanted(&self, question: &Question, group: Option<&str>) -> Option<Vec<&Entry>> {
        let is_asked = self.is_asked(question, group);
        if !is_asked && !self.of.is_enabled(question, group, self.before) {
            return None;
        }
        let own = self.entries.iter();
        let own = own.filter(|it| is_asked && form::is_answer(it, question, group));
        Some(own.filter(|it| !it.is_blank()).collect())
    }

    fn one(&self, root: &mut Value, question: &Question, group: Option<&str>) {
        let Some(wanted) = self.wanted(question, group) else {
            return;
        };
        if question.repeats {
            self.several(root, question, group);
            return;
        }
        let is_spoken_of = |it: &Entry| form::is_answer(it, question, group);
        let Some(before) = one(root, question).filter(|_| self.entries.iter().any(is_spoken_of))
        else {
            return;
        };
        let wanted = wanted.first().and_then(|it| it.says());
        if wanted != Some(before.trim()).filter(|it| !it.is_empty()) {
            let answers = wanted.and_then(|it| answer(&question.kind, it));
            set(root, self.of, question, answers.into_iter().collect());
        }
    }

    fn several(&self, root: &mut Value, question: &Question, group: Option<&str>) {
        let Some(before) = each(root, question) else {
            return;
        };
        let is_asked = self.is_asked(question, group);
        let is_own = |it: &&Entry| form::is_answer(it, question, group);
        let own: Vec<&Entry> = self.entries.iter().filter(is_own).collect();
        let place = place(root, question).ok().flatten().unwrap_or_default();
        let old = answers_at(root, &place).to_vec();
        let mut new = Vec::new();
        for (answer, known) in old.iter().zip(&before) {
            let called = |(name, _): &(String, String)| {
                let id = EntryId::within(group, name);
                own.iter().find(|it| it.id == id)
            };
            let entry = known.as_ref().and_then(called);
            let wanted = entry.map(|it| it.says().filter(|_| is_asked));
            match (known, wanted) {
                // Not known here, or nobody speaks of it.
                (None, _) | (_, None) => new.push(answer.clone()),
                (Some((_, text)), Some(Some(says))) if text.trim() == says => {
                    new.push(answer.clone());
                }
                (_, Some(Some(says))) => {
                    new.extend(self::answer(&question.kind, says).map(|it| with(answer, it)));
                }
                (_, Some(None)) => {}
            }
        }
        let is_new = |it: &&&Entry| {
            let mut known = before.iter().flatten();
            is_asked && !known.any(|(name, _)| EntryId::within(group, name) == it.id)
        };
        let added = own.iter().filter(is_new).filter_map(|it| it.says());
        new.extend(added.filter_map(|it| answer(&question.kind, it)));
        if new != old {
            set(root, self.of, question, new);
        }
    }
}

/// What else an answer has stays with it.
fn with(old: &Value, new: Value) -> Value {
    let (Some(old), Value::Object(new)) = (old.as_object(), &new) else {
        return new;
    };
    let mut all = old.clone();
    all.retain(|name, _| !is_value(name));
    all.extend(new.clone());
    Value::Object(all)
}

fn set(root: &mut Value, of: &'static Questionnaire, question: &Question, answers: Vec<Value>) {
    if question.opens() {
        *root = with(
            root,
            answers.into_iter().next().unwrap_or_else(|| json!({})),
        );
        return;
    }
    let there = place(root, question).ok().flatten();
    let Some(place) = there.or_else(|| {
        (!answers.is_empty())
            .then(|| begin(root, of, question))
            .flatten()
    }) else {
        return;
    };
    let old = answers_at(root, &place).first().cloned();
    let Some(item) = root.pointer_mut(&place).and_then(Value::as_object_mut) else {
        return;
    };
    // What is not asked here and stands under the answer stays without it.
    let rest = old.as_ref().filter(|it| it.get("item").is_some());
    let answers = match (question.repeats, &old, answers.as_slice()) {
        (false, Some(old), [new]) => vec![with(old, new.clone())],
        (false, Some(_), []) => rest.map(|it| with(it, json!({}))).into_iter().collect(),
        _ => answers,
    };
    if !answers.is_empty() {
        item.insert("answer".to_owned(), answers.into());
        return;
    }
    item.shift_remove("answer");
    let has_name = item.contains_key("id");
    if root.pointer(&place).is_some_and(is_bare) && !has_name {
        remove(root, &place);
    }
}

/// Which entry an element is, by its FHIR path within the response: `item[2].item[0].answer[0]`.
pub(super) fn at(
    value: &Value,
    of: &'static Questionnaire,
    ids: &Ids,
    path: &str,
) -> Option<EntryId> {
    let (mut here, mut place) = (value, String::new());
    let (mut found, mut group) = (None, None);
    let several = instances(value, of);
    for step in path.split('.') {
        let (name, nth) = step.split_once('[').unwrap_or((step, "0"));
        let nth: usize = nth.trim_end_matches(']').parse().ok()?;
        let Some(next) = here.get(name).and_then(|it| it.get(nth)) else {
            break;
        };
        here = next;
        place = format!("{place}/{name}/{nth}");
        if let Some(at) = several.iter().position(|it| it.place == place) {
            group = ids.get(at).cloned().flatten();
        }
        found = raw_text(here, "linkId")
            .and_then(|it| of.question(it))
            .or(found);
    }
    let (question, group) = (found?, group.map(|it| it.0));
    let all = entries(value, of, ids);
    all.into_iter()
        .find(|it| form::is_answer(it, question, group.as_deref()))
        .map(|it| it.id)
}

#[cfg(test)]
#[path = "answers_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
