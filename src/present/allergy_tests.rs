use super::*;
use crate::domain::Concept;
use crate::domain::Facts;
use crate::domain::allergy::{Reaction, lines, strip};
use crate::domain::answer::Answer;
use crate::domain::sample::{allergy, source, when};

fn names(id: &SourceId) -> String {
    match id.as_str() {
        "gp" => "GP".to_owned(),
        "rm2" => "Wythenshawe".to_owned(),
        other => other.to_owned(),
    }
}

/// What went wrong with each.
fn why(id: &SourceId) -> String {
    problem::short(match id.as_str() {
        "busy" => &Problem::Busy,
        "offline" => &Problem::Unmatched,
        _ => &Problem::Unreachable,
    })
}

fn penicillin() -> Allergy {
    let mut it = allergy("gp", "Penicillin");
    it.reactions = vec![Reaction {
        manifestations: vec![Concept::from_text("Anaphylaxis")],
        ..Reaction::default()
    }];
    it.onset = when("1998");
    it
}

fn told(allergies: Vec<Allergy>, answers: &[(&str, Answer)]) -> (Strip, Vec<String>) {
    let answers: Vec<_> = answers
        .iter()
        .map(|(id, answer)| (source(id), *answer))
        .collect();
    let strip = strip(
        &Facts {
            allergies,
            ..Facts::default()
        },
        &answers,
    );
    let notes = notes(&strip, &names, &why);
    (strip, notes)
}

#[test]
fn pab_0064_known_allergies_is_emphasised() {
    let all = [
        Standing::Loading,
        Standing::Known,
        Standing::NoneKnown,
        Standing::NotRecorded,
        Standing::Unavailable,
    ];
    let emphasised: Vec<_> = all
        .into_iter()
        .filter(|it| is_emphasised(*it))
        .map(title)
        .collect();
    assert_eq!(emphasised, ["Known allergies"]);
}

#[test]
fn pab_0072_there_are_exactly_four_titles() {
    let titles = [
        Standing::Known,
        Standing::NoneKnown,
        Standing::NotRecorded,
        Standing::Unavailable,
    ]
    .map(title);
    assert_eq!(
        titles,
        [
            "Known allergies",
            "No known allergies",
            "Allergies not recorded",
            "Allergies unavailable"
        ]
    );
    assert!(
        !titles.contains(&title(Standing::Loading)),
        "not loaded yet is none of them"
    );
}

#[test]
fn a_line_has_agent_reaction_and_year() {
    let words = line(&lines(&[penicillin()])[0]);
    assert_eq!(
        (words.substance.as_str(), words.rest.as_str()),
        ("Penicillin", " — anaphylaxis (1998)")
    );
    assert_eq!(line(&lines(&[allergy("gp", "Latex")])[0]).rest, "");
}

#[test]
fn what_two_sources_say_of_one_agent_is_said_once() {
    let mut other = penicillin();
    other.origin.source = source("rm2");
    other.onset = None;
    other.reactions[0].severity = Some("severe".to_owned());
    other.criticality = Some("high".to_owned());
    let words = line(&lines(&[penicillin(), other])[0]);
    assert_eq!(
        words.rest,
        " — anaphylaxis, anaphylaxis, severe, high risk (1998)"
    );
}

#[test]
fn who_was_not_asked_and_who_means_somebody_else_are_not_said_to_be_out_of_reach() {
    let unasked = [("gp", Answer::Answered), ("rm2", Answer::Unasked)];
    let (strip, notes) = told(vec![], &unasked);
    assert_eq!(title(strip.standing), "Allergies unavailable");
    assert_eq!(notes, ["Wythenshawe not asked: no valid NHS number"]);
    assert_eq!(coverage(&strip).as_deref(), Some("1 of 2 sources"));
    let left_out = [("gp", Answer::Answered), ("rm2", Answer::LeftOut)];
    let (strip, notes) = told(vec![], &left_out);
    assert_eq!(title(strip.standing), "Allergies unavailable");
    assert_eq!(
        notes,
        ["Wythenshawe left out: it answered about somebody else"]
    );
    assert_eq!(coverage(&strip).as_deref(), Some("1 of 2 sources"));
}

#[test]
fn a_code_without_words_is_said_in_ours() {
    let said = |code: &str| {
        let mut none = allergy("gp", "");
        let coding = crate::domain::Coding {
            system: Some(crate::domain::code::SNOMED.to_owned()),
            code: Some(code.to_owned()),
            display: None,
        };
        none.agent = Concept::new(None, vec![coding]);
        none.states_none_known = true;
        told(vec![none], &[("gp", Answer::Answered)]).1
    };
    assert_eq!(said("716186003"), ["No known allergies (GP)"]);
    assert_eq!(said("409137002"), ["No known drug allergies (GP)"]);
}

#[test]
fn what_is_missing_or_contradicted_is_said() {
    let mut none = allergy("gp", "No known allergies");
    none.states_none_known = true;
    none.recorded = when("2026-03-01");
    let answered = [("gp", Answer::Answered), ("rm2", Answer::Failed)];
    let (strip, notes) = told(vec![none.clone()], &answered);
    assert_eq!(title(strip.standing), "Allergies unavailable");
    assert_eq!(
        notes,
        [
            "No known allergies (GP, 01-Mar-2026)",
            "Wythenshawe not reached"
        ]
    );
    let mut latex = allergy("rm2", "Latex");
    latex.onset = None;
    let (strip, notes) = told(
        vec![none, latex],
        &[("gp", Answer::Answered), ("rm2", Answer::Answered)],
    );
    assert_eq!(notes, ["GP says none known"]);
    assert_eq!(
        spoken(&strip, &names, &why),
        "Known allergies: Latex. GP says none known. both sources"
    );
}

#[test]
fn what_went_wrong_is_said_as_in_the_panels() {
    let all = ["busy", "rm2", "offline", "gp"].map(|it| (it, Answer::Failed));
    let (strip, notes) = told(Vec::new(), &all);
    assert_eq!(title(strip.standing), "Allergies unavailable");
    let short = |it: &Problem| problem::short(it);
    assert_eq!(
        notes,
        [
            format!("busy {}", short(&Problem::Busy)),
            format!("Wythenshawe and GP {}", short(&Problem::Unreachable)),
            format!("offline {}", short(&Problem::Unmatched)),
        ]
    );
}

#[test]
fn how_many_sources_have_answered_is_said_before_and_after() {
    let latex = || vec![allergy("rm2", "Latex")];
    let said = |allergies, answers: &[(&str, Answer)]| coverage(&told(allergies, answers).0);
    let first = [("gp", Answer::Loading), ("rm2", Answer::Answered)];
    assert_eq!(
        said(latex(), &first).as_deref(),
        Some("1 of 2 sources so far")
    );
    assert_eq!(
        said(Vec::new(), &first),
        None,
        "the title says that it loads"
    );
    let failed = [("gp", Answer::Failed), ("rm2", Answer::Answered)];
    assert_eq!(said(latex(), &failed).as_deref(), Some("1 of 2 sources"));
    assert_eq!(told(latex(), &failed).1, ["GP not reached"]);
    let withheld = [("gp", Answer::Withheld), ("rm2", Answer::Answered)];
    assert_eq!(said(latex(), &withheld), None, "not \"both\"");
    let three = ["gp", "rm2", "rw3"].map(|it| (it, Answer::Answered));
    assert_eq!(said(latex(), &three[..2]).as_deref(), Some("both sources"));
    assert_eq!(said(latex(), &three).as_deref(), Some("all 3 sources"));
    assert_eq!(said(latex(), &three[..1]), None, "its only source");
}
