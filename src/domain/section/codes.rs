//! What there is to choose from: FHIR's and HL7's codes with the words that people read.

use super::{Field, Form, Part, words_of};
use crate::domain::code::SNOMED;

/// The codes to choose from, with their words, in order: of the statuses of an action few. What the record or the draft
/// `has` can always be chosen, in its own words; a code that is not known, as it is.
pub fn offered<'a>(part: Part, has: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let (Form::OneOf(all) | Form::Open(all)) = part.form() else {
        return Vec::new();
    };
    let mut others: Vec<&str> = has.to_vec();
    others.retain(|it| !it.is_empty() && words_of(part, it).is_none());
    others.dedup();
    let is_usual = |code: &str| match part {
        Part::Field(Field::ActionStatus) => USUAL_ACTION_STATUS.contains(&code),
        _ => true,
    };
    let known = all.iter().copied();
    let known = known.filter(|(code, _)| is_usual(code) || has.contains(code));
    others.into_iter().map(|it| (it, it)).chain(known).collect()
}

/// `CarePlan.status`: <https://hl7.org/fhir/R4/valueset-request-status.html>.
pub(super) const PLAN_STATUS: [(&str, &str); 5] = [
    ("draft", "Draft"),
    ("active", "Active"),
    ("on-hold", "On hold"),
    ("completed", "Completed"),
    ("revoked", "Revoked"),
];

/// `Goal.lifecycleStatus`: <https://hl7.org/fhir/R4/valueset-goal-status.html>.
pub(super) const GOAL_STATUS: [(&str, &str); 7] = [
    ("proposed", "Proposed"),
    ("planned", "Planned"),
    ("accepted", "Accepted"),
    ("active", "Active"),
    ("on-hold", "On hold"),
    ("completed", "Completed"),
    ("cancelled", "Cancelled"),
];

/// `Goal.achievementStatus`: <https://hl7.org/fhir/R4/valueset-goal-achievement.html>.
pub(super) const ACHIEVEMENT: [(&str, &str); 9] = [
    ("in-progress", "In Progress"),
    ("improving", "Improving"),
    ("worsening", "Worsening"),
    ("no-change", "No Change"),
    ("achieved", "Achieved"),
    ("sustaining", "Sustaining"),
    ("not-achieved", "Not Achieved"),
    ("no-progress", "No Progress"),
    ("not-attainable", "Not Attainable"),
];

/// PRSB: importance from 1 to 10, as the person says.
pub(super) const IMPORTANCE: [(&str, &str); 10] = [
    ("1 of 10", "1 of 10"),
    ("2 of 10", "2 of 10"),
    ("3 of 10", "3 of 10"),
    ("4 of 10", "4 of 10"),
    ("5 of 10", "5 of 10"),
    ("6 of 10", "6 of 10"),
    ("7 of 10", "7 of 10"),
    ("8 of 10", "8 of 10"),
    ("9 of 10", "9 of 10"),
    ("10 of 10", "10 of 10"),
];

/// `Task.status`: <https://hl7.org/fhir/R4/valueset-task-status.html>, in the words that the plan has for them.
pub(super) const ACTION_STATUS: [(&str, &str); 12] = [
    ("draft", "Draft"),
    ("requested", "Asked for"),
    ("received", "Received"),
    ("accepted", "Accepted"),
    ("ready", "Ready to start"),
    ("in-progress", "In progress"),
    ("on-hold", "On hold"),
    ("completed", "Done"),
    ("cancelled", "Cancelled"),
    ("rejected", "Rejected"),
    ("failed", "Could not be done"),
    ("entered-in-error", "Entered in error"),
];

/// Those that somebody chooses who looks after a person; the others are steps of an exchange between programs.
const USUAL_ACTION_STATUS: [&str; 5] = [
    "requested",
    "in-progress",
    "on-hold",
    "completed",
    "cancelled",
];

/// `Task.priority`: <https://hl7.org/fhir/R4/valueset-request-priority.html>.
pub(super) const PRIORITY: [(&str, &str); 4] = [
    ("routine", "Routine"),
    ("urgent", "Urgent"),
    ("asap", "As soon as possible"),
    ("stat", "At once"),
];

/// v3-RoleCode: <https://terminology.hl7.org/CodeSystem-v3-RoleCode.html>.
pub(super) const RELATIONSHIP: [(&str, &str); 30] = [
    ("SPS", "Spouse"),
    ("WIFE", "Wife"),
    ("HUSB", "Husband"),
    ("DOMPART", "Partner"),
    ("DAUC", "Daughter"),
    ("DAU", "Natural daughter"),
    ("SONC", "Son"),
    ("SON", "Natural son"),
    ("CHILD", "Child"),
    ("MTH", "Mother"),
    ("FTH", "Father"),
    ("PRN", "Parent"),
    ("SIS", "Sister"),
    ("BRO", "Brother"),
    ("SIB", "Sibling"),
    ("GRNDCHILD", "Grandchild"),
    ("GRNDDAU", "Granddaughter"),
    ("GRNDSON", "Grandson"),
    ("NIECE", "Niece"),
    ("NEPHEW", "Nephew"),
    ("AUNT", "Aunt"),
    ("UNCLE", "Uncle"),
    ("COUSN", "Cousin"),
    ("INLAW", "In-law"),
    ("FAMMEMB", "Other family member"),
    ("SIGOTHR", "Significant other"),
    ("FRND", "Friend"),
    ("NBOR", "Neighbour"),
    ("ROOM", "Roommate"),
    ("POWATT", "Power of attorney"),
];

/// PRSB risk type, in the standard's own words: there is no code list for it.
pub(super) const RISK_TYPE: [(&str, &str); 6] = [
    ("Risk to self", "Risk to self"),
    ("Risk to others", "Risk to others"),
    ("Risk from others", "Risk from others"),
    ("Risk of accidents", "Risk of accidents"),
    ("Risk of infection", "Risk of infection"),
    ("Other risk", "Other risk"),
];

/// `Flag.status`: <https://hl7.org/fhir/R4/valueset-flag-status.html>.
pub(super) const ALERT_STATUS: [(&str, &str); 3] = [
    ("active", "In force"),
    ("inactive", "Over"),
    ("entered-in-error", "Entered in error"),
];

/// CPR decisions (SNOMED CT; record-model.md).
pub(super) const DECISION: [(&str, &str); 2] = [
    ("450475007", "For attempted cardiopulmonary resuscitation"),
    (
        "450476008",
        "Not for attempted cardiopulmonary resuscitation",
    ),
];

/// `Observation.status`, of what was decided or said:
/// <https://hl7.org/fhir/R4/valueset-observation-status.html>.
pub(super) const RECORD_STATUS: [(&str, &str); 4] = [
    ("final", "In force"),
    ("amended", "Amended"),
    ("cancelled", "Withdrawn"),
    ("entered-in-error", "Entered in error"),
];

/// PRSB "Legal information" and "End of life", in its words.
pub(super) const WISH_KIND: [(&str, &str); 5] = [
    ("Preferred place of care", "Preferred place of care"),
    ("Preferred place of death", "Preferred place of death"),
    ("Mental capacity", "Mental capacity"),
    ("Advance statement", "Advance statement"),
    ("Organ donation", "Organ donation"),
];

/// The same, of what somebody has consented to or has the power to decide.
pub(super) const CONSENT_KIND: [(&str, &str); 5] = [
    (SHARING, SHARING),
    (ADVANCE_DECISION, ADVANCE_DECISION),
    (
        "Lasting power of attorney (health and welfare)",
        "Lasting power of attorney (health and welfare)",
    ),
    (
        "Lasting power of attorney (property and affairs)",
        "Lasting power of attorney (property and affairs)",
    ),
    (
        "Deprivation of liberty authorisation",
        "Deprivation of liberty authorisation",
    ),
];

pub const SHARING: &str = "Consent to share the record with the team";
pub const ADVANCE_DECISION: &str = "Advance decision to refuse treatment";

/// `Consent.provision.type`: <https://hl7.org/fhir/R4/valueset-consent-provision-type.html>.
pub(super) const GIVEN: [(&str, &str); 2] = [("permit", "Given"), ("deny", "Refused")];

/// `Consent.status`: <https://hl7.org/fhir/R4/valueset-consent-state-codes.html>.
pub(super) const CONSENT_STATUS: [(&str, &str); 6] = [
    ("draft", "Draft"),
    ("proposed", "Proposed"),
    ("active", "In force"),
    ("rejected", "Not agreed"),
    ("inactive", "No longer in force"),
    ("entered-in-error", "Entered in error"),
];

/// The category of a plan that is begun here: SNOMED |Care plan|.
pub const CARE_PLAN: (&str, &str, &str) = (SNOMED, "734163000", "Care plan");

#[cfg(test)]
mod tests {
    use super::*;

    fn words(field: Field, has: &[&str]) -> Vec<String> {
        let all = offered(Part::Field(field), has).into_iter();
        all.map(|it| it.1.to_owned()).collect()
    }

    #[test]
    fn few_statuses_of_an_action_are_offered_and_always_the_one_that_it_has() {
        let usual = ["Asked for", "In progress", "On hold", "Done", "Cancelled"];
        assert_eq!(words(Field::ActionStatus, &[]), usual);
        assert_eq!(words(Field::ActionStatus, &["", "requested"]), usual);
        for (code, own) in ACTION_STATUS {
            // Also once another one is chosen.
            for has in [[code, code], [code, "completed"]] {
                let mut expected: Vec<&str> = usual.to_vec();
                if !usual.contains(&own) {
                    expected.push(own);
                }
                let mut all = words(Field::ActionStatus, &has);
                all.sort_unstable();
                expected.sort_unstable();
                assert_eq!(all, expected, "{code}");
            }
        }
        let strange = words(Field::ActionStatus, &["paused", "paused"]);
        assert_eq!((strange.len(), strange[0].as_str()), (6, "paused"));
    }

    #[test]
    fn of_everything_else_all_is_offered() {
        assert_eq!(words(Field::GoalStatus, &[]).len(), GOAL_STATUS.len());
        assert_eq!(words(Field::Goal, &["active"]), Vec::<String>::new());
    }
}
