//! What breaks software: thirty people made so that a careless page gets them wrong.
//!
//! They are people 6 to 35, in every cohort of forty or more. All of them are on the list of the
//! demo's clinical safety officer. Three steps make them: `rename` (who they are), `shape` (what is
//! true of them) and `bend` (how it is written down).

#[path = "special/bend.rs"]
mod bend;
#[path = "special/facts.rs"]
mod facts;
#[path = "special/wire.rs"]
mod odd;

pub(crate) use bend::bend;
pub(crate) use facts::{rename, shape};

use serde_json::{Value, json};

use crate::{identity::Identity, person::resource_id, programme::Options, source::Source};

pub(crate) const UNKNOWN_CODES: usize = 6;
pub(crate) const UNKNOWN_ELEMENTS: usize = 7;
pub(crate) const CONTAINED: usize = 8;
pub(crate) const ENTERED_IN_ERROR: usize = 9;
pub(crate) const PARTIAL_DATES: usize = 10;
pub(crate) const DECEASED: usize = 11;
pub(crate) const TWIN: usize = 12;
pub(crate) const OTHER_TWIN: usize = 13;
pub(crate) const FAILING_NUMBER: usize = 14;
pub(crate) const CONFLICT: usize = 15;
pub(crate) const THREE_IDS: usize = 16;
pub(crate) const TWO_DOSES: usize = 17;
pub(crate) const DECIMALS: usize = 18;
pub(crate) const MANY_ENCOUNTERS: usize = 19;
pub(crate) const HOSTILE: usize = 20;
pub(crate) const ARABIC: usize = 21;
pub(crate) const CHINESE: usize = 22;
pub(crate) const LONG_MEDICINE: usize = 23;
pub(crate) const NO_DISPLAY: usize = 24;
pub(crate) const WITHHELD: usize = 25;
pub(crate) const TWO_UNITS: usize = 26;
pub(crate) const NOT_RECORDED: usize = 27;
pub(crate) const NONE_KNOWN: usize = 28;
pub(crate) const ALLERGIES_UNKNOWN: usize = 29;
pub(crate) const REFUTED: usize = 30;
pub(crate) const NO_KEY_WORKER: usize = 31;
pub(crate) const ODD_REFERENCES: usize = 32;
pub(crate) const LONG_NAME: usize = 33;
pub(crate) const NO_NUMBER: usize = 34;
pub(crate) const NOWHERE: usize = 35;

/// The number of the published UK Core example that fails its check.
pub(crate) const FAILING: &str = "9912003814";
/// How many encounters the person with too many has.
pub(crate) const MANY: i64 = 500;

const CASES: &[(usize, &str, &str)] = &[
    (
        crate::mock::JANE,
        "jane",
        "SMITH, Jane (Mrs): everything, as in the pictures of the screens",
    ),
    (
        crate::mock::OKAFOR,
        "in-ed-now",
        "In an emergency department now; plan overdue",
    ),
    (
        crate::mock::OBRIEN,
        "discharged-yesterday",
        "Discharged yesterday to the usual residence",
    ),
    (
        crate::mock::HUSSAIN,
        "abnormal-result",
        "Potassium 6.1 mmol/L today; interpreter needed",
    ),
    (
        crate::mock::JONES,
        "did-not-attend",
        "Did not attend cardiology yesterday; plan overdue",
    ),
    (
        crate::mock::KOWALSKA,
        "no-plan",
        "No plan yet, no key worker, allergies not recorded",
    ),
    (
        UNKNOWN_CODES,
        "unknown-codes",
        "Codes of unknown systems, and statuses that no FHIR release has",
    ),
    (
        UNKNOWN_ELEMENTS,
        "unknown-elements",
        "Unknown extensions, unknown elements, siblings of primitives",
    ),
    (
        CONTAINED,
        "contained",
        "The care team is contained in the plan (there is no other), a medicine in its statement",
    ),
    (
        ENTERED_IN_ERROR,
        "entered-in-error",
        "An allergy, a problem, a medicine, a result, a letter and a stay that were entered in error",
    ),
    (
        PARTIAL_DATES,
        "partial-dates",
        "Born in 1941, no day known; problems since a year or a month; a stay known by its month",
    ),
    (DECEASED, "deceased", "Died nine days ago"),
    (
        TWIN,
        "same-name-a",
        "PATEL, Kamala (Mrs), born 01-Jan-1948: the first of two",
    ),
    (
        OTHER_TWIN,
        "same-name-b",
        "PATEL, Kamala (Mrs), born 01-Jan-1948: the second of two",
    ),
    (
        FAILING_NUMBER,
        "failing-nhs-number",
        "NHS number 991 200 3814, whose check digit is wrong, in every source",
    ),
    (
        CONFLICT,
        "number-conflict",
        "The same NHS number is somebody else (name, birth date) at South Manchester: not to be merged",
    ),
    (
        THREE_IDS,
        "three-ids",
        "Stays at all three trusts, under three ids, with the family name in capitals at one",
    ),
    (
        TWO_DOSES,
        "two-doses",
        "Apixaban: the GP has 5 mg, the trust's discharge 2.5 mg",
    ),
    (
        DECIMALS,
        "long-decimals",
        "5.30000000000000001, 1.0, 1E-7, and results below 5 as comparator and as words",
    ),
    (
        MANY_ENCOUNTERS,
        "500-encounters",
        "500 encounters at Central Manchester",
    ),
    (
        HOSTILE,
        "hostile-html",
        "Scripts and event handlers in narratives, texts, names and a letter",
    ),
    (
        ARABIC,
        "arabic-name",
        "The name in Arabic script beside the Latin one",
    ),
    (
        CHINESE,
        "chinese-name",
        "The name in Chinese characters beside the Latin one",
    ),
    (
        LONG_MEDICINE,
        "long-medicine",
        "A medicine whose name has 300 characters",
    ),
    (
        NO_DISPLAY,
        "missing-display",
        "References and codes without words",
    ),
    (
        WITHHELD,
        "withheld",
        "Lists that are withheld (confidential-items), in transit, and without content recorded",
    ),
    (
        TWO_UNITS,
        "two-units",
        "Haemoglobin in g/L and in g/dL: two graphs, never one",
    ),
    (
        NOT_RECORDED,
        "allergies-not-recorded",
        "Nobody has recorded anything about allergies",
    ),
    (NONE_KNOWN, "no-known-allergies", "Asked: no known allergy"),
    (
        ALLERGIES_UNKNOWN,
        "allergies-unknown",
        "Could not be asked: allergies unknown",
    ),
    (
        REFUTED,
        "allergy-refuted",
        "One allergy refuted, one inactive, one unconfirmed",
    ),
    (
        NO_KEY_WORKER,
        "no-key-worker",
        "A team without a key worker",
    ),
    (
        ODD_REFERENCES,
        "odd-references",
        "An absolute reference to another server, one by identifier alone, one by URN",
    ),
    (
        LONG_NAME,
        "long-name",
        "A name of a hundred characters with accents, hyphens and apostrophes",
    ),
    (
        NO_NUMBER,
        "no-nhs-number",
        "No NHS number anywhere; 104 years old",
    ),
    (
        NOWHERE,
        "no-address",
        "No fixed abode: no address, no telephone, no family, no practice",
    ),
];

/// A person who is special, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialCase {
    pub name: &'static str,
    pub what: &'static str,
    /// Which person of the programme.
    pub person: usize,
    /// As records give it; empty for the one who has none.
    pub nhs_number: String,
    /// `SMITH, Jane (Mrs)`.
    pub listed: String,
    /// Logical id of the patient in the shared record, where ids are ours.
    pub patient: String,
}

impl SpecialCase {
    /// For the journeys.
    pub fn to_json(&self) -> Value {
        json!({ "name": self.name, "what": self.what, "person": self.person, "nhsNumber": self.nhs_number, "listed": self.listed, "patient": self.patient })
    }
}

/// Whether this person is one of the thirty.
pub(crate) fn is_special(n: usize) -> bool {
    (UNKNOWN_CODES..=NOWHERE).contains(&n)
}

pub(crate) fn list(options: &Options) -> Vec<SpecialCase> {
    let there = CASES.iter().filter(|(n, _, _)| *n < options.patients);
    there
        .map(|(n, name, what)| {
            let identity = Identity::of(options, *n, options.area_of(*n));
            let number = if *n == NO_NUMBER {
                String::new()
            } else {
                identity.nhs_number.clone()
            };
            SpecialCase {
                name,
                what,
                person: *n,
                nhs_number: number,
                listed: identity.listed(),
                patient: resource_id(options, Source::Shared, "Patient", *n, ""),
            }
        })
        .collect()
}
