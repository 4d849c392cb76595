use super::*;
use crate::domain::ResourceRef;
use crate::domain::sample::{called, contact, encounter, now, origin, problem, source, team, when};

#[test]
fn what_the_record_has_can_be_linked_and_what_another_source_has_is_shown() {
    let jane = PatientId::parse("jane").unwrap();
    let mut own = team("shared", "North 3", Vec::new());
    own.subject = Some(ResourceRef::new("Patient", "jane"));
    let mut inside = own.clone();
    inside.origin = origin("shared", "CareTeam", "plan#team");
    let stay = |start: &str| encounter("rw3", Setting::Inpatient, start, "");
    let mut cancelled = stay("2026-11-01");
    cancelled.status = Some(Coded::Known(EncounterStatus::Cancelled));
    let facts = Facts {
        problems: vec![
            problem("shared", "COPD", "2019"),
            problem("rw3", "Asthma", "2001"),
        ],
        teams: vec![own, inside],
        contacts: vec![contact("shared", "Ann", &["Carer"])],
        encounters: vec![
            stay("2024-01-01").into(),
            stay("2026-02-01").into(),
            stay("2026-11-10").into(),
            cancelled.into(),
            encounter("rw3", Setting::Ambulatory, "2026-11-12", "").into(),
        ],
        ..Facts::default()
    };
    let all = known(&facts, &source("shared"), &jane, now());
    let told: Vec<(KnownKind, Option<String>)> = all
        .iter()
        .map(|it| (it.kind, it.to.as_ref().map(ToString::to_string)))
        .collect();
    let linked = |kind, to: &str| (kind, Some(to.to_owned()));
    assert_eq!(told[0], linked(KnownKind::Problem, "Condition/COPD"));
    assert_eq!(told[1], (KnownKind::Problem, None), "another source's");
    assert_eq!(told[2], linked(KnownKind::Carer, "RelatedPerson/Ann"));
    assert_eq!(told[3].0, KnownKind::Team);
    assert_eq!(
        told.len(),
        6,
        "a team inside a plan, what is old and what was cancelled are not"
    );
    let What::Admission(first) = &all[4].what else {
        panic!("an admission")
    };
    assert_eq!(first.period.start, when("2026-11-10"), "the newest first");
}

#[test]
fn what_is_linked_finds_its_place_among_what_is_offered() {
    for kind in KnownKind::OFFERED {
        let resource = match kind {
            KnownKind::Problem => "Condition",
            KnownKind::Carer => "RelatedPerson",
            KnownKind::Practice => "Organization",
            KnownKind::Team => "CareTeam",
            _ => "Encounter",
        };
        let to = ResourceRef::new(resource, "1").into();
        assert_eq!(KnownKind::of(kind.field(), &to), kind);
    }
    let paper = ResourceRef::new("DocumentReference", "1").into();
    assert_eq!(KnownKind::of(Field::Supporting, &paper), KnownKind::Other);
}

/// An admission that this source calls this.
fn stay(from: &str, start: &str, name: &str) -> Encounter {
    Encounter {
        identifier: called(name),
        ..encounter(from, Setting::Inpatient, start, "")
    }
}

fn leads(facts: &Facts) -> Vec<Option<String>> {
    let jane = PatientId::parse("jane").unwrap();
    let all = known(facts, &source("shared"), &jane, now());
    all.iter()
        .map(|it| Some(it.to.as_ref()?.to_string()))
        .collect()
}

#[test]
fn what_another_source_has_is_linked_by_what_it_is_called_there() {
    let mut gout = problem("rw3", "Gout", "2011");
    gout.identifier = called("p|1");
    let mut ann = contact("rw3", "Ann", &[]);
    ann.identifier = called("a");
    let facts = Facts {
        problems: vec![gout, problem("rw3", "Asthma", "2001")],
        contacts: vec![ann],
        encounters: vec![
            stay("rw3", "2026-11-10", "e 1").into(),
            stay("shared", "2026-11-09", "e2").into(),
        ],
        ..Facts::default()
    };
    let told = leads(&facts);
    let told: Vec<_> = told.iter().map(Option::as_deref).collect();
    assert_eq!(
        told,
        [
            Some("Condition?identifier=urn:x|p%7C1"),
            None,
            Some("RelatedPerson?identifier=urn:x|a"),
            Some("Encounter?identifier=urn:x|e%201"),
            Some("Encounter/Inpatient-2026-11-09"),
        ]
    );
}

#[test]
fn one_name_is_one_thing_however_many_sources_hold_it() {
    let facts = Facts {
        encounters: vec![
            stay("rw3", "2026-11-10", "both").into(),
            stay("rm2", "2026-11-09", "both").into(),
            stay("rw3", "2026-11-08", "own too").into(),
            stay("shared", "2026-11-07", "own too").into(),
        ],
        ..Facts::default()
    };
    let told = leads(&facts);
    let told: Vec<_> = told.iter().map(Option::as_deref).collect();
    let both = Some("Encounter?identifier=urn:x|both");
    assert_eq!(told, [both, Some("Encounter/Inpatient-2026-11-07")]);
}

#[test]
fn a_name_that_one_source_gives_to_several_names_none() {
    let mut old = stay("rw3", "2020-11-08", "spell");
    let facts = |old: Encounter| Facts {
        encounters: vec![old.into(), stay("rw3", "2026-11-10", "spell").into()],
        ..Facts::default()
    };
    assert_eq!(
        leads(&facts(old.clone())),
        [None],
        "also one that is not offered"
    );
    old.status = Some(Coded::Known(EncounterStatus::EnteredInError));
    let facts = facts(old);
    let to = leads(&facts)[0].clone().unwrap();
    let it = behind(&facts, &source("shared"), &Target::parse(&to).unwrap()).unwrap();
    let began = it.when.unwrap();
    assert_eq!(
        began,
        Dated::Since(When::parse("2026-11-10")),
        "but what was written in error is none of them"
    );
}

#[test]
fn what_is_linked_is_found_at_whichever_source_holds_it() {
    let facts = Facts {
        problems: vec![problem("rw3", "Gout", "2011")],
        contacts: vec![contact("shared", "Ann", &[])],
        encounters: vec![stay("rw3", "2020-11-10", "e1").into()],
        ..Facts::default()
    };
    let found = |to: &str| {
        let to = Target::parse(to).unwrap();
        behind(&facts, &source("shared"), &to).map(|it| (it.kind, it.source))
    };
    let stay = Some((KnownKind::Admission, source("rw3")));
    assert_eq!(
        found("Encounter?identifier=urn:x|e1"),
        stay,
        "however long ago"
    );
    assert_eq!(
        found("Condition?identifier=urn:x|e1"),
        None,
        "of another type"
    );
    assert_eq!(
        found("Encounter?identifier=urn:y|e1"),
        None,
        "in another system"
    );
    assert_eq!(found("Condition/Gout"), None, "an address is of one source");
    assert_eq!(
        found("RelatedPerson/Ann"),
        Some((KnownKind::Carer, source("shared")))
    );
}
