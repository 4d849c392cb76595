//! When two concepts from two sources mean the same thing: the same code, else the same words. Nothing cleverer, so
//! that nothing is ever hidden behind another's name.

use super::Concept;
use super::folding::{fold, words};
use super::lookup::Lookup;

/// What a concept is compared by.
#[derive(Clone, Debug)]
struct Key {
    codes: Vec<(String, String)>,
    label: String,
    displays: Vec<String>,
    /// Of its own text.
    text: Vec<String>,
}

impl Key {
    fn of(concept: &Concept, systems: &[&str]) -> Self {
        let coded = || {
            concept
                .codings
                .iter()
                .filter(|it| it.system.as_deref().is_some_and(|it| systems.contains(&it)))
        };
        let pair = |it: &super::Coding| Some((it.system.clone()?, it.code.clone()?));
        Self {
            codes: coded().filter_map(pair).collect(),
            label: fold(concept.label().unwrap_or("")),
            displays: coded()
                .filter_map(|it| it.display.as_deref())
                .map(fold)
                .filter(|it| !it.is_empty())
                .collect(),
            text: words(concept.text.as_deref().unwrap_or("")),
        }
    }

    /// Both have words beyond what their codes are called, and none of these in common: the code is a general one
    /// ("Allergy to drug"), and the words say which.
    fn say_apart(&self, other: &Self) -> bool {
        let called: Vec<&str> = [self, other]
            .into_iter()
            .flat_map(|it| &it.displays)
            .flat_map(|it| it.split(' '))
            .collect();
        let more = |it: &Self| -> Vec<String> {
            let all = it.text.iter().filter(|it| !called.contains(&it.as_str()));
            all.cloned().collect()
        };
        let (one, two) = (more(self), more(other));
        !one.is_empty() && !two.is_empty() && !one.iter().any(|it| two.contains(it))
    }

    /// Its codes, and its label: two that mean the same share one of these. A line cannot be in any of them twice.
    fn marks(&self) -> Vec<String> {
        let codes = self.codes.iter();
        let mut all: Vec<String> = codes
            .map(|(system, code)| format!("{system}\n{code}"))
            .collect();
        if !self.label.is_empty() {
            all.push(self.label.clone());
        }
        all
    }

    /// All that it is compared by; empty where it says nothing.
    fn whole(&self) -> String {
        let marks = self.marks();
        if marks.is_empty() {
            return String::new();
        }
        let all = [marks, self.displays.clone(), self.text.clone()];
        all.map(|it| it.join("\n")).join("\n\n")
    }

    /// Words decide only where codes do not contradict: "Allergy" with two codes is two things.
    fn same(&self, other: &Self) -> bool {
        if self.codes.iter().any(|it| other.codes.contains(it)) {
            return !self.say_apart(other);
        }
        let displays_differ = !self.displays.is_empty()
            && !other.displays.is_empty()
            && !self.displays.iter().any(|it| other.displays.contains(it));
        !self.label.is_empty() && self.label == other.label && !displays_differ
    }
}

/// So many of one code, or of one label, are compared; what comes after stands by itself, and is not hidden.
const MOST_COMPARED: usize = 100;

/// What has been seen, found by what two must share to mean the same.
#[derive(Debug, Default)]
struct Known {
    keys: Vec<(Key, usize)>,
    by_mark: Lookup,
}

impl Known {
    /// The group that it belongs to: that of one which says exactly the same, else the first with one that means the same,
    /// else this new one.
    fn place(&mut self, key: Key, new: usize) -> usize {
        let whole = key.whole();
        let of = |at: &usize| self.keys.get(*at);
        if let Some((_, group)) = self.by_mark.get(&whole).first().and_then(of) {
            return *group;
        }
        let marks = key.marks();
        let alike = marks.iter().flat_map(|it| self.by_mark.get(it));
        let same = alike.filter_map(of).filter(|(it, _)| it.same(&key));
        let group = same.map(|it| it.1).min().unwrap_or(new);
        let place = self.keys.len();
        for mark in marks {
            self.by_mark.add(mark, place, MOST_COMPARED);
        }
        // Nothing said is not the same thing.
        if !whole.is_empty() {
            self.by_mark.add(whole, place, 1);
        }
        self.keys.push((key, group));
        group
    }
}

/// Groups things whose concepts mean the same, in the order of their first member. A concept without any words or
/// codes stands alone.
pub fn grouped<T: Clone>(
    things: impl IntoIterator<Item = T>,
    concept: impl Fn(&T) -> &Concept,
    systems: &[&str],
) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut known = Known::default();
    for thing in things {
        let key = Key::of(concept(&thing), systems);
        let place = known.place(key, groups.len());
        match groups.get_mut(place) {
            Some(members) => members.push(thing),
            None => groups.push(vec![thing]),
        }
    }
    groups
}

#[cfg(test)]
#[path = "sameness_tests.rs"]
mod tests;
