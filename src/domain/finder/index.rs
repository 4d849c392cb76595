//! Finding among the people who are here already: on every key, for thousands.

use chrono::Datelike;

use super::{Asked, TypedBirth, TypedNumber};
use crate::domain::folding::{fold, words};
use crate::domain::{Patient, When};

/// `Mac`, `Fitz` …: what stands before a name, in letters.
const LONGEST_PREFIX: usize = 4;

/// What one person is found by, made once.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Key {
    family: Vec<String>,
    others: Vec<String>,
    /// Names of several words written together, so that `smithjones` and `oneill` find `Smith-Jones` and `O Neill`.
    joined: Vec<String>,
    numbers: Vec<String>,
    birth: Option<When>,
    sort: String,
}

impl Key {
    pub fn of(patient: &Patient) -> Self {
        let mut keys = Self {
            birth: patient.birth.clone(),
            ..Self::default()
        };
        for name in &patient.names {
            if let Some(family) = &name.family {
                let family = words(family);
                if family.len() > 1 {
                    keys.joined.push(family.concat());
                }
                keys.family.extend(family);
            }
            let given = name.given.iter().chain(&name.prefix).chain(&name.text);
            keys.others.extend(given.flat_map(|it| words(it)));
        }
        let shown = patient.name();
        keys.sort = shown.map_or_else(String::new, |it| {
            let family = it.family.as_deref().or(it.text.as_deref()).unwrap_or("");
            fold(&format!("{family} {}", it.given.join(" ")))
        });
        keys.numbers = patient
            .numbers
            .iter()
            .map(|it| it.number.as_str().to_owned())
            .collect();
        keys.numbers
            .extend(patient.local_numbers.iter().map(|it| it.value.clone()));
        // Lists that grew have room to spare, and a copy has none: there can be thousands of keys.
        keys.clone()
    }

    pub fn matches(&self, asked: &Asked) -> bool {
        self.rank(asked).is_some()
    }

    /// The lower the better; `None` when a part does not fit.
    fn rank(&self, asked: &Asked) -> Option<u32> {
        let mut rank = 0;
        if let Some(number) = &asked.number {
            self.has_number(number).then_some(())?;
        }
        if let Some(birth) = asked.birth {
            self.born(birth).then_some(())?;
        }
        rank += self.names_rank(&asked.names)?;
        Some(rank)
    }

    /// Every word must fit, alone or as the beginning of a name that others write together: `O Brien`, `Mc Donald`.
    fn names_rank(&self, words: &[String]) -> Option<u32> {
        let Some((first, rest)) = words.split_first() else {
            return Some(0);
        };
        let alone = self.name_rank(first);
        let alone = alone.and_then(|it| Some(it + self.names_rank(rest)?));
        alone.or_else(|| {
            let (next, rest) = rest.split_first()?;
            let together = (first.len() <= LONGEST_PREFIX).then(|| format!("{first}{next}"))?;
            Some(self.name_rank(&together)? + self.names_rank(rest)?)
        })
    }

    fn name_rank(&self, part: &str) -> Option<u32> {
        let begins = |all: &[String]| all.iter().any(|it| it.starts_with(part));
        if self.family.iter().any(|it| it == part) {
            Some(0)
        } else if begins(&self.family) {
            Some(1)
        } else if self.others.iter().any(|it| it == part) {
            Some(2)
        } else if begins(&self.others) {
            Some(3)
        } else {
            (part.len() > 2 && begins(&self.joined)).then_some(4)
        }
    }

    fn has_number(&self, typed: &TypedNumber) -> bool {
        match typed {
            TypedNumber::Valid(number) => self.numbers.iter().any(|it| it == number.as_str()),
            TypedNumber::WrongCheckDigit { digits } => self.numbers.contains(digits),
            TypedNumber::Typing { digits } => self
                .numbers
                .iter()
                .any(|it| it.starts_with(digits.as_str())),
            TypedNumber::TooLong(_) => false,
        }
    }

    fn born(&self, typed: TypedBirth) -> bool {
        let Some(birth) = &self.birth else {
            return false;
        };
        let Some((first, last)) = birth.first_day().zip(birth.last_day()) else {
            return false;
        };
        match typed {
            TypedBirth::Day(day) => first <= day && day <= last,
            TypedBirth::Month(year, month) => {
                first.year() == year
                    && (first.month() == month || first.month() < month && month <= last.month())
            }
            TypedBirth::Year(year) => first.year() == year,
            TypedBirth::Impossible => false,
        }
    }
}

/// Places of the best hits among the keys: whole family names first, then beginnings, then given names; equals by
/// name. None for an empty question.
pub fn matches(asked: &Asked, keys: &[Key], limit: usize) -> Vec<usize> {
    if asked.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u32, &str, usize)> = keys
        .iter()
        .enumerate()
        .filter_map(|(at, key)| Some((key.rank(asked)?, key.sort.as_str(), at)))
        .collect();
    hits.sort_unstable();
    hits.into_iter().take(limit).map(|(_, _, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::understand;
    use super::*;
    use crate::domain::sample::{now, patient};

    fn families(patients: &[Patient], typed: &str) -> Vec<String> {
        let keys: Vec<Key> = patients.iter().map(Key::of).collect();
        let found = matches(&understand(typed, now()), &keys, 10);
        found
            .iter()
            .filter_map(|it| patients[*it].names[0].family.clone())
            .collect()
    }

    #[test]
    fn accents_apostrophes_and_hyphens_do_not_hide_anybody() {
        let people = [
            patient("shared", "9434765919", "O’Brien", "Zoë", "1945-07-14"),
            patient("shared", "9990000018", "Smith-Jones", "Alun", "1940-01-30"),
            patient("shared", "9990000026", "محمد", "علي", "1950"),
        ];
        for typed in [
            "obrien",
            "O'BRIEN",
            "O’Brien",
            "o'b zoe",
            "O Brien",
            "zoe o brien",
            "zoë",
            "943 476 5919",
            "9434",
            "14/7/45",
            "obrien 1945",
        ] {
            assert_eq!(families(&people, typed), ["O’Brien"], "{typed}");
        }
        for typed in [
            "smith",
            "jones",
            "smith-jones",
            "smithjones",
            "alun jones",
            "Jan 1940",
        ] {
            assert_eq!(families(&people, typed), ["Smith-Jones"], "{typed}");
        }
        assert_eq!(families(&people, "محمد"), ["محمد"]);
        assert_eq!(
            families(&people, "3/5/1950"),
            ["محمد"],
            "a birth date that is only a year is not contradicted"
        );
    }

    #[test]
    fn every_part_must_fit_and_a_part_must_begin_a_word() {
        let people = [patient("shared", "", "Smith", "Jane", "1945-07-14")];
        for typed in [
            "smith 1946",
            "mith",
            "smith john",
            "jane smith 943 476 5919",
            "31/02/1945",
        ] {
            assert_eq!(families(&people, typed), [""; 0], "{typed}");
        }
    }

    #[test]
    fn a_whole_family_name_ranks_before_a_beginning_and_that_before_a_given_name() {
        let people = [
            patient("shared", "", "Brown", "Lee", "1945"),
            patient("shared", "", "Leeds", "Ann", "1945"),
            patient("shared", "", "Lee", "Bob", "1945"),
        ];
        assert_eq!(families(&people, "lee"), ["Lee", "Leeds", "Brown"]);
    }

    #[test]
    fn six_thousand_people_are_searched_within_one_frame() {
        let people: Vec<Patient> = (0..6000)
            .map(|n| {
                patient(
                    "shared",
                    "9434765919",
                    &format!("Name{n}"),
                    "Jane Mary",
                    "1945-07-14",
                )
            })
            .collect();
        let keys: Vec<Key> = people.iter().map(Key::of).collect();
        let began = std::time::Instant::now();
        for typed in [
            "n",
            "na",
            "nam",
            "name5",
            "name59",
            "name599",
            "name5999",
            "name5999 j",
            "name5999 1945",
            "zz",
        ] {
            matches(&understand(typed, now()), &keys, 20);
        }
        // Ten keys; unoptimised on a shared core, still far below a second.
        assert!(began.elapsed().as_millis() < 1500, "{:?}", began.elapsed());
    }
}
