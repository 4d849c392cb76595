//! The dispatch: every resource of an answer to the reader of its kind.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::origin::is_id;
use crate::domain::result::Report;
use crate::domain::{Facts, Origin, Patient, ResourceRef, SourceId};

use super::super::element::{Element, Reading, raw_text};
use super::written::Signature;
use super::{
    about_me, alert, allergy, appointment, care_package, contact, directory, document, encounter,
    finding, goal, legal, medicine, modifier, patient, plan, problem, report, risk, task, team,
    withheld, written,
};

/// Reads one resource into the facts.
type Read = fn(Element<'_>, Origin, &mut Facts);

/// Converts the resources of one source's answer, in the order in which they were written last. Takes `&[Value]`, or any iterator of `&Value` such as
/// `Bundle::resources`. References are resolved among these resources, so give together what was delivered together.
pub fn facts<'a>(source: &SourceId, resources: impl IntoIterator<Item = &'a Value>) -> Facts {
    let resources: Vec<&Value> = resources.into_iter().collect();
    all(source, &resources, read)
}

/// Who the persons among these resources are, and nothing else of them or of others.
pub fn patients<'a>(
    source: &SourceId,
    resources: impl IntoIterator<Item = &'a Value>,
) -> Vec<Patient> {
    let resources: Vec<&Value> = resources.into_iter().collect();
    let reading = Reading::new(source, &resources);
    let all = resources.iter().map(|it| reading.root(it));
    let people = all.filter(|it| it.kind() == "Patient");
    people
        .filter_map(|it| patient::identity(it, origin(it)?))
        .collect()
}

/// The same for what lists of people ask for: persons, staff, and the kinds of record that make a row. The code for all
/// other kinds then need not be there when the first list is.
pub fn list_facts<'a>(source: &SourceId, resources: impl IntoIterator<Item = &'a Value>) -> Facts {
    let resources: Vec<&Value> = resources.into_iter().collect();
    all(source, &resources, |it, origin, facts| {
        let Err(origin) = read_for_list(it, origin, facts) else {
            return;
        };
        if it.kind() == "DiagnosticReport" {
            let report = report::told(it, origin);
            // Of thousands of people only what is told: most reports are no more than their findings.
            facts
                .reports
                .extend(Some(report).filter(Report::says_something));
        } else {
            it.refuse("", "is a kind of record that lists do not show");
        }
    })
}

/// The same for what tells of hospital activity: lists' kinds and appointments.
pub fn activity_facts<'a>(
    source: &SourceId,
    resources: impl IntoIterator<Item = &'a Value>,
) -> Facts {
    let resources: Vec<&Value> = resources.into_iter().collect();
    all(source, &resources, |it, origin, facts| {
        let Err(origin) = read_for_list(it, origin, facts) else {
            return;
        };
        match it.kind() {
            "Appointment" => facts.appointments.push(appointment::read(it, origin)),
            "DiagnosticReport" => facts.reports.push(report::told(it, origin)),
            _ => it.refuse("", "is a kind of record that tells of no activity"),
        }
    })
}

/// What a `Provenance` says of each of its targets.
pub fn signatures(source: &SourceId, provenance: &Value) -> Vec<Signature> {
    let resources = [provenance];
    let reading = Reading::new(source, &resources);
    written::read(reading.root(provenance))
}

fn all(source: &SourceId, resources: &[&Value], read: Read) -> Facts {
    let reading = Reading::new(source, resources);
    let mut facts = Facts::default();
    let mut writings = Vec::new();
    for resource in in_order(resources) {
        one(reading.root(resource), &mut facts, &mut writings, read);
    }
    written::fill(&mut facts.plans, &writings);
    facts.issues = reading.into_issues();
    facts
}

/// As they were written last, and what was written at once by its id. A source may give the same in any order, in another one
/// whenever it is asked: what has the same date would change places on the screen.
fn in_order<'a>(resources: &[&'a Value]) -> Vec<&'a Value> {
    let text = |it: &'a Value, name: &str| it.get(name).and_then(Value::as_str);
    let mut all = resources.to_vec();
    all.sort_by_cached_key(|it| {
        let written = it.get("meta").and_then(|it| text(it, "lastUpdated"));
        (written, text(it, "id"))
    });
    all
}

fn one(it: Element<'_>, facts: &mut Facts, writings: &mut Vec<Signature>, read: Read) {
    match it.kind() {
        "" => return it.refuse("resourceType", "is missing"),
        // Read where something refers to them, or by the api.
        "Medication" | "OperationOutcome" | "Bundle" | "Group" | "Binary" => return,
        "Provenance" => return writings.extend(written::read(it)),
        _ => {}
    }
    let Some(origin) = origin(it) else {
        return;
    };
    modifier::check(it);
    facts.withheld.extend(withheld::of_labels(it, &origin));
    contained(it, &origin, facts, read);
    read(it, origin, facts);
}

/// Who it is: without a type and an id a record cannot be told from another, and is refused.
fn origin(it: Element<'_>) -> Option<Origin> {
    let given = it.value().get("id").is_some();
    let Some(id) = raw_text(it.value(), "id").filter(|it| is_id(it)) else {
        let what = if given { "is not an id" } else { "is missing" };
        it.refuse("id", what);
        return None;
    };
    let meta = it.object("meta");
    Some(Origin {
        source: it.reading().source.clone(),
        resource: ResourceRef::new(it.kind(), id),
        updated: meta.and_then(|it| it.instant("lastUpdated")),
    })
}

/// What a resource brings along inside: teams, goals and actions of a plan, results of a report. They are known as
/// `outer#inner`. Others (a contained Practitioner) only give names.
fn contained(it: Element<'_>, outer: &Origin, facts: &mut Facts, read: Read) {
    let wanted: &[&str] = match it.kind() {
        "CarePlan" => &["CareTeam", "Goal", "Task"],
        "DiagnosticReport" => &["Observation"],
        _ => return,
    };
    for inner in it.list("contained") {
        let kind = inner.kind();
        if !wanted.contains(&kind) {
            continue;
        }
        let Some(id) = raw_text(inner.value(), "id") else {
            inner.refuse("id", "is missing");
            continue;
        };
        let id = format!("{}#{id}", outer.resource.id);
        let origin = Origin {
            resource: ResourceRef::new(kind, &id),
            ..outer.clone()
        };
        read(inner, origin, facts);
    }
}

fn read(it: Element<'_>, origin: Origin, facts: &mut Facts) {
    let origin = match it.kind() {
        "Encounter" => {
            return facts
                .encounters
                .push(Arc::new(encounter::whole(it, origin)));
        }
        "CarePlan" => return facts.plans.push(plan::whole(it, origin)),
        _ => match read_for_list(it, origin, facts) {
            Ok(()) => return,
            Err(origin) => origin,
        },
    };
    match it.kind() {
        "AllergyIntolerance" => facts.allergies.push(allergy::read(it, origin)),
        "MedicationRequest" => facts.medicines.push(medicine::request(it, origin)),
        "Condition" => {
            if let Some(origin) = unless_cpr(it, origin, facts) {
                facts.problems.push(problem::read(it, origin));
            }
        }
        "DiagnosticReport" => facts.reports.push(report::read(it, origin)),
        "Appointment" => facts.appointments.push(appointment::read(it, origin)),
        "Goal" => facts.goals.push(goal::read(it, origin)),
        "Task" => facts.tasks.push(task::read(it, origin)),
        "QuestionnaireResponse" => facts.about_me.push(about_me::read(it, origin)),
        "RelatedPerson" => facts.contacts.push(contact::read(it, origin)),
        "Consent" => facts.consents.push(legal::consent(it, origin)),
        "DocumentReference" => facts.documents.push(document::read(it, origin)),
        "EpisodeOfCare" => facts.packages.push(care_package::episode(it, origin)),
        "ServiceRequest" => match care_package::request(it, origin) {
            Some(package) => facts.packages.push(package),
            None => it.refuse(
                "",
                "is a request that is not for social care, and is not shown",
            ),
        },
        "List" => facts.withheld.extend(withheld::of_list(it, &origin)),
        _ => it.refuse("", "is a kind of record that is not shown"),
    }
}

/// The kinds that lists of people ask for; another kind gives its origin back.
fn read_for_list(it: Element<'_>, origin: Origin, facts: &mut Facts) -> Result<(), Origin> {
    match it.kind() {
        "Patient" => {
            facts.contacts.extend(patient::contacts(it, &origin));
            facts.patients.extend(patient::read(it, origin));
        }
        "MedicationStatement" => facts.medicines.push(medicine::statement(it, origin)),
        "Observation" => {
            if let Some(origin) = unless_cpr(it, origin, facts) {
                match legal::statement(it, &origin) {
                    Some(statement) => facts.statements.push(statement),
                    None => facts.findings.push(finding::read(it, origin)),
                }
            }
        }
        "Flag" => {
            if let Some(origin) = unless_cpr(it, origin, facts) {
                facts.alerts.push(alert::read(it, origin));
            }
        }
        "Encounter" => facts.encounters.push(Arc::new(encounter::read(it, origin))),
        "CarePlan" => facts.plans.push(plan::read(it, origin)),
        "CareTeam" => facts.teams.push(team::read(it, origin)),
        "RiskAssessment" => facts.risks.push(risk::read(it, origin)),
        "Practitioner" | "PractitionerRole" | "Organization" | "Location" | "HealthcareService" => {
            facts.directory.push(directory::read(it, origin));
        }
        _ => return Err(origin),
    }
    Ok(())
}

/// Resources that may carry a CPR decision instead of what they are named for: one fact each.
fn unless_cpr(it: Element<'_>, origin: Origin, facts: &mut Facts) -> Option<Origin> {
    match legal::cpr(it, &origin) {
        Some(cpr) => {
            facts.cpr.push(cpr);
            None
        }
        None => Some(origin),
    }
}
