//! What others do to a group that repeats while one of its instances is written.

use super::*;

/// The same response as somebody else has left it.
fn newer(items: &Value) -> Resource {
    held(items).resource().clone()
}

#[test]
fn an_instance_keeps_its_name_whatever_others_do_to_its_neighbours() {
    let it = two();
    let mut all = rooms(&it);
    all.remove(0);
    let theirs = it.follow(newer(&json!([{ "linkId": "home", "item": all }])), &[]);
    assert_eq!(says(&theirs, "#1", "room"), "Bath");
    let mine = with_said(&it, &[(Some("#1"), "warmth", "18")]);
    let merged = merge(&it.entries(), &mine, &theirs.entries());
    assert!(merged.clashes.is_empty());
    let now = theirs.edited(&merged.entries);
    assert_eq!(rooms(&now).len(), 1);
    assert_eq!(says(&now, "#1", "warmth"), "18");
    // They have changed it, and put another before it.
    let mut all = rooms(&it);
    all[1]["item"][1]["answer"] = json!([{ "valueString": "Step" }]);
    all.insert(0, room("Hall", &json!([])));
    let theirs = it.follow(newer(&json!([{ "linkId": "home", "item": all }])), &[]);
    assert_eq!(says(&theirs, "#1", "risks=Step"), "Step");
    assert_eq!(says(&theirs, "#1/0", "room"), "Hall");
}

#[test]
fn an_instance_that_others_took_away_while_it_was_changed_is_for_a_person_to_decide() {
    let it = two();
    let all = vec![rooms(&it)[0].clone()];
    let theirs = it.follow(newer(&json!([{ "linkId": "home", "item": all }])), &[]);
    let mine = with_said(&it, &[(Some("#1"), "warmth", "18")]);
    let merged = merge(&it.entries(), &mine, &theirs.entries());
    assert_eq!(merged.clashes.len(), 1);
    let kept: Vec<&str> = merged
        .entries
        .iter()
        .filter(|it| it.group() == Some("#1"))
        .filter_map(Entry::says)
        .collect();
    assert!(
        kept.contains(&"Bath") && kept.contains(&"18"),
        "nothing of it is lost"
    );
    let untouched = merge(&it.entries(), &it.entries(), &theirs.entries());
    assert!(
        untouched.clashes.is_empty()
            && !untouched.entries.iter().any(|it| it.group() == Some("#1"))
    );
    let both_gone = merge(&it.entries(), &blank(&it, "#1"), &theirs.entries());
    assert!(
        both_gone.clashes.is_empty()
            && !both_gone.entries.iter().any(|it| it.group() == Some("#1"))
    );
}

#[test]
fn an_instance_that_was_sent_is_the_same_when_it_has_arrived() {
    let it = two();
    let sent = with_said(
        &it,
        &[
            (Some("w-1"), "room", "Hall"),
            (Some("w-1"), "risks~1", "Coats"),
            (Some("w-1"), "damp", "no"),
        ],
    );
    let there = it.edited(&sent).resource().clone();
    let read = it.follow(there.clone(), &sent);
    assert_eq!(says(&read, "w-1", "room"), "Hall");
    // A server that does not keep the ids of elements.
    let mut bare = there.value().clone();
    bare["item"][0]["item"][2]
        .as_object_mut()
        .unwrap()
        .shift_remove("id");
    let read = it.follow(Resource::from_value(bare).unwrap(), &sent);
    assert_eq!(says(&read, "w-1", "room"), "Hall");
    let merged = merge(&it.entries(), &sent, &read.entries());
    assert!(merged.clashes.is_empty());
    let coats: Vec<&Entry> = merged
        .entries
        .iter()
        .filter(|it| it.text == "Coats")
        .collect();
    assert_eq!(coats.len(), 1, "not once more");
    assert_eq!(read.edited(&merged.entries), read);
}
