//! A person as one source knows them.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Coded, Concept, NhsNumber, Origin, Party, Period, ResourceRef, When, origin};

/// The logical id of a person in one source: opaque, safe in a path, the only thing about a person in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatientId(Arc<str>);

/// What was given is not a FHIR id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Hash)]
#[error("not a FHIR id")]
pub struct BadId;

impl PatientId {
    /// Checks once, so that it is safe in a path everywhere.
    pub fn parse(raw: &str) -> Result<Self, BadId> {
        if origin::is_id(raw) {
            Ok(Self(raw.into()))
        } else {
            Err(BadId)
        }
    }

    /// Whom a reference is to; the same place in memory.
    pub fn of(reference: &ResourceRef) -> Result<Self, BadId> {
        if origin::is_id(&reference.id) {
            Ok(Self(Arc::clone(&reference.id)))
        } else {
            Err(BadId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
    Other,
    Unknown,
}

/// A `HumanName`; parts in the order received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// `usual`, `official`, `nickname`, `old`, `maiden` …, as received.
    pub usage: Option<String>,
    pub family: Option<String>,
    pub given: Vec<String>,
    pub prefix: Vec<String>,
    /// The whole name as text, for sources that give nothing else.
    pub text: Option<String>,
    pub period: Period,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Deceased {
    /// Known to have died, not when.
    Yes,
    On(When),
}

/// A phone number, e-mail or other way to reach somebody. `rank` 1 is tried first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Telecom {
    pub system: Option<String>,
    pub value: String,
    pub usage: Option<String>,
    pub rank: Option<u32>,
    pub period: Period,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Address {
    pub usage: Option<String>,
    /// From house to postcode, in postal order; `text` split at line breaks when there is nothing else.
    pub lines: Vec<String>,
    pub period: Period,
}

/// An NHS number with what the source says of its verification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeenNumber {
    pub number: NhsNumber,
    /// UKCore-NHSNumberVerificationStatus, e.g. "Number present and verified".
    pub verification: Option<Concept>,
}

/// A hospital or other local number, with who gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LocalNumber {
    pub system: Option<String>,
    pub value: String,
    pub label: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Patient {
    pub origin: Origin,
    pub id: PatientId,
    pub active: bool,
    pub numbers: Vec<SeenNumber>,
    pub local_numbers: Vec<LocalNumber>,
    pub names: Vec<PersonName>,
    pub birth: Option<When>,
    pub gender: Option<Coded<Gender>>,
    pub deceased: Option<Deceased>,
    pub telecoms: Vec<Telecom>,
    pub addresses: Vec<Address>,
    pub practice: Option<Party>,
    pub ethnicity: Option<Concept>,
    pub languages: Vec<Concept>,
    pub interpreter_required: bool,
    /// The record that is to be used instead of this one (`link.type` = `replaced-by`).
    pub replaced_by: Option<ResourceRef>,
}

impl PersonName {
    /// Given names and family name, else the whole as text.
    pub fn plain(&self) -> String {
        let parts = self.given.iter().chain(&self.family);
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        if parts.is_empty() {
            self.text.clone().unwrap_or_default()
        } else {
            parts.join(" ")
        }
    }

    /// Called so once. What ends on a day to come is in use until then.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        let last = self.period.end.as_ref().and_then(When::last_day);
        is_called_old(self.usage.as_deref()) || last.is_some_and(|day| day < today)
    }

    /// By which names are ordered, the one that is shown first: [`use_order`].
    pub fn use_order(&self) -> impl Ord + use<> {
        use_order(self.usage.as_deref(), self.period.end.as_ref())
    }

    /// Whether no letter of it is of another script than Latin.
    fn is_latin(&self) -> bool {
        let parts = self.family.iter().chain(&self.given).chain(&self.text);
        let mut letters = parts.flat_map(|it| it.chars().filter(|it| it.is_alphabetic()));
        letters.all(|it| matches!(it, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
    }
}

fn is_called_old(usage: Option<&str>) -> bool {
    matches!(usage, Some("old" | "maiden"))
}

/// Names without an end come first, then those with one, the latest first, then those that are called old: what is in use
/// comes before what is over, by whatever clock. An end that cannot be read is the earliest.
pub fn use_order(usage: Option<&str>, end: Option<&When>) -> impl Ord + use<> {
    let day = end.and_then(When::first_day);
    (is_called_old(usage), end.is_some(), Reverse(day))
}

impl Patient {
    /// The name to show: `usual`, else `official`, else the first of those that are in use; among them one in letters that
    /// everybody here reads before one in another script.
    pub fn name(&self) -> Option<&PersonName> {
        let rank = |it: &PersonName| match it.usage.as_deref() {
            Some("usual") => 0,
            Some("official") => 1,
            _ => 2,
        };
        let order = |it: &&PersonName| (it.use_order(), !it.is_latin(), rank(it));
        self.names.iter().min_by_key(order)
    }

    pub fn number(&self) -> Option<&SeenNumber> {
        self.numbers.first()
    }

    /// By which other sources can be asked: under a number that fails its check they have nobody, or anybody.
    pub fn asked_by(&self) -> impl Iterator<Item = &NhsNumber> {
        let all = self.numbers.iter().map(|it| &it.number);
        all.filter(|it| it.is_valid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::patient;

    fn named(usage: Option<&str>, family: &str) -> PersonName {
        PersonName {
            usage: usage.map(str::to_owned),
            family: Some(family.to_owned()),
            ..PersonName::default()
        }
    }

    fn shown(names: Vec<PersonName>) -> Option<String> {
        let mut it = patient("shared", "9434765919", "", "", "1945-07-14");
        it.names = names;
        it.name()?.family.clone()
    }

    #[test]
    fn nobody_is_asked_for_by_a_number_that_fails_its_check() {
        let mut it = patient("shared", "9912003814", "Smith", "Jane", "1945-07-14");
        assert_eq!(it.asked_by().count(), 0);
        let right = patient("shared", "9434765919", "", "", "").numbers;
        it.numbers.extend(right.clone());
        let asked: Vec<_> = it.asked_by().collect();
        assert_eq!(asked, [&right[0].number]);
        assert_ne!(it.number(), right.first(), "and it is shown as it was");
    }

    #[test]
    fn the_usual_name_is_shown_but_never_one_that_a_ward_cannot_read_instead_of_one_it_can() {
        let (usual, official, old) = (Some("usual"), Some("official"), Some("old"));
        let of = |names: &[(Option<&str>, &str)]| {
            shown(names.iter().map(|(usage, it)| named(*usage, it)).collect())
        };
        let said = |it: &str| Some(it.to_owned());
        assert_eq!(of(&[(official, "Jones"), (usual, "Smith")]), said("Smith"));
        assert_eq!(of(&[(None, "Jones"), (official, "Łuczak")]), said("Łuczak"));
        assert_eq!(of(&[(old, "Jones"), (None, "Smith")]), said("Smith"));
        assert_eq!(
            of(&[(official, "Al-Sayed"), (usual, "السيد")]),
            said("Al-Sayed")
        );
        assert_eq!(of(&[(old, "Al-Sayed"), (usual, "السيد")]), said("السيد"));
        assert_eq!(of(&[(old, "Jones")]), said("Jones"));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_name_that_has_ended_is_shown_only_where_there_is_no_other() {
        let ended = |usage: Option<&str>, family: &str| PersonName {
            period: crate::domain::sample::period("", "2019-05-01"),
            ..named(usage, family)
        };
        let married = Some("Smith".to_owned());
        for usage in [Some("usual"), Some("official"), None] {
            let all = vec![ended(usage, "Jones"), named(None, "Smith")];
            assert_eq!(shown(all), married, "{usage:?}");
        }
        assert_eq!(shown(vec![ended(Some("usual"), "Smith")]), married);
        // One that ends on a day to come, before one that has ended and one that is called old.
        let mut soon = ended(Some("official"), "Smith");
        soon.period = crate::domain::sample::period("", "2030");
        let others = [
            ended(Some("usual"), "Jones"),
            named(Some("maiden"), "Brown"),
        ];
        for other in others {
            let all = vec![other.clone(), soon.clone()];
            assert_eq!(shown(all), married, "{other:?}");
        }
        let day = |raw: &str| When::parse(raw).first_day().unwrap();
        assert!(!soon.is_old(day("2030-12-31")) && soon.is_old(day("2031-01-01")));
    }
}
