//! The official R4 examples (see `official_examples.rs`): every Questionnaire is read, and whatever a response says, reading
//! it changes nothing, and an answer that is changed changes its own item and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

mod examples;

use alongside::domain::questionnaire::{Question, Questionnaire};
use alongside::domain::section::{Form, Section};
use alongside::fhir::{self, Held};
use serde_json::Value;

use examples::EXAMPLES;

fn forms() -> Vec<&'static Questionnaire> {
    let all = EXAMPLES
        .iter()
        .filter(|it| it.resource.kind() == "Questionnaire");
    all.filter_map(|it| fhir::questionnaire(it.resource.value()))
        .collect()
}

/// The response without the item of this link id.
fn without(value: &Value, link_id: &str) -> Value {
    let mut rest = value.clone();
    prune(&mut rest, link_id);
    rest
}

fn prune(holder: &mut Value, link_id: &str) {
    for name in ["item", "answer"] {
        if let Some(list) = holder.get_mut(name).and_then(Value::as_array_mut) {
            list.retain(|it| it["linkId"] != *link_id);
            for it in list {
                prune(it, link_id);
            }
        }
    }
}

fn other(question: &Question, text: &str) -> Option<String> {
    Some(match question.form() {
        Form::Words | Form::Line | Form::Open(_) => format!("{text} and more").trim().to_owned(),
        Form::Day | Form::Moment => "12-Mar-2031".to_owned(),
        Form::Time => "07:30".to_owned(),
        Form::Number => "7".to_owned(),
        Form::OneOf(all) => all.iter().find(|it| it.0 != text)?.0.to_owned(),
        _ => return None,
    })
}

#[test]
fn every_official_questionnaire_is_read_and_loses_no_question() {
    let forms = forms();
    assert_eq!(forms.len(), 5, "those with an address of their own");
    let asked: usize = forms
        .iter()
        .map(|it| it.questions.iter().filter(|it| it.is_asked()).count())
        .sum();
    assert!(asked >= 18, "{asked}");
}

/// Against every form, its own or not: link ids like "1" are in many of them.
#[test]
fn an_answer_that_is_changed_changes_its_own_item_only() {
    let (mut read, mut written) = (0, 0);
    let responses = EXAMPLES
        .iter()
        .filter(|it| it.resource.kind() == "QuestionnaireResponse");
    for example in responses {
        for form in forms() {
            let Some(held) = Held::open(Section::Form(form), example.resource.clone()) else {
                continue;
            };
            read += 1;
            let before = held.resource().value();
            let entries = held.entries();
            assert_eq!(
                held.edited(&entries).resource().value(),
                before,
                "{} {}",
                example.name,
                form.url
            );
            for (at, entry) in entries.iter().enumerate().filter(|(_, it)| !it.is_blank()) {
                let question = form.question(entry.part.key()).unwrap();
                let depends = form.questions.iter().any(|it| !it.rules.is_empty());
                let Some(text) = other(question, &entry.text).filter(|_| !depends) else {
                    continue;
                };
                let mut mine = entries.clone();
                mine[at].text.clone_from(&text);
                let after = held.edited(&mine);
                let bare = |it: &Held| without(it.resource().value(), question.link_id);
                assert_eq!(
                    bare(&after),
                    bare(&held),
                    "{} {}",
                    example.name,
                    question.link_id
                );
                assert!(
                    after.entries().iter().any(|it| it.text == text),
                    "{} {}",
                    example.name,
                    question.link_id
                );
                written += 1;
            }
        }
    }
    assert!(read >= 25 && written >= 4, "{read} {written}");
}
