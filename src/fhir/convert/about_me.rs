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

/// Items in the order of the form; those under an item or under its answer are one deeper.
fn collect(it: Element<'_>, depth: u8, items: &mut Vec<AboutItem>) {
    for item in it.list("item") {
        let mut answers = Vec::new();
        let mut nested = Vec::new();
        for answer in item.list("answer") {
            if let Some((kind, value)) = answer.choice("value") {
                answers.extend(words::answer(kind, value));
            }
            collect(answer, depth.saturating_add(1), &mut nested);
        }
        items.push(AboutItem {
            link_id: item.string("linkId").unwrap_or_default(),
            heading: item.string("text"),
            answers,
            depth,
        });
        items.append(&mut nested);
        collect(item, depth.saturating_add(1), items);
    }
}
