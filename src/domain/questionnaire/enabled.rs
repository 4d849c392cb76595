//! When a question is asked: what must hold of other answers
//! (<https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen>). In what repeats the answers of
//! the same instance count, not those of its neighbours.

use std::cmp::Ordering;

use super::{Condition, Operator, Question, Questionnaire, Rule, compared, instances, is_answer};
use crate::domain::section::{Entry, YES, instance_at};

/// No form is deeper than this: what depends on itself comes to an end.
const DEEPEST: u8 = 12;

impl Questionnaire {
    /// Whether a question is asked, with these answers to the others; in what repeats, in this instance.
    pub fn is_enabled(
        &self,
        question: &Question,
        instance: Option<&str>,
        entries: &[Entry],
    ) -> bool {
        self.enabled(question, instance, entries, 0)
    }

    fn enabled(
        &self,
        question: &Question,
        instance: Option<&str>,
        entries: &[Entry],
        depth: u8,
    ) -> bool {
        if depth > DEEPEST {
            return true;
        }
        // Under an answer that nobody has given there is nothing to ask.
        let above = question.under().and_then(|it| self.question(it));
        let is_led_to = above.is_none_or(|it| {
            !self
                .answers(it, (question, instance), entries, depth)
                .is_empty()
        });
        let holds = |rule: &Rule| {
            let holds = |it: &Condition| self.holds(it, (question, instance), entries, depth);
            let mut all = rule.conditions.iter().map(holds);
            if rule.all {
                all.all(|it| it)
            } else {
                all.any(|it| it)
            }
        };
        is_led_to && question.rules.iter().all(holds)
    }

    /// What is answered to a question, for one who depends on it.
    fn answers<'a>(
        &self,
        of: &Question,
        (who, instance): (&Question, Option<&str>),
        entries: &'a [Entry],
        depth: u8,
    ) -> Vec<&'a str> {
        // The instance that both are in.
        let shared = of.repeated().zip(who.repeated());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let common = shared.checked_sub(1).zip(instance);
        let common = common.and_then(|(level, it)| instance_at(it, level));
        let places: Vec<Option<&str>> = match of.many() {
            Some(many) if of.repeated().count() > shared => {
                let all = instances(entries, many.link_id, common).into_iter();
                all.map(Some).collect()
            }
            _ => vec![common],
        };
        let mut all = Vec::new();
        for place in places {
            if self.enabled(of, place, entries, depth + 1) {
                let own = entries.iter().filter(|it| is_answer(it, of, place));
                all.extend(own.filter_map(Entry::says));
            }
        }
        all
    }

    /// What depends on something that is not understood here is asked: nothing is hidden by mistake.
    fn holds(
        &self,
        it: &Condition,
        who: (&Question, Option<&str>),
        entries: &[Entry],
        depth: u8,
    ) -> bool {
        let Some(of) = self.question(it.question).filter(|it| it.is_asked()) else {
            return true;
        };
        let answers = self.answers(of, who, entries, depth);
        let compare = |how: fn(Ordering) -> bool| {
            let order = |own: &&str| compared(&of.kind, own, &it.answer);
            answers.iter().filter_map(order).any(how)
        };
        match it.operator {
            Operator::Exists => answers.is_empty() == (it.answer != YES),
            Operator::Is => compare(Ordering::is_eq),
            Operator::IsNot => !compare(Ordering::is_eq),
            Operator::More => compare(Ordering::is_gt),
            Operator::Less => compare(Ordering::is_lt),
            Operator::AtLeast => compare(Ordering::is_ge),
            Operator::AtMost => compare(Ordering::is_le),
        }
    }
}
