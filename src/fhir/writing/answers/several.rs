//! What repeats in a form: which of its instances is which, in every version of a response.

use serde_json::Value;

use super::super::activities::Ids;
use super::in_instance;
use super::places::{Instance, instances};
use crate::domain::questionnaire::{Holder, Questionnaire, instances as groups};
use crate::domain::section::{Entry, EntryId, Part, outer};
use crate::fhir::element::raw_text;

/// The ids of a response that is read for the first time.
pub(in super::super) fn ids(value: &Value, of: &'static Questionnaire) -> Ids {
    let all = instances(value, of);
    let names = (0..all.len()).map(|it| Some(format!("#{it}")));
    within(&Elements::new(value, &all), names.collect())
}

/// The same ids, but that an element goes by one that it has of its own.
pub(in super::super) fn named(value: &Value, of: &'static Questionnaire, ids: &Ids) -> Ids {
    let all = instances(value, of);
    let names = ids.iter().map(|it| it.as_ref().map(own_name));
    within(&Elements::new(value, &all), names.collect())
}

/// Without what it is in.
fn own_name(id: &EntryId) -> String {
    let outer = outer(&id.0).map_or(0, |it| EntryId::within(Some(it), "").0.len());
    id.0.get(outer..).unwrap_or_default().to_owned()
}

/// Each by its own id, else by this name, in what it is in. One whose meaning is turned around is left alone.
fn within(all: &Elements<'_>, names: Vec<Option<String>>) -> Ids {
    let mut taken: Vec<&str> = Vec::new();
    let mut ids = Ids::new();
    for (it, name) in all.0.iter().zip(names) {
        let own = own_id(it.value).filter(|it| !taken.contains(it));
        taken.extend(own);
        let name = own.map(str::to_owned).or(name);
        let name = name.filter(|_| it.value.get("modifierExtension").is_none());
        let id = match it.outer {
            None => name.map(EntryId),
            Some(outer) => ids
                .get(outer)
                .cloned()
                .flatten()
                .zip(name)
                .map(|(outer, name)| EntryId::within(Some(&outer.0), &name)),
        };
        ids.push(id);
    }
    ids
}

fn own_id(it: &Value) -> Option<&str> {
    raw_text(it, "id").filter(|own| !own.contains(char::is_whitespace))
}

struct Element<'a> {
    value: &'a Value,
    many: &'static Holder,
    outer: Option<usize>,
}

struct Elements<'a>(Vec<Element<'a>>);

impl<'a> Elements<'a> {
    fn new(value: &'a Value, all: &[Instance]) -> Self {
        let each = all.iter().map(|it| Element {
            value: value.pointer(&it.place).unwrap_or(&Value::Null),
            many: it.many,
            outer: it.outer,
        });
        Self(each.collect())
    }

    /// How many hold it.
    fn level(&self, at: usize) -> usize {
        let outer = self.0.get(at).and_then(|it| it.outer);
        outer.map_or(0, |it| self.level(it) + 1)
    }

    /// What each of this level is known by; never the same in two that repeat, or in two instances of what holds them.
    fn names(
        &self,
        level: usize,
        ids: &Ids,
        name: impl Fn(&Element<'_>) -> Option<String>,
    ) -> Vec<Option<String>> {
        let each = self.0.iter().enumerate().map(|(at, it)| {
            if self.level(at) != level {
                return None;
            }
            let outer = match it.outer {
                None => "",
                Some(outer) => ids.get(outer)?.as_ref()?.0.as_str(),
            };
            Some(format!("{outer}\n{} {}", it.many.link_id, name(it)?))
        });
        each.collect()
    }
}

/// The first that an instance says: what people know it by.
fn first(it: &Value, of: &'static Questionnaire, many: &Holder) -> Option<(String, String)> {
    let all = in_instance(it, of, many, "");
    let first = all.iter().find(|it| !it.is_blank())?;
    Some((first.part.key().to_owned(), first.says()?.to_owned()))
}

/// The ids of a newer version of the same response: an instance keeps its own, told by the element's own id, else by the
/// very same content, else by the first that it says, where no other says the same. One that was `sent` as new is that one.
pub(in super::super) fn follow(
    (old, ids): (&Value, &Ids),
    newer: &Value,
    of: &'static Questionnaire,
    version: &str,
    sent: &[Entry],
) -> Ids {
    let (places_before, places_now) = (instances(old, of), instances(newer, of));
    let before = Elements::new(old, &places_before);
    let now = Elements::new(newer, &places_now);
    let mut pairs = Pairs {
        found: vec![None; now.0.len()],
    };
    let own = |it: &Element<'_>| raw_text(it.value, "id").map(str::to_owned);
    let whole = |it: &Element<'_>| Some(it.value.to_string());
    let unnamed = |it: &Element<'_>| {
        let said = first(it.value, of, it.many).filter(|_| own(it).is_none())?;
        Some(format!("{said:?}"))
    };
    let mut arrived = Arrived {
        sent,
        known: ids.iter().flatten().map(|it| it.0.as_str()).collect(),
    };
    let mut names: Vec<Option<String>> = vec![None; now.0.len()];
    let levels = (0..now.0.len()).map(|it| now.level(it) + 1).max();
    // What holds others is known before they are.
    for level in 0..levels.unwrap_or_default() {
        let known = within(&now, names.clone());
        let both = |name: &dyn Fn(&Element<'_>) -> Option<String>| {
            (
                before.names(level, ids, name),
                now.names(level, &known, name),
            )
        };
        let (a, b) = both(&own);
        pairs.find(&a, &b);
        let (a, b) = both(&whole);
        pairs.find(&a, &b);
        let (a, b) = both(&unnamed);
        pairs.find_sole(&a, &b);
        for (at, it) in now.0.iter().enumerate() {
            if now.level(at) != level {
                continue;
            }
            let paired = pairs.found.get(at).copied().flatten();
            let outer = it.outer.and_then(|it| known.get(it)?.as_ref());
            let old = paired.map(|old| ids.get(old).cloned().flatten());
            let new = || {
                let own = arrived.find(it, outer, of);
                Some(own.unwrap_or_else(|| EntryId(format!("#{version}/{at}"))))
            };
            let name = old.unwrap_or_else(new).map(|it| own_name(&it));
            if let Some(it) = names.get_mut(at) {
                *it = name;
            }
        }
    }
    within(&now, names)
}

/// What was sent as new, and has come with somebody else's version.
struct Arrived<'a> {
    sent: &'a [Entry],
    /// Instances that have been found.
    known: Vec<&'a str>,
}

impl Arrived<'_> {
    /// Which of what was sent this is: what says the same, whatever its entries are called.
    fn find(
        &mut self,
        it: &Element<'_>,
        outer: Option<&EntryId>,
        of: &'static Questionnaire,
    ) -> Option<EntryId> {
        let says = in_instance(it.value, of, it.many, "");
        let outer = outer.map(|it| it.0.as_str());
        let all = groups(self.sent, it.many.link_id, outer).into_iter();
        let mut new = all.filter(|it| !self.known.contains(it));
        let own = new.find(|group| {
            let mut was = self.sent.iter().filter(|it| it.group() == Some(group));
            said(&mut says.iter()) == said(&mut was)
        });
        self.known.extend(own);
        own.map(|it| EntryId(it.to_owned()))
    }
}

fn said<'a>(all: &mut dyn Iterator<Item = &'a Entry>) -> Vec<(Part, &'a str)> {
    let mut all: Vec<_> = all.filter_map(|it| Some((it.part, it.says()?))).collect();
    all.sort_unstable();
    all
}

struct Pairs {
    /// New place → old place.
    found: Vec<Option<usize>>,
}

impl Pairs {
    fn find(&mut self, before: &[Option<String>], now: &[Option<String>]) {
        for (new, name) in now.iter().enumerate() {
            let is_free = |old: &usize| !self.found.contains(&Some(*old));
            let is_open = self.found.get(new) == Some(&None);
            let mut same = (0..before.len()).filter(|old| before.get(*old) == Some(name));
            let old = same.find(is_free).filter(|_| is_open && name.is_some());
            if let Some(it) = self.found.get_mut(new).filter(|_| old.is_some()) {
                *it = old;
            }
        }
    }

    /// Only where no other, on either side, is known by the same.
    fn find_sole(&mut self, before: &[Option<String>], now: &[Option<String>]) {
        let sole = |all: &[Option<String>]| -> Vec<Option<String>> {
            let once = |it: &&Option<String>| all.iter().filter(|other| other == it).count() == 1;
            all.iter()
                .map(|it| Some(it).filter(once).cloned().flatten())
                .collect()
        };
        self.find(&sole(before), &sole(now));
    }
}
