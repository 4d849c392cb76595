//! When two concepts from two sources mean the same thing: the same code, else the same words. Nothing cleverer, so
//! that nothing is ever hidden behind another's name.

use super::Concept;
use super::folding::fold;

/// What a concept is compared by.
#[derive(Clone, Debug)]
struct Key {
    codes: Vec<(String, String)>,
    label: String,
    displays: Vec<String>,
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
                .collect(),
        }
    }

    /// Words decide only where codes do not contradict: "Allergy" with two codes is two things.
    fn same(&self, other: &Self) -> bool {
        if self.codes.iter().any(|it| other.codes.contains(it)) {
            return true;
        }
        let displays_differ = !self.displays.is_empty()
            && !other.displays.is_empty()
            && !self.displays.iter().any(|it| other.displays.contains(it));
        !self.label.is_empty() && self.label == other.label && !displays_differ
    }
}

/// Groups things whose concepts mean the same, in the order of their first member. A concept without any words or
/// codes stands alone.
pub fn grouped<T: Clone>(
    things: impl IntoIterator<Item = T>,
    concept: impl Fn(&T) -> &Concept,
    systems: &[&str],
) -> Vec<Vec<T>> {
    let mut groups: Vec<(Vec<Key>, Vec<T>)> = Vec::new();
    for thing in things {
        let key = Key::of(concept(&thing), systems);
        let mut found = None;
        for (at, (keys, _)) in groups.iter().enumerate() {
            if keys.iter().any(|it| it.same(&key)) {
                found = Some(at);
                break;
            }
        }
        match found.and_then(|at| groups.get_mut(at)) {
            Some((keys, members)) => {
                keys.push(key);
                members.push(thing);
            }
            None => groups.push((vec![key], vec![thing])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Coding, code::SNOMED};
    use super::*;

    fn coded(code: &str, text: &str) -> Concept {
        let coding = Coding {
            system: Some(SNOMED.to_owned()),
            code: Some(code.to_owned()),
            display: Some(text.to_owned()),
        };
        Concept::new(None, vec![coding])
    }

    fn count(concepts: &[Concept]) -> usize {
        grouped(concepts.to_vec(), |it| it, &[SNOMED]).len()
    }

    #[test]
    fn the_same_code_or_the_same_words_are_one_thing() {
        assert_eq!(
            count(&[coded("1", "Penicillin"), coded("1", "Penicillins")]),
            1
        );
        assert_eq!(
            count(&[coded("1", "Penicillin"), Concept::from_text("PENICILLIN ")]),
            1
        );
        assert_eq!(count(&[coded("1", "Penicillin"), coded("2", "Latex")]), 2);
        assert_eq!(
            count(&[Concept::default(), Concept::default()]),
            2,
            "nothing said is not the same thing"
        );
    }

    #[test]
    fn one_vague_text_never_joins_two_different_codes() {
        let vague = |it: Concept| {
            Concept::new(Some("Drug allergy".to_owned()), vec![it.codings[0].clone()])
        };
        assert_eq!(
            count(&[
                vague(coded("1", "Penicillin")),
                vague(coded("2", "Aspirin"))
            ]),
            2
        );
    }
}
