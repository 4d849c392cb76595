//! What is one thing, and what is two.

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

/// Each compared with all others.
fn compared(all: &[Concept]) -> Vec<Vec<Concept>> {
    let key = |it: &Concept| Key::of(it, &[SNOMED]);
    let mut groups: Vec<Vec<Concept>> = Vec::new();
    for it in all {
        let one = key(it);
        let is_twin =
            |other: &Concept| !one.whole().is_empty() && one.whole() == key(other).whole();
        let is_same = |other: &Concept| one.same(&key(other));
        let twin = groups.iter().position(|of| of.iter().any(is_twin));
        let same = || groups.iter().position(|of| of.iter().any(is_same));
        match twin.or_else(same) {
            Some(at) => groups[at].push(it.clone()),
            None => groups.push(vec![it.clone()]),
        }
    }
    groups
}

/// Being the same is not handed on from one to the next: the order in which they come counts.
#[test]
fn what_is_looked_up_is_what_a_comparison_of_each_with_all_finds() {
    let mut chance = 7_u64;
    let mut next = |below: usize| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(chance >> 33).unwrap() % below
    };
    let mut joined = 0;
    for _ in 0..3_000 {
        let mut some = |most: usize| {
            let words = ["allergy", "drug", "to", "penicillin", "?"];
            let count = next(most + 1);
            (0..count)
                .map(|_| words[next(5)])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let mut concept = || {
            let text = Some(some(3)).filter(|it| !it.is_empty());
            let codings = some(2)
                .split(' ')
                .map(|code| Coding {
                    system: Some(SNOMED.to_owned()),
                    code: Some(code.to_owned()).filter(|it| it != "?"),
                    display: Some(some(3)).filter(|it| !it.is_empty()),
                })
                .collect();
            Concept::new(text, codings)
        };
        let all: Vec<Concept> = (0..9).map(|_| concept()).collect();
        let found = grouped(all.clone(), |it| it, &[SNOMED]);
        assert_eq!(found, compared(&all), "{all:#?}");
        joined += usize::from((2..9).contains(&found.len()));
    }
    assert!(joined > 2_000, "{joined}");
}

#[test]
fn ten_thousand_that_one_general_code_is_said_of_are_as_many_things_and_as_many_again_are_the_same()
{
    let said = |it: usize| {
        let coding = Coding {
            display: Some("Allergy to drug".to_owned()),
            ..coded("416098002", "").codings[0].clone()
        };
        Concept::new(Some(format!("Allergy to drug {it}")), vec![coding])
    };
    let all: Vec<Concept> = (0..20_000).map(|it| said(it % 10_000)).collect();
    assert_eq!(count(&all), 10_000);
}

#[test]
fn one_vague_text_never_joins_two_different_codes() {
    let vague =
        |it: Concept| Concept::new(Some("Drug allergy".to_owned()), vec![it.codings[0].clone()]);
    assert_eq!(
        count(&[
            vague(coded("1", "Penicillin")),
            vague(coded("2", "Aspirin"))
        ]),
        2
    );
}
