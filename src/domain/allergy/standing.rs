//! The four things that can be said of somebody's allergies, and when each may be said.

use super::{Allergy, AllergyLine, lines};
use crate::domain::answer::{Answer, Answers, sources};
use crate::domain::code::{ABSENT, SNOMED};
use crate::domain::facts::Withheld;
use crate::domain::folding::fold;
use crate::domain::{Facts, SourceId};

/// Exactly four titles (PAB-0064 … 0072), and "not loaded yet", which is none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    #[default]
    Loading,
    Known,
    NoneKnown,
    NotRecorded,
    Unavailable,
}

/// What the strip under the banner is made of.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Strip {
    pub standing: Standing,
    /// Allergies that count now.
    pub lines: Vec<AllergyLine>,
    /// Those that are over, for the allergy list.
    pub inactive: Vec<AllergyLine>,
    /// Statements that there are none, or none of a kind.
    pub none_known: Vec<Allergy>,
    /// Sources that say "none known" while another has one.
    pub contradicted: Vec<SourceId>,
    /// How many sources are asked about allergies.
    pub asked: usize,
    pub loading: Vec<SourceId>,
    pub failed: Vec<SourceId>,
    /// Sources that cannot be asked about somebody without an NHS number.
    pub unasked: Vec<SourceId>,
    /// Sources that mean somebody else.
    pub left_out: Vec<SourceId>,
    /// Sources that keep something back: all of it, or items of a list.
    pub withheld: Vec<SourceId>,
    /// Sources of whose answer a part is missing, or could not be read.
    pub in_part: Vec<SourceId>,
}

/// Any known allergy is Known, whatever is missing. "None known" needs every source's answer and a statement that
/// says so of all allergies; a source that failed, keeps something back or answered in part makes it Unavailable.
pub fn strip(facts: &Facts, answers: &Answers) -> Strip {
    let (current, inactive): (Vec<_>, Vec<_>) = lines(&facts.allergies)
        .into_iter()
        .partition(|it| it.current);
    let none_known: Vec<Allergy> = statements(&facts.allergies).cloned().collect();
    let mut withheld = sources(answers, Answer::Withheld);
    for part in facts.withheld.iter().filter(|it| concerns_allergies(it)) {
        if !withheld.contains(&part.origin.source) {
            withheld.push(part.origin.source.clone());
        }
    }
    let [loading, failed, unasked, left_out, in_part] = [
        Answer::Loading,
        Answer::Failed,
        Answer::Unasked,
        Answer::LeftOut,
        Answer::InPart,
    ]
    .map(|it| sources(answers, it));
    let lacking = [&failed, &unasked, &left_out, &withheld, &in_part];
    let is_whole = lacking.into_iter().all(Vec::is_empty);
    let standing = if !current.is_empty() {
        Standing::Known
    } else if !loading.is_empty() {
        Standing::Loading
    } else if !is_whole || answers.is_empty() {
        Standing::Unavailable
    } else if none_known.iter().any(says_none_at_all) {
        Standing::NoneKnown
    } else {
        Standing::NotRecorded
    };
    let contradicted = if current.is_empty() {
        Vec::new()
    } else {
        none_known
            .iter()
            .filter(|it| says_none_at_all(it))
            .map(|it| it.origin.source.clone())
            .collect()
    };
    Strip {
        standing,
        lines: current,
        inactive,
        none_known,
        contradicted,
        asked: answers.len(),
        loading,
        failed,
        unasked,
        left_out,
        withheld,
        in_part,
    }
}

fn statements(allergies: &[Allergy]) -> impl Iterator<Item = &Allergy> {
    allergies
        .iter()
        .filter(|it| it.states_none_known && it.is_current())
}

/// SNOMED 716186003 itself (or the patient summary's code), not "no known drug allergy"; in words alone nothing but that: "no known allergy to penicillin"
/// says nothing of latex.
fn says_none_at_all(allergy: &Allergy) -> bool {
    let codings = allergy.agent.codings.iter();
    let mut codes = codings.filter(|it| it.system.as_deref() == Some(SNOMED));
    if codes.any(|it| it.code.is_some()) {
        return allergy.agent.has(SNOMED, "716186003");
    }
    if let Some(code) = allergy.agent.code_in(ABSENT) {
        return code == "no-known-allergies";
    }
    let words = fold(allergy.agent.label().unwrap_or(""));
    let words = words.strip_suffix(" situation").unwrap_or(&words);
    matches!(words, "no known allergies" | "no known allergy" | "nka")
}

/// A list about something else that is withheld says nothing of allergies; one that does not say what it is about may.
fn concerns_allergies(part: &Withheld) -> bool {
    part.about
        .as_deref()
        .is_none_or(|it| fold(it).contains("allerg"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{allergy, origin, source};
    use crate::domain::{Coding, Concept};

    fn answered(ids: &[&str]) -> Vec<(SourceId, Answer)> {
        ids.iter()
            .map(|it| (source(it), Answer::Answered))
            .collect()
    }

    fn none(from: &str) -> Allergy {
        let mut it = allergy(from, "No known allergies");
        it.states_none_known = true;
        it
    }

    fn of(allergies: Vec<Allergy>, answers: &Answers) -> Standing {
        strip(
            &Facts {
                allergies,
                ..Facts::default()
            },
            answers,
        )
        .standing
    }

    #[test]
    fn any_known_allergy_is_known_although_another_source_says_none() {
        let facts = Facts {
            allergies: vec![none("gp"), allergy("rm2", "Latex")],
            ..Facts::default()
        };
        let mut answers = answered(&["gp", "rm2"]);
        answers.push((source("rw3"), Answer::Failed));
        let strip = strip(&facts, &answers);
        assert_eq!(strip.standing, Standing::Known);
        assert_eq!(strip.contradicted, [source("gp")]);
        assert_eq!(strip.failed, [source("rw3")], "what is missing is said");
    }

    #[test]
    fn none_known_counts_only_when_every_source_has_answered() {
        let mut answers = answered(&["gp", "rm2"]);
        assert_eq!(of(vec![none("gp")], &answers), Standing::NoneKnown);
        answers[1].1 = Answer::Failed;
        assert_eq!(of(vec![none("gp")], &answers), Standing::Unavailable);
        answers[1].1 = Answer::Loading;
        assert_eq!(of(vec![none("gp")], &answers), Standing::Loading);
        for lacking in [Answer::Withheld, Answer::Unasked, Answer::LeftOut] {
            answers[1].1 = lacking;
            assert_eq!(of(vec![none("gp")], &answers), Standing::Unavailable);
        }
    }

    #[test]
    fn pab_0064_an_answer_in_part_is_never_none() {
        let mut answers = answered(&["gp", "rm2"]);
        answers[1].1 = Answer::InPart;
        assert_eq!(of(vec![none("gp")], &answers), Standing::Unavailable);
        assert_eq!(of(vec![none("rm2")], &answers), Standing::Unavailable);
        assert_eq!(of(vec![], &answers), Standing::Unavailable);
        let known = Facts {
            allergies: vec![allergy("rm2", "Latex")],
            ..Facts::default()
        };
        let known = strip(&known, &answers);
        assert_eq!(known.standing, Standing::Known);
        assert_eq!(
            known.in_part,
            [source("rm2")],
            "that there may be more is said"
        );
    }

    #[test]
    fn none_known_is_not_the_same_as_not_recorded() {
        assert_eq!(of(vec![], &answered(&["gp"])), Standing::NotRecorded);
        assert_eq!(of(vec![], &[]), Standing::Unavailable, "nobody was asked");
        let mut narrow = none("gp");
        narrow.agent = Concept::new(
            Some("No known drug allergy".to_owned()),
            vec![Coding {
                system: Some(SNOMED.to_owned()),
                code: Some("409137002".to_owned()),
                display: None,
            }],
        );
        assert_eq!(
            of(vec![narrow], &answered(&["gp"])),
            Standing::NotRecorded,
            "no drug allergy is not no allergy"
        );
    }

    #[test]
    fn none_of_a_kind_is_not_none_however_it_begins() {
        let said = |words: &str, code: Option<&str>| {
            let coding = code.map(|it| Coding {
                system: Some(SNOMED.to_owned()),
                code: Some(it.to_owned()),
                display: None,
            });
            let mut it = none("gp");
            it.agent = Concept::new(Some(words.to_owned()), coding.into_iter().collect());
            of(vec![it], &answered(&["gp"]))
        };
        for none in [
            "No known allergies",
            "no known allergy.",
            "No known allergy (situation)",
        ] {
            assert_eq!(said(none, None), Standing::NoneKnown, "{none}");
            assert_eq!(said(none, Some("716186003")), Standing::NoneKnown);
            let narrow = said(none, Some("409137002"));
            assert_eq!(narrow, Standing::NotRecorded, "the code is of drugs alone");
        }
        for narrow in [
            "No known allergy to penicillin",
            "No known allergies to drugs",
            "No known allergies (latex not asked)",
            "NKDA",
            "No information about allergies",
        ] {
            assert_eq!(said(narrow, None), Standing::NotRecorded, "{narrow}");
        }
    }

    #[test]
    fn a_list_with_withheld_items_cannot_say_none() {
        let part = Withheld {
            origin: origin("gp", "List", "1"),
            code: "confidential-items".to_owned(),
            about: Some("Allergies and adverse reactions".to_owned()),
        };
        let mut facts = Facts {
            allergies: vec![none("gp")],
            withheld: vec![part],
            ..Facts::default()
        };
        assert_eq!(
            strip(&facts, &answered(&["gp"])).standing,
            Standing::Unavailable
        );
        facts.withheld[0].about = Some("Medications".to_owned());
        assert_eq!(
            strip(&facts, &answered(&["gp"])).standing,
            Standing::NoneKnown
        );
    }
}
