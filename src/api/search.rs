//! One FHIR search, written as the part of a URL after the base.

use crate::domain::percent::encode;

/// `Type?name=value&…`: <https://hl7.org/fhir/R4/search.html>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    kind: &'static str,
    parameters: Vec<(&'static str, String)>,
    optional: bool,
}

impl Search {
    pub fn new(kind: &'static str) -> Self {
        Self {
            kind,
            parameters: Vec::new(),
            optional: false,
        }
    }

    /// Adds a parameter. `value` may contain `,` between alternatives.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn count(self, count: usize) -> Self {
        self.with("_count", count.to_string())
    }

    /// What is left out without harm when the source does not offer it.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    pub fn is_optional(&self) -> bool {
        self.optional
    }

    pub fn kind(&self) -> &'static str {
        self.kind
    }

    pub fn parameters(&self) -> &[(&'static str, String)] {
        &self.parameters
    }

    /// Without the parameters for which `keep` is false.
    #[must_use]
    pub fn keeping(mut self, keep: impl Fn(&str, &str) -> bool) -> Self {
        self.parameters.retain(|(name, value)| keep(name, value));
        self
    }

    /// The same for the facts alone, without what these refer to and an order; `None` where that is what it asks.
    pub fn plain(&self) -> Option<Self> {
        const BESIDE: [&str; 4] = ["_sort", "_include", "_include:iterate", "_revinclude"];
        let plain = self.clone().keeping(|name, _| !BESIDE.contains(&name));
        (plain.parameters.len() < self.parameters.len()).then_some(plain)
    }

    /// With another name for a parameter, chains included (`patient.identifier` → `subject.identifier`).
    #[must_use]
    pub fn renamed(
        mut self,
        from: &'static str,
        to: &'static str,
        chained_to: &'static str,
    ) -> Self {
        for (name, _) in &mut self.parameters {
            if *name == from {
                *name = to;
            } else if name.split('.').next() == Some(from) {
                *name = chained_to;
            }
        }
        self
    }

    pub fn path(&self) -> String {
        let query: Vec<String> = self
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() {
            self.kind.to_owned()
        } else {
            format!("{}?{}", self.kind, query.join("&"))
        }
    }
}

/// Escapes what a person typed for use as a search value: `,` `$` `|` and `\` have a meaning in FHIR.
pub fn escape(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    for letter in typed.chars() {
        if matches!(letter, ',' | '$' | '|' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_cannot_become_another_parameter() {
        let search = Search::new("Patient").with("name", escape("O'Brien & Co, _count=9"));
        assert_eq!(
            search.path(),
            "Patient?name=O%27Brien%20%26%20Co%5C,%20_count%3D9"
        );
    }

    #[test]
    fn an_identifier_keeps_its_system() {
        let search = Search::new("Patient")
            .with("identifier", "https://fhir.nhs.uk/Id/nhs-number|9990000018");
        assert_eq!(
            search.path(),
            "Patient?identifier=https://fhir.nhs.uk/Id/nhs-number%7C9990000018"
        );
    }
}
