//! What is said about a person whom several sources know: that they differ, or that one means somebody else.

use super::{banner, date, name, nhs_number};
use crate::domain::identity::Match;
use crate::domain::person::{Conflict, Difference, Person};
use crate::domain::{Coded, SourceId};

type Names<'a> = &'a dyn Fn(&SourceId) -> String;

/// Lines for the banner. `names` gives a source's name.
pub fn warnings(person: &Person, conflicts: &[Conflict], names: Names<'_>) -> Vec<String> {
    let differences = person.differences.iter().map(|it| difference(it, names));
    conflicts
        .iter()
        .map(|it| conflict(it, person, names))
        .chain(differences)
        .collect()
}

fn conflict(it: &Conflict, person: &Person, names: Names<'_>) -> String {
    let source = names(&it.patient.origin.source);
    let who = name::of_patient(&it.patient);
    let born = date::day_or_not_recorded(it.patient.birth.as_ref());
    let why = match it.why {
        Match::BirthDateDiffers => "under this NHS number somebody with another birth date",
        Match::NotCertain => {
            "under this NHS number somebody of another name, and there is no birth date to compare"
        }
        Match::Other | Match::Same => "somebody with another NHS number",
    };
    let left_out = if it.is_whole_source(&person.main) {
        "Nothing from there is shown here."
    } else {
        "That record is left out."
    };
    format!("{source} has {why}: {who}, born {born}. {left_out}")
}

fn difference(it: &Difference, names: Names<'_>) -> String {
    let said = |values: Vec<String>| values.join(", ");
    match it {
        Difference::Name(all) => {
            let words = all
                .iter()
                .map(|(source, it)| format!("{} ({})", name::formal(it), names(source)));
            format!("Names differ: {}", said(words.collect()))
        }
        Difference::BirthDate(all) => {
            let words = all
                .iter()
                .map(|(source, it)| format!("{} ({})", date::when_day(it), names(source)));
            format!("Birth dates differ: {}", said(words.collect()))
        }
        Difference::Number(all) => {
            let words = all
                .iter()
                .map(|(source, it)| format!("{} ({})", nhs_number::spaced(it), names(source)));
            format!("NHS numbers differ: {}", said(words.collect()))
        }
        Difference::Gender(all) => {
            let words = all.iter().map(|(source, it)| {
                let gender = banner::gender(Some(&Coded::Known(*it)));
                format!("{gender} ({})", names(source))
            });
            format!("Genders differ: {}", said(words.collect()))
        }
        Difference::NumberFailsCheck(all) => {
            let words = all
                .iter()
                .map(|(source, it)| format!("{} ({})", nhs_number::spaced(it), names(source)));
            format!("NHS number fails its check: {}", said(words.collect()))
        }
        Difference::Address(all) => {
            let words = all.iter().map(|(source, it)| {
                format!("{} ({})", name::clean(&it.lines.join(", ")), names(source))
            });
            format!("Addresses differ: {}", words.collect::<Vec<_>>().join("; "))
        }
        Difference::Phone(all) => {
            let words = all
                .iter()
                .map(|(source, it)| format!("{} ({})", name::clean(&it.join(", ")), names(source)));
            format!(
                "Telephone numbers differ: {}",
                words.collect::<Vec<_>>().join("; ")
            )
        }
        Difference::Deceased { says, silent } => {
            let list = |all: &[SourceId]| said(all.iter().map(names).collect());
            format!(
                "Recorded as deceased by {}, not by {}",
                list(says),
                list(silent)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Facts;
    use crate::domain::person::split;
    use crate::domain::sample::patient;

    #[test]
    fn a_record_that_only_its_number_speaks_for_is_said_to_be_left_out() {
        let known = patient("shared", "9434765919", "Smith", "Jane", "1945-07-14");
        let mut there = patient("rm2", "9434765919", "Brown", "Ann", "1945");
        there.birth = None;
        let facts = Facts {
            patients: vec![known.clone(), there],
            ..Facts::default()
        };
        let (facts, conflicts) = split(facts, &known);
        let person = Person::of(&known, &facts, crate::domain::sample::now());
        let said = warnings(&person, &conflicts, &|_| "Central".to_owned());
        let line = "Central has under this NHS number somebody of another name, and there is no birth date to compare: BROWN, Ann, born Not recorded. Nothing from there is shown here.";
        assert_eq!(said, [line]);
    }
}
