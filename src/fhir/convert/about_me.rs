//! `QuestionnaireResponse`: <https://hl7.org/fhir/R4/questionnaireresponse.html>.

use crate::domain::Origin;
use crate::domain::plan::{AboutItem, AboutMe};

use super::super::element::Element;
use super::super::words;

const DISPLAY: &str = "http://hl7.org/fhir/StructureDefinition/display";

pub fn read(it: Element<'_>, origin: Origin) -> AboutMe {
    let mut items = Vec::new();
    collect(it, 0, &mut items);
    let title = it
        .object("_questionnaire")
        .and_then(|it| it.extension(DISPLAY))
        .and_then(|it| it.string("valueString"));
    AboutMe {
        origin,
        canonical: it.string("questionnaire").map(|it| {
            let (url, _) = it.split_once('|').unwrap_or((&it, ""));
            url.to_owned()
        }),
        form: title.or_else(|| it.string("questionnaire")),
        status: it.string("status"),
        authored: it.when("authored"),
        author: it.party("author"),
        source: it.party("source"),
        based_on: it.references("basedOn"),
        items,
    }
}

/// Items in the order of the form; those under an item or under its answer are one deeper. Where something stands under one
/// of several answers, each is by itself, with what stands under it: a dose belongs to its own medicine.
fn collect(it: Element<'_>, depth: u8, items: &mut Vec<AboutItem>) {
    let deeper = depth.saturating_add(1);
    for item in it.list("item") {
        let about = |answers: Vec<String>| AboutItem {
            link_id: item.string("linkId").unwrap_or_default(),
            heading: item.string("text"),
            answers,
            depth,
        };
        let said = |answer: &Element<'_>| {
            let value = answer.choice("value");
            value.and_then(|(kind, value)| words::answer(kind, value))
        };
        let answers: Vec<Element<'_>> = item.list("answer").collect();
        if answers.iter().any(|it| it.list("item").next().is_some()) {
            for answer in answers {
                items.push(about(said(&answer).into_iter().collect()));
                collect(answer, deeper, items);
            }
        } else {
            items.push(about(answers.iter().filter_map(said).collect()));
        }
        collect(item, deeper, items);
    }
}
