//! `AllergyIntolerance`: <https://hl7.org/fhir/R4/allergyintolerance.html>.

use crate::domain::allergy::{Allergy, Clinical, Reaction, Verification};
use crate::domain::code::{ABSENT, SNOMED};
use crate::domain::{Concept, Origin};

use super::super::element::Element;
use super::super::words;

/// SNOMED 716186003 |No known allergy| and those of its descendants that UK Core lists
/// (<https://fhir.hl7.org.uk/ValueSet/UKCore-NoKnownAllergy> and the international patient summary).
const NONE_KNOWN: [&str; 7] = [
    "716186003",  // no known allergy
    "409137002",  // no known drug allergy
    "428607008",  // no known environmental allergy
    "429625007",  // no known food allergy
    "428197003",  // no known insect allergy
    "716220001",  // no known animal allergy
    "1003774007", // no known latex allergy
];

pub fn read(it: Element<'_>, origin: Origin) -> Allergy {
    let agent = agent(it);
    let states_none_known = NONE_KNOWN.iter().any(|code| agent.has(SNOMED, code))
        || agent.code_in(ABSENT).is_some()
        || agent.label().is_some_and(says_none_known);
    Allergy {
        origin,
        agent,
        states_none_known,
        kind: it.string("type"),
        criticality: it.string("criticality"),
        clinical: it.coded_concept("clinicalStatus", clinical),
        verification: it.coded_concept("verificationStatus", verification),
        reactions: it.list("reaction").map(reaction).collect(),
        onset: words::point(it, "onset"),
        recorded: it.when("recordedDate"),
        recorder: it.party("recorder").or_else(|| it.party("asserter")),
        notes: it.notes("note"),
    }
}

/// In words alone: "No known drug allergies", "NKDA", "No information about allergies"; not "No known trigger, anaphylaxis",
/// which is one.
fn says_none_known(words: &str) -> bool {
    let words = words.trim().trim_end_matches('.').to_ascii_lowercase();
    let none = ["no known ", "no information "];
    let what = none.into_iter().find_map(|it| words.strip_prefix(it));
    let is_named = what.is_some_and(|it| {
        let names = ["allerg", "intoleran", "adverse", "sensitivit"];
        names.into_iter().any(|name| it.contains(name))
    });
    is_named || matches!(words.as_str(), "nka" | "nkda")
}

/// The code, else what the reactions are to: the agent is mandatory for people even where FHIR lets it out.
fn agent(it: Element<'_>) -> Concept {
    let substance = || {
        it.list("reaction")
            .find_map(|reaction| reaction.concept("substance"))
    };
    it.concept("code").or_else(substance).unwrap_or_else(|| {
        it.wrong_at("code", "does not say what the allergy is to");
        Concept::default()
    })
}

fn reaction(it: Element<'_>) -> Reaction {
    Reaction {
        manifestations: it.concepts("manifestation"),
        substance: it.concept("substance"),
        severity: it.string("severity"),
        onset: it.when("onset"),
        description: it
            .string("description")
            .or_else(|| it.notes("note").into_iter().next()),
    }
}

fn clinical(code: &str) -> Option<Clinical> {
    Some(match code {
        "active" => Clinical::Active,
        "inactive" => Clinical::Inactive,
        "resolved" => Clinical::Resolved,
        _ => return None,
    })
}

fn verification(code: &str) -> Option<Verification> {
    Some(match code {
        "unconfirmed" => Verification::Unconfirmed,
        "confirmed" => Verification::Confirmed,
        "refuted" => Verification::Refuted,
        "entered-in-error" => Verification::EnteredInError,
        _ => return None,
    })
}
