use super::activities::activities;
use super::*;
use crate::domain::crisis::CrisisPart;
use crate::domain::sample::now;
use serde_json::json;
use std::collections::HashSet;

/// A plan with everything that others may have put there.
fn foreign() -> Resource {
    let plan = json!({
        "resourceType": "CarePlan",
        "id": "c1",
        "meta": { "versionId": "3", "tag": [{ "code": "theirs" }] },
        "extension": [{ "url": "urn:theirs", "valueDecimal": 1.50 }],
        "_status": { "id": "x" },
        "status": "active",
        "subject": { "reference": "Patient/p1" },
        "activity": [
            { "id": "t1", "detail": { "code": { "text": "Trigger factors" }, "status": "scheduled", "description": "More breathless" } },
            { "detail": { "code": { "text": "Who should be contacted" }, "performer": [{ "reference": "PractitionerRole/1" }], "description": "The nurse" } },
            { "detail": { "code": { "text": "Pets" }, "description": "Bess" } },
            { "detail": { "code": { "text": "What to do" }, "doNotPerform": true, "description": "Oxygen at home" } },
            { "reference": { "reference": "Task/1" } },
            { "detail": { "code": { "coding": [{ "display": "Coping strategies" }] }, "_description": { "id": "y" }, "description": "Fan" } },
            { "modifierExtension": [{ "url": "urn:x" }], "detail": { "code": { "text": "Trigger factors" }, "description": "?" } }
        ],
        "note": [{ "text": "keep" }]
    });
    Resource::from_value(plan).unwrap()
}

fn held() -> Held {
    Held::open(Section::Crisis, foreign()).unwrap()
}

fn change(entries: &mut [Entry], nth: usize, text: &str) {
    text.clone_into(&mut entries[nth].text);
}

#[test]
fn only_what_is_understood_can_be_edited() {
    let found: Vec<_> = held()
        .entries()
        .into_iter()
        .map(|it| (it.part, it.text))
        .collect();
    assert_eq!(
        found,
        [
            (CrisisPart::Triggers.into(), "More breathless".to_owned()),
            (CrisisPart::Contact.into(), "The nurse".to_owned()),
            (CrisisPart::Coping.into(), "Fan".to_owned()),
            (Field::Callee.into(), "PractitionerRole/1".to_owned()),
        ]
    );
}

#[test]
fn an_edit_touches_its_path_and_nothing_else() {
    let held = held();
    assert_eq!(held.edited(&held.entries()), held, "no change is none");
    let mut entries = held.entries();
    change(&mut entries, 0, "Sleeps in the chair");
    change(&mut entries, 2, "Window");
    let mut expected = foreign().into_value();
    expected["activity"][0]["detail"]["description"] = "Sleeps in the chair".into();
    expected["activity"][5]["detail"]["description"] = "Window".into();
    let edited = held.edited(&entries);
    assert_eq!(edited.resource().value(), &expected);
    assert_eq!(edited.resource().to_string(), expected.to_string());
}

#[test]
fn what_is_taken_away_goes_but_not_what_others_put_beside_it() {
    let held = held();
    let mut entries = held.entries();
    change(&mut entries, 0, "");
    change(&mut entries, 1, " ");
    let edited = held.edited(&entries);
    let all = activities(edited.resource().value());
    assert_eq!(all.len(), 6);
    assert_eq!(
        all[0]["detail"]["performer"][0]["reference"],
        "PractitionerRole/1"
    );
    assert!(all[0]["detail"].get("description").is_none());
    assert_eq!(edited.entries()[1].text, "Fan");
    assert_eq!(edited.entries()[1].id, held.entries()[2].id);
}

#[test]
fn what_is_new_is_added_at_the_end_under_the_standards_words() {
    let held = held();
    let mut entries = held.entries();
    entries.push(Entry {
        id: EntryId("new".to_owned()),
        part: CrisisPart::ToDo.into(),
        text: "One extra tablet".to_owned(),
    });
    let edited = held.edited(&entries);
    let last = activities(edited.resource().value()).last().unwrap();
    assert_eq!(last["detail"]["code"]["text"], "What should happen");
    assert_eq!(last["detail"]["status"], "scheduled");
    assert_eq!(last["id"], "new");
    let texts = |all: &[Entry]| -> HashSet<String> {
        all.iter()
            .map(|it| format!("{:?} {}", it.id, it.text))
            .collect()
    };
    assert_eq!(texts(&edited.entries()), texts(&entries));
}

#[test]
fn a_newer_version_keeps_the_ids_whatever_was_moved_changed_or_added() {
    let held = held();
    let ids: Vec<EntryId> = held.entries().into_iter().map(|it| it.id).collect();
    let mut newer = foreign().into_value();
    newer["meta"]["versionId"] = "4".into();
    let all = newer["activity"].as_array_mut().unwrap();
    all[0]["detail"]["description"] = "Changed, with an element id".into();
    all[5]["detail"]["description"] = "Changed under its heading".into();
    all.reverse();
    all.push(
        json!({ "detail": { "code": { "text": "Relapse indicators" }, "description": "Added" } }),
    );
    let newer = held.follow(Resource::from_value(newer).unwrap(), &[]);
    let by_id = |id: &EntryId| {
        newer
            .entries()
            .into_iter()
            .find(|it| it.id == *id)
            .unwrap()
            .text
    };
    assert_eq!(by_id(&ids[0]), "Changed, with an element id");
    assert_eq!(by_id(&ids[1]), "The nurse");
    assert_eq!(by_id(&ids[2]), "Changed under its heading");
    assert_eq!(newer.entries().len(), 5, "and who is to be contacted");
    assert_eq!(newer.version(), "4");
}

#[test]
fn what_was_sent_keeps_its_ids_in_what_comes_back() {
    let held = held();
    let mut entries = held.entries();
    change(&mut entries, 0, "");
    entries.push(Entry {
        id: EntryId("new".to_owned()),
        part: CrisisPart::Triggers.into(),
        text: "Ankles".to_owned(),
    });
    let sent = held.edited(&entries);
    let mut answer = sent.resource().value().clone();
    answer["meta"]["versionId"] = "4".into();
    let back = sent.follow(Resource::from_value(answer).unwrap(), &[]);
    assert_eq!(back.entries(), sent.entries());
    // The answer did not come, and it is read later.
    let read = held.follow(back.resource().clone(), &entries);
    assert_eq!(read.entries(), sent.entries());
    let kept = back.resource().to_string();
    assert_eq!(
        Held::restore(Section::Crisis, &kept, back.ids(), None),
        Some(back)
    );
}

#[test]
fn a_plan_that_is_begun_here_says_whose_it_is_and_is_found_again() {
    let patient = PatientId::parse("p1").unwrap();
    let whole = ResourceRef::new("CarePlan", "main");
    let me = ResourceRef::new("PractitionerRole", "r1");
    let plan = Held::begin(
        Section::Crisis,
        &patient,
        Some(&whole),
        Some((&me, "Asha Rahman")),
        "abc",
        now(),
    );
    assert!(plan.is_about(&patient) && plan.reference().is_none());
    assert_eq!(plan.begun().as_deref(), Some("abc"));
    assert_eq!(plan.entries(), []);
    let value = plan.resource().value();
    assert_eq!(value["partOf"][0]["reference"], "CarePlan/main");
    assert_eq!(value["author"]["reference"], "PractitionerRole/r1");
    assert!(value.get("activity").is_none());
}

#[test]
fn a_server_names_an_element_and_its_field_is_found() {
    let patient = PatientId::parse("jane").unwrap();
    let new = |section| Held::begin(section, &patient, None, None, "uuid", now());
    let named = |held: &Held, path: &str| held.entry_at(path).map(|it| it.0);
    let goal = new(Section::Goal);
    assert_eq!(
        named(&goal, "Goal.target[0].dueDate").as_deref(),
        Some("target-date")
    );
    assert_eq!(named(&goal, "description.text").as_deref(), Some("goal"));
    assert_eq!(named(&goal, "Goal.subject"), None);
    let carer = new(Section::Carer);
    assert_eq!(
        named(&carer, "RelatedPerson.name[0].given[1]").as_deref(),
        Some("given-name")
    );
    assert_eq!(
        named(&carer, "RelatedPerson.telecom[0].value").as_deref(),
        Some("phone")
    );
    let words = new(Section::AboutMe);
    let mut entries = words.entries();
    text_of(&mut entries, Field::Wellness);
    let words = words.edited(&entries);
    assert_eq!(
        named(&words, "QuestionnaireResponse.item[0].answer[0].value").as_deref(),
        Some("wellness")
    );
    assert_eq!(named(&words, "QuestionnaireResponse.item[1]"), None);
    let crisis = held();
    assert_eq!(
        crisis.entry_at("CarePlan.activity[1].detail.description"),
        crisis.entries().get(1).map(|it| it.id.clone())
    );
    for odd in [
        "",
        ".",
        "CarePlan",
        "CarePlan.activity",
        "activity[x]",
        "activity[99]",
    ] {
        assert_eq!(crisis.entry_at(odd), None, "{odd}");
    }
}

fn text_of(entries: &mut [Entry], field: Field) {
    let own = entries.iter_mut().find(|it| it.part == Part::Field(field));
    "Out by nine".clone_into(&mut own.unwrap().text);
}

#[test]
fn what_a_plan_builds_on_is_linked_and_what_is_not_understood_of_it_stays() {
    let mut plan = json!({
        "resourceType": "CarePlan", "id": "c1", "meta": { "versionId": "1" },
        "status": "active", "intent": "plan", "subject": { "reference": "Patient/p1" },
        "careTeam": [{ "reference": "#inside" }, { "reference": "CareTeam/t1", "display": "North 3" }],
        "supportingInfo": [
            { "identifier": { "system": "urn:x", "value": "1" }, "display": "A letter" },
            { "reference": "DocumentReference/d1", "display": "ReSPECT form", "type": "DocumentReference" }
        ]
    });
    let held = Held::open(Section::Plan, Resource::from_value(plan.clone()).unwrap()).unwrap();
    let mut mine = held.entries();
    let linked = |field| mine.iter().filter(move |it| it.part == Part::Field(field));
    assert_eq!(linked(Field::PlanTeam).count(), 1);
    assert_eq!(linked(Field::Supporting).count(), 1);
    for (field, text) in [
        (Field::Need, "Condition/1 COPD"),
        (
            Field::Supporting,
            "Encounter/2 Admitted as an emergency, 03-Nov-2026",
        ),
        (Field::PlanTeam, "CareTeam/t1 North 3"),
    ] {
        mine.push(Entry {
            id: EntryId(format!("new-{}", field.key())),
            part: Part::Field(field),
            text: text.to_owned(),
        });
    }
    let now = held.edited(&mine);
    plan["addresses"] = json!([{ "reference": "Condition/1", "display": "COPD" }]);
    plan["supportingInfo"].as_array_mut().unwrap().push(json!({
        "reference": "Encounter/2", "display": "Admitted as an emergency, 03-Nov-2026"
    }));
    let value = now.resource().value();
    assert_eq!(
        value["careTeam"], plan["careTeam"],
        "nobody is linked twice"
    );
    assert_eq!(value["addresses"], plan["addresses"]);
    assert_eq!(value["supportingInfo"], plan["supportingInfo"]);
    let none: Vec<Entry> = now
        .entries()
        .into_iter()
        .map(|it| Entry {
            text: String::new(),
            ..it
        })
        .collect();
    let bare = now.edited(&none);
    let bare = bare.resource().value();
    assert_eq!(bare.get("addresses"), None);
    assert_eq!(bare["careTeam"], json!([{ "reference": "#inside" }]));
    assert_eq!(bare["supportingInfo"].as_array().unwrap().len(), 1);
}

#[test]
fn what_stands_in_a_group_is_not_answered_a_second_time() {
    let form = json!({ "resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "item": [
        { "linkId": "group", "item": [
            { "linkId": "x", "text": Field::ABOUT_ME[0].title(), "answer": [{ "valueString": "Bess, my dog" }] }] },
        { "linkId": Field::ABOUT_ME[1].key(), "answer": [{ "valueString": "Bill" }] }
    ] });
    let held = Held::open(
        Section::AboutMe,
        Resource::from_value(form.clone()).unwrap(),
    )
    .unwrap();
    let offered: Vec<Part> = held.entries().into_iter().map(|it| it.part).collect();
    assert!(!offered.contains(&Field::ABOUT_ME[0].into()));
    assert!(offered.contains(&Field::ABOUT_ME[1].into()));
    assert_eq!(held.edited(&held.entries()).resource().value(), &form);
}

#[test]
fn a_consent_with_exceptions_is_not_turned_round() {
    let consent = json!({ "resourceType": "Consent", "id": "c", "status": "active", "category": [{ "text": "Consent to share" }],
        "provision": { "type": "permit", "provision": [{ "type": "deny", "purpose": [{ "code": "HRESCH" }] }] } });
    let mut plain = consent.clone();
    plain["provision"]
        .as_object_mut()
        .unwrap()
        .remove("provision");
    let offers = |consent: serde_json::Value| {
        let held = Held::open(Section::Consent, Resource::from_value(consent).unwrap()).unwrap();
        held.entries()
            .iter()
            .any(|it| it.part == Field::Given.into())
    };
    assert!(offers(plain) && !offers(consent));
}

#[test]
fn what_has_been_ended_in_the_record_is_told_to_who_writes_in_it() {
    let over = |section: Section, kind: &str, status: &str| {
        let value = json!({ "resourceType": kind, "id": "x", "status": status });
        let held = Held::open(section, Resource::from_value(value).unwrap()).unwrap();
        held.over().map(str::to_owned)
    };
    assert_eq!(over(Section::Crisis, "CarePlan", "active"), None);
    for (section, kind, status) in [
        (Section::Crisis, "CarePlan", "revoked"),
        (Section::Crisis, "CarePlan", "completed"),
        (Section::Team, "CareTeam", "inactive"),
        (
            Section::AboutMe,
            "QuestionnaireResponse",
            "entered-in-error",
        ),
    ] {
        assert_eq!(over(section, kind, status).as_deref(), Some(status));
    }
    let answered = over(Section::AboutMe, "QuestionnaireResponse", "completed");
    assert_eq!(answered, None, "that is how answers end");
    assert_eq!(
        over(Section::Plan, "CarePlan", "revoked"),
        None,
        "its status is one of its fields"
    );
}
