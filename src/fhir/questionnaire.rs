//! `Questionnaire`: <https://hl7.org/fhir/R4/questionnaire.html>. Each form is made once and lives as long as the page.

use std::sync::Mutex;

use serde_json::Value as Json;

use super::element::raw_text;
use crate::domain::questionnaire::{
    Condition, Kind, Operator, Question, Questionnaire, Rule, Value, YES_NO,
};
use crate::domain::section::day;

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
    let mut form = Reader::default();
    form.items(value, &[], &[]);
    let title = raw_text(value, "title").or_else(|| raw_text(value, "name"));
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    let anchor: String = url
        .rsplit('/')
        .next()
        .unwrap_or(url)
        .chars()
        .map(plain)
        .collect();
    let made: &'static Questionnaire = Box::leak(Box::new(Questionnaire {
        url: keep(url),
        version: raw_text(value, "version").map(keep),
        title: keep(title.unwrap_or(url)),
        anchor: keep(&format!("form-{anchor}")),
        questions: form.questions,
        json: keep(&json),
    }));
    known.push(made);
    Some(made)
}

fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

type Groups = [(&'static str, &'static str)];

#[derive(Default)]
struct Reader {
    questions: Vec<Question>,
}

impl Reader {
    fn items(&mut self, of: &Json, groups: &Groups, rules: &[&Json]) {
        for item in list(of, "item") {
            let Some(link_id) = raw_text(item, "linkId") else {
                continue;
            };
            if extension(item, HIDDEN)
                .is_some_and(|it| it.get("valueBoolean") == Some(&Json::Bool(true)))
            {
                continue;
            }
            let mut rules = rules.to_vec();
            rules.push(item);
            let is_many = item.get("repeats") == Some(&Json::Bool(true));
            let is_plain = item.get("modifierExtension").is_none() && !is_many;
            if raw_text(item, "type") == Some("group") && is_plain {
                let mut groups = groups.to_vec();
                groups.push((keep(link_id), title(item)));
                self.items(item, &groups, &rules);
                continue;
            }
            self.question(item, link_id, groups, &rules);
            // What is asked under an answer is shown, and not answered here.
            if raw_text(item, "type") != Some("group") {
                let first = self.questions.len();
                self.items(item, groups, &rules);
                for under in self.questions.iter_mut().skip(first) {
                    under.kind = Kind::Other("a question under an answer");
                }
            }
        }
    }

    fn question(&mut self, item: &Json, link_id: &str, groups: &Groups, rules: &[&Json]) {
        let kind = kind(item);
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
        self.questions.push(Question {
            link_id: keep(link_id),
            text: title(item),
            groups: groups.to_vec(),
            order: self.questions.len(),
            repeats: item.get("repeats") == Some(&Json::Bool(true)),
            required: item.get("required") == Some(&Json::Bool(true)),
            rules: rules.iter().filter_map(|it| rule(it)).collect(),
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

fn kind(item: &Json) -> Kind {
    let name = raw_text(item, "type").unwrap_or_default();
    let is_read_only = item.get("readOnly") == Some(&Json::Bool(true));
    if is_read_only || item.get("modifierExtension").is_some() {
        return Kind::Other(keep(name));
    }
    match name {
        "text" => Kind::Words,
        "string" => Kind::Line,
        "date" => Kind::Day,
        "integer" => Kind::Whole,
        "decimal" => Kind::Number,
        "boolean" => Kind::YesNo,
        "display" => Kind::Told,
        "choice" => choice(item).unwrap_or(Kind::Other("choice")),
        other => Kind::Other(keep(other)),
    }
}

/// `None` where its answers are not listed, or are of a kind that is not known here.
fn choice(item: &Json) -> Option<Kind> {
    let values: Vec<Value> = list(item, "answerOption")
        .map(value)
        .collect::<Option<_>>()?;
    let codes: Vec<(&'static str, &'static str)> = values
        .iter()
        .map(|it| (keep(&key(it)), words(it)))
        .collect();
    (!values.is_empty()).then(|| Kind::OneOf(values, Vec::leak(codes)))
}

fn value(option: &Json) -> Option<Value> {
    if let Some(coding) = option.get("valueCoding") {
        return Some(Value::Code {
            system: raw_text(coding, "system").map(keep),
            code: keep(raw_text(coding, "code")?),
            display: raw_text(coding, "display").map(keep),
        });
    }
    if let Some(number) = option.get("valueInteger") {
        return Some(Value::Whole(keep(&number.as_i64()?.to_string())));
    }
    raw_text(option, "valueString").map(|it| Value::Text(keep(it)))
}

/// What an entry says when this is chosen.
pub(super) fn key(it: &Value) -> String {
    match it {
        Value::Code { system, code, .. } => format!("{}|{code}", system.unwrap_or_default()),
        Value::Text(it) | Value::Whole(it) => (*it).to_owned(),
    }
}

const fn words(it: &Value) -> &'static str {
    match it {
        Value::Code {
            display: Some(display),
            ..
        } => display,
        Value::Code { code, .. } => code,
        Value::Text(it) | Value::Whole(it) => it,
    }
}

/// What an entry says for a value of FHIR (`valueString` …); `None` where this kind has no such answer.
pub(super) fn said(kind: &Kind, holder: &Json) -> Option<String> {
    let number = |name: &str| {
        holder
            .get(name)
            .filter(|it| it.is_number())
            .map(Json::to_string)
    };
    match kind {
        Kind::Words | Kind::Line => raw_text(holder, "valueString").map(str::to_owned),
        Kind::Day => day::read(raw_text(holder, "valueDate")?).map(day::write),
        Kind::Whole => number("valueInteger"),
        Kind::Number => number("valueDecimal").or_else(|| number("valueInteger")),
        Kind::YesNo => {
            let is_yes = holder.get("valueBoolean")?.as_bool()?;
            let [yes, no] = YES_NO;
            Some(if is_yes { yes.0 } else { no.0 }.to_owned())
        }
        Kind::OneOf(values, _) => {
            let own = key(&value(holder)?);
            values.iter().map(key).find(|it| *it == own)
        }
        Kind::Told | Kind::Other(_) => None,
    }
}

/// What must hold for this item to be asked; `None` where nothing must, or it is not understood.
fn rule(item: &Json) -> Option<Rule> {
    let conditions: Vec<Condition> = list(item, "enableWhen")
        .map(condition)
        .collect::<Option<_>>()?;
    (!conditions.is_empty()).then(|| Rule {
        all: raw_text(item, "enableBehavior") == Some("all"),
        conditions,
    })
}

fn condition(it: &Json) -> Option<Condition> {
    let operator = match raw_text(it, "operator")? {
        "exists" => Operator::Exists,
        "=" => Operator::Is,
        "!=" => Operator::IsNot,
        ">" => Operator::More,
        "<" => Operator::Less,
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        _ => return None,
    };
    let number = |name: &str| {
        it.get(name)
            .filter(|it| it.is_number())
            .map(Json::to_string)
    };
    let coding = it.get("answerCoding").and_then(|it| {
        let system = raw_text(it, "system").unwrap_or_default();
        raw_text(it, "code").map(|code| format!("{system}|{code}"))
    });
    let day = raw_text(it, "answerDate")
        .and_then(day::read)
        .map(day::write);
    let is_yes = it.get("answerBoolean").and_then(Json::as_bool);
    let [yes, no] = YES_NO;
    let answer = coding
        .or(day)
        .or_else(|| number("answerInteger"))
        .or_else(|| number("answerDecimal"))
        .or_else(|| raw_text(it, "answerString").map(str::to_owned))
        .or_else(|| is_yes.map(|it| if it { yes.0 } else { no.0 }.to_owned()))?;
    Some(Condition {
        question: keep(raw_text(it, "question")?),
        operator,
        answer,
    })
}

#[cfg(test)]
#[path = "questionnaire_tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
