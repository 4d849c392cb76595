//! A group of a form that repeats: which of its instances is which, in every version of a response.

use serde_json::Value;

use super::super::activities::Ids;
use super::in_instance;
use super::places::instances;
use crate::domain::questionnaire::{Holder, Question, Questionnaire, instances as groups};
use crate::domain::section::{Entry, EntryId};
use crate::fhir::element::raw_text;

/// The ids of a response that is read for the first time.
pub(in super::super) fn ids(value: &Value, of: &'static Questionnaire) -> Ids {
    let places = 0..instances(value, of).len();
    let ids = places.map(|it| Some(EntryId(format!("#{it}"))));
    named(value, of, ids.collect())
}

/// An element that has an id of its own goes by it; one whose meaning is turned around is left alone.
pub(in super::super) fn named(value: &Value, of: &'static Questionnaire, ids: Ids) -> Ids {
    let mut names: Vec<&str> = Vec::new();
    let all = elements(value, of).into_iter().zip(ids);
    all.map(|((it, _), id)| {
        let own = raw_text(it, "id").filter(|own| !own.contains(char::is_whitespace));
        let id = match own.filter(|it| !names.contains(it)) {
            Some(own) => {
                names.push(own);
                Some(EntryId(own.to_owned()))
            }
            None => id,
        };
        id.filter(|_| it.get("modifierExtension").is_none())
    })
    .collect()
}

fn elements<'a>(value: &'a Value, of: &'static Questionnaire) -> Vec<(&'a Value, &'static Holder)> {
    let all = instances(value, of).into_iter();
    all.filter_map(|(place, many)| Some((value.pointer(&place)?, many)))
        .collect()
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
    let (before, now) = (elements(old, of), elements(newer, of));
    let mut pairs = Pairs {
        found: vec![None; now.len()],
    };
    let own = |it: &Value| raw_text(it, "id").map(str::to_owned);
    let (own_before, own_now) = (
        names(&before, |it, _| own(it)),
        names(&now, |it, _| own(it)),
    );
    pairs.find(&own_before, &own_now);
    let whole = |it: &Value, _: &Holder| Some(it.to_string());
    pairs.find(&names(&before, whole), &names(&now, whole));
    let unnamed = |it: &Value, many: &Holder| {
        let said = first(it, of, many).filter(|_| own(it).is_none())?;
        Some(format!("{said:?}"))
    };
    pairs.find_sole(&names(&before, unnamed), &names(&now, unnamed));
    let known = |group: &&str| ids.iter().flatten().any(|it| it.0 == **group);
    let mut arrived: Vec<(&str, &str)> = Vec::new();
    for many in groups_of(of) {
        let new = groups(sent, many).into_iter().filter(|it| !known(it));
        arrived.extend(new.map(|it| (many, it)));
    }
    let mut id = |at: usize, (it, many): &(&Value, &'static Holder)| {
        if let Some(old) = pairs.found.get(at).copied().flatten() {
            return ids.get(old).cloned().flatten();
        }
        let says = in_instance(it, of, many, "");
        let own = arrived.iter().position(|(link_id, group)| {
            let sent: Vec<&Entry> = sent
                .iter()
                .filter(|it| it.group() == Some(*group))
                .collect();
            *link_id == many.link_id && is_same(&says, &sent)
        });
        let group = match own {
            Some(at) => arrived.remove(at).1.to_owned(),
            None => format!("#{version}/{at}"),
        };
        Some(EntryId(group))
    };
    let all: Ids = now.iter().enumerate().map(|(at, it)| id(at, it)).collect();
    named(newer, of, all)
}

/// Whether two instances say the same, whatever their entries are called.
fn is_same(a: &[Entry], b: &[&Entry]) -> bool {
    let mut a: Vec<_> = a
        .iter()
        .filter_map(|it| Some((it.part, it.says()?)))
        .collect();
    let mut b: Vec<_> = b
        .iter()
        .filter_map(|it| Some((it.part, it.says()?)))
        .collect();
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

/// Each group that repeats, once.
fn groups_of(of: &'static Questionnaire) -> Vec<&'static str> {
    let all = of.questions.iter().filter_map(Question::many);
    let mut all: Vec<&str> = all.map(|it| it.link_id).collect();
    all.dedup();
    all
}

/// What each is known by; never the same in two groups.
fn names(
    all: &[(&Value, &'static Holder)],
    name: impl Fn(&Value, &Holder) -> Option<String>,
) -> Vec<Option<String>> {
    let own = |(it, many): &(&Value, &'static Holder)| {
        Some(format!("{} {}", many.link_id, name(it, many)?))
    };
    all.iter().map(own).collect()
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
