use crate::domain::section::{Entry, EntryId, Field, Part, Section};
use crate::domain::{PatientId, ResourceRef};
use crate::fhir::{Held, Resource};
use serde_json::{Value, json};

/// A team with everything that others may have put there.
fn foreign() -> Value {
    json!({
        "resourceType": "CareTeam",
        "id": "t1",
        "meta": { "versionId": "3", "tag": [{ "code": "theirs" }] },
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.5 }],
        "subject": { "reference": "Patient/p1" },
        "participant": [
            {
                "role": [{ "text": "District nurse", "extension": [{ "url": "urn:x" }] }, { "text": "Key worker" }],
                "member": { "reference": "PractitionerRole/tom", "display": "Tom Achebe", "type": "PractitionerRole" },
                "period": { "start": "2024-02-01", "_start": { "id": "s" } },
                "extension": [{ "url": "urn:theirs", "valueCode": "on-call" }]
            },
            { "member": { "display": "Ann Lee" }, "role": [{ "text": "GP" }] },
            { "modifierExtension": [{ "url": "urn:not" }], "member": { "reference": "PractitionerRole/x" } },
            {
                "role": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "62247001", "display": "Family medicine specialist" }] }],
                "member": { "reference": "Practitioner/lee", "display": "Dr Lee" },
                "onBehalfOf": { "reference": "Organization/p", "display": "Lark Hill" }
            },
            { "role": [{ "text": "Multidisciplinary team" }], "member": { "reference": "CareTeam/mdt", "display": "North 3" } }
        ],
        "note": [{ "text": "keep" }]
    })
}

fn held() -> Held {
    open(foreign())
}

fn open(value: Value) -> Held {
    Held::open(Section::Team, Resource::from_value(value).unwrap()).unwrap()
}

fn id(group: &str, field: Field) -> EntryId {
    EntryId::of(group, Part::Field(field))
}

fn key() -> EntryId {
    EntryId("key-worker".to_owned())
}

fn says(all: &[Entry], id: &EntryId) -> Option<String> {
    all.iter().find(|it| it.id == *id).map(|it| it.text.clone())
}

fn edited(held: &Held, changes: &[(EntryId, &str)]) -> Value {
    let mut entries = held.entries();
    for (id, text) in changes {
        let own = entries.iter_mut().find(|it| it.id == *id);
        own.unwrap().text = (*text).to_owned();
    }
    held.edited(&entries).resource().value().clone()
}

fn new(group: &str, who: &str, role: &str) -> Vec<Entry> {
    let all = [
        (Field::Member, who),
        (Field::MemberRole, role),
        (Field::OnBehalfOf, "Organization/o Elsewhere"),
        (Field::Since, "23-Nov-2026"),
        (Field::Until, ""),
    ];
    all.map(|(field, text)| Entry {
        id: id(group, field),
        part: Part::Field(field),
        text: text.to_owned(),
    })
    .into()
}

#[test]
fn members_who_are_linked_can_be_edited_each_by_themselves() {
    let all = held().entries();
    let groups = crate::domain::section::team::groups(&all);
    assert_eq!(
        groups,
        ["#0", "#3", "#4"],
        "not a name alone, not a modifier"
    );
    let said = |group, field| says(&all, &id(group, field));
    assert_eq!(
        says(&all, &key()).as_deref(),
        Some("PractitionerRole/tom Tom Achebe")
    );
    assert_eq!(
        said("#0", Field::MemberRole).as_deref(),
        Some("District nurse")
    );
    assert_eq!(said("#0", Field::Since).as_deref(), Some("01-Feb-2024"));
    assert_eq!(said("#0", Field::OnBehalfOf), None, "ctm-1");
    assert_eq!(
        said("#3", Field::MemberRole).as_deref(),
        Some("Family medicine specialist")
    );
    assert_eq!(
        said("#3", Field::OnBehalfOf).as_deref(),
        Some("Organization/p Lark Hill")
    );
}

#[test]
fn a_change_to_one_member_leaves_the_others_byte_for_byte() {
    assert_eq!(
        held().edited(&held().entries()),
        held(),
        "nothing for nothing"
    );
    let now = edited(
        &held(),
        &[
            (id("#0", Field::MemberRole), "Community matron"),
            (id("#0", Field::Until), "30 11 2026"),
        ],
    );
    let mut expected = foreign();
    expected["participant"][0]["role"][0]["text"] = "Community matron".into();
    expected["participant"][0]["period"]["end"] = "2026-11-30".into();
    assert_eq!(now.to_string(), expected.to_string());
}

#[test]
fn there_is_one_key_worker_and_the_one_before_keeps_their_role() {
    let now = edited(&held(), &[(key(), "Practitioner/lee Dr Lee")]);
    let mut expected = foreign();
    expected["participant"][0]["role"]
        .as_array_mut()
        .unwrap()
        .pop();
    let roles = expected["participant"][3]["role"].as_array_mut().unwrap();
    roles.push(json!({ "text": "Key worker" }));
    assert_eq!(now.to_string(), expected.to_string());
    let none = edited(&held(), &[(key(), "")]);
    assert_eq!(none["participant"][0]["role"].as_array().unwrap().len(), 1);
    let mut two = foreign();
    two["participant"][4]["role"] = json!([{ "text": "key worker" }]);
    assert_eq!(
        says(&open(two.clone()).entries(), &key()),
        None,
        "two are not one"
    );
    two["participant"][4]["period"] = json!({ "end": "2025" });
    let both = open(two.clone());
    assert!(
        says(&both.entries(), &key()).is_some(),
        "one of them has left"
    );
    let now = edited(&both, &[(key(), "")]);
    assert_eq!(
        now["participant"][4], two["participant"][4],
        "what was, was"
    );
}

/// Opened on 23-Nov-2026.
fn opened(value: &Value) -> Held {
    open(value.clone()).at("2026-11-23T09:00:00Z".parse().unwrap())
}

#[test]
fn who_leaves_at_a_day_to_come_is_key_worker_until_then_or_until_somebody_else_is() {
    let mut leaving = foreign();
    leaving["participant"][0]["period"]["end"] = "2027-01-31".into();
    let held = opened(&leaving);
    let is = |value: &Value| says(&opened(value).entries(), &key());
    let tom = Some("PractitionerRole/tom Tom Achebe");
    assert_eq!(is(&leaving).as_deref(), tom, "in office");
    assert_eq!(held.edited(&held.entries()), held, "nothing for nothing");
    let now = edited(&held, &[(key(), "Practitioner/lee Dr Lee")]);
    let mut expected = leaving.clone();
    let roles = &mut expected["participant"];
    roles[0]["role"].as_array_mut().unwrap().pop();
    let lee = roles[3]["role"].as_array_mut().unwrap();
    lee.push(json!({ "text": "Key worker" }));
    assert_eq!(now.to_string(), expected.to_string());
    let none = edited(&held, &[(key(), "")]);
    assert_eq!(none["participant"][0], expected["participant"][0]);
    // What is over is over, and stays as it was.
    for over in ["2026-11-22", "2026-10", "2026-11-23T08:00:00Z"] {
        leaving["participant"][0]["period"]["end"] = over.into();
        assert_eq!(is(&leaving).as_deref(), Some(""), "{over}");
        let now = edited(&opened(&leaving), &[(key(), "Practitioner/lee Dr Lee")]);
        assert_eq!(now["participant"][0], leaving["participant"][0], "{over}");
    }
    for last in ["2026-11-23", "2026-11", "2026", "2026-11-23T10:00:00Z"] {
        leaving["participant"][0]["period"]["end"] = last.into();
        assert_eq!(is(&leaving).as_deref(), tom, "{last}");
    }
}

#[test]
fn of_a_key_worker_and_who_is_to_follow_them_the_one_in_office_is_shown() {
    let mut two = foreign();
    two["participant"][0]["period"]["end"] = "2027-01-31".into();
    two["participant"][3]["role"] = json!([{ "text": "Key worker" }]);
    two["participant"][3]["period"] = json!({ "start": "2027-02-01" });
    let is = |value: &Value| says(&opened(value).entries(), &key());
    assert_eq!(
        is(&two).as_deref(),
        Some("PractitionerRole/tom Tom Achebe"),
        "who begins later is not in office"
    );
    let now = edited(&opened(&two), &[(key(), "CareTeam/mdt North 3")]);
    assert_eq!(is(&now).as_deref(), Some("CareTeam/mdt North 3"));
    let held: Vec<usize> = (0..5)
        .filter(|at| now["participant"][at].to_string().contains("Key worker"))
        .collect();
    assert_eq!(held, [4], "there is one");
    two["participant"][3]["period"] = json!({ "start": "2026-11-01" });
    assert_eq!(
        is(&two).as_deref(),
        Some("Practitioner/lee Dr Lee"),
        "of two in office the one who stays"
    );
    two["participant"][3]["period"]["end"] = "2028".into();
    assert_eq!(is(&two), None, "two are not one");
}

#[test]
fn a_new_member_is_linked_with_an_id_of_their_own_and_found_again() {
    let mut mine = held().entries();
    mine.extend(new(
        "w-1",
        "PractitionerRole/joe Joe Hart",
        "Physiotherapist",
    ));
    mine.extend(new("w-2", "Practitioner/eve Eve Okoro", "Dietitian"));
    let after = held().edited(&mine);
    let value = after.resource().value();
    let before = foreign();
    for at in 0..5 {
        assert_eq!(value["participant"][at], before["participant"][at]);
    }
    let joe = json!({
        "id": "w-1",
        "role": [{ "text": "Physiotherapist" }],
        "member": { "reference": "PractitionerRole/joe", "display": "Joe Hart" },
        "period": { "start": "2026-11-23" }
    });
    assert_eq!(value["participant"][5].to_string(), joe.to_string());
    assert_eq!(
        value["participant"][6]["onBehalfOf"]["reference"],
        "Organization/o"
    );
    // A record API that does not keep ids of elements, and somebody who added one before ours.
    let mut theirs = value.clone();
    theirs["meta"]["versionId"] = "4".into();
    for it in theirs["participant"].as_array_mut().unwrap() {
        it.as_object_mut().unwrap().shift_remove("id");
    }
    let another =
        json!({ "role": [{ "text": "GP" }], "member": { "reference": "PractitionerRole/z" } });
    theirs["participant"]
        .as_array_mut()
        .unwrap()
        .insert(0, another);
    let seen = held()
        .follow(Resource::from_value(theirs).unwrap(), &mine)
        .entries();
    assert_eq!(
        says(&seen, &id("w-1", Field::MemberRole)).as_deref(),
        Some("Physiotherapist")
    );
    assert_eq!(
        says(&seen, &id("#4/0", Field::MemberRole)).as_deref(),
        Some("GP")
    );
    assert_eq!(
        says(&seen, &id("#0", Field::MemberRole)).as_deref(),
        Some("District nurse")
    );
}

#[test]
fn a_team_that_is_begun_is_the_persons_and_its_plan_names_it() {
    let (patient, plan) = (
        PatientId::parse("p1").unwrap(),
        ResourceRef::new("CarePlan", "c1"),
    );
    let now = crate::domain::sample::now();
    let begun = Held::begin(Section::Team, &patient, Some(&plan), None, "u-1", now);
    assert_eq!(begun.joins(), Some(&plan));
    assert!(begun.is_about(&patient));
    let mut mine = begun.entries();
    mine.extend(new(
        "w-1",
        "PractitionerRole/joe Joe Hart",
        "Physiotherapist",
    ));
    mine[0].text = "PractitionerRole/joe Joe Hart".to_owned();
    let whole = begun.edited(&mine);
    let value = whole.resource().value();
    assert_eq!(value["participant"][0]["role"][1]["text"], "Key worker");
    assert_eq!(value["status"], "active");
    let mut named = json!({ "resourceType": "CarePlan" });
    crate::fhir::join(&mut named, Section::Team, "CareTeam/t9");
    assert_eq!(named["careTeam"], json!([{ "reference": "CareTeam/t9" }]));
    assert!(crate::fhir::is_joined(
        &named,
        &ResourceRef::new("CareTeam", "t9")
    ));
}

#[test]
fn what_the_record_says_is_wrong_is_said_at_the_member_it_names() {
    let at = |path| held().entry_at(path);
    assert_eq!(
        at("CareTeam.participant[3].role[0]"),
        Some(id("#3", Field::MemberRole))
    );
    assert_eq!(
        at("CareTeam.participant[0].member"),
        Some(id("#0", Field::Member))
    );
    assert_eq!(at("CareTeam.participant[1].member"), None);
    assert_eq!(at("CareTeam.participant[99].member"), None);
    assert_eq!(at("CareTeam.note[0]"), None);
}

#[test]
fn odd_teams_harm_nothing() {
    for participants in [json!(7), json!({}), json!("x")] {
        let mut odd = foreign();
        odd["participant"] = participants;
        assert!(Held::open(Section::Team, Resource::from_value(odd).unwrap()).is_none());
    }
    let mut odd = foreign();
    odd["participant"] = json!([
        null, 7, [], { "role": "nurse", "member": { "reference": "PractitionerRole/a" } },
        { "role": [7, { "text": 3 }], "member": { "reference": 4 } },
        { "member": { "reference": "PractitionerRole/b" }, "period": "always" },
        { "id": 9, "member": { "reference": "javascript:alert(1)" } }
    ]);
    let it = open(odd.clone());
    assert_eq!(it.edited(&it.entries()).resource().value(), &odd);
    let many = |most: usize| -> Vec<Value> {
        (0..most)
            .map(|n| json!({ "member": { "reference": format!("PractitionerRole/r{n}") } }))
            .collect()
    };
    odd["participant"] = many(1_000).into();
    let it = open(odd.clone());
    let now = edited(&it, &[(id("#999", Field::MemberRole), "GP")]);
    assert_eq!(now["participant"][999]["role"][0]["text"], "GP");
    assert_eq!(now["participant"][998], odd["participant"][998]);
    odd["participant"] = many(10_000).into();
    assert!(Held::open(Section::Team, Resource::from_value(odd).unwrap()).is_none());
}
