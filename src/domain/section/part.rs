//! What is written as one, and under which headings (PRSB Personalised Care and Support Plan v2.0; record-model.md says
//! which FHIR resource carries each).

use super::codes::{
    ACHIEVEMENT, ACTION_STATUS, ALERT_STATUS, CONSENT_KIND, CONSENT_STATUS, DECISION, GIVEN,
    GOAL_STATUS, IMPORTANCE, PLAN_STATUS, PRIORITY, RECORD_STATUS, RELATIONSHIP, RISK_TYPE,
    WISH_KIND,
};
use super::headings;
use crate::domain::Topic;
use crate::domain::crisis::CrisisPart;
use crate::domain::questionnaire::{Question, Questionnaire};

/// What is opened and saved by itself: one resource of the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    #[default]
    Crisis,
    /// What the plan itself says: how it stands, review, needs.
    Plan,
    AboutMe,
    Goal,
    Action,
    Carer,
    /// What everybody must see at once.
    Alert,
    /// What is done differently for this person.
    Adjustment,
    Cpr,
    /// What the person wants, and whether they can decide.
    Wish,
    Consent,
    /// A team around the person: one of its members is shown, the whole team is written.
    Team,
    /// What a locality asks beside all that.
    Form(&'static Questionnaire),
}

impl Section {
    /// Without what a locality adds.
    pub const ALL: [Self; 12] = [
        Self::Crisis,
        Self::Plan,
        Self::AboutMe,
        Self::Goal,
        Self::Action,
        Self::Carer,
        Self::Alert,
        Self::Adjustment,
        Self::Cpr,
        Self::Wish,
        Self::Consent,
        Self::Team,
    ];

    /// The FHIR resource that carries it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Crisis | Self::Plan => "CarePlan",
            Self::AboutMe | Self::Form(_) => "QuestionnaireResponse",
            Self::Goal => "Goal",
            Self::Action => "Task",
            Self::Carer => "RelatedPerson",
            Self::Alert | Self::Adjustment => "Flag",
            Self::Cpr | Self::Wish => "Observation",
            Self::Consent => "Consent",
            Self::Team => "CareTeam",
        }
    }

    /// What shows it, to be asked for again once it is written.
    pub const fn topics(self) -> &'static [Topic] {
        match self {
            Self::Carer => &[Topic::Contacts],
            Self::Alert | Self::Adjustment => &[Topic::Alerts],
            Self::Cpr | Self::Consent => &[Topic::Legal],
            Self::Wish => &[Topic::Legal, Topic::Results],
            Self::Team => &[Topic::Team],
            _ => &[Topic::Plans],
        }
    }

    /// In names of drafts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Plan => "plan",
            Self::AboutMe => "about-me",
            Self::Goal => "goal",
            Self::Action => "action",
            Self::Carer => "carer",
            Self::Alert => "alert",
            Self::Adjustment => "adjustment",
            Self::Cpr => "cpr",
            Self::Wish => "wish",
            Self::Consent => "consent",
            Self::Team => "team",
            Self::Form(_) => "form",
        }
    }

    /// One of its headings, by its key.
    pub fn part(self, key: &str) -> Option<Part> {
        match self {
            Self::Form(it) => it.question(key).map(Part::Asked),
            _ => Part::of(key),
        }
    }

    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// Its headings, in the order in which they are written.
    pub fn parts(self) -> Vec<Part> {
        let fields: &[Field] = match self {
            Self::Crisis => {
                let mut all = Vec::new();
                for part in CrisisPart::ALL {
                    all.push(Part::Crisis(part));
                    if part == CrisisPart::Contact {
                        all.push(Part::Field(Field::Callee));
                    }
                }
                return all;
            }
            Self::AboutMe => &Field::ABOUT_ME,
            Self::Plan => &headings::PLAN,
            Self::Goal => &headings::GOAL,
            Self::Action => &headings::ACTION,
            Self::Carer => &headings::CARER,
            Self::Alert => &headings::ALERT,
            Self::Adjustment => &headings::ADJUSTMENT,
            Self::Cpr => &headings::CPR,
            Self::Wish => &headings::WISH,
            Self::Consent => &headings::CONSENT,
            Self::Team => &headings::TEAM,
            Self::Form(it) => return it.questions.iter().map(Part::Asked).collect(),
        };
        fields.iter().copied().map(Part::Field).collect()
    }
}

/// A heading that is written under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    Crisis(CrisisPart),
    Field(Field),
    Asked(&'static Question),
}

impl From<CrisisPart> for Part {
    fn from(it: CrisisPart) -> Self {
        Self::Crisis(it)
    }
}

impl From<Field> for Part {
    fn from(it: Field) -> Self {
        Self::Field(it)
    }
}

impl Part {
    /// The standard's own words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Crisis(it) => it.title(),
            Self::Field(it) => it.title(),
            Self::Asked(it) => it.text,
        }
    }

    /// How it is entered.
    pub const fn form(self) -> Form {
        match self {
            Self::Crisis(_) => Form::Words,
            Self::Field(it) => it.form(),
            Self::Asked(it) => it.form(),
        }
    }

    /// Whether there can be several.
    pub const fn is_list(self) -> bool {
        match self {
            Self::Crisis(_) => true,
            Self::Field(it) => matches!(
                it,
                Field::Need | Field::PlanTeam | Field::Supporting | Field::Callee
            ),
            Self::Asked(it) => it.repeats,
        }
    }

    /// By what [`Part::title`] or, for a field, [`Field::key`] says: how drafts name it.
    pub fn of(key: &str) -> Option<Self> {
        let field = Field::ALL.into_iter().find(|it| it.key() == key);
        field
            .map(Self::Field)
            .or_else(|| CrisisPart::of(key).map(Self::Crisis))
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Crisis(it) => it.title(),
            Self::Field(it) => it.key(),
            Self::Asked(it) => it.link_id,
        }
    }
}

/// How something is entered, and what its text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Several lines in the writer's words.
    Words,
    /// One line.
    Line,
    /// A day as [`super::day`] reads it.
    Day,
    /// A time of day as [`super::clock`] reads it.
    Time,
    /// A day, or a day with a time.
    Moment,
    Phone,
    /// Digits, perhaps with a point.
    Number,
    /// One of these codes, each with its words.
    OneOf(&'static [(&'static str, &'static str)]),
    /// One of these, or the writer's own words.
    Open(&'static [(&'static str, &'static str)]),
    /// [`YES`], or nothing.
    Tick,
    /// Somebody or something of the record: [`super::Chosen`].
    Chosen,
}

/// The text of what is ticked.
pub const YES: &str = "yes";

macro_rules! fields {
    ($($name:ident $key:literal $title:literal $form:expr;)*) => {
        /// What is written once in a section.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($name),* }

        impl Field {
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$name),*];

            /// The entry's id, and what drafts call it.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The standard's own words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }

            const fn form(self) -> Form {
                match self { $(Self::$name => $form),* }
            }
        }
    };
}

fields! {
    Callee "callee" "Somebody of the team or a carer" Form::Chosen;
    Status "status" "Status of the plan" Form::OneOf(&PLAN_STATUS);
    Summary "summary" "Summary" Form::Words;
    Need "need" "Need" Form::Chosen;
    PlanTeam "plan-team" "Team of the plan" Form::Chosen;
    Supporting "supporting" "What the plan builds on" Form::Chosen;
    AgreedWith "agreed-with" "Agreed with" Form::Line;
    NextReview "next-review" "Next review" Form::Day;
    Responsible "responsible" "Responsible for the review" Form::Chosen;
    Important "important" "What is most important to me" Form::Words;
    People "people" "People who are important to me" Form::Words;
    Communicate "communicate" "How I communicate and how to communicate with me" Form::Words;
    Wellness "wellness" "My wellness" Form::Words;
    PleaseDo "please-do" "Please do and please don’t" Form::Words;
    Support "support" "How and when to support me" Form::Words;
    AlsoKnow "also-know" "Also worth knowing about me" Form::Words;
    Strengths "strengths" "Strengths" Form::Words;
    Goal "goal" "Goal" Form::Words;
    GoalNeed "goal-need" "Need that it serves" Form::Chosen;
    Importance "importance" "Importance to the person" Form::OneOf(&IMPORTANCE);
    GoalStatus "goal-status" "Status of the goal" Form::OneOf(&GOAL_STATUS);
    Achievement "achievement" "How far it is reached" Form::OneOf(&ACHIEVEMENT);
    TargetDate "target-date" "Target date" Form::Day;
    Action "action" "What is to be done" Form::Words;
    Serves "serves" "Goal that it serves" Form::Chosen;
    Owner "owner" "Owner" Form::Chosen;
    Due "due" "Due date" Form::Day;
    ActionStatus "action-status" "Status of the action" Form::OneOf(&ACTION_STATUS);
    Priority "priority" "Priority" Form::OneOf(&PRIORITY);
    GivenName "given-name" "First name" Form::Line;
    FamilyName "family-name" "Last name" Form::Line;
    Relationship "relationship" "Relationship" Form::OneOf(&RELATIONSHIP);
    NextOfKin "next-of-kin" "Next of kin" Form::Tick;
    Carer "carer" "Carer" Form::Tick;
    EmergencyContact "emergency-contact" "Emergency contact" Form::Tick;
    Dependant "dependant" "Dependant" Form::Tick;
    Phone "phone" "Phone number" Form::Phone;
    NotInTouch "not-in-touch" "Not in touch any more" Form::Tick;
    Alert "alert" "What everybody must know" Form::Words;
    RiskType "risk-type" "Type of risk" Form::OneOf(&RISK_TYPE);
    Adjustment "adjustment" "What is needed" Form::Words;
    Since "since" "From" Form::Day;
    Until "until" "Until" Form::Day;
    AlertStatus "alert-status" "Status of the alert" Form::OneOf(&ALERT_STATUS);
    Decision "decision" "CPR decision" Form::OneOf(&DECISION);
    DecidedOn "decided-on" "Date" Form::Day;
    Paper "paper" "Where the paper is, and remarks" Form::Words;
    ReviewBy "review-by" "Review date" Form::Day;
    RecordStatus "record-status" "Status in the record" Form::OneOf(&RECORD_STATUS);
    WishKind "wish-kind" "What it is about" Form::OneOf(&WISH_KIND);
    Wish "wish" "What was said or found" Form::Words;
    ConsentKind "consent-kind" "Consent, decision or power" Form::OneOf(&CONSENT_KIND);
    Given "given" "Whether it is given" Form::OneOf(&GIVEN);
    ConsentOn "consent-on" "Date of the consent" Form::Day;
    Attorney "attorney" "Attorney" Form::Chosen;
    ConsentStatus "consent-status" "Status of the consent" Form::OneOf(&CONSENT_STATUS);
    KeyWorker "key-worker" "Key worker" Form::Chosen;
    Member "member" "Person or service" Form::Chosen;
    MemberRole "member-role" "Role in the team" Form::Line;
    OnBehalfOf "on-behalf-of" "For which organisation" Form::Chosen;
}

impl Field {
    /// The person's own words.
    pub const ABOUT_ME: [Self; 8] = [
        Self::Important,
        Self::People,
        Self::Communicate,
        Self::Wellness,
        Self::PleaseDo,
        Self::Support,
        Self::AlsoKnow,
        Self::Strengths,
    ];

    /// What is said of one member of a team; their entries belong together ([`super::EntryId::of`]).
    pub const MEMBER: [Self; 5] = [
        Self::Member,
        Self::MemberRole,
        Self::OnBehalfOf,
        Self::Since,
        Self::Until,
    ];

    /// The roles of a carer or next of kin: system, code, display.
    pub const fn role(self) -> Option<(&'static str, &'static str, &'static str)> {
        const HL7: &str = "http://terminology.hl7.org/CodeSystem/v2-0131";
        const UK: &str =
            "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdditionalPersonRelationshipRole";
        Some(match self {
            Self::NextOfKin => (HL7, "N", "Next-of-Kin"),
            Self::EmergencyContact => (HL7, "C", "Emergency Contact"),
            Self::Carer => (UK, "Carer", "Carer"),
            Self::Dependant => (UK, "Dependant", "Dependant"),
            _ => return None,
        })
    }
}

/// What a code that is offered says; `None` for others.
pub fn words_of(part: Part, code: &str) -> Option<&'static str> {
    match part.form() {
        Form::OneOf(all) | Form::Open(all) => all.iter().find(|it| it.0 == code).map(|it| it.1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_every_part_again() {
        for section in Section::ALL {
            assert_eq!(Section::of(section.key()), Some(section));
            for part in section.parts() {
                assert_eq!(Part::of(part.key()), Some(part), "{part:?}");
            }
        }
    }
}
