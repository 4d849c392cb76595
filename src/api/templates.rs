//! `templates` of `config.json`: what a locality suggests for a kind of plan, there or in files of their own. Read where
//! plans are written; a wrong entry is said there, with its place in the file, and everything else of the page works.

use serde_json::{Map, Value};

use super::checked::{Checked, number_at, only, optional_text, text_at, wrong};
use crate::domain::plan::{SuggestedAction, SuggestedGoal, Template};

/// More is no choice any more.
const MOST: usize = 100;
const MOST_LETTERS: usize = 1_000;

/// An entry of `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    Here(Template),
    /// In a file of the page's own origin, by its path: it is not read before somebody needs it.
    File(String),
}

/// The entries of `config.json`, in their order.
pub fn listed(raw: &Value) -> Checked<Vec<Listed>> {
    if raw.is_null() {
        return Ok(Vec::new());
    }
    entries(raw, "templates", |item, place| match item {
        Value::String(path) if path.starts_with('/') && !path.starts_with("//") => {
            Ok(Listed::File(path.clone()))
        }
        Value::String(_) => wrong(
            place,
            "must begin with one / (a file of the page\u{2019}s own origin)",
        ),
        item => object(item, place, template).map(Listed::Here),
    })
}

/// What a file has: a list of templates.
pub fn in_file(path: &str, text: &str) -> Checked<Vec<Template>> {
    let place = path.trim_start_matches('/');
    match serde_json::from_str(text) {
        Ok(value) => list(&value, place, template),
        Err(error) => wrong(place, format!("is not JSON ({error})")),
    }
}

/// That no two have the same id.
pub fn distinct(all: Vec<Template>) -> Checked<Vec<Template>> {
    for (index, it) in all.iter().enumerate() {
        if all.iter().take(index).any(|other| other.id == it.id) {
            return wrong(
                "templates",
                format!("the id \u{201c}{}\u{201d} is used twice", it.id),
            );
        }
    }
    Ok(all)
}

fn entries<T>(
    value: &Value,
    place: &str,
    read: impl Fn(&Value, &str) -> Checked<T>,
) -> Checked<Vec<T>> {
    let Value::Array(all) = value else {
        return wrong(place, "must be a list [ … ]");
    };
    if all.len() > MOST {
        return wrong(place, format!("has more than {MOST} entries"));
    }
    let each = all.iter().enumerate();
    each.map(|(index, item)| read(item, &format!("{place}[{index}]")))
        .collect()
}

fn object<T>(
    item: &Value,
    place: &str,
    read: impl Fn(&Map<String, Value>, &str) -> Checked<T>,
) -> Checked<T> {
    match item {
        Value::Object(item) => read(item, place),
        _ => wrong(place, "must be an object { … }"),
    }
}

fn list<T>(
    value: &Value,
    place: &str,
    read: impl Fn(&Map<String, Value>, &str) -> Checked<T>,
) -> Checked<Vec<T>> {
    entries(value, place, |item, place| object(item, place, &read))
}

fn within<T>(
    item: &Map<String, Value>,
    place: &str,
    key: &str,
    read: impl Fn(&Map<String, Value>, &str) -> Checked<T>,
) -> Checked<Vec<T>> {
    match item.get(key) {
        None => Ok(Vec::new()),
        Some(value) => list(value, &format!("{place}.{key}"), read),
    }
}

fn template(item: &Map<String, Value>, place: &str) -> Checked<Template> {
    only(item, place, &["id", "name", "problems", "goals"])?;
    let goals = within(item, place, "goals", goal)?;
    if goals.is_empty() {
        return wrong(&format!("{place}.goals"), "must have at least one goal");
    }
    Ok(Template {
        id: text_at(item, place, "id")?,
        name: text(item, place, "name")?,
        problems: problems(item, place)?,
        goals,
    })
}

fn problems(item: &Map<String, Value>, place: &str) -> Checked<Vec<String>> {
    let Some(value) = item.get("problems") else {
        return Ok(Vec::new());
    };
    let code = |it: &Value| {
        let digits = it.as_str()?;
        let fits = (6..=18).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        fits.then(|| digits.to_owned())
    };
    let codes = value
        .as_array()
        .and_then(|all| all.iter().map(code).collect());
    match codes {
        Some(codes) => Ok(codes),
        None => wrong(
            &format!("{place}.problems"),
            "must be a list of SNOMED CT codes, each a text of 6 to 18 digits",
        ),
    }
}

fn goal(item: &Map<String, Value>, place: &str) -> Checked<SuggestedGoal> {
    only(item, place, &["goal", "targetInDays", "actions"])?;
    Ok(SuggestedGoal {
        what: text(item, place, "goal")?,
        target_days: number_at(item, place, "targetInDays", (1, 3650))?,
        actions: within(item, place, "actions", action)?,
    })
}

fn action(item: &Map<String, Value>, place: &str) -> Checked<SuggestedAction> {
    only(item, place, &["action", "dueInDays", "priority"])?;
    let priority = optional_text(item, place, "priority")?;
    if priority
        .as_deref()
        .is_some_and(|it| !SuggestedAction::is_priority(it))
    {
        return wrong(
            &format!("{place}.priority"),
            "is not one of routine, urgent, asap, stat",
        );
    }
    Ok(SuggestedAction {
        what: text(item, place, "action")?,
        due_days: number_at(item, place, "dueInDays", (1, 3650))?,
        priority,
    })
}

/// A text that somebody reads on one line or two.
fn text(item: &Map<String, Value>, place: &str, key: &str) -> Checked<String> {
    let text = text_at(item, place, key)?;
    if text.chars().count() > MOST_LETTERS {
        return wrong(
            &format!("{place}.{key}"),
            format!("has more than {MOST_LETTERS} letters"),
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Config;
    use serde_json::json;

    fn delivered() -> Value {
        serde_json::from_str(include_str!("../../public/templates.json")).unwrap()
    }

    fn read(value: &Value) -> Checked<Vec<Template>> {
        in_file("/templates.json", &value.to_string())
    }

    #[test]
    fn the_templates_that_are_delivered_are_right() {
        let config = Config::read(include_str!("../../public/config.json")).unwrap();
        let file = Listed::File("/templates.json".to_owned());
        assert_eq!(listed(&config.templates).unwrap(), [file]);
        let all = distinct(read(&delivered()).unwrap()).unwrap();
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Frailty", "COPD", "End of life"]);
        for it in all {
            let has_actions = it.goals.iter().all(|it| !it.actions.is_empty());
            assert!(has_actions, "{}", it.name);
        }
    }

    #[test]
    fn a_locality_adds_its_own_in_config_json() {
        assert_eq!(listed(&Value::Null).unwrap(), []);
        let own =
            json!(["/templates.json", { "id": "x", "name": "X", "goals": [{ "goal": "Y" }] }]);
        let all = listed(&own).unwrap();
        assert!(matches!(&all[1], Listed::Here(it) if it.name == "X"));
        for (wrong, place) in [
            (json!("x"), "templates"),
            (json!(["https://elsewhere.example/x"]), "templates[0]"),
            (json!(["//elsewhere.example/x"]), "templates[0]"),
            (json!(["/a", 7]), "templates[1]"),
            (json!([{ "id": "x", "name": "X" }]), "templates[0].goals"),
        ] {
            assert_eq!(listed(&wrong).unwrap_err().place, place);
        }
        let twice = read(&delivered()).unwrap();
        assert!(distinct([twice.clone(), twice].concat()).is_err());
    }

    #[test]
    fn a_wrong_template_says_what_is_wrong_and_where() {
        let broken = |path: &str, to: Value| {
            let mut it = delivered();
            *it.pointer_mut(path).unwrap() = to;
            read(&it).unwrap_err().place
        };
        let first = "[0].goals[0].actions[0]";
        for (path, to, place) in [
            ("/1/id", json!(7), "[1].id".to_owned()),
            ("/0/name", json!(" "), "[0].name".to_owned()),
            ("/0/problems", json!(["frail"]), "[0].problems".to_owned()),
            ("/0/problems", json!("248279007"), "[0].problems".to_owned()),
            ("/2/goals", json!([]), "[2].goals".to_owned()),
            ("/2/goals", json!({}), "[2].goals".to_owned()),
            ("/2/goals/0", json!("Peace"), "[2].goals[0]".to_owned()),
            ("/2/goals/0", json!({}), "[2].goals[0].goal".to_owned()),
            (
                "/0/goals/1/targetInDays",
                json!(0),
                "[0].goals[1].targetInDays".to_owned(),
            ),
            (
                "/0/goals/0/actions/0/dueInDays",
                json!(1.5),
                format!("{first}.dueInDays"),
            ),
            (
                "/0/goals/0/actions/0/action",
                json!("x".repeat(1_001)),
                format!("{first}.action"),
            ),
            (
                "/0/goals/0/actions/0/priority",
                json!("soon"),
                format!("{first}.priority"),
            ),
            (
                "/1",
                json!({ "id": "x", "name": "X", "goal": [] }),
                "[1].goal".to_owned(),
            ),
        ] {
            assert_eq!(broken(path, to), format!("templates.json{place}"));
        }
        let page = "<!DOCTYPE html>";
        assert_eq!(
            in_file("/templates.json", page).unwrap_err().place,
            "templates.json"
        );
        let many: Vec<Value> = vec![json!({}); 10_000];
        assert_eq!(read(&many.into()).unwrap_err().place, "templates.json");
    }
}
