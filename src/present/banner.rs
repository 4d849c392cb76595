//! Who this is, in the order of the patient banner (PAB-0016). The micro-banner takes the first three.

use chrono::NaiveDate;

use super::name::{clean, shown};
use super::{date, name, nhs_number};
use crate::domain::patient::{Deceased, Gender};
use crate::domain::{Coded, Patient, When};

/// What the banner says; unknown is a word, never "?".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// `SMITH, Jane (Mrs)`.
    pub name: String,
    /// `14-Jul-1945 (81y)`; without the age for a person who has died.
    pub born: String,
    /// When the person died and how old they were; `None` while alive.
    pub died: Option<(String, String)>,
    pub gender: String,
    /// `999 012 3456`, or that it is not recorded.
    pub nhs_number: String,
    /// Above the fold, never hidden.
    pub warnings: Vec<String>,
}

/// `deceased` is what all sources together say of it; `warnings` are those of the caller (conflicts between sources),
/// to which the ones of this record are added.
pub fn words(
    patient: &Patient,
    deceased: Option<&Deceased>,
    warnings: &[String],
    today: NaiveDate,
) -> Identity {
    let deceased = deceased.or(patient.deceased.as_ref());
    let born = match deceased {
        Some(_) => date::day_or_not_recorded(patient.birth.as_ref()),
        None => date::born(patient.birth.as_ref(), today),
    };
    let mut all: Vec<String> = warnings.iter().filter_map(|it| shown(it)).collect();
    for own in own_warnings(patient, today) {
        if !all.contains(&own) {
            all.push(own);
        }
    }
    Identity {
        name: name::of_patient(patient),
        born,
        died: deceased.map(|it| died(it, patient.birth.as_ref())),
        gender: gender(patient.gender.as_ref()),
        nhs_number: nhs_number::words(patient.number()),
        warnings: all,
    }
}

/// What this record itself gives to be careful about.
fn own_warnings(patient: &Patient, today: NaiveDate) -> Vec<String> {
    let mut all = Vec::new();
    if patient.replaced_by.is_some() {
        all.push("This record was joined with another one: use that one".to_owned());
    } else if !patient.active {
        all.push("The source no longer keeps this record up to date".to_owned());
    }
    if patient.name().is_some_and(|it| it.is_old(today)) {
        all.push("This is a former name: the record has no other".to_owned());
    }
    all.extend(patient.number().and_then(nhs_number::warning));
    if patient.interpreter_required {
        all.push(interpreter(patient));
    }
    all
}

fn interpreter(patient: &Patient) -> String {
    let languages: Vec<&str> = patient
        .languages
        .iter()
        .filter_map(|it| it.label())
        .collect();
    if languages.is_empty() {
        "Needs an interpreter".to_owned()
    } else {
        clean(&format!("Needs an interpreter: {}", languages.join(", ")))
    }
}

fn died(deceased: &Deceased, birth: Option<&When>) -> (String, String) {
    let Deceased::On(on) = deceased else {
        return ("Date not recorded".to_owned(), "Unknown".to_owned());
    };
    let age = birth.and_then(|birth| age_at(birth, on));
    (
        date::when_day(on),
        age.unwrap_or_else(|| "Unknown".to_owned()),
    )
}

/// The age on that day; as a span where either date leaves it open.
fn age_at(birth: &When, on: &When) -> Option<String> {
    let (first, last) = (on.first_day()?, on.last_day()?);
    let (low, high) = (date::age(birth, first), date::age(birth, last)?);
    match low {
        Some(low) if low != high => Some(format!("{low} to {high}")),
        _ => Some(high),
    }
}

/// Current gender in the words of the NHS data dictionary; a code that is not known is shown as it was received.
pub fn gender(gender: Option<&Coded<Gender>>) -> String {
    match gender {
        Some(Coded::Known(Gender::Male)) => "Male".to_owned(),
        Some(Coded::Known(Gender::Female)) => "Female".to_owned(),
        Some(Coded::Known(Gender::Other)) => "Other".to_owned(),
        Some(Coded::Known(Gender::Unknown)) => "Unknown".to_owned(),
        Some(Coded::Unknown(code)) => shown(code).unwrap_or_else(|| "Unknown".to_owned()),
        None => "Not recorded".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::patient::PersonName;
    use crate::domain::patient::SeenNumber;
    use crate::domain::{NhsNumber, Origin, PatientId, ResourceRef, SourceId};

    fn patient() -> Patient {
        Patient {
            origin: Origin {
                source: SourceId::new("shared"),
                resource: ResourceRef::new("Patient", "1"),
                updated: None,
            },
            id: PatientId::parse("1").unwrap(),
            active: true,
            numbers: vec![SeenNumber {
                number: NhsNumber::received("9434765919").unwrap(),
                verification: None,
            }],
            local_numbers: Vec::new(),
            names: vec![PersonName {
                family: Some("Smith".to_owned()),
                given: vec!["Jane".to_owned()],
                prefix: vec!["Mrs".to_owned()],
                ..PersonName::default()
            }],
            birth: Some(When::parse("1945-07-14")),
            gender: Some(Coded::Known(Gender::Female)),
            deceased: None,
            telecoms: Vec::new(),
            addresses: Vec::new(),
            practice: None,
            ethnicity: None,
            languages: Vec::new(),
            interpreter_required: false,
            replaced_by: None,
        }
    }

    fn today() -> NaiveDate {
        "2026-11-21".parse().unwrap()
    }

    #[test]
    fn pab_0016_name_birth_gender_and_number_in_words() {
        let words = words(&patient(), None, &[], today());
        assert_eq!(words.name, "SMITH, Jane (Mrs)");
        assert_eq!(words.born, "14-Jul-1945 (81y)");
        assert_eq!(words.gender, "Female");
        assert_eq!(words.nhs_number, "943 476 5919");
        assert!(words.died.is_none() && words.warnings.is_empty());
    }

    #[test]
    fn pab_0019_unknown_is_a_word() {
        let bare = Patient {
            numbers: Vec::new(),
            names: Vec::new(),
            birth: None,
            gender: None,
            ..patient()
        };
        let words = words(&bare, None, &[], today());
        let said = [words.name, words.born, words.gender, words.nhs_number];
        assert_eq!(
            said,
            [
                "Name not recorded",
                "Not recorded",
                "Not recorded",
                "Not recorded"
            ]
        );
        assert_eq!(gender(Some(&Coded::Known(Gender::Unknown))), "Unknown");
    }

    #[test]
    fn pab_0055_a_deceased_person_has_died_and_age_at_death_instead_of_an_age() {
        let on = Deceased::On(When::parse("2026-03-03"));
        let words = words(&patient(), Some(&on), &[], today());
        assert_eq!(words.born, "14-Jul-1945");
        assert_eq!(
            words.died,
            Some(("03-Mar-2026".to_owned(), "80y".to_owned()))
        );
    }

    #[test]
    fn pab_0059_a_death_without_a_date_is_still_a_death() {
        let own = Patient {
            deceased: Some(Deceased::Yes),
            ..patient()
        };
        let died = words(&own, None, &[], today()).died.unwrap();
        assert_eq!(died, ("Date not recorded".to_owned(), "Unknown".to_owned()));
        let year = Deceased::On(When::parse("2026"));
        let died = words(&patient(), Some(&year), &[], today()).died.unwrap();
        assert_eq!(died, ("2026".to_owned(), "80y to 81y".to_owned()));
    }

    #[test]
    fn a_former_name_is_said_to_be_one_where_there_is_no_other() {
        let mut old = patient();
        old.names[0].period.end = Some(When::parse("2019-05-01"));
        let said = |it: &Patient| words(it, None, &[], today()).warnings;
        assert_eq!(
            said(&old),
            ["This is a former name: the record has no other"]
        );
        old.names.push(PersonName {
            family: Some("Jones".to_owned()),
            ..PersonName::default()
        });
        assert_eq!(said(&old), Vec::<String>::new());
    }

    #[test]
    fn warnings_of_the_caller_come_first_and_none_is_lost() {
        let odd = Patient {
            active: false,
            interpreter_required: true,
            ..patient()
        };
        let conflict = "Sources disagree on the date of birth".to_owned();
        let words = words(&odd, None, std::slice::from_ref(&conflict), today());
        assert_eq!(words.warnings.len(), 3);
        assert_eq!(words.warnings.first(), Some(&conflict));
    }
}
