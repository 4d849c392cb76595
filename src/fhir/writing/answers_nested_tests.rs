//! What repeats in what repeats, and questions under each of several answers.

use super::*;

fn kitchen() -> Held {
    held(&json!([
        { "linkId": "home", "item": [
            room("Kitchen", &json!([
                { "linkId": "beds", "item": [{ "linkId": "bed", "answer": [{ "valueString": "Folding" }] }] },
                { "linkId": "beds", "id": "b2", "extension": [{ "url": "urn:theirs", "valueString": "kept" }],
                  "item": [{ "linkId": "bed", "answer": [{ "valueString": "Cot" }] }] }
            ])),
            room("Bath", &json!([]))
        ] },
        { "linkId": "drugs", "answer": [
            { "valueString": "Aspirin", "item": [{ "linkId": "dose", "answer": [{ "valueString": "75 mg" }] }] },
            { "valueString": "Senna", "item": [{ "linkId": "theirs", "answer": [{ "valueString": "kept" }] }] }
        ] }
    ]))
}

fn drugs(held: &Held) -> Vec<Value> {
    let answers = held.resource().value().pointer("/item/1/answer");
    answers.and_then(Value::as_array).cloned().unwrap()
}

#[test]
fn each_of_several_in_each_of_several_is_read_and_changed_by_itself() {
    let it = kitchen();
    assert_eq!(it.edited(&it.entries()), it, "reading changes nothing");
    assert_eq!(says(&it, "#0\t#1", "bed"), "Folding");
    assert_eq!(says(&it, "#0\tb2", "bed"), "Cot");
    let now = after(
        &it,
        &[
            (Some("#0\t#1"), "bed", ""),
            (Some("#0\tb2"), "bed", "Cradle"),
            (Some("#3\tw-1"), "bed", "Bench"),
            (Some("w-2"), "room", "Hall"),
            (Some("w-2\tw-3"), "bed", "Sofa"),
        ],
    );
    let all = rooms(&now);
    assert_eq!(all.len(), 3);
    assert_eq!(
        all[0]["item"].as_array().unwrap()[1..],
        [
            json!({ "linkId": "beds", "id": "b2", "extension": [{ "url": "urn:theirs", "valueString": "kept" }],
            "item": [{ "linkId": "bed", "answer": [{ "valueString": "Cradle" }] }] })
        ]
    );
    assert_eq!(says(&now, "#3\tw-1", "bed"), "Bench");
    assert_eq!(
        all[2],
        json!({ "linkId": "rooms", "text": "Room", "id": "w-2", "item": [
            { "linkId": "room", "text": "Which", "answer": [{ "valueString": "Hall" }] },
            { "linkId": "beds", "text": "Beds", "id": "w-3", "item": [
                { "linkId": "bed", "text": "Bed", "answer": [{ "valueString": "Sofa" }] }] }
        ] })
    );
}

#[test]
fn one_that_is_only_what_is_in_it_is_there_and_goes_when_that_goes() {
    let it = held(&json!([]));
    let now = after(&it, &[(Some("w-1\tw-2"), "bed", "Sofa")]);
    assert_eq!(rooms(&now)[0]["item"][0]["linkId"], "beds");
    let gone = after(&now, &[(Some("w-1\tw-2"), "bed", "")]);
    assert_eq!(gone.resource(), it.resource());
    assert_eq!(gone.entries(), it.entries());
}

#[test]
fn what_is_asked_under_each_of_several_answers_stands_under_its_own() {
    let it = kitchen();
    assert_eq!(says(&it, "#4", "drugs"), "Aspirin");
    assert_eq!(says(&it, "#4", "dose"), "75 mg");
    let dose = form().question("dose").unwrap();
    assert!(dose.is_asked() && !dose.repeats);
    assert!(!form().is_enabled(dose, Some("w-1"), &it.entries()));
    let now = after(
        &it,
        &[
            (Some("#4"), "drugs", "Aspirin e/c"),
            (Some("#5"), "dose", "7.5 mg"),
            (Some("w-1"), "drugs", "Bisoprolol"),
            (Some("w-1"), "dose", "5 mg"),
        ],
    );
    let all = drugs(&now);
    assert_eq!(
        all[0],
        json!({ "valueString": "Aspirin e/c", "item": [{ "linkId": "dose", "answer": [{ "valueString": "75 mg" }] }] })
    );
    assert_eq!(all[1]["item"][0], drugs(&it)[1]["item"][0], "theirs");
    assert_eq!(
        all[1]["item"][1]["answer"],
        json!([{ "valueString": "7.5 mg" }])
    );
    assert_eq!(
        all[2],
        json!({ "valueString": "Bisoprolol", "id": "w-1", "item": [
            { "linkId": "dose", "text": "Dose", "answer": [{ "valueString": "5 mg" }] }] })
    );
    // What is taken back takes what is asked under it along, and leaves what is not ours.
    let none = it.edited(&blank(&it, "#4"));
    assert_eq!(drugs(&none), drugs(&it)[1..]);
    let foreign = it.edited(&blank(&it, "#5"));
    assert_eq!(
        drugs(&foreign)[1],
        json!({ "item": [{ "linkId": "theirs", "answer": [{ "valueString": "kept" }] }] })
    );
    assert_eq!(
        it.entry_at("QuestionnaireResponse.item[1].answer[1].value"),
        Some(named(Some("#5"), "drugs"))
    );
}

#[test]
fn a_newer_version_knows_each_again_in_what_it_is_in() {
    let it = kitchen();
    let mut value = it.resource().value().clone();
    value["meta"]["versionId"] = json!("2");
    let all = value["item"][0]["item"].as_array_mut().unwrap();
    // The bath comes first, and has the same bed as the kitchen.
    all.swap(0, 1);
    let same = all[1]["item"][1].clone();
    all[0]["item"].as_array_mut().unwrap().push(same);
    value["item"][1]["answer"]
        .as_array_mut()
        .unwrap()
        .swap(0, 1);
    let newer = it.follow(Resource::from_value(value).unwrap(), &[]);
    assert_eq!(says(&newer, "#3", "room"), "Bath");
    assert_eq!(says(&newer, "#0\t#1", "bed"), "Folding");
    assert_eq!(says(&newer, "#0\tb2", "bed"), "Cot");
    assert_eq!(says(&newer, "#4", "dose"), "75 mg");
    assert_eq!(says(&newer, "#5", "drugs"), "Senna");
    let beds = form::instances(&newer.entries(), "beds", Some("#3")).len();
    assert_eq!(beds, 1, "a new one");
}

#[test]
fn what_i_add_to_one_that_they_have_taken_away_is_asked_about() {
    let it = kitchen();
    let base = it.entries();
    let mut mine = base.clone();
    said(&mut mine, (Some("#0\tw-1"), "bed", "Sofa"));
    let mut value = it.resource().value().clone();
    value["item"][0]["item"].as_array_mut().unwrap().remove(0);
    let theirs = it.follow(Resource::from_value(value).unwrap(), &[]);
    let merged = merge(&base, &mine, &theirs.entries());
    assert_eq!(merged.clashes.len(), 1);
    assert_eq!(merged.clashes[0].mine.as_deref(), Some("Sofa"));
}

#[test]
fn what_is_missing_in_one_in_another_is_said_there() {
    let it = kitchen();
    let none = wrong(&it, &[(Some("#0\tb2"), "bed", "")]);
    assert_eq!(none, [], "one that says nothing is none");
    let sofa = [(Some("w-2"), "room", ""), (Some("w-2\tw-3"), "bed", "Sofa")];
    assert_eq!(
        wrong(&it, &sofa),
        [(named(Some("w-2"), "room"), EntryProblem::Missing)],
        "nobody has said which room it is in"
    );
}
