//! Small facts for the tests of the pure half: each with what the rules look at, everything else empty.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::activity::{Encounter, EncounterStatus, Place, Setting};
use super::allergy::Allergy;
use super::appointment::{Appointment, AppointmentStatus};
use super::contact::Contact;
use super::medicine::{Amount, Dose, Medicine, MedicineStatus, Stated};
use super::patient::{Patient, PatientId, PersonName, SeenNumber, Telecom};
use super::plan::{Plan, PlanKind, PlanStatus};
use super::problem::Problem;
use super::result::{Finding, Report, ResultValue};
use super::team::{DirectoryEntry, Member, Team};
use super::{
    Coded, Coding, Concept, Decimal, Identifier, Linked, NhsNumber, Origin, Party, Period,
    ResourceRef, SourceId, Target, When,
};

pub fn source(id: &str) -> SourceId {
    SourceId::new(id)
}

pub fn origin(from: &str, kind: &str, id: &str) -> Origin {
    Origin {
        source: source(from),
        resource: ResourceRef::new(kind, id),
        updated: None,
    }
}

pub fn time(raw: &str) -> DateTime<Utc> {
    match When::parse(raw) {
        When::At(at) => at,
        other => panic!("{other:?} is no instant"),
    }
}

/// 22-Nov-2026, 14:05 in London.
pub fn now() -> DateTime<Utc> {
    time("2026-11-22T14:05:00Z")
}

#[allow(clippy::unnecessary_wraps)] // as the fields that it fills
pub fn when(raw: &str) -> Option<When> {
    Some(When::parse(raw))
}

pub fn period(start: &str, end: &str) -> Period {
    let of = |raw: &str| (!raw.is_empty()).then(|| When::parse(raw));
    Period {
        start: of(start),
        end: of(end),
    }
}

pub fn coded(system: &str, code: &str, text: &str) -> Concept {
    let coding = Coding {
        system: Some(system.to_owned()),
        code: Some(code.to_owned()),
        display: None,
    };
    Concept::new(Some(text.to_owned()), vec![coding])
}

pub fn party(name: &str, kind: &str, id: &str) -> Party {
    Party {
        name: (!name.is_empty()).then(|| name.to_owned()),
        reference: (!id.is_empty()).then(|| ResourceRef::new(kind, id)),
    }
}

/// What a source calls something by: `urn:x|value`.
pub fn called(value: &str) -> Option<Arc<Identifier>> {
    Identifier::new("urn:x", value)
}

pub fn linked(name: &str, to: &str) -> Linked {
    Linked {
        name: (!name.is_empty()).then(|| name.to_owned()),
        to: Target::parse(to),
    }
}

pub fn allergy(from: &str, agent: &str) -> Allergy {
    Allergy {
        origin: origin(from, "AllergyIntolerance", agent),
        agent: Concept::from_text(agent),
        states_none_known: false,
        kind: None,
        criticality: None,
        clinical: None,
        verification: None,
        reactions: Vec::new(),
        onset: None,
        recorded: None,
        recorder: None,
        notes: Vec::new(),
    }
}

pub fn medicine(from: &str, product: &str, dose: &str) -> Medicine {
    Medicine {
        origin: origin(from, "MedicationStatement", product),
        stated: Stated::Statement,
        product: Concept::from_text(product),
        status: Some(Coded::Known(MedicineStatus::Active)),
        status_reason: None,
        intent: None,
        do_not_give: false,
        categories: Vec::new(),
        doses: vec![Dose {
            text: Some(dose.to_owned()),
            ..Dose::default()
        }],
        reasons: Vec::new(),
        effective: Period::default(),
        recorded: None,
        author: None,
        notes: Vec::new(),
    }
}

pub fn amount(value: &str, unit: &str) -> Amount {
    Amount {
        value: Decimal::parse(value).unwrap(),
        comparator: None,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
    }
}

pub fn finding(from: &str, test: &str, value: &str, unit: &str, taken: &str) -> Finding {
    Finding {
        origin: origin(from, "Observation", &format!("{test}-{taken}")),
        test: Concept::from_text(test),
        categories: Vec::new(),
        status: None,
        taken: when(taken),
        issued: None,
        value: ResultValue::Quantity(amount(value, unit)),
        judgement: None,
        ranges: Vec::new(),
        components: Vec::new(),
        performers: Vec::new(),
        method: None,
        body_site: None,
        members: Vec::new(),
        notes: Vec::new(),
    }
}

pub fn report(from: &str, what: &str, taken: &str, results: &[&Finding]) -> Report {
    let resource = |it: &&Finding| it.origin.resource.clone();
    Report {
        origin: origin(from, "DiagnosticReport", what),
        what: Concept::from_text(what),
        categories: Vec::new(),
        status: Some("final".to_owned()),
        taken: when(taken),
        issued: None,
        results: results.iter().map(resource).collect(),
        conclusion: None,
        conclusions: Vec::new(),
        forms: Vec::new(),
        performers: Vec::new(),
    }
}

pub fn encounter(from: &str, setting: Setting, start: &str, end: &str) -> Encounter {
    let status = if end.is_empty() {
        EncounterStatus::InProgress
    } else {
        EncounterStatus::Finished
    };
    Encounter {
        origin: origin(from, "Encounter", &format!("{setting:?}-{start}")),
        identifier: None,
        setting: Coded::Known(setting),
        status: Some(Coded::Known(status)),
        period: period(start, end),
        places: Vec::new(),
        specialty: None,
        types: Vec::new(),
        reasons: Vec::new(),
        professionals: Vec::new(),
        provider: None,
        admission_method: None,
        admission_source: None,
        discharge_method: None,
        discharge_destination: None,
        outcome: None,
        part_of: None,
    }
}

pub fn place(name: &str, start: &str, end: &str) -> Place {
    Place {
        location: party(name, "", ""),
        status: None,
        period: period(start, end),
    }
}

pub fn person_name(family: &str, given: &str, prefix: &str) -> PersonName {
    let many = |raw: &str| {
        raw.split(' ')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    PersonName {
        family: (!family.is_empty()).then(|| family.to_owned()),
        given: many(given),
        prefix: many(prefix),
        ..PersonName::default()
    }
}

pub fn patient(from: &str, number: &str, family: &str, given: &str, birth: &str) -> Patient {
    let seen = |number| SeenNumber {
        number,
        verification: None,
    };
    Patient {
        origin: origin(from, "Patient", "p1"),
        id: PatientId::parse("p1").unwrap(),
        active: true,
        numbers: NhsNumber::received(number).map(seen).into_iter().collect(),
        local_numbers: Vec::new(),
        names: vec![person_name(family, given, "")],
        birth: when(birth),
        gender: None,
        deceased: None,
        telecoms: Vec::new(),
        addresses: Vec::new(),
        practice: None,
        ethnicity: None,
        languages: Vec::new(),
        interpreter_required: false,
        replaced_by: None,
    }
}

pub fn appointment(from: &str, start: &str) -> Appointment {
    Appointment {
        origin: origin(from, "Appointment", start),
        status: Some(Coded::Known(AppointmentStatus::Booked)),
        start: when(start),
        end: None,
        description: None,
        specialty: None,
        service: None,
        reasons: Vec::new(),
        cancelled_because: None,
        channel: None,
        professionals: Vec::new(),
        places: Vec::new(),
        others: Vec::new(),
        patient_instruction: None,
        created: None,
        comment: None,
        moves: Vec::new(),
    }
}

pub fn plan(kind: PlanKind) -> Plan {
    Plan {
        origin: origin("shared", "CarePlan", "plan"),
        kind,
        status: Some(Coded::Known(PlanStatus::Active)),
        categories: Vec::new(),
        title: None,
        description: None,
        period: Period::default(),
        created: None,
        author: None,
        needs: Vec::new(),
        goals: Vec::new(),
        actions: Vec::new(),
        part_of: None,
        reviews: Vec::new(),
        teams: Vec::new(),
        supporting: Vec::new(),
        notes: Vec::new(),
        written: None,
    }
}

pub fn directory(from: &str, kind: &str, id: &str, name: &str) -> DirectoryEntry {
    DirectoryEntry {
        origin: origin(from, kind, id),
        name: (!name.is_empty()).then(|| name.to_owned()),
        person: None,
        roles: Vec::new(),
        specialties: Vec::new(),
        organisation: None,
        practitioner: None,
        part_of: None,
        telecoms: Vec::new(),
        addresses: Vec::new(),
        identifiers: Vec::new(),
    }
}

pub fn phone(value: &str, rank: u32) -> Telecom {
    Telecom {
        system: Some("phone".to_owned()),
        value: value.to_owned(),
        usage: None,
        rank: Some(rank),
        period: Period::default(),
    }
}

pub fn member(who: Party, roles: &[&str]) -> Member {
    Member {
        who,
        roles: roles.iter().map(|it| Concept::from_text(it)).collect(),
        ..Member::default()
    }
}

pub fn team(from: &str, name: &str, members: Vec<Member>) -> Team {
    Team {
        origin: origin(from, "CareTeam", name),
        name: Some(name.to_owned()),
        status: Some("active".to_owned()),
        categories: Vec::new(),
        subject: None,
        members,
        organisations: Vec::new(),
        telecoms: Vec::new(),
        period: Period::default(),
    }
}

pub fn contact(from: &str, name: &str, relationships: &[&str]) -> Contact {
    Contact {
        origin: origin(from, "RelatedPerson", name),
        identifier: None,
        name: Some(PersonName {
            text: Some(name.to_owned()),
            ..PersonName::default()
        }),
        birth: None,
        relationships: relationships
            .iter()
            .map(|it| Concept::from_text(it))
            .collect(),
        telecoms: vec![phone("07700 900 113", 1)],
        addresses: Vec::new(),
        period: Period::default(),
        active: true,
    }
}

pub fn problem(from: &str, what: &str, onset: &str) -> Problem {
    Problem {
        origin: origin(from, "Condition", what),
        identifier: None,
        what: Concept::from_text(what),
        status: None,
        verification: None,
        categories: Vec::new(),
        severity: None,
        onset: when(onset),
        abatement: None,
        recorded: None,
        body_sites: Vec::new(),
        recorder: None,
        notes: Vec::new(),
    }
}
