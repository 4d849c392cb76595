use super::*;

/// What stands there when she is no longer the next of kin.
fn without(concept: &Value) -> Value {
    let mut person = json!({ "relationship": [concept, { "text": "Neighbour" }] });
    set_role(&mut person, Field::NextOfKin, false);
    assert_eq!(role(&person, Field::NextOfKin), "");
    let all = person["relationship"].as_array().cloned();
    let mut all = all.unwrap_or_default();
    assert_eq!(all.pop(), Some(json!({ "text": "Neighbour" })));
    all.pop().unwrap_or_default()
}

#[test]
fn what_was_said_of_a_name_goes_with_it_and_what_is_said_of_another_stays() {
    let said = |it: &str| json!({ "extension": [{ "url": "urn:x", "valueCode": it }] });
    let person = json!({ "name": [{
        "family": "Smith", "_family": { "id": "f", "extension": [{ "url": "urn:own-name", "valueString": "Smith" }] },
        "given": ["Ann", "Mary"], "_given": [said("ann"), said("mary")],
        "text": "Ann Mary Smith", "_text": said("text"),
        "_prefix": [said("prefix")], "prefix": ["Mrs"], "extension": [{ "url": "urn:theirs" }]
    }], "telecom": [{ "system": "phone", "value": "1", "_value": said("1"), "_system": { "id": "s" } }] });
    let with = |field: Field, typed: Option<&str>| {
        let mut person = person.clone();
        set_name(&mut person, field, typed);
        person["name"][0].take()
    };
    let changed = |changes: &[(&str, Value)]| {
        let mut name = person["name"][0].clone();
        for (member, new) in changes {
            match new {
                Value::Null => _ = name.as_object_mut().unwrap().shift_remove(*member),
                new => name[member] = new.clone(),
            }
        }
        name
    };
    assert_eq!(
        with(Field::FamilyName, Some("Jones")),
        changed(&[
            ("family", json!("Jones")),
            ("_family", json!({ "id": "f" })),
            ("text", json!("Mrs Ann Mary Jones")),
            ("_text", Value::Null)
        ])
    );
    let text = |it: &str| [("text", json!(it)), ("_text", Value::Null)];
    let [words, beside] = text("Mrs Ann Maria Rose Smith");
    assert_eq!(
        with(Field::GivenName, Some("Ann Maria Rose")),
        changed(&[
            ("given", json!(["Ann", "Maria", "Rose"])),
            ("_given", json!([said("ann"), null, null])),
            words,
            beside
        ])
    );
    for (typed, given) in [(Some("Joan"), json!(["Joan"])), (None, Value::Null)] {
        let name = with(Field::GivenName, typed);
        assert_eq!(name.get("given").cloned().unwrap_or_default(), given);
        assert_eq!(name.get("_given"), None, "{typed:?}");
        assert_eq!(name["_prefix"], json!([said("prefix")]));
    }
    assert_eq!(with(Field::FamilyName, None).get("_family"), None);
    let mut other = person.clone();
    set_phone(&mut other, Some("2"), None);
    let phone = json!({ "system": "phone", "value": "2", "_system": { "id": "s" } });
    assert_eq!(other["telecom"], json!([phone]));
    // What is missing for a reason is not missing any more.
    let mut masked = json!({ "name": [{ "_family": said("masked"), "given": ["Ann"] }] });
    set_name(&mut masked, Field::FamilyName, Some("Smith"));
    assert_eq!(
        masked["name"],
        json!([{ "given": ["Ann"], "family": "Smith" }])
    );
}

#[test]
fn who_is_no_next_of_kin_any_more_is_still_the_daughter() {
    let next_of_kin = json!({ "system": "http://terminology.hl7.org/CodeSystem/v2-0131", "code": "N", "display": "Next of kin" });
    let daughter = json!({ "system": ROLE_CODE, "code": "DAU", "display": "natural daughter" });
    let both = json!({ "coding": [next_of_kin, daughter], "text": "Daughter" });
    let own = json!({ "coding": [daughter], "text": "Daughter" });
    assert_eq!(without(&both), own);
    let in_words = json!({ "coding": [next_of_kin], "text": "Daughter" });
    assert_eq!(without(&in_words), json!({ "text": "Daughter" }));
    // What she is can be written, whatever stands with it.
    let mut person = json!({ "relationship": [both] });
    assert_eq!(relationship(&person).as_deref(), Some("DAU"));
    set_relationship(&mut person, Some("WIFE"));
    assert_eq!(relationship(&person).as_deref(), Some("WIFE"));
    assert_eq!(role(&person, Field::NextOfKin), YES);
    set_relationship(&mut person, None);
    assert_eq!(
        person,
        json!({ "relationship": [{ "coding": [next_of_kin] }] })
    );
    for alone in [
        json!({ "coding": [next_of_kin] }),
        json!({ "coding": [next_of_kin], "text": "Next of kin" }),
        json!({ "coding": [next_of_kin], "text": "Next-of-Kin" }),
    ] {
        assert_eq!(without(&alone), Value::Null, "{alone}");
    }
}

#[test]
fn a_name_and_a_number_that_have_ended_are_not_those_that_are_written() {
    let ended = json!({ "end": "2019-05-01" });
    let mut person = json!({
        "name": [{ "family": "Jones", "period": ended }, { "family": "Smith" }],
        "telecom": [
            { "system": "phone", "value": "1", "rank": 1, "period": ended },
            { "system": "phone", "value": "2" }
        ]
    });
    assert_eq!(name(&person, Field::FamilyName).as_deref(), Some("Smith"));
    assert_eq!(phone(&person, None), "2");
    set_name(&mut person, Field::FamilyName, Some("Lee"));
    set_phone(&mut person, Some("3"), None);
    assert_eq!(person["name"][0]["family"], "Jones");
    assert_eq!(person["name"][1]["family"], "Lee");
    assert_eq!(person["telecom"][0]["value"], "1");
    assert_eq!(person["telecom"][1]["value"], "3");
}

#[test]
fn a_name_and_a_number_that_end_on_a_day_to_come_are_those_that_are_shown_and_written() {
    let (over, soon) = (json!({ "end": "2019-05-01" }), json!({ "end": "2027" }));
    let mut person = json!({
        "name": [
            { "family": "Brown", "use": "maiden" },
            { "family": "Jones", "period": over },
            { "family": "Smith", "period": soon }
        ],
        "telecom": [
            { "system": "phone", "value": "1", "rank": 1, "period": over },
            { "system": "phone", "value": "2", "rank": 2, "period": soon },
            { "system": "phone", "value": "3", "rank": 3 }
        ]
    });
    let now = Some(crate::domain::sample::now());
    assert_eq!(name(&person, Field::FamilyName).as_deref(), Some("Smith"));
    person["resourceType"] = "RelatedPerson".into();
    let called = crate::fhir::name::of_resource(&person);
    assert_eq!(called.as_deref(), Some("Smith"));
    assert_eq!(phone(&person, now), "2");
    set_name(&mut person, Field::FamilyName, Some("Lee"));
    set_phone(&mut person, Some("4"), now);
    assert_eq!(person["name"][2]["family"], "Lee");
    assert_eq!(person["telecom"][1]["value"], "4");
}
