//! `Questionnaire`: <https://hl7.org/fhir/R4/questionnaire.html>. Each form is made once and lives as long as the page.

mod listed;
mod rule;
mod value;

use std::sync::Mutex;

use serde_json::Value as Json;

use super::element::raw_text;
use crate::domain::questionnaire::{Holder, Holds, Kind, Question, Questionnaire, anchor};
pub use listed::{MOST_LISTED, list_answers, unlisted};
use rule::rule;
pub(super) use value::{answer, said};
use value::{keep, kind};

const LEAST: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MOST: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const HIDDEN: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";

static KNOWN: Mutex<Vec<&'static Questionnaire>> = Mutex::new(Vec::new());

/// The form. `None` for what is no Questionnaire with an address of its own.
pub fn questionnaire(value: &Json) -> Option<&'static Questionnaire> {
    if raw_text(value, "resourceType") != Some("Questionnaire") {
        return None;
    }
    let url = raw_text(value, "url").filter(|it| !it.is_empty())?;
    let json = value.to_string();
    let mut known = KNOWN.lock().ok()?;
    if let Some(it) = known.iter().find(|it| it.json == json) {
        return Some(it);
    }
    let mut form = Reader {
        form: value,
        questions: Vec::new(),
    };
    form.items(value, &Place::default());
    let title = raw_text(value, "title").or_else(|| raw_text(value, "name"));
    let made: &'static Questionnaire = Box::leak(Box::new(Questionnaire {
        url: keep(url),
        version: raw_text(value, "version").map(keep),
        title: keep(title.unwrap_or(url)),
        anchor: keep(&anchor(url)),
        questions: form.questions,
        json: keep(&json),
    }));
    known.push(made);
    Some(made)
}

/// Where an item stands.
#[derive(Clone, Default)]
struct Place<'a> {
    holders: Vec<Holder>,
    /// The items whose conditions must hold, itself included.
    rules: Vec<&'a Json>,
    /// Why nothing is answered here.
    closed: Option<&'static str>,
}

impl<'a> Place<'a> {
    fn inside(&self, link_id: &str, item: &'a Json, is: Holds) -> Self {
        let mut inner = self.clone();
        inner.holders.push(Holder {
            link_id: keep(link_id),
            title: title(item),
            is,
            required: item.get("required") == Some(&Json::Bool(true)),
        });
        inner
    }
}

const UNDER_AN_ANSWER: &str = "a question under an answer";

struct Reader<'a> {
    form: &'a Json,
    questions: Vec<Question>,
}

impl<'a> Reader<'a> {
    fn items(&mut self, of: &'a Json, place: &Place<'a>) {
        for item in list(of, "item") {
            let hidden = extension(item, HIDDEN).and_then(|it| it.get("valueBoolean"));
            let Some(link_id) = raw_text(item, "linkId") else {
                continue;
            };
            if hidden == Some(&Json::Bool(true)) {
                continue;
            }
            let mut place = place.clone();
            place.rules.push(item);
            if raw_text(item, "type") == Some("group") {
                self.group(item, link_id, &place);
            } else {
                self.with_those_under_it(item, link_id, &place);
            }
        }
    }

    fn group(&mut self, item: &'a Json, link_id: &str, place: &Place<'a>) {
        let is_many = item.get("repeats") == Some(&Json::Bool(true));
        if item.get("modifierExtension").is_some() {
            self.question(item, link_id, place);
            return;
        }
        let is = if is_many { Holds::Many } else { Holds::Group };
        self.items(item, &place.inside(link_id, item, is));
    }

    fn with_those_under_it(&mut self, item: &'a Json, link_id: &str, place: &Place<'a>) {
        let at = self.questions.len();
        let is_many = item.get("repeats") == Some(&Json::Bool(true));
        let leads = list(item, "item").next().is_some();
        if !leads {
            self.question(item, link_id, place);
            return;
        }
        let is = if is_many { Holds::Each } else { Holds::Answer };
        let mut inner = place.inside(link_id, item, is);
        self.question(item, link_id, if is_many { &inner } else { place });
        let is_asked = self.questions.get(at).is_some_and(Question::is_asked);
        if !is_asked {
            inner.holders.pop();
            inner.closed = Some(UNDER_AN_ANSWER);
        }
        self.items(item, &inner);
        if let Some(it) = self.questions.get_mut(at) {
            it.leads = is_asked;
            // There are several of what it is asked in.
            it.repeats &= !is_many;
            it.required &= !is_many;
            if !is_asked {
                it.holders.clone_from(&place.holders);
            }
        }
    }

    fn question(&mut self, item: &Json, link_id: &str, place: &Place<'_>) {
        let kind = place
            .closed
            .map_or_else(|| kind(item, self.form), Kind::Other);
        let limit = |url| {
            let it = extension(item, url)?;
            said(&kind, it).map(|it| keep(&it))
        };
        let (least, most) = (limit(LEAST), limit(MOST));
        let chosen = list(item, "answerOption")
            .filter(|it| it.get("initialSelected") == Some(&Json::Bool(true)));
        let initial = list(item, "initial").chain(chosen);
        let initial = initial.filter_map(|it| said(&kind, it)).map(|it| keep(&it));
        let initial = initial.collect();
        let longest = item.get("maxLength").and_then(Json::as_u64);
        let is = |name: &str| item.get(name) == Some(&Json::Bool(true));
        self.questions.push(Question {
            link_id: keep(link_id),
            text: title(item),
            holders: place.holders.clone(),
            order: self.questions.len(),
            leads: false,
            repeats: is("repeats"),
            required: is("required"),
            rules: place.rules.iter().filter_map(|it| rule(it)).collect(),
            least,
            most,
            longest: longest.and_then(|it| usize::try_from(it).ok()),
            initial,
            kind,
        });
    }
}

fn list<'a>(of: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    of.get(name).and_then(Json::as_array).into_iter().flatten()
}

fn extension<'a>(of: &'a Json, url: &str) -> Option<&'a Json> {
    list(of, "extension").find(|it| raw_text(it, "url") == Some(url))
}

fn title(item: &Json) -> &'static str {
    let text = raw_text(item, "text").or_else(|| raw_text(item, "linkId"));
    let text = text.unwrap_or_default();
    match raw_text(item, "prefix") {
        Some(prefix) => keep(&format!("{prefix} {text}")),
        None => keep(text),
    }
}

#[cfg(test)]
#[path = "questionnaire_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
