//! When two concepts from two sources mean the same thing: the same code, else the same words. Nothing cleverer, so
//! that nothing is ever hidden behind another's name.

use super::Concept;
use super::folding::{fold, words};

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

    /// As records that were sent on have it: one code for whatever could not be coded.
    #[test]
    fn what_one_general_code_is_said_of_is_not_hidden_behind_another() {
        let said = |text: &str, display: Option<&str>| {
            let coding = Coding {
                system: Some(SNOMED.to_owned()),
                code: Some("416098002".to_owned()),
                display: display.map(str::to_owned),
            };
            Concept::new(Some(text.to_owned()), vec![coding])
        };
        for display in [None, Some("Allergy to drug")] {
            let apart = [said("Penicillin", display), said("Aspirin", display)];
            assert_eq!(count(&apart), 2, "{display:?}");
            let one = [said("Aspirin", display), said("Aspirin 75 mg", display)];
            assert_eq!(count(&one), 1, "{display:?}");
        }
        let (drug, display) = ("Allergy to drug", Some("Allergy to drug"));
        let which = [
            said("Allergy to penicillin", display),
            said("Allergy to aspirin", display),
        ];
        assert_eq!(count(&which), 2);
        assert_eq!(
            count(&[said(drug, display), said("Drug allergy", display)]),
            1
        );
        assert_eq!(
            count(&[said("Penicillin V", display), coded("416098002", drug)]),
            1
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
