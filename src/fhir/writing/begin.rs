//! What is begun here: the smallest resource that says what it is, whose it is and which plan it belongs to.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::domain::code::SNOMED;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::section::{CARE_PLAN, Section};
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::Resource;

/// The system of the identifiers that resources begun here have, so that one is not made twice.
pub const BEGUN: &str = "urn:alongside:plan";

/// What makes a flag an individual need.
const ADJUSTMENT: (&str, &str, &str) = (
    SNOMED,
    "1108111000000107",
    "Requires reasonable adjustments",
);

/// What makes a team the one around a person.
const TEAM: (&str, &str, &str) = (
    "http://loinc.org",
    "LA28865-6",
    "Longitudinal care-coordination focused care team",
);

/// What every kind needs to be begun.
struct Ground {
    identifier: Value,
    person: Value,
    plan: Option<Value>,
    author: Option<Value>,
    moment: String,
    day: String,
}

pub(super) fn resource(
    section: Section,
    patient: &PatientId,
    plan: Option<&ResourceRef>,
    author: Option<(&ResourceRef, &str)>,
    id: &str,
    now: DateTime<Utc>,
) -> Resource {
    let author = author.map(|(who, name)| json!({ "reference": who.to_string(), "display": name }));
    let ground = Ground {
        identifier: json!({ "system": BEGUN, "value": id }),
        person: json!({ "reference": format!("Patient/{}", patient.as_str()) }),
        plan: plan.map(|it| json!([{ "reference": it.to_string() }])),
        author,
        moment: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        day: crate::domain::time::london(now).date().to_string(),
    };
    let mut value = json!({ "resourceType": section.kind() });
    let more = match section {
        Section::Crisis | Section::Plan => ground.plan(section),
        Section::AboutMe => ground.own_words("urn:alongside:about-me"),
        Section::Form(form) => ground.own_words(&canonical(form)),
        Section::Goal => ground.goal(),
        Section::Action => ground.action(),
        Section::Carer => {
            let Ground {
                identifier, person, ..
            } = ground;
            json!({ "identifier": [identifier], "active": true, "patient": person })
        }
        Section::Alert | Section::Adjustment => ground.flag(section),
        Section::Cpr | Section::Wish => json!({
            "identifier": [ground.identifier],
            "status": "final",
            "subject": ground.person,
            "effectiveDateTime": ground.day,
            "performer": ground.author.map(|it| json!([it]))
        }),
        Section::Consent => json!({
            "identifier": [ground.identifier],
            "status": "active",
            "patient": ground.person,
            "dateTime": ground.day,
            "provision": { "type": "permit" }
        }),
        Section::Team => ground.team(),
    };
    if let (Some(members), Value::Object(more)) = (value.as_object_mut(), more) {
        // What is not known is not there.
        members.extend(more.into_iter().filter(|(_, it)| !it.is_null()));
    }
    // An object with a type is a resource.
    Resource::from_value(value).unwrap_or_else(|| Resource::nothing(section.kind()))
}

impl Ground {
    fn plan(self, section: Section) -> Value {
        let is_crisis = section == Section::Crisis;
        let title = if is_crisis {
            "Crisis plan"
        } else {
            "Personalised care and support plan"
        };
        json!({
            "identifier": [self.identifier],
            "partOf": self.plan.filter(|_| is_crisis),
            "status": "active",
            "intent": "plan",
            "category": category(section),
            "title": title,
            "subject": self.person,
            "period": { "start": self.day },
            "created": self.moment,
            "author": self.author
        })
    }

    fn own_words(self, form: &str) -> Value {
        json!({
            "identifier": self.identifier,
            "basedOn": self.plan,
            "questionnaire": form,
            "status": "completed",
            "subject": self.person,
            "authored": self.moment,
            "author": self.author,
            "source": self.person
        })
    }

    fn goal(self) -> Value {
        json!({
            "identifier": [self.identifier],
            "lifecycleStatus": "active",
            "subject": self.person,
            "startDate": self.day,
            "expressedBy": self.person
        })
    }

    fn flag(self, section: Section) -> Value {
        let (system, code, words) = ADJUSTMENT;
        let adjustment = json!([{ "coding": [{ "system": system, "code": code, "display": words }], "text": words }]);
        json!({
            "identifier": [self.identifier],
            "status": "active",
            "category": (section == Section::Adjustment).then_some(adjustment),
            "subject": self.person,
            "period": { "start": self.day },
            "author": self.author
        })
    }

    fn team(self) -> Value {
        let (system, code, words) = TEAM;
        json!({
            "identifier": [self.identifier],
            "status": "active",
            "category": [{ "coding": [{ "system": system, "code": code, "display": words }] }],
            "name": "Core team",
            "subject": self.person,
            "period": { "start": self.day }
        })
    }

    fn action(self) -> Value {
        json!({
            "identifier": [self.identifier],
            "basedOn": self.plan,
            "status": "requested",
            "intent": "plan",
            "for": self.person,
            "authoredOn": self.moment,
            "requester": self.author
        })
    }
}

/// <https://hl7.org/fhir/R4/datatypes.html#canonical>
pub(super) fn canonical(form: &Questionnaire) -> String {
    match form.version {
        Some(version) => format!("{}|{version}", form.url),
        None => form.url.to_owned(),
    }
}

fn category(section: Section) -> Value {
    let (system, code, display, text) = if section == Section::Crisis {
        let (system, ..) = CARE_PLAN;
        (
            system,
            "325691000000100",
            "Contingency plan",
            "Contingency plan",
        )
    } else {
        let (system, code, display) = CARE_PLAN;
        (system, code, display, "Personalised care and support plan")
    };
    json!([{ "coding": [{ "system": system, "code": code, "display": display }], "text": text }])
}
