//! Everything read about one person: from one answer, one source or all of them. Each fact knows its origin, so
//! the facts of several sources can stand side by side.

use std::sync::Arc;

use super::activity::Encounter;
use super::alert::Alert;
use super::allergy::Allergy;
use super::appointment::Appointment;
use super::contact::Contact;
use super::document::Document;
use super::legal::{Consent, Cpr, Statement};
use super::medicine::Medicine;
use super::patient::Patient;
use super::plan::{AboutMe, Goal, Plan, Task};
use super::problem::Problem;
use super::result::{Finding, Report};
use super::risk::Risk;
use super::social_care::CarePackage;
use super::team::{DirectoryEntry, Team};
use super::{Origin, SourceId, Topic};

/// Something in the received record that could not be read as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Issue {
    /// `Type/id` where it is known.
    pub resource: String,
    /// FHIR path, e.g. `CarePlan.status`.
    pub path: String,
    pub what: String,
    pub of: IssueOf,
}

/// What an issue is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IssueOf {
    /// An element; the record is shown without it, or as it was received.
    Element,
    /// An element that is no FHIR (a number for a status): whatever it means is not shown.
    Unread,
    /// A whole record, which is not shown: its identity is missing.
    Record,
    /// Not all of an answer was read.
    Rest,
    /// What the source says beside its answer, e.g. that something could not be searched.
    Remark,
}

impl Issue {
    /// Whether the source may hold more on this topic than is shown.
    pub fn hides(&self) -> bool {
        self.of != IssueOf::Element
    }
}

/// The source says that it holds more than it shows: a List with a UKCore-ListWarningCode, or a 403 on a part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Withheld {
    pub origin: Origin,
    /// `confidential-items`, `data-in-transit`, `data-awaiting-filing`, or another code as received.
    pub code: String,
    /// What the list is about, in the source's words, e.g. "Medications".
    pub about: Option<String>,
}

impl Withheld {
    /// What it is about, where the source's words tell.
    pub fn topic(&self) -> Option<Topic> {
        let about = self.about.as_deref()?.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|it| about.contains(it));
        if says(&["allerg"]) {
            Some(Topic::Allergies)
        } else if says(&["medic", "prescri", "drug"]) {
            Some(Topic::Medicines)
        } else if says(&["problem", "condition", "diagnos"]) {
            Some(Topic::Problems)
        } else if says(&["result", "investigation", "patholog", "laborator"]) {
            Some(Topic::Results)
        } else if says(&["encounter", "consultation", "admission", "attendance"]) {
            Some(Topic::Activity)
        } else if says(&["document", "letter"]) {
            Some(Topic::Documents)
        } else {
            None
        }
    }
}

/// A kind of record about which a source cannot be asked: whether it has any is not known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unasked {
    pub source: SourceId,
    /// FHIR resource type, e.g. `QuestionnaireResponse`.
    pub kind: &'static str,
}

#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Facts {
    pub patients: Vec<Patient>,
    pub allergies: Vec<Allergy>,
    pub medicines: Vec<Medicine>,
    pub problems: Vec<Problem>,
    pub findings: Vec<Finding>,
    pub reports: Vec<Report>,
    /// Shared by what follows from them: of one stay several events, of each its own copy would be most of the work.
    pub encounters: Vec<Arc<Encounter>>,
    pub appointments: Vec<Appointment>,
    pub plans: Vec<Plan>,
    pub goals: Vec<Goal>,
    pub tasks: Vec<Task>,
    pub about_me: Vec<AboutMe>,
    pub teams: Vec<Team>,
    pub contacts: Vec<Contact>,
    pub alerts: Vec<Alert>,
    pub risks: Vec<Risk>,
    pub cpr: Vec<Cpr>,
    pub consents: Vec<Consent>,
    pub statements: Vec<Statement>,
    pub documents: Vec<Document>,
    pub packages: Vec<CarePackage>,
    pub directory: Vec<DirectoryEntry>,
    pub withheld: Vec<Withheld>,
    pub unasked: Vec<Unasked>,
    pub issues: Vec<Issue>,
}

impl Facts {
    /// Whether this is all that was asked for: what is not in a part of an answer may be in the rest.
    pub fn is_whole(&self) -> bool {
        !self.issues.iter().any(Issue::hides)
    }

    /// Whether the source gave all that was asked for, readable or not.
    pub fn is_given(&self) -> bool {
        let is_missing = |it: &Issue| matches!(it.of, IssueOf::Rest | IssueOf::Remark);
        !self.issues.iter().any(is_missing)
    }

    /// Takes over everything of another set, keeping its order.
    pub fn absorb(&mut self, other: Self) {
        self.patients.extend(other.patients);
        self.allergies.extend(other.allergies);
        self.medicines.extend(other.medicines);
        self.problems.extend(other.problems);
        self.findings.extend(other.findings);
        self.reports.extend(other.reports);
        self.encounters.extend(other.encounters);
        self.appointments.extend(other.appointments);
        self.plans.extend(other.plans);
        self.goals.extend(other.goals);
        self.tasks.extend(other.tasks);
        self.about_me.extend(other.about_me);
        self.teams.extend(other.teams);
        self.contacts.extend(other.contacts);
        self.alerts.extend(other.alerts);
        self.risks.extend(other.risks);
        self.cpr.extend(other.cpr);
        self.consents.extend(other.consents);
        self.statements.extend(other.statements);
        self.documents.extend(other.documents);
        self.packages.extend(other.packages);
        self.directory.extend(other.directory);
        self.withheld.extend(other.withheld);
        self.unasked.extend(other.unasked);
        self.issues.extend(other.issues);
    }

    /// How many facts it holds about a topic, entered-in-error ones included.
    pub fn count(&self, topic: Topic) -> usize {
        match topic {
            Topic::Identity => self.patients.len(),
            Topic::Allergies => self.allergies.len(),
            Topic::Medicines => self.medicines.len(),
            Topic::Problems => self.problems.len(),
            Topic::Results => self.findings.len() + self.reports.len(),
            Topic::Activity => self.encounters.len(),
            Topic::Appointments => self.appointments.len(),
            Topic::Plans => {
                self.plans.len() + self.goals.len() + self.tasks.len() + self.about_me.len()
            }
            Topic::Team => self.teams.len(),
            Topic::Contacts => self.contacts.len(),
            Topic::Alerts => self.alerts.len(),
            Topic::Risk => self.risks.len(),
            Topic::Legal => self.cpr.len() + self.consents.len() + self.statements.len(),
            Topic::Documents => self.documents.len(),
            Topic::SocialCare => self.packages.len(),
        }
    }
}
