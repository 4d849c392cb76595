//! The data types that every resource is made of: <https://hl7.org/fhir/R4/datatypes.html>.

use crate::domain::medicine::Amount;
use crate::domain::patient::{Address, PersonName, Telecom};
use crate::domain::{Coded, Coding, Concept, Period};

use super::element::Element;

/// Why an element has no value: <https://hl7.org/fhir/R4/extension-data-absent-reason.html>.
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
const ABSENT_SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

impl<'a> Element<'a> {
    /// Why it has no value, where the source says so.
    pub fn absent(self) -> Option<&'a str> {
        self.extension(ABSENT)?.text("valueCode")
    }

    pub fn as_concept(self) -> Option<Concept> {
        self.as_object()?;
        let mut codings: Vec<Coding> = self.list("coding").map(coding).collect();
        codings.retain(|it| it.code.is_some() || it.display.is_some());
        let text = self.string("text");
        if text.is_none() && codings.is_empty() {
            // "masked" or "unknown" is what the source says, and is shown as that.
            let Some(code) = self.absent() else {
                self.wrong("says nothing");
                return None;
            };
            codings.push(Coding {
                system: Some(ABSENT_SYSTEM.to_owned()),
                code: Some(code.to_owned()),
                display: None,
            });
        }
        Some(Concept::new(text, codings))
    }

    pub fn concept(self, name: &str) -> Option<Concept> {
        self.at(name)?.as_concept()
    }

    pub fn concepts(self, name: &str) -> Vec<Concept> {
        self.list(name).filter_map(Self::as_concept).collect()
    }

    /// A bare `Coding`, as a concept without text.
    pub fn as_coding(self) -> Option<Concept> {
        let coding = coding(self.as_object()?);
        if coding.code.is_none() && coding.display.is_none() {
            self.wrong("says nothing");
            return None;
        }
        Some(Concept::new(None, vec![coding]))
    }

    pub fn codings(self, name: &str) -> Vec<Concept> {
        self.list(name).filter_map(Self::as_coding).collect()
    }

    /// A status that is a `CodeableConcept`: the first code that is known, else the words.
    pub fn coded_concept<T>(self, name: &str, known: fn(&str) -> Option<T>) -> Option<Coded<T>> {
        let concept = self.concept(name)?;
        let mut codes = concept.codings.iter().filter_map(|it| it.code.as_deref());
        match codes.find_map(known) {
            Some(known) => Some(Coded::Known(known)),
            None => concept.label().map(|it| Coded::Unknown(it.to_owned())),
        }
    }

    /// The code of a concept for fields that keep it as received.
    pub fn concept_code(self, name: &str) -> Option<String> {
        let concept = self.concept(name)?;
        let code = concept.codings.iter().find_map(|it| it.code.clone());
        code.or_else(|| concept.label().map(str::to_owned))
    }

    pub fn as_period(self) -> Period {
        match self.as_object() {
            Some(it) => Period {
                start: it.when("start"),
                end: it.when("end"),
            },
            None => Period::default(),
        }
    }

    pub fn period(self, name: &str) -> Period {
        self.at(name).map_or_else(Period::default, Self::as_period)
    }

    /// A `Quantity` with a number; without one it is said.
    pub fn as_amount(self) -> Option<Amount> {
        self.as_object()?;
        let unit = self.string("unit").or_else(|| self.string("code"));
        let Some(value) = self.number("value") else {
            if self.value().get("value").is_none() {
                self.wrong_at("value", "is missing");
            }
            return None;
        };
        Some(Amount {
            value,
            comparator: self.string("comparator"),
            unit,
        })
    }

    pub fn amount(self, name: &str) -> Option<Amount> {
        self.at(name)?.as_amount()
    }

    /// The texts of `Annotation`s.
    pub fn notes(self, name: &str) -> Vec<String> {
        self.list(name).filter_map(|it| it.string("text")).collect()
    }

    pub fn as_name(self) -> Option<PersonName> {
        self.as_object()?;
        Some(PersonName {
            usage: self.string("use"),
            family: self.string("family"),
            given: self.texts("given"),
            prefix: self.texts("prefix"),
            text: self.string("text"),
            period: self.period("period"),
        })
    }

    pub fn names(self, name: &str) -> Vec<PersonName> {
        self.list(name).filter_map(Self::as_name).collect()
    }

    /// Ways to reach somebody, in the order received; one without a value cannot be used and is said.
    pub fn telecoms(self, name: &str) -> Vec<Telecom> {
        self.list(name)
            .filter_map(|it| {
                let Some(value) = it.string("value") else {
                    it.wrong("has no value");
                    return None;
                };
                let rank = it.count("rank").and_then(|it| u32::try_from(it).ok());
                Some(Telecom {
                    system: it.string("system"),
                    value,
                    usage: it.string("use"),
                    rank,
                    period: it.period("period"),
                })
            })
            .collect()
    }

    pub fn as_address(self) -> Option<Address> {
        self.as_object()?;
        let mut lines = self.texts("line");
        let rest = ["city", "district", "state", "postalCode", "country"];
        lines.extend(rest.iter().filter_map(|part| self.string(part)));
        if lines.is_empty() {
            let text = self.text("text").unwrap_or("");
            lines.extend(text.lines().map(|it| it.trim().to_owned()));
            lines.retain(|it| !it.is_empty());
        }
        if lines.is_empty() {
            self.wrong("says nothing");
            return None;
        }
        Some(Address {
            usage: self.string("use"),
            lines,
            period: self.period("period"),
        })
    }

    pub fn addresses(self, name: &str) -> Vec<Address> {
        self.list(name).filter_map(Self::as_address).collect()
    }

    /// The first extension with this URL.
    pub fn extension(self, url: &str) -> Option<Self> {
        // Most elements have none: no iterator is set up for them.
        self.value().get("extension")?;
        self.list("extension")
            .find(|it| it.text("url") == Some(url))
    }
}

fn coding(it: Element<'_>) -> Coding {
    Coding {
        system: it.string("system"),
        code: it.string("code"),
        display: it.string("display"),
    }
}
