//! What the sources of the programme write, and what goes wrong on the wire, read resource by resource.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

use alongside::domain::plan::{PlanAction, PlanKind, Review};
use alongside::domain::{Facts, IssueOf, ResourceRef, SourceId, When};
use alongside::fhir::{self, Bundle, OperationOutcome, Severity};
use chrono::DateTime;
use serde_json::{Value, json};

fn read(resources: &Value) -> Facts {
    let resources = resources.as_array().unwrap();
    fhir::facts(&SourceId::new("shared"), resources)
}

fn said(facts: &Facts) -> Vec<String> {
    let issues = facts.issues.iter();
    issues
        .map(|it| format!("{} {} {}", it.resource, it.path, it.what))
        .collect()
}

fn plan(rest: &Value) -> Facts {
    let mut plan = json!({"resourceType": "CarePlan", "id": "p1", "status": "active"});
    plan.as_object_mut()
        .unwrap()
        .extend(rest.as_object().unwrap().clone());
    read(&json!([plan]))
}

#[test]
fn a_crisis_plan_is_told_by_its_category_and_other_plans_by_what_they_belong_to() {
    let category =
        |code: &str| json!([{"coding": [{"system": "http://snomed.info/sct", "code": code}]}]);
    let part = json!([{"reference": "CarePlan/main"}]);
    let kind = |rest: Value| plan(&rest).plans[0].kind;
    assert_eq!(
        kind(json!({"category": category("325691000000100"), "partOf": part})),
        PlanKind::Crisis
    );
    assert_eq!(
        kind(json!({"category": category("736253002")})),
        PlanKind::Crisis
    );
    assert_eq!(kind(json!({"partOf": part})), PlanKind::Other);
    assert_eq!(
        kind(json!({"category": [{"text": "Personalised care and support plan"}]})),
        PlanKind::Main
    );
}

#[test]
fn reviews_are_told_from_actions() {
    let review = |status: &str, start: &str| {
        json!({"detail": {"code": {"coding": [{"system": "http://snomed.info/sct", "code": "425268008"}]},
            "status": status, "scheduledPeriod": {"start": start}, "performer": [{"display": "Dr Ahmed"}]}})
    };
    let facts = plan(&json!({"activity": [
        review("completed", "2026-07-12"), review("scheduled", "2027-01-12"),
        {"detail": {"code": {"text": "Trigger factors"}, "description": "Ankles up a shoe size", "status": "scheduled"}},
        {"reference": {"reference": "Task/t1"}}
    ]}));
    let plan = &facts.plans[0];
    assert_eq!(plan.reviewed(), Some(&When::parse("2026-07-12")));
    let (due, by) = plan.review_due().unwrap();
    assert_eq!(
        (due, by[0].name.as_deref()),
        (&When::parse("2027-01-12"), Some("Dr Ahmed"))
    );
    assert!(matches!(plan.reviews[0], Review::Done { .. }));
    assert_eq!(plan.actions.len(), 2);
    assert!(
        matches!(&plan.actions[0], PlanAction::Detail(it) if it.heading.as_ref().unwrap().says("Trigger factors"))
    );
    assert_eq!(
        plan.actions[1],
        PlanAction::Task(ResourceRef::new("Task", "t1"), None)
    );
    assert_eq!(said(&facts), [""; 0]);
}

#[test]
fn a_contained_team_is_distinct_and_its_people_have_names() {
    let facts = plan(&json!({
        "contained": [
            {"resourceType": "CareTeam", "id": "team", "participant": [
                {"role": [{"text": "District nurse"}, {"text": "Key worker"}], "member": {"reference": "#tom"}}]},
            {"resourceType": "Practitioner", "id": "tom", "name": [{"given": ["Tom"], "family": "Achebe"}]}],
        "careTeam": [{"reference": "#team"}]}));
    let team = &facts.teams[0];
    assert_eq!(
        team.origin.resource,
        ResourceRef::new("CareTeam", "p1#team")
    );
    assert_eq!(facts.plans[0].teams[0], team.origin.resource);
    assert_eq!(team.members[0].who.name.as_deref(), Some("Tom Achebe"));
    assert!(team.members[0].is_key_worker());
    assert!(facts.directory.is_empty());
}

#[test]
fn the_newest_provenance_says_who_wrote_a_plan() {
    let wrote = |id: &str, who: &str, at: &str| {
        json!({"resourceType": "Provenance", "id": id, "target": [{"reference": "CarePlan/p1/_history/2"}], "recorded": at,
            "agent": [{"who": {"reference": format!("PractitionerRole/{who}"), "display": who}, "onBehalfOf": {"display": "Council"}}]})
    };
    let facts = read(&json!([
        wrote("a", "new", "2026-10-12T14:00:00Z"), wrote("b", "old", "2026-01-01T00:00:00Z"),
        {"resourceType": "CarePlan", "id": "p1", "status": "active"},
        {"resourceType": "PractitionerRole", "id": "new", "code": [{"text": "Social worker"}]}]));
    let written = facts.plans[0].written.as_ref().unwrap();
    assert_eq!(written.by.as_deref(), Some("new"));
    assert_eq!(written.role.as_deref(), Some("Social worker"));
    assert_eq!(written.organisation.as_deref(), Some("Council"));
}

#[test]
fn who_wrote_an_earlier_version_is_not_said_to_have_written_this_one() {
    let plan = |taken: &str| {
        let facts = read(&json!([
            {"resourceType": "CarePlan", "id": "p1", "status": "active", "meta": {"lastUpdated": taken}},
            {"resourceType": "Provenance", "id": "a", "target": [{"reference": "CarePlan/p1"}], "recorded": "2026-10-12T13:59:58Z",
                "meta": {"lastUpdated": "2026-10-12T14:00:00Z"}, "agent": [{"who": {"display": "Priya Nair"}}]}]));
        facts.plans[0].written.clone().unwrap()
    };
    let by = |taken| plan(taken).by;
    assert_eq!(by("2026-10-12T14:00:01Z").as_deref(), Some("Priya Nair"));
    assert_eq!(
        by("2026-10-12T13:59:00Z").as_deref(),
        Some("Priya Nair"),
        "loaded before it"
    );
    assert_eq!(by("2026-10-12T15:00:00Z"), None);
    let at = DateTime::parse_from_rfc3339("2026-10-12T15:00:00Z").unwrap();
    assert_eq!(plan("2026-10-12T15:00:00Z").at, Some(When::At(at.to_utc())));
}

/// Whoever writes after a device whose clock is ahead has written last, and nothing was written tomorrow.
#[test]
fn a_devices_clock_that_is_ahead_hides_nobody_who_writes_after_it() {
    let wrote = |who: &str, recorded: &str, taken: &str| {
        json!({"resourceType": "Provenance", "id": who, "target": [{"reference": "CarePlan/p1"}], "recorded": recorded,
            "meta": {"lastUpdated": taken}, "agent": [{"who": {"display": who}}]})
    };
    let ahead = wrote("Asha", "2026-10-13T16:00:00Z", "2026-10-12T14:00:00Z");
    let written = |all: Value, updated: &str| {
        let plan = json!({"resourceType": "CarePlan", "id": "p1", "status": "active", "meta": {"lastUpdated": updated}});
        let mut all = all.as_array().unwrap().clone();
        all.push(plan);
        read(&json!(all)).plans[0].written.clone().unwrap()
    };
    let alone = written(json!([ahead]), "2026-10-12T14:00:00Z");
    assert_eq!(alone.by.as_deref(), Some("Asha"));
    let at = DateTime::parse_from_rfc3339("2026-10-12T14:00:00Z").unwrap();
    assert_eq!(alone.at, Some(When::At(at.to_utc())));
    let right = wrote("Priya", "2026-10-12T15:00:00Z", "2026-10-12T15:00:01Z");
    let both = written(json!([ahead, right]), "2026-10-12T15:00:01Z");
    assert_eq!(both.by.as_deref(), Some("Priya"));
}

#[test]
fn only_a_missing_identity_refuses_a_record() {
    let facts = read(&json!([
        {"resourceType": "Flag", "status": "active", "code": {"text": "Falls"}},
        {"resourceType": "Flag", "id": 7, "code": {"text": "Falls"}},
        {"resourceType": "Flag", "id": "a/b", "code": {"text": "Falls"}},
        {"resourceType": "Flag", "id": "ok", "status": 3, "code": "Falls", "period": [null], "author": null},
        "not a resource", null]));
    assert_eq!(facts.alerts.len(), 1);
    assert_eq!(
        facts
            .issues
            .iter()
            .filter(|it| it.of == IssueOf::Record && it.path == "Flag.id")
            .count(),
        3
    );
    assert_eq!(
        facts
            .issues
            .iter()
            .filter(|it| it.of == IssueOf::Record)
            .count(),
        5
    );
    let soft: Vec<_> = facts
        .issues
        .iter()
        .filter(|it| it.of != IssueOf::Record)
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(
        soft,
        [
            "Flag.code",
            "Flag.code",
            "Flag.status",
            "Flag.period",
            "Flag.author"
        ]
    );
}

#[test]
fn a_modifier_that_is_not_understood_is_said() {
    let facts = plan(
        &json!({"activity": [{"modifierExtension": [{"url": "urn:x"}], "detail": {"status": "scheduled"}}]}),
    );
    assert_eq!(
        said(&facts),
        [
            "CarePlan/p1 CarePlan.activity[0].modifierExtension has a modifier that is not understood"
        ]
    );
}

#[test]
fn only_plain_text_is_decoded() {
    let content =
        |kind: &str, data: &str| json!({"attachment": {"contentType": kind, "data": data}});
    let facts = read(
        &json!([{"resourceType": "DocumentReference", "id": "d", "status": "current", "content": [
        content("text/plain; charset=utf-8", "RGVhciBKYW5l"), content("text/html", "PGI+"), content("text/plain", "?")]}]),
    );
    let contents = &facts.documents[0].contents;
    assert_eq!(contents[0].text.as_deref(), Some("Dear Jane"));
    assert!(contents[1].text.is_none() && contents[1].has_data);
    assert_eq!(
        said(&facts),
        ["DocumentReference/d DocumentReference.content[2].attachment.data is not text in base64"]
    );
}

#[test]
fn the_persons_own_words_keep_their_order_and_depth() {
    let facts = read(
        &json!([{"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "item": [
        {"linkId": "1", "text": "What matters", "answer": [{"valueString": "Bess", "item": [{"linkId": "1.1", "answer": [{"valueBoolean": true}]}]}]},
        {"linkId": "2", "item": [{"linkId": "2.1", "answer": [{"valueDecimal": 1.50}, {"valueCoding": {"display": "Tea"}}]}]}]}]),
    );
    let items: Vec<_> = facts.about_me[0]
        .items
        .iter()
        .map(|it| (it.link_id.as_str(), it.depth, it.answers.join("|")))
        .collect();
    let expected = [
        ("1", 0, "Bess"),
        ("1.1", 1, "Yes"),
        ("2", 0, ""),
        ("2.1", 1, "1.5|Tea"),
    ];
    assert_eq!(
        items,
        expected.map(|(id, depth, it)| (id, depth, it.to_owned()))
    );
}

#[test]
fn what_stands_under_one_of_several_answers_is_read_with_its_own() {
    let dose =
        |it: &str| json!([{ "linkId": "dose", "text": "Dose", "answer": [{ "valueString": it }] }]);
    let facts = read(
        &json!([{"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "item": [
            { "linkId": "drug", "text": "Drug", "answer": [
                { "valueString": "Aspirin", "item": dose("75 mg") },
                { "valueString": "Senna" },
                { "valueString": "Digoxin", "item": dose("62.5 micrograms") }
            ] },
            { "linkId": "pets", "text": "Pets", "answer": [{ "valueString": "Bess" }, { "valueString": "Tom" }] }
        ] }]),
    );
    let items: Vec<_> = facts.about_me[0]
        .items
        .iter()
        .map(|it| (it.link_id.as_str(), it.answers.join(", "), it.depth))
        .collect();
    let expected = [
        ("drug", "Aspirin", 0),
        ("dose", "75 mg", 1),
        ("drug", "Senna", 0),
        ("drug", "Digoxin", 0),
        ("dose", "62.5 micrograms", 1),
        ("pets", "Bess, Tom", 0),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(link, said, depth)| (*link, (*said).to_owned(), *depth))
        .collect();
    assert_eq!(items, expected);
}

#[test]
fn who_takes_part_in_an_appointment_is_sorted() {
    let actor = |reference: &str| json!({"actor": {"reference": reference, "display": reference}});
    let facts = read(
        &json!([{"resourceType": "Appointment", "id": "a", "status": "booked", "participant": [
        actor("Patient/p"), actor("Practitioner/dr"), actor("Location/l"), actor("RelatedPerson/carol"), {"type": [{"text": "Interpreter"}]}]}]),
    );
    let appointment = &facts.appointments[0];
    let names = |all: &[alongside::domain::Party]| {
        all.iter()
            .map(|it| it.name.clone().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        names(&appointment.professionals),
        "Practitioner/dr Interpreter"
    );
    assert_eq!(names(&appointment.places), "Location/l");
    assert_eq!(names(&appointment.others), "RelatedPerson/carol");
}

#[test]
fn a_page_of_answers_may_be_odd() {
    let wire = json!({"resourceType": "Bundle", "type": "searchset", "link": [null, {"relation": "next", "url": "https://x?page=2"}],
        "entry": [null, {"resource": {"resourceType": "Flag", "id": "f"}, "search": {"mode": "include"}}, {"fullUrl": "x"}, {"resource": 5},
            {"resource": {"resourceType": "OperationOutcome", "issue": [null, {"severity": "warning", "code": "throttled", "details": {"text": "Slow"}}]}},
            {"response": {"status": "412 Precondition Failed", "etag": "W/\"3\""}}]});
    let bundle = Bundle::of(&wire).unwrap();
    assert_eq!(
        (bundle.next(), bundle.total()),
        (Some("https://x?page=2"), None)
    );
    assert_eq!(bundle.entries().count(), 6);
    assert_eq!(bundle.resources().count(), 1);
    let outcome = bundle.outcomes().next().unwrap().worst().unwrap();
    assert_eq!(
        (outcome.severity, outcome.words()),
        (Severity::Warning, "Slow".to_owned())
    );
    let last = bundle.entries().last().unwrap();
    assert_eq!((last.status(), last.etag()), (Some(412), Some("W/\"3\"")));
    assert!(OperationOutcome::of(&wire).is_none());
}

#[test]
fn one_resource_is_read_alone() {
    let source = SourceId::new("shared");
    let wire = json!({"resourceType": "CarePlan", "id": "p", "status": "active", "title": null});
    let converted = fhir::convert::plan(&source, &wire).unwrap();
    assert_eq!(
        (
            converted.value.origin.resource.id.as_ref(),
            converted.issues.len()
        ),
        ("p", 1)
    );
    assert!(fhir::convert::task(&source, &wire).unwrap_err().of == IssueOf::Record);
    assert_eq!(
        fhir::convert::plan(&source, &json!({"resourceType": "CarePlan"}))
            .unwrap_err()
            .path,
        "CarePlan.id"
    );
}

#[test]
fn no_known_trigger_is_an_allergy_and_no_known_allergy_is_none() {
    let states_none = |text: &str| {
        let facts = read(
            &json!([{"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": text}}]),
        );
        facts.allergies[0].states_none_known
    };
    for none in [
        "No known allergies",
        "No known drug allergy",
        "no known food intolerances",
        "NKDA",
        "No information about allergies",
    ] {
        assert!(states_none(none), "{none}");
    }
    assert!(!states_none("No known trigger \u{2013} anaphylaxis"));
    assert!(!states_none("No information leaflet given, penicillin"));
}
