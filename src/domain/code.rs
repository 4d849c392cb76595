//! Coded values as FHIR gives them: a code we know, or one we keep and show.

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

/// A `CodeableConcept`: what the author wrote, and codes for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Concept {
    pub text: Option<String>,
    pub codings: Vec<Coding>,
}

pub const SNOMED: &str = "http://snomed.info/sct";
pub const DMD: &str = "https://dmd.nhs.uk";

impl Concept {
    pub fn from_text(text: &str) -> Self {
        Self {
            text: Some(text.to_owned()),
            codings: Vec::new(),
        }
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
