//! Coded values as FHIR gives them: a code we know, or one we keep and show.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

/// A value from a required code list. An unknown code is kept as it was received and shown, never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Coded<T> {
    Known(T),
    Unknown(String),
}

impl<T: PartialEq> Coded<T> {
    pub fn is(&self, value: &T) -> bool {
        matches!(self, Self::Known(known) if known == value)
    }
}

/// One code of a `CodeableConcept`: <https://hl7.org/fhir/R4/datatypes.html#Coding>.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Coding {
    pub system: Option<String>,
    pub code: Option<String>,
    pub display: Option<String>,
}

/// A `CodeableConcept`: what the author wrote, and codes for it. Thousands of facts say the same few hundred of them: what is
/// said again is the same place in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Concept(Arc<Said>);

#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct Said {
    pub text: Option<String>,
    pub codings: Vec<Coding>,
}

impl Deref for Concept {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.0
    }
}

/// So many concepts are looked for again; those that nobody holds any more go first.
const MOST_SHARED: usize = 4096;

thread_local! {
    static SHARED: RefCell<HashSet<Arc<Said>>> = RefCell::default();
}

pub const SNOMED: &str = "http://snomed.info/sct";
pub const DMD: &str = "https://dmd.nhs.uk";
/// What is absent or not known, in the international patient summary:
/// <https://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html>.
pub const ABSENT: &str = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

impl Concept {
    pub fn new(text: Option<String>, codings: Vec<Coding>) -> Self {
        let said = Said { text, codings };
        SHARED.with_borrow_mut(|all| {
            if let Some(known) = all.get(&said) {
                return Self(Arc::clone(known));
            }
            if all.len() >= MOST_SHARED {
                all.retain(|it| Arc::strong_count(it) > 1);
                // All are held: from here on words are new ones, as if nothing had been shared before.
                if all.len() >= MOST_SHARED {
                    all.clear();
                }
            }
            let said = Arc::new(said);
            all.insert(Arc::clone(&said));
            Self(said)
        })
    }

    pub fn from_text(text: &str) -> Self {
        Self::new(Some(text.to_owned()), Vec::new())
    }

    /// The words to show: the author's text, else a display, else the bare code. `None` when there is nothing.
    pub fn label(&self) -> Option<&str> {
        let display = || {
            self.codings
                .iter()
                .find_map(|it| filled(it.display.as_ref()))
        };
        let code = || self.codings.iter().find_map(|it| filled(it.code.as_ref()));
        filled(self.text.as_ref()).or_else(display).or_else(code)
    }

    pub fn has(&self, system: &str, code: &str) -> bool {
        self.codings
            .iter()
            .any(|it| it.system.as_deref() == Some(system) && it.code.as_deref() == Some(code))
    }

    /// The first code in a system.
    pub fn code_in(&self, system: &str) -> Option<&str> {
        self.codings
            .iter()
            .find(|it| it.system.as_deref() == Some(system))
            .and_then(|it| it.code.as_deref())
    }

    /// Whether the label is this text, whatever its case.
    pub fn says(&self, text: &str) -> bool {
        self.label()
            .is_some_and(|label| label.trim().eq_ignore_ascii_case(text))
    }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|it| it.trim()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again_is_the_same_place_in_memory_however_much_is_said() {
        let told = |text: &str| Concept::from_text(text);
        let (first, again) = (told("Fall"), told("Fall"));
        assert!(Arc::ptr_eq(&first.0, &again.0));
        let held: Vec<Concept> = (0..3 * MOST_SHARED)
            .map(|it| told(&it.to_string()))
            .collect();
        assert!(SHARED.with_borrow(HashSet::len) <= MOST_SHARED);
        assert_eq!(told("Fall"), first, "equal by what they say, shared or not");
        assert!(
            held.iter()
                .enumerate()
                .all(|(at, it)| it.says(&at.to_string()))
        );
    }
}
