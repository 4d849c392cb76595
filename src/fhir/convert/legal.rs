//! CPR decisions, consents, and statements about preferences and capacity.
//!
//! A CPR decision may come as an Observation, a Condition or a Flag; wherever it comes from it is shown in one place
//! and not a second time among findings, problems or alerts.

use crate::domain::code::SNOMED;
use crate::domain::legal::{Consent, Cpr, CprDecision, Statement};
use crate::domain::{Concept, Origin, Party, Period};

use super::super::element::Element;
use super::super::words;
use super::finding;

const FOR_CPR: &str = "450475007";
const NOT_FOR_CPR: &str = "450476008";

/// SNOMED "No"; HL7's own is `N`, as a word is.
const NO: &str = "373067005";

/// What is measured; everything else may be a statement.
const MEASURED: [&str; 7] = [
    "laboratory",
    "vital-signs",
    "exam",
    "imaging",
    "procedure",
    "therapy",
    "activity",
];

/// Words by which a statement about wishes, capacity or law is recognised (PRSB "Legal information" and "End of
/// life"). A list, because a text-only code is also how some sources send measurements.
const STATEMENTS: [&str; 9] = [
    "preferred place",
    "mental capacity",
    "capacity to",
    "power of attorney",
    "deprivation of liberty",
    "advance decision",
    "advance statement",
    "organ donation",
    "preferences",
];

/// The CPR decision that a resource carries, if it does. One that is both or is denied is not a decision.
pub fn cpr(it: Element<'_>, origin: &Origin) -> Option<Cpr> {
    let decision = decision(it)?;
    let kind = it.kind();
    let mut notes = it.notes("note");
    let mut by = it.parties("performer");
    let (on, period, status) = match kind {
        "Observation" => {
            notes.extend(it.choice("value").and_then(in_words));
            let on = finding::taken(it).or_else(|| it.when("issued"));
            (on, Period::default(), it.string("status"))
        }
        "Condition" => {
            by.extend(it.party("asserter").or_else(|| it.party("recorder")));
            let on = words::point(it, "onset").or_else(|| it.when("recordedDate"));
            let period = Period {
                start: None,
                end: words::point(it, "abatement"),
            };
            (on, period, condition_status(it))
        }
        _ => {
            by.extend(it.party("author"));
            let period = it.period("period");
            (period.start.clone(), period, it.string("status"))
        }
    };
    Some(Cpr {
        origin: origin.clone(),
        decision,
        status,
        period,
        on,
        by,
        notes,
    })
}

fn decision(it: Element<'_>) -> Option<CprDecision> {
    // Looked at in passing, without issues: whoever converts the resource says what is wrong with it.
    let has = |code| {
        let in_concept = |name| it.value().get(name).is_some_and(|it| mentions(it, code));
        in_concept("code") || in_concept("valueCodeableConcept")
    };
    let denied = is_denied(it.value());
    match (has(FOR_CPR), has(NOT_FOR_CPR)) {
        _ if denied => None,
        (true, false) => Some(CprDecision::ForResuscitation),
        (false, true) => Some(CprDecision::NotForResuscitation),
        (true, true) => {
            it.wrong("says both for and not for resuscitation");
            None
        }
        (false, false) => None,
    }
}

/// Whether what the code says is answered "no": then it is shown as a finding with that answer, and is no decision.
fn is_denied(it: &serde_json::Value) -> bool {
    let says_no = |text: &serde_json::Value| {
        text.as_str().is_some_and(|it| {
            let it = it.trim().trim_end_matches('.').to_ascii_lowercase();
            matches!(it.as_str(), "no" | "n" | "false")
        })
    };
    let concept = it.get("valueCodeableConcept");
    let is_no = |it: &serde_json::Value| {
        let code = it.get("code");
        code.is_some_and(|it| it == NO || says_no(it)) || it.get("display").is_some_and(says_no)
    };
    it.get("valueBoolean").and_then(serde_json::Value::as_bool) == Some(false)
        || it.get("valueString").is_some_and(says_no)
        || concept.and_then(|it| it.get("text")).is_some_and(says_no)
        || concept.is_some_and(|it| codings(it).any(is_no))
}

/// Some sources send one where a list belongs, or a list of one: a decision is not overlooked for that.
fn codings(concept: &serde_json::Value) -> impl Iterator<Item = &serde_json::Value> {
    let codings = one_or_many(concept)
        .iter()
        .filter_map(|it| it.get("coding"));
    codings.flat_map(one_or_many)
}

fn one_or_many(it: &serde_json::Value) -> &[serde_json::Value] {
    it.as_array()
        .map_or(std::slice::from_ref(it), Vec::as_slice)
}

fn mentions(concept: &serde_json::Value, code: &str) -> bool {
    codings(concept).any(|it| {
        let is = |name, text| it.get(name).and_then(serde_json::Value::as_str) == Some(text);
        is("system", SNOMED) && is("code", code)
    })
}

/// What takes a Condition out of force comes first: being an error, then being over.
fn condition_status(it: Element<'_>) -> Option<String> {
    let verified = it.concept_code("verificationStatus");
    let clinical = it.concept_code("clinicalStatus");
    match verified.as_deref() {
        Some("entered-in-error" | "refuted") => verified,
        _ => clinical.or(verified),
    }
}

/// A statement, if this Observation is one; otherwise it is a finding.
pub fn statement(it: Element<'_>, origin: &Origin) -> Option<Statement> {
    let what = it.concept("code")?;
    let label = what.label()?.to_lowercase();
    if !STATEMENTS.iter().any(|it| label.contains(it)) || is_measured(it) {
        return None;
    }
    let (kind, value) = it.choice("value")?;
    if !matches!(kind, "String" | "CodeableConcept" | "Boolean") {
        return None;
    }
    Some(Statement {
        origin: origin.clone(),
        value: words::answer(kind, value)?,
        what,
        status: it.string("status"),
        at: finding::taken(it).or_else(|| it.when("issued")),
        by: it.parties("performer"),
        notes: it.notes("note"),
    })
}

fn is_measured(it: Element<'_>) -> bool {
    it.concepts("category")
        .iter()
        .flat_map(|it| it.codings.iter())
        .filter_map(|it| it.code.as_deref())
        .any(|code| MEASURED.contains(&code))
}

fn in_words((kind, value): (&str, Element<'_>)) -> Option<String> {
    (kind == "String").then(|| words::answer(kind, value))?
}

/// What of a provision says that it is not of everything.
pub const LIMITS: [&str; 8] = [
    "provision",
    "action",
    "securityLabel",
    "purpose",
    "class",
    "code",
    "dataPeriod",
    "data",
];

/// `Consent`: <https://hl7.org/fhir/R4/consent.html>.
pub fn consent(it: Element<'_>, origin: Origin) -> Consent {
    let provision = it.object("provision");
    Consent {
        origin,
        status: it.string("status"),
        scope: it.concept("scope"),
        categories: categories(it),
        provision: provision.and_then(|it| it.string("type")),
        is_limited: provision
            .is_some_and(|it| LIMITS.iter().any(|name| it.value().get(*name).is_some())),
        at: it.when("dateTime"),
        period: provision.map_or_else(Period::default, |it| it.period("period")),
        performers: it.parties("performer"),
        actors: provision.map(actors).unwrap_or_default(),
        paper: it
            .object("sourceAttachment")
            .and_then(|it| it.string("title")),
    }
}

fn actors(provision: Element<'_>) -> Vec<(Option<Concept>, Party)> {
    let all = provision.list("actor");
    all.filter_map(|it| Some((it.concept("role"), it.party("reference")?)))
        .collect()
}

/// With the policy rule, which often says more than the category.
fn categories(it: Element<'_>) -> Vec<Concept> {
    let mut all = it.concepts("category");
    all.extend(it.concept("policyRule"));
    all
}
