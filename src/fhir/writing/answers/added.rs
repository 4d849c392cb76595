//! Instances of what repeats that are new, and such that are taken away.

use serde_json::{Value, json};

use super::super::activities::Ids;
use super::Change;
use super::places::{self, Instance, instances, is_bare, remove};
use crate::domain::questionnaire::{self as form, Holder, Holds, Question};
use crate::domain::section::{EntryId, Part, outer};

/// Takes an instance away, and what has nothing left without it; never the one that it is in.
pub(super) fn take_out(value: &mut Value, outer: Option<&Instance>, place: &str) {
    let above = outer.map_or("", |it| it.place.as_str());
    if let (Some(root), Some(place)) = (value.pointer_mut(above), place.strip_prefix(above)) {
        remove(root, place);
    }
}

impl Change<'_> {
    pub(super) fn add_instances(&self, value: &mut Value, ids: &mut Ids) {
        let mut new: Vec<(&'static Holder, &str)> = Vec::new();
        for many in self.of.questions.iter().flat_map(Question::repeated) {
            for group in form::instances(self.entries, many.link_id, None) {
                let is_known = ids.iter().flatten().any(|it| it.0 == group);
                let is_there = is_known || new.iter().any(|it| it.1 == group);
                if !is_there && self.says_something(group) {
                    new.push((many, group));
                }
            }
        }
        for (many, group) in &new {
            self.add(value, ids, many, group);
        }
        // What could not be said after all.
        for (_, group) in new.iter().rev() {
            let here = instances(value, self.of);
            let at = ids
                .iter()
                .position(|it| it.as_ref().is_some_and(|it| it.0 == *group));
            let Some((at, it)) = at.and_then(|at| Some((at, here.get(at)?))) else {
                continue;
            };
            if value.pointer(&it.place).is_some_and(is_bare) {
                take_out(value, it.outer.and_then(|it| here.get(it)), &it.place);
                ids.remove(at);
            }
        }
    }

    /// In it, or in what is in it.
    fn says_something(&self, group: &str) -> bool {
        self.entries.iter().any(|it| match it.part {
            Part::Asked(question) if it.is_of(group) && !it.is_blank() => {
                self.is_asked(question, it.group())
            }
            _ => false,
        })
    }

    /// A new instance, in the one that it is in, which is there before it.
    fn add(&self, value: &mut Value, ids: &mut Ids, many: &'static Holder, group: &str) {
        let above = match outer(group) {
            None => String::new(),
            Some(outer) => {
                let at = ids
                    .iter()
                    .position(|it| it.as_ref().is_some_and(|it| it.0 == outer));
                let here = instances(value, self.of);
                match at.and_then(|it| here.get(it)) {
                    Some(it) => it.place.clone(),
                    None => return,
                }
            }
        };
        let mut new = match many.is {
            Holds::Each => json!({}),
            _ => json!({ "linkId": many.link_id, "text": many.title }),
        };
        self.within(&mut new, Some((many, group)));
        // With an id of its own it is known again, whoever changes it before the answer has come.
        let own = outer(group).map_or(group, |outer| group.get(outer.len() + 1..).unwrap_or(group));
        if let Some(members) = new.as_object_mut().filter(|_| !own.starts_with('#')) {
            members.insert("id".to_owned(), own.into());
        }
        let place = value
            .pointer_mut(&above)
            .and_then(|root| places::add(root, self.of, many, new));
        let place = place.map(|it| format!("{above}{it}"));
        let all = instances(value, self.of);
        if let Some(at) = all.iter().position(|it| Some(&it.place) == place.as_ref()) {
            ids.insert(at.min(ids.len()), Some(EntryId(group.to_owned())));
        }
    }
}
