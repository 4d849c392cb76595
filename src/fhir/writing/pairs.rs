//! Which activities of two versions of a plan are the same.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::activities::{description, editable};
use crate::domain::crisis::CrisisPart;
use crate::fhir::element::raw_text;

/// Which activity of a newer version was which of an older one.
pub(super) struct Pairs<'a> {
    old: &'a [Value],
    pub(super) new: &'a [Value],
    /// Of the old ones.
    pub(super) taken: HashSet<usize>,
    /// New place → old place.
    pub(super) found: HashMap<usize, usize>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(old: &'a [Value], new: &'a [Value]) -> Self {
        Self {
            old,
            new,
            taken: HashSet::new(),
            found: HashMap::new(),
        }
    }

    pub(super) fn left(&self) -> Vec<(usize, &'a Value)> {
        let all = self.new.iter().enumerate();
        all.filter(|(at, _)| !self.found.contains_key(at)).collect()
    }

    fn free(&self) -> Vec<(usize, &'a Value)> {
        let all = self.old.iter().enumerate();
        all.filter(|(at, _)| !self.taken.contains(at)).collect()
    }

    pub(super) fn find(&mut self, is_same: impl Fn(&Value, &Value) -> bool) {
        for (at, it) in self.left() {
            let mut free = self.old.iter().enumerate();
            let free = free.find(|(old, was)| !self.taken.contains(old) && is_same(was, it));
            if let Some((old, _)) = free {
                self.pair(at, old);
            }
        }
    }

    pub(super) fn pair(&mut self, new: usize, old: usize) {
        self.taken.insert(old);
        self.found.insert(new, old);
    }

    /// Those under the same heading that share the most words; and where only one is left on each side, these two.
    pub(super) fn find_alike(&mut self, is_settled: impl Fn(usize) -> bool) {
        let named = |it: &Value| raw_text(it, "id").is_some();
        loop {
            let (free, left) = (self.free(), self.left());
            let left: Vec<_> = left.into_iter().filter(|it| !is_settled(it.0)).collect();
            let under = |part: CrisisPart, all: &[(usize, &Value)]| {
                all.iter().filter(|it| editable(it.1) == Some(part)).count()
            };
            let mut best: Option<(usize, usize, usize)> = None;
            for (new, it) in &left {
                let Some(part) = editable(it) else { continue };
                let alone = under(part, &left) == 1 && under(part, &free) == 1;
                for (old, was) in free.iter().filter(|was| editable(was.1) == Some(part)) {
                    let alike = shared_words(was, it).max(usize::from(alone));
                    let both_named = named(was) && named(it);
                    if alike > 0 && !both_named && best.is_none_or(|it| it.0 < alike) {
                        best = Some((alike, *new, *old));
                    }
                }
            }
            let Some((_, new, old)) = best else { return };
            self.pair(new, old);
        }
    }
}

fn shared_words(a: &Value, b: &Value) -> usize {
    let words = |it| -> HashSet<&str> {
        let text = description(it).unwrap_or_default();
        text.split_whitespace().collect()
    };
    words(a).intersection(&words(b)).count()
}
