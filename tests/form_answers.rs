//! Whatever is answered, changed and taken back in a form with everything that is understood: what is not ours stays, and
//! what comes of it is well made.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails is the point"
)]

use std::collections::BTreeMap;

use alongside::domain::questionnaire::{Questionnaire, instances};
use alongside::domain::section::{Entry, EntryId, Form, Part, Section, is_inside};
use alongside::fhir::{self, Held, Resource};
use serde_json::{Value, json};

const FOREIGN: &str = "theirs";

fn form() -> &'static Questionnaire {
    let leaf = |link: &str, kind: &str| json!({ "linkId": link, "type": kind, "text": link });
    let many = |link: &str, kind: &str| json!({ "linkId": link, "type": kind, "text": link, "repeats": true });
    let only_if = |mut it: Value, question: &str| {
        it["enableWhen"] =
            json!([{ "question": question, "operator": "=", "answerBoolean": true }]);
        it
    };
    let holding = |mut it: Value, items: Value| {
        it["item"] = items;
        it
    };
    fhir::questionnaire(&json!({
        "resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/all", "status": "active",
        "item": [
            leaf("plain", "string"),
            holding(leaf("group", "group"), json!([
                holding(leaf("lead", "boolean"), json!([
                    only_if(leaf("led", "string"), "lead"), many("led.many", "string"),
                    holding(leaf("led.group", "group"), json!([leaf("led.deep", "date")]))
                ])),
                holding(many("rooms", "group"), json!([
                    leaf("room", "string"),
                    holding(leaf("damp", "boolean"), json!([leaf("damp.where", "string"), only_if(leaf("damp.day", "date"), "damp")])),
                    many("risks", "string"),
                    holding(leaf("inner", "group"), json!([leaf("inner.time", "time"),
                        holding(many("beds", "group"), json!([leaf("bed", "string"), many("pillows", "string")]))])),
                    holding(many("plants", "string"), json!([leaf("plant.water", "time"),
                        holding(leaf("plant.ill", "boolean"), json!([leaf("plant.why", "string")]))]))
                ])),
                holding(leaf("heated", "boolean"), json!([
                    holding(many("stoves", "group"), json!([leaf("stove", "string"), only_if(leaf("stove.day", "date"), "heated")]))
                ]))
            ])),
            holding(many("drugs", "string"), json!([only_if(leaf("dose", "string"), "lead"), leaf("dose.day", "date"),
                holding(many("harms", "group"), json!([leaf("harm", "string")]))])),
            only_if(leaf("late", "text"), "lead"),
            many("words", "string")
        ]
    }))
    .unwrap()
}

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn foreign(nth: &mut usize) -> Value {
    *nth += 1;
    json!({ "linkId": format!("{FOREIGN}-{nth}"), "answer": [{ "valueString": "kept" }] })
}

/// Something of theirs in every list of items.
fn strew(holder: &mut Value, dice: &mut Dice, nth: &mut usize) {
    for it in holder
        .get_mut("answer")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        strew(it, dice, nth);
    }
    if let Some(all) = holder.get_mut("item").and_then(Value::as_array_mut) {
        for it in all.iter_mut() {
            strew(it, dice, nth);
        }
        let at = dice.below(all.len() + 1);
        all.insert(at, foreign(nth));
    }
}

fn theirs(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let all: Vec<&Value> = match value {
        Value::Array(all) => all.iter().collect(),
        Value::Object(all) => all.values().collect(),
        _ => Vec::new(),
    };
    for it in all {
        if it["linkId"]
            .as_str()
            .is_some_and(|it| it.starts_with(FOREIGN))
        {
            found.push(it.clone());
        }
        found.extend(theirs(it));
    }
    found.sort_by_key(ToString::to_string);
    found
}

/// What FHIR does not allow (<https://hl7.org/fhir/R4/json.html>, qrs-1).
fn is_well_made(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(it) => !it.trim().is_empty(),
        Value::Array(all) => !all.is_empty() && all.iter().all(is_well_made),
        Value::Object(all) => {
            let both = all.contains_key("answer") && all.contains_key("item");
            !all.is_empty() && !both && all.values().all(is_well_made)
        }
        _ => true,
    }
}

fn answer(form: Form, dice: &mut Dice) -> String {
    if dice.below(3) == 0 {
        return String::new();
    }
    match form {
        Form::Day => format!("{}-Mar-2026", dice.below(20) + 10),
        Form::Time => format!("{}:30", dice.below(10) + 10),
        Form::OneOf(all) => all[dice.below(all.len())].0.to_owned(),
        _ => format!("words {}", dice.below(9)),
    }
}

/// Some of it is changed, some taken back, something is added.
fn written(entries: &[Entry], dice: &mut Dice) -> Vec<Entry> {
    let mut mine = entries.to_vec();
    for it in &mut mine {
        if dice.below(2) == 0 {
            it.text = answer(it.part.form(), dice);
        }
    }
    if dice.below(12) == 0 {
        for it in &mut mine {
            it.text.clear();
        }
        return mine;
    }
    let whole: Vec<&str> = ["rooms", "beds", "plants", "stoves", "drugs", "harms"]
        .into_iter()
        .flat_map(|many| instances(entries, many, None))
        .collect();
    for group in whole {
        if dice.below(4) == 0 {
            let own = mine.iter_mut().filter(|it| it.is_of(group));
            own.for_each(|it| it.text.clear());
        }
    }
    added(&mut mine, entries, dice);
    mine
}

/// Answers in what is there and in what is new, at any level.
fn added(mine: &mut Vec<Entry>, entries: &[Entry], dice: &mut Dice) {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for question in form().questions.iter().chain(&form().questions) {
        let mut inside: Option<String> = None;
        for many in question.repeated() {
            let known = places.entry(many.link_id.to_owned()).or_insert_with(|| {
                let all = instances(entries, many.link_id, None).into_iter();
                all.map(str::to_owned).collect()
            });
            if dice.below(3) == 0 {
                let name = format!("new-{}", dice.below(1 << 20));
                known.push(EntryId::within(inside.as_deref(), &name).0);
            }
            let own = known
                .iter()
                .filter(|it| inside.as_ref().is_none_or(|outer| is_inside(it, outer)));
            let own: Vec<&String> = own.collect();
            inside = match own.len() {
                0 => None,
                all => Some(own[dice.below(all)].clone()),
            };
            if inside.is_none() {
                break;
            }
        }
        if inside.is_none() && question.many().is_some() {
            continue;
        }
        let name = if question.repeats {
            format!("n-{}", dice.below(1 << 20))
        } else {
            question.link_id.to_owned()
        };
        let id = EntryId::within(inside.as_deref(), &name);
        let is_wanted = inside.is_some_and(|it| it.contains("new")) || question.repeats;
        if is_wanted && mine.iter().all(|it| it.id != id) {
            let text = answer(question.form(), dice);
            mine.push(Entry {
                id,
                part: Part::Asked(question),
                text,
            });
        }
    }
}

#[test]
fn whatever_is_written_what_is_not_asked_stays_and_what_comes_of_it_is_well_made() {
    let section = Section::Form(form());
    let bare = json!({ "resourceType": "QuestionnaireResponse", "id": "r1", "meta": { "versionId": "1" }, "status": "completed" });
    let mut several: BTreeMap<&str, usize> = BTreeMap::new();
    let mut emptied = 0;
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let mut held = Held::open(section, Resource::from_value(bare.clone()).unwrap()).unwrap();
        for step in 0..4 {
            if step == 2 {
                let mut strewn = held.resource().value().clone();
                strew(&mut strewn, &mut dice, &mut 0);
                held = Held::open(section, Resource::from_value(strewn).unwrap()).unwrap();
            }
            let mine = written(&held.entries(), &mut dice);
            let after = held.edited(&mine);
            let (old, new) = (held.resource().value(), after.resource().value());
            assert_eq!(
                theirs(new),
                theirs(old),
                "seed {seed}, step {step}\n{old:#}\n{new:#}"
            );
            assert!(is_well_made(new), "seed {seed}, step {step}\n{new:#}");
            assert_eq!(
                after.edited(&after.entries()),
                after,
                "seed {seed}, step {step}"
            );
            // Read as it is now, it says the same.
            let again = Held::open(section, after.resource().clone()).unwrap();
            let says = |it: &Held| {
                let mut all: Vec<(Part, String)> = it
                    .entries()
                    .into_iter()
                    .map(|it| (it.part, it.text))
                    .collect();
                all.sort();
                all
            };
            assert_eq!(says(&again), says(&after), "seed {seed}, step {step}");
            for many in ["rooms", "beds", "plants", "stoves", "drugs", "harms"] {
                let all = after.entries();
                *several.entry(many).or_default() +=
                    usize::from(instances(&all, many, None).len() > 1);
            }
            emptied += usize::from(new.get("item").is_none());
            held = after;
        }
    }
    assert!(
        emptied > 0 && several.values().all(|it| *it > 9),
        "{several:?} {emptied}"
    );
}
