//! `Questionnaire.item.enableWhen`.

use serde_json::Value as Json;

use super::value::keep;
use super::{list, raw_text};
use crate::domain::When;
use crate::domain::questionnaire::{Condition, Operator, Rule, YES_NO};
use crate::domain::section::{clock, day};

/// What must hold for this item to be asked; `None` where nothing must, or it is not understood.
pub(super) fn rule(item: &Json) -> Option<Rule> {
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
    let time = raw_text(it, "answerTime")
        .and_then(clock::read)
        .map(clock::write);
    let moment = raw_text(it, "answerDateTime")
        .map(|it| clock::write_moment(&When::parse(it)))
        .filter(|it| !it.is_empty());
    let is_yes = it.get("answerBoolean").and_then(Json::as_bool);
    let [yes, no] = YES_NO;
    let answer = coding
        .or(day)
        .or(time)
        .or(moment)
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
