//! When a question is asked: what must hold of other answers
//! (<https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen>). In what repeats the answers of
//! the same instance count, not those of its neighbours.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Condition, Operator, Question, Questionnaire, Rule, compared, instances, is_answer};
use crate::domain::section::{Entry, YES, instance_at};

/// What depends on more questions than this, one after the other, is asked.
const DEEPEST: u8 = 100;

impl Questionnaire {
    /// Whether a question is asked, with these answers to the others; in what repeats, in this instance.
    pub fn is_enabled(
        &self,
        question: &Question,
        instance: Option<&str>,
        entries: &[Entry],
    ) -> bool {
        let mut looking = Looking {
            form: self,
            entries,
            known: HashMap::new(),
        };
        looking.enabled((question, instance), 0)
    }
}

/// A question, in this instance of what repeats.
type At<'a> = (&'a Question, Option<&'a str>);

/// Looks at each question that another depends on once, in whatever ways it depends on it.
struct Looking<'a> {
    form: &'a Questionnaire,
    entries: &'a [Entry],
    /// By link id and instance.
    known: HashMap<(&'static str, Option<&'a str>), bool>,
}

impl<'a> Looking<'a> {
    fn enabled(&mut self, at: At<'a>, depth: u8) -> bool {
        let key = (at.0.link_id, at.1);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if depth > DEEPEST {
            return true;
        }
        // What depends on itself is asked as far as that goes.
        self.known.insert(key, true);
        let is_asked = self.is_led_to(at, depth) && self.rules_hold(at, depth);
        self.known.insert(key, is_asked);
        is_asked
    }

    /// Under an answer that nobody has given there is nothing to ask.
    fn is_led_to(&mut self, at: At<'a>, depth: u8) -> bool {
        let above = at.0.under().and_then(|it| self.form.question(it));
        above.is_none_or(|it| !self.answers(it, at, depth).is_empty())
    }

    fn rules_hold(&mut self, at: At<'a>, depth: u8) -> bool {
        let mut holds = |rule: &Rule| {
            let mut all = rule.conditions.iter().map(|it| self.holds(it, at, depth));
            if rule.all {
                all.all(|it| it)
            } else {
                all.any(|it| it)
            }
        };
        at.0.rules.iter().all(&mut holds)
    }

    /// What is answered to a question, for one who depends on it.
    fn answers(&mut self, of: &'a Question, (who, instance): At<'a>, depth: u8) -> Vec<&'a str> {
        // The instance that both are in.
        let shared = of.repeated().zip(who.repeated());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let common = shared.checked_sub(1).zip(instance);
        let common = common.and_then(|(level, it)| instance_at(it, level));
        let places: Vec<Option<&str>> = match of.many() {
            Some(many) if of.repeated().count() > shared => {
                let all = instances(self.entries, many.link_id, common).into_iter();
                all.map(Some).collect()
            }
            _ => vec![common],
        };
        let mut all = Vec::new();
        for place in places {
            if self.enabled((of, place), depth + 1) {
                let own = self.entries.iter().filter(|it| is_answer(it, of, place));
                all.extend(own.filter_map(Entry::says));
            }
        }
        all
    }

    /// What depends on something that is not understood here is asked: nothing is hidden by mistake.
    fn holds(&mut self, it: &Condition, at: At<'a>, depth: u8) -> bool {
        let form = self.form;
        let Some(of) = form.question(it.question).filter(|it| it.is_asked()) else {
            return true;
        };
        let answers = self.answers(of, at, depth);
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

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;
    use crate::domain::section::{EntryId, Part};

    /// Questions that depend on others: which, of how many.
    fn form(count: usize, on: impl Fn(usize) -> Vec<usize>) -> &'static Questionnaire {
        let name = |it: usize| -> &'static str { Box::leak(format!("q{it}").into_boxed_str()) };
        let condition = |it: usize| Condition {
            question: name(it),
            operator: Operator::Is,
            answer: YES.to_owned(),
        };
        let question = |it: usize| Question {
            link_id: name(it),
            text: "?",
            holders: Vec::new(),
            order: it,
            kind: Kind::YesNo,
            leads: false,
            repeats: false,
            required: false,
            rules: vec![Rule {
                all: true,
                conditions: on(it).into_iter().map(condition).collect(),
            }],
            least: None,
            most: None,
            longest: None,
            initial: Vec::new(),
        };
        Box::leak(Box::new(Questionnaire {
            url: "https://example.org/Questionnaire/chain",
            version: None,
            title: "Chain",
            anchor: "chain",
            questions: (0..count).map(question).collect(),
            json: "{}",
        }))
    }

    fn answered(form: &'static Questionnaire, says: impl Fn(usize) -> &'static str) -> Vec<Entry> {
        let all = form.questions.iter().enumerate();
        let entry = |(at, it): (usize, &'static Question)| Entry {
            id: EntryId::within(None, it.link_id),
            part: Part::Asked(it),
            text: says(at).to_owned(),
        };
        all.map(entry).collect()
    }

    #[test]
    fn in_a_chain_of_sixty_the_last_is_asked_where_each_before_it_says_yes() {
        // Each names the one before it twice, and with each of these what that one names.
        let form = form(60, |it| it.checked_sub(1).map_or(vec![], |it| vec![it, it]));
        let last = &form.questions[59];
        let with = |no: usize| {
            let entries = answered(form, |it| if it == no { "no" } else { YES });
            form.is_enabled(last, None, &entries)
        };
        assert!(with(59), "its own answer does not count");
        assert!(!with(58) && !with(30) && !with(0));
        assert!(form.is_enabled(last, None, &answered(form, |_| YES)));
    }

    #[test]
    fn what_many_ways_lead_to_is_looked_at_once() {
        let form = form(60, |it| (0..it).collect());
        let last = &form.questions[59];
        assert!(form.is_enabled(last, None, &answered(form, |_| YES)));
        let none = answered(form, |it| if it == 0 { "no" } else { YES });
        assert!(!form.is_enabled(last, None, &none));
    }

    #[test]
    fn what_depends_on_itself_comes_to_an_end() {
        let circle = form(60, |it| vec![(it + 59) % 60, (it + 1) % 60, it]);
        for question in &circle.questions {
            let all = answered(circle, |_| YES);
            assert!(circle.is_enabled(question, None, &all));
            let none = answered(circle, |_| "no");
            assert!(!circle.is_enabled(question, None, &none));
        }
    }

    #[test]
    fn what_depends_on_thousands_one_after_the_other_comes_to_an_end() {
        let form = form(5_000, |it| {
            it.checked_sub(1).map_or(vec![], |it| vec![it, it])
        });
        let all = answered(form, |_| YES);
        assert!(form.is_enabled(&form.questions[4_999], None, &all));
    }
}
