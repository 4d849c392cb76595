use super::super::legal::CprDecision::{ForResuscitation as For, NotForResuscitation as Not};
use super::*;
use crate::domain::sample::{contact as someone, directory, now, origin, party, phone, plan, when};
use crate::domain::{Concept, Period, ResourceRef};

fn part(heading: &str, words: &str) -> ActionDetail {
    ActionDetail {
        heading: Some(Concept::from_text(heading)),
        description: Some(words.to_owned()),
        ..ActionDetail::default()
    }
}

fn plan_of(parts: Vec<ActionDetail>) -> Plan {
    Plan {
        actions: parts
            .into_iter()
            .map(|it| PlanAction::Detail(it.into()))
            .collect(),
        ..plan(PlanKind::Crisis)
    }
}

#[test]
fn a_plan_is_read_by_its_headings_and_unknown_ones_are_kept() {
    let facts = Facts {
        plans: vec![plan_of(vec![
            part("Trigger factors", "More breathless than usual"),
            part("What should happen", "One extra furosemide 40 mg"),
            part("Coping strategies", "Fan and window"),
            part("Relapse indicators", "Three pillows"),
            part("Anticipatory medicines and equipment", "Rescue pack"),
            part("Advance statement", "Not at night"),
            part("If the carer cannot care", "Bill walks Bess"),
            part("Pets", "Bess, a dog"),
        ])],
        ..Facts::default()
    };
    let crisis = &plans(&facts, now())[0];
    assert_eq!(crisis.triggers, ["More breathless than usual"]);
    assert_eq!(crisis.to_do, ["One extra furosemide 40 mg"]);
    assert_eq!(crisis.if_carer_cannot, ["Bill walks Bess"]);
    assert_eq!(
        crisis.others,
        [(Some("Pets".to_owned()), "Bess, a dog".to_owned())]
    );
    assert!(
        [
            &crisis.coping,
            &crisis.relapse,
            &crisis.anticipatory,
            &crisis.advance_statement
        ]
        .iter()
        .all(|it| it.len() == 1)
    );
}

#[test]
fn people_to_contact_come_with_their_numbers() {
    let mut nurse = directory("shared", "Practitioner", "jp", "J Patel");
    nurse.telecoms = vec![phone("0161 496 0188", 1)];
    let carol = someone("shared", "Carol Smith", &["daughter"]);
    let mut whom = part("Who should be contacted", "J Patel, then Carol");
    whom.performers = vec![
        party("", "Practitioner", "jp"),
        party("", "RelatedPerson", "Carol Smith"),
        party("GP practice", "", ""),
    ];
    let facts = Facts {
        plans: vec![plan_of(vec![whom])],
        directory: vec![nurse],
        contacts: vec![carol],
        ..Facts::default()
    };
    let crisis = &plans(&facts, now())[0];
    let found: Vec<_> = crisis
        .contacts
        .iter()
        .map(|it| (it.name.as_deref().unwrap(), it.phones.len()))
        .collect();
    assert_eq!(
        found,
        [("J Patel", 1), ("Carol Smith", 1), ("GP practice", 0)]
    );
}

#[test]
fn several_crisis_plans_stand_side_by_side_and_drafts_do_not_count() {
    let (mut old, mut draft) = (plan_of(vec![]), plan_of(vec![]));
    old.origin = origin("tae", "CarePlan", "1");
    old.created = when("2025");
    draft.status = Some(Coded::Known(crate::domain::plan::PlanStatus::Draft));
    let mut new = plan_of(vec![]);
    new.created = when("2026-01-01");
    let facts = Facts {
        plans: vec![old, draft, new, plan(PlanKind::Main)],
        ..Facts::default()
    };
    let sources: Vec<_> = plans(&facts, now())
        .iter()
        .map(|it| it.origin.source.as_str().to_owned())
        .collect();
    assert_eq!(sources, ["shared", "tae"]);
}

#[test]
fn the_newest_cpr_decision_leads_and_a_disagreement_between_sources_is_said() {
    let decision = |from: &str, decision, on: &str| Cpr {
        origin: origin(from, "Observation", on),
        decision,
        status: Some("final".to_owned()),
        period: Period::default(),
        on: when(on),
        by: Vec::new(),
        notes: Vec::new(),
    };
    let mut facts = Facts {
        cpr: vec![
            decision("shared", For, "2024"),
            decision("shared", Not, "2026-10-12"),
        ],
        ..Facts::default()
    };
    let standing = cpr(&facts, now()).unwrap();
    assert_eq!(
        (standing.newest.decision, standing.disagree),
        (Not, false),
        "an older one of the same source is replaced"
    );
    facts.cpr.push(decision("rm2", For, "2025"));
    assert!(cpr(&facts, now()).unwrap().disagree);
    facts.cpr[2].status = Some("entered-in-error".to_owned());
    assert!(!cpr(&facts, now()).unwrap().disagree);
    assert_eq!(cpr(&Facts::default(), now()), None);
}

#[test]
fn of_what_has_no_date_nobody_can_tell_whether_it_is_older() {
    let decision = |id: &str, decision, on: Option<&str>| Cpr {
        origin: origin("shared", "Observation", id),
        decision,
        status: Some("final".to_owned()),
        period: Period::default(),
        on: on.and_then(when),
        by: Vec::new(),
        notes: Vec::new(),
    };
    let standing = |cpr: Vec<Cpr>| {
        let facts = Facts {
            cpr,
            ..Facts::default()
        };
        let it = cpr_of(&facts).unwrap();
        (it.newest.decision, it.others.len(), it.disagree)
    };
    let dated = decision("1", Not, Some("2026-10-12"));
    let mut undated = decision("2", For, None);
    undated.origin.updated = Some(now());
    assert_eq!(
        standing(vec![undated.clone(), dated.clone()]),
        (Not, 1, true),
        "what is dated leads, the other is said"
    );
    let same_day = decision("3", For, Some("2026-10-12"));
    assert_eq!(standing(vec![dated.clone(), same_day]), (Not, 1, true));
    let this_year = decision("4", For, Some("2026"));
    assert!(standing(vec![dated.clone(), this_year]).2);
    let (morning, evening) = (
        decision("5", For, Some("2026-10-12T09:00:00Z")),
        decision("6", Not, Some("2026-10-12T18:00:00Z")),
    );
    assert_eq!(standing(vec![morning, evening]), (Not, 0, false));
    let mut again = undated;
    again.decision = Not;
    assert_eq!(standing(vec![again, dated]), (Not, 0, false));
}

fn cpr_of(facts: &Facts) -> Option<CprStanding> {
    cpr(facts, now())
}

#[test]
fn what_the_plan_names_and_the_source_does_not_give_is_said_in_the_plans_words() {
    let named = |id: &str, name: Option<&str>| {
        PlanAction::Task(ResourceRef::new("Task", id), name.map(str::to_owned))
    };
    let mut crisis = plan(PlanKind::Crisis);
    crisis.actions = vec![
        named("gone", Some("Ring the heart failure nurse")),
        named("gone-too", None),
    ];
    let facts = Facts {
        plans: vec![crisis],
        ..Facts::default()
    };
    assert_eq!(
        plans(&facts, now())[0].to_do,
        [
            "Ring the heart failure nurse (the source does not give more of it)",
            "An action that the source does not give (Task/gone-too)"
        ]
    );
}
