//! Where a link leads: <https://hl7.org/fhir/R4/references.html>. The address of something at another source means
//! nothing here; what it is called by does (<https://hl7.org/fhir/R4/references.html#logical>).

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::origin::{is_kind, kind};
use super::percent::{decode, encode};
use super::{Origin, Party, ResourceRef, SourceId};

/// What something is called by, the same whoever holds it: <https://hl7.org/fhir/R4/datatypes.html#Identifier>.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier {
    pub system: Box<str>,
    pub value: Box<str>,
}

impl Identifier {
    /// What is longer is no name, and would leave no room for words in an entry.
    const MOST_BYTES: usize = 600;

    pub fn new(system: &str, value: &str) -> Option<Arc<Self>> {
        let is_name = |it: &str| !it.trim().is_empty();
        let fits = system.len() + value.len() <= Self::MOST_BYTES;
        (fits && is_name(system) && is_name(value)).then(|| {
            Arc::new(Self {
                system: system.into(),
                value: value.into(),
            })
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Something of the source that has the link.
    Held(ResourceRef),
    /// A resource of this type that is called by this, whichever source holds it.
    Called(Cow<'static, str>, Arc<Identifier>),
}

/// Between the type and what it is called by, as in a search.
const CALLED: &str = "?identifier=";

impl Target {
    pub fn called(of: &str, by: Arc<Identifier>) -> Option<Self> {
        is_kind(of).then(|| Self::Called(kind(of), by))
    }

    /// Reads what is displayed: `Encounter/1`, `Encounter?identifier=urn:x|1`.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((kind, by)) = text.split_once(CALLED) else {
            return ResourceRef::parse(text).map(Self::Held);
        };
        let (system, value) = by.split_once('|')?;
        Self::called(kind, Identifier::new(&decode(system)?, &decode(value)?)?)
    }

    pub fn kind(&self) -> &str {
        match self {
            Self::Held(it) => &it.kind,
            Self::Called(kind, _) => kind,
        }
    }

    /// Whether a link that `from` has leads to this fact, which may be called by something.
    pub fn is(&self, from: &SourceId, fact: &Origin, by: Option<&Arc<Identifier>>) -> bool {
        match self {
            Self::Held(it) => fact.source == *from && fact.resource == *it,
            Self::Called(kind, own) => fact.resource.kind == *kind && by == Some(own),
        }
    }
}

impl From<ResourceRef> for Target {
    fn from(it: ResourceRef) -> Self {
        Self::Held(it)
    }
}

impl PartialEq<ResourceRef> for Target {
    fn eq(&self, other: &ResourceRef) -> bool {
        matches!(self, Self::Held(it) if it == other)
    }
}

/// In one word, whatever the identifier has in it.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(it) => it.fmt(f),
            Self::Called(kind, by) => {
                let (system, value) = (encode(&by.system), encode(&by.value));
                write!(f, "{kind}{CALLED}{system}|{value}")
            }
        }
    }
}

/// What a plan or a goal links, with the name that stands beside the link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Linked {
    pub name: Option<String>,
    /// `None` for what is only named.
    pub to: Option<Target>,
}

impl Linked {
    /// As what is named in the source that links it.
    pub fn party(&self) -> Party {
        let reference = self.to.as_ref().and_then(|it| match it {
            Target::Held(to) => Some(to.clone()),
            Target::Called(..) => None,
        });
        Party {
            name: self.name.clone(),
            reference,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn where_a_link_leads_is_one_word_that_comes_back() {
        let long = "é".repeat(150);
        for (system, value) in [
            ("urn:alongside:rw3:episode", "100001-e1"),
            ("https://example.org/a?b=c|d", "1|2"),
            (" urn:x\u{a0}y\t", " a  b "),
            ("urn:%41", "%2G?identifier=urn:x|1"),
            ("urn:x", "患者 🫀 O'Brien \"<b>\""),
            ("urn:x", long.as_str()),
        ] {
            let by = Identifier::new(system, value).unwrap();
            let to = Target::called("Encounter", by).unwrap();
            let word = to.to_string();
            assert_eq!(word.split_whitespace().count(), 1, "{word}");
            assert_eq!(Target::parse(&word), Some(to));
        }
        let plain = ResourceRef::new("Encounter", "1");
        assert_eq!(Target::parse("Encounter/1"), Some(plain.into()));
    }

    #[test]
    fn what_names_nothing_is_no_target() {
        for odd in [
            "Encounter?identifier=",
            "Encounter?identifier=urn:x",
            "Encounter?identifier=urn:x|",
            "Encounter?identifier=|1",
            "Encounter?identifier=urn:x|%2",
            "?identifier=urn:x|1",
            "encounter?identifier=urn:x|1",
            "../Encounter?identifier=urn:x|1",
            "Encounter?code=1",
        ] {
            assert_eq!(Target::parse(odd), None, "{odd}");
        }
        assert_eq!(Identifier::new("urn:x", &"9".repeat(1_000_000)), None);
        assert_eq!(Identifier::new("urn:x", "\u{a0}"), None);
    }
}
