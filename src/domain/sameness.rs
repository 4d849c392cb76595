//! When two concepts from two sources mean the same thing: the same code, else the same words. Nothing cleverer, so
//! that nothing is ever hidden behind another's name.

use std::collections::HashMap;

use itertools::Itertools;

use super::Concept;
use super::folding::{fold, words};

/// What a concept is compared by.
///
/// Two are the same where they share a code, and not each has words beyond what their codes are called of which the
/// other has none: that code is a general one ("Allergy to drug"), and the words say which. Without a code in common,
/// where they share the label, and codes do not contradict: "Allergy" with two codes is two things.
#[derive(Clone, Debug)]
struct Key {
    /// As [`Index::code`] counts them.
    codes: Vec<usize>,
    label: String,
    displays: Vec<String>,
    /// The words of these.
    called: Vec<String>,
    /// The words of its own text beyond those.
    more: Vec<String>,
}

/// What is known of a key: two of which one [leaves](Key::leaves) what the other [looks for](Key::seeks) are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// A code by itself: what number it has.
    Number,
    /// A code.
    Code,
    /// A code, and no words beyond what it is called.
    Plain,
    /// A code, and a word beyond what it is called.
    More,
    Label,
    /// A label, and nothing that a code is called.
    Bare,
    /// A label, and what a code is called.
    Named,
    /// A code, and all that it is called: the place in [`Index::wordings`].
    Wording,
    /// A code, and a word of what it is called: places there.
    Called,
    /// A code, and the first word beyond what it is called: places in [`Index::said`].
    Said,
}

type Mark = (Kind, usize, String);

impl Key {
    fn of(concept: &Concept, systems: &[&str], index: &mut Index) -> Self {
        let coded = || {
            concept
                .codings
                .iter()
                .filter(|it| it.system.as_deref().is_some_and(|it| systems.contains(&it)))
        };
        let pair = |it: &super::Coding| Some((it.system.clone()?, it.code.clone()?));
        let displays: Vec<String> = coded()
            .filter_map(|it| it.display.as_deref())
            .map(fold)
            .collect();
        let split = displays.iter().flat_map(|it| it.split(' '));
        let called: Vec<String> = split.map(str::to_owned).sorted().dedup().collect();
        let text = words(concept.text.as_deref().unwrap_or(""));
        let more = text.into_iter().filter(|it| !has(&called, it));
        Self {
            codes: coded()
                .filter_map(pair)
                .map(|(system, code)| index.code(system, &code))
                .collect(),
            label: fold(concept.label().unwrap_or("")),
            more: more.sorted().dedup().collect(),
            displays,
            called,
        }
    }

    /// What another of the same meaning finds it by.
    fn leaves(&self) -> Vec<Mark> {
        let mut all = Vec::new();
        for code in &self.codes {
            all.push((Kind::Code, *code, String::new()));
            self.mark_words(*code, &mut all);
        }
        if !self.label.is_empty() {
            all.push((Kind::Label, 0, self.label.clone()));
            self.mark_displays(&mut all);
        }
        all
    }

    /// What it finds another of the same meaning by.
    fn seeks(&self) -> Vec<Mark> {
        let mut all = Vec::new();
        for code in &self.codes {
            if self.more.is_empty() {
                all.push((Kind::Code, *code, String::new()));
            } else {
                all.push((Kind::Plain, *code, String::new()));
                self.mark_words(*code, &mut all);
            }
        }
        if self.label.is_empty() {
            return all;
        }
        if self.displays.is_empty() {
            all.push((Kind::Label, 0, self.label.clone()));
        } else {
            all.push((Kind::Bare, 0, self.label.clone()));
            self.mark_displays(&mut all);
        }
        all
    }

    fn mark_words(&self, code: usize, all: &mut Vec<Mark>) {
        if self.more.is_empty() {
            all.push((Kind::Plain, code, String::new()));
        }
        let words = self.more.iter();
        all.extend(words.map(|it| (Kind::More, code, it.clone())));
    }

    fn mark_displays(&self, all: &mut Vec<Mark>) {
        if self.displays.is_empty() {
            all.push((Kind::Bare, 0, self.label.clone()));
        }
        // Folded text is one line.
        let named = |it: &String| (Kind::Named, 0, format!("{}\n{it}", self.label));
        all.extend(self.displays.iter().map(named));
    }
}

/// Of sorted words.
fn has(words: &[String], word: &String) -> bool {
    words.binary_search(word).is_ok()
}

/// What a code is called in one concept, or several.
#[derive(Debug)]
struct Wording {
    words: Vec<String>,
    /// The first group that calls it so.
    group: usize,
    /// The first group whose words beyond what it is called are all among these.
    within: Option<usize>,
}

/// In which group what is, so that thousands of concepts are not each compared with all others.
#[derive(Debug, Default)]
struct Index {
    known: HashMap<Mark, Vec<usize>>,
    codes: usize,
    wordings: Vec<Wording>,
    /// Words beyond what a code is called, and the group that says them.
    said: Vec<(Vec<String>, usize)>,
}

impl Index {
    /// The number of a code: the same each time.
    fn code(&mut self, system: String, code: &str) -> usize {
        let length = system.len();
        let known = self.known.entry((Kind::Number, length, system + code));
        let all = known.or_insert_with(|| {
            self.codes += 1;
            vec![self.codes]
        });
        all.first().copied().unwrap_or_default()
    }

    fn get(&self, mark: &Mark) -> &[usize] {
        self.known.get(mark).map_or(&[], Vec::as_slice)
    }

    /// The first group in which something is the same.
    fn find(&self, key: &Key) -> Option<usize> {
        let marks = key.seeks();
        let marked = marks.iter().filter_map(|it| self.get(it).first().copied());
        let wordings = key.codes.iter().flat_map(|it| self.holding(*it, &key.more));
        let called_so = wordings.filter_map(|it| Some(self.wordings.get(it)?.group));
        let within = key.codes.iter().filter_map(|it| {
            let wording = self.get(&wording(*it, key)).first();
            match wording.and_then(|it| self.wordings.get(*it)) {
                Some(known) => known.within,
                None => self.within(*it, &key.called),
            }
        });
        marked.chain(called_so).chain(within).min()
    }

    /// The wordings of a code that have all these words, of which there are some.
    fn holding(&self, code: usize, words: &[String]) -> Vec<usize> {
        let places = words
            .iter()
            .map(|it| self.get(&(Kind::Called, code, it.clone())));
        let fewest = places.min_by_key(|it| it.len()).unwrap_or_default();
        let holds = |it: &&usize| {
            let wording = self.wordings.get(**it);
            wording.is_some_and(|known| words.iter().all(|it| has(&known.words, it)))
        };
        fewest.iter().filter(holds).copied().collect()
    }

    /// The first group that says nothing of a code beyond what it is called but these words.
    fn within(&self, code: usize, called: &[String]) -> Option<usize> {
        let places = called
            .iter()
            .flat_map(|it| self.get(&(Kind::Said, code, it.clone())));
        let said = places.filter_map(|it| self.said.get(*it));
        let within = said.filter(|(words, _)| words.iter().all(|it| has(called, it)));
        within.map(|(_, group)| *group).min()
    }

    fn put(&mut self, key: &Key, group: usize) {
        for mark in key.leaves() {
            let groups = self.known.entry(mark).or_default();
            match groups.first_mut() {
                Some(first) => *first = group.min(*first),
                None => groups.push(group),
            }
        }
        for code in &key.codes {
            self.put_wording(*code, key, group);
            for at in self.holding(*code, &key.more) {
                if let Some(it) = self.wordings.get_mut(at) {
                    it.within = Some(it.within.map_or(group, |it| it.min(group)));
                }
            }
            if let Some(first) = key.more.first() {
                let said = self.known.entry((Kind::Said, *code, first.clone()));
                said.or_default().push(self.said.len());
                self.said.push((key.more.clone(), group));
            }
        }
    }

    fn put_wording(&mut self, code: usize, key: &Key, group: usize) {
        let mark = wording(code, key);
        let known = self.get(&mark).first().copied();
        if let Some(it) = known.and_then(|it| self.wordings.get_mut(it)) {
            it.group = it.group.min(group);
            return;
        }
        let (place, within) = (self.wordings.len(), self.within(code, &key.called));
        let called = key.called.iter();
        for mark in called.map(|it| (Kind::Called, code, it.clone())) {
            self.known.entry(mark).or_default().push(place);
        }
        self.known.insert(mark, vec![place]);
        self.wordings.push(Wording {
            words: key.called.clone(),
            group,
            within,
        });
    }
}

fn wording(code: usize, key: &Key) -> Mark {
    (Kind::Wording, code, key.called.join(" "))
}

/// Groups things whose concepts mean the same, in the order of their first member: each is in the first group that has
/// a member of its meaning. A concept without any words or codes stands alone.
pub fn grouped<T: Clone>(
    things: impl IntoIterator<Item = T>,
    concept: impl Fn(&T) -> &Concept,
    systems: &[&str],
) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut index = Index::default();
    for thing in things {
        let key = Key::of(concept(&thing), systems, &mut index);
        let place = index.find(&key).unwrap_or(groups.len());
        index.put(&key, place);
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
