//! Links to what another source holds, by what it is called there.

use serde_json::{Value, json};

use super::super::Held;
use super::*;
use crate::domain::Identifier;
use crate::domain::section::merge;
use crate::fhir::Resource;

/// A plan that others have written, with what nobody here knows in its links.
fn plan() -> Value {
    json!({
        "resourceType": "CarePlan", "id": "c1", "meta": { "versionId": "1" },
        "status": "active", "intent": "plan", "subject": { "reference": "Patient/p1" },
        "addresses": [
            { "identifier": { "system": "urn:gp", "value": "7" }, "display": "COPD" },
            { "reference": "Condition/1", "identifier": { "system": "urn:gp", "value": "8" }, "display": "Gout" }
        ],
        "supportingInfo": [
            {
                "extension": [{ "url": "urn:theirs", "valueDecimal": 1.50 }],
                "type": "Encounter",
                "_type": { "extension": [{ "url": "urn:theirs", "valueBoolean": true }] },
                "identifier": {
                    "id": "i1", "use": "official", "type": { "text": "Visit" }, "system": "urn:rw3", "value": "1 | 2",
                    "period": { "start": "2026" }, "assigner": { "display": "RW3" }
                },
                "display": "A stay"
            },
            { "identifier": { "system": "urn:x", "value": "1" }, "display": "A letter" },
            { "reference": "#inside", "type": "Encounter", "identifier": { "system": "urn:x", "value": "2" } },
            { "type": "Encounter", "identifier": { "value": "no system" }, "display": "A stay" },
            { "type": "Encounter", "identifier": { "system": "urn:x", "value": "9".repeat(100_000) } },
            { "type": "Encounter", "identifier": { "system": "urn:rw6", "value": "1 | 2" } }
        ]
    })
}

fn held(section: Section, value: &Value) -> Held {
    Held::open(section, Resource::from_value(value.clone()).unwrap()).unwrap()
}

fn said(held: &Held, field: Field) -> Vec<String> {
    let all = held.entries().into_iter();
    let own = all.filter(|it| it.part == Part::Field(field));
    own.map(|it| it.text).collect()
}

fn new(field: Field, text: &str) -> Entry {
    Entry {
        id: EntryId(format!("new-{text}")),
        part: Part::Field(field),
        text: text.to_owned(),
    }
}

#[test]
fn what_is_named_by_an_identifier_is_read_and_what_has_an_address_too_leads_there() {
    let held = held(Section::Plan, &plan());
    assert_eq!(
        said(&held, Field::Need),
        ["Condition?identifier=urn:gp|7 COPD", "Condition/1 Gout"]
    );
    assert_eq!(
        said(&held, Field::Supporting),
        [
            "Encounter?identifier=urn:rw3|1%20%7C%202 A stay",
            "Encounter?identifier=urn:rw6|1%20%7C%202",
        ],
        "of no known type, contained, without a system, endless: none is understood"
    );
}

#[test]
fn what_is_ticked_is_written_by_its_identifier_and_unticking_takes_exactly_that_away() {
    let before = plan();
    let held = held(Section::Plan, &before);
    let mut mine = held.entries();
    let odd = Identifier::new("urn:%41?x|y", "é 患\u{1fac0} %7C").unwrap();
    let odd = Chosen::new(Target::called("Encounter", odd).unwrap(), "Admitted, 3-Nov");
    mine.push(new(Field::Supporting, &odd.to_string()));
    mine.push(new(
        Field::Need,
        "Condition?identifier=urn:rw3|p1 Heart failure",
    ));
    let now = held.edited(&mine);
    let value = now.resource().value();
    let mut wanted = before.clone();
    wanted["addresses"].as_array_mut().unwrap().push(json!({
        "type": "Condition", "identifier": { "system": "urn:rw3", "value": "p1" }, "display": "Heart failure"
    }));
    wanted["supportingInfo"].as_array_mut().unwrap().push(json!({
        "type": "Encounter", "identifier": { "system": "urn:%41?x|y", "value": "é 患\u{1fac0} %7C" },
        "display": "Admitted, 3-Nov"
    }));
    assert_eq!(value.to_string(), wanted.to_string());
    let mut fewer = now.entries();
    for it in &mut fewer {
        let is_new = Chosen::read(&it.text).is_some_and(|it| it.to == odd.to);
        if is_new || it.text.contains("urn:rw3|p1") {
            it.text.clear();
        }
    }
    let back = now.edited(&fewer);
    assert_eq!(back.resource().value().to_string(), before.to_string());
    fewer.retain(|it| {
        it.id != EntryId("supporting:Encounter?identifier=urn:rw3|1%20%7C%202".into())
    });
    let fewer = back.edited(&fewer);
    wanted = before;
    wanted["supportingInfo"].as_array_mut().unwrap().remove(0);
    assert_eq!(fewer.resource().value().to_string(), wanted.to_string());
}

#[test]
fn what_is_ticked_again_is_as_it_was_and_nothing_is_linked_twice() {
    let before = plan();
    let held = held(Section::Plan, &before);
    let mut mine = held.entries();
    mine.push(new(
        Field::Supporting,
        "Encounter?identifier=urn:rw3|1%20%7C%202 Admitted as an emergency",
    ));
    let now = held.edited(&mine);
    assert_eq!(now.resource().value().to_string(), before.to_string());
    // The name is that of the record: it alone is no change.
    let mut mine = held.entries();
    let own = mine
        .iter_mut()
        .find(|it| it.text.contains("urn:rw3"))
        .unwrap();
    own.text.push_str(" of today");
    let now = held.edited(&mine);
    assert_eq!(now.resource().value().to_string(), before.to_string());
}

#[test]
fn two_people_who_link_the_same_admission_link_it_once() {
    let text = "Encounter?identifier=urn:rw3|e7 Admitted as an emergency";
    let base = held(Section::Plan, &plan());
    let with = |more: &[&str]| {
        let mut all = base.entries();
        all.extend(more.iter().map(|it| new(Field::Supporting, it)));
        all
    };
    let theirs = base.edited(&with(&[text]));
    let mine = with(&[text, "Encounter?identifier=urn:rw3|e8"]);
    let merged = merge(&base.entries(), &mine, &theirs.entries());
    assert_eq!(merged.clashes, []);
    let now = theirs.edited(&merged.entries);
    let value = now.resource().value();
    let all = value["supportingInfo"].as_array().unwrap();
    let values = all.iter().map(|it| &it["identifier"]["value"]);
    assert_eq!(values.skip(6).collect::<Vec<_>>(), ["e7", "e8"]);
    // One takes away what the other leaves as it is.
    let mut mine = theirs.entries();
    mine.retain(|it| it.text != text);
    let merged = merge(&theirs.entries(), &mine, &now.entries());
    assert_eq!(merged.clashes, []);
}

#[test]
fn a_goal_serves_a_need_that_another_source_holds() {
    let goal = json!({
        "resourceType": "Goal", "id": "g1", "lifecycleStatus": "active", "subject": { "reference": "Patient/p1" },
        "description": { "text": "Walk" },
        "addresses": [{ "type": "Condition", "identifier": { "system": "urn:rw3", "value": "p1", "assigner": { "display": "RW3" } } }]
    });
    let it = held(Section::Goal, &goal);
    assert_eq!(
        said(&it, Field::GoalNeed),
        ["Condition?identifier=urn:rw3|p1"]
    );
    assert_eq!(
        it.edited(&it.entries()).resource().value().to_string(),
        goal.to_string()
    );
    let mut mine = it.entries();
    for own in mine
        .iter_mut()
        .filter(|it| it.part == Part::Field(Field::GoalNeed))
    {
        own.text = "Condition?identifier=urn:rw3|p2 Gout".to_owned();
    }
    let now = it.edited(&mine);
    let other = json!([{ "type": "Condition", "identifier": { "system": "urn:rw3", "value": "p2" }, "display": "Gout" }]);
    assert_eq!(now.resource().value()["addresses"], other);
}

#[test]
fn who_is_responsible_or_in_a_team_is_still_linked_by_address_only() {
    let owner = json!({ "type": "Practitioner", "identifier": { "system": "urn:gmc", "value": "7" }, "display": "Dr A" });
    assert_eq!(read(&owner), None);
    assert_eq!(read_any(&owner, Field::PlanTeam), None);
}
