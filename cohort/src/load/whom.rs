//! Whom one can be in a record that chooses ids itself: the demo's people are found there by their names.

use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::{
    Target,
    client::{Client, Method},
    references::address,
};
use crate::demo::DemoUser;

/// The `PractitionerRole` ids of these people, in their order. Who is not in there, or cannot be asked for, is left out.
pub fn roles_of(target: &Target, users: &[DemoUser]) -> Vec<String> {
    let never = AtomicBool::new(false);
    let client = Client::new(target, &never);
    let found = |path: &str| -> Vec<Value> {
        let answer = client.call(Method::Get, path, &[], None);
        let body = answer.map(|it| it.body).unwrap_or_default();
        resources(&body)
    };
    let role = |user: &DemoUser| {
        let family = user.name.split(' ').next_back()?;
        let people = found(&format!("Practitioner?family={family}&_count=100"));
        let person = people.iter().find(|it| is_called(it, &user.name))?;
        let person = address(person);
        let roles = found(&format!("PractitionerRole?practitioner={person}"));
        let own = |it: &&Value| {
            it.pointer("/practitioner/reference")
                .and_then(Value::as_str)
                == Some(person.as_str())
        };
        let id = roles.iter().find(own)?.get("id")?;
        id.as_str().map(str::to_owned)
    };
    users.iter().filter_map(role).collect()
}

fn resources(searchset: &Value) -> Vec<Value> {
    let entries = searchset.get("entry").and_then(Value::as_array);
    let resource = |entry: &Value| entry.get("resource").cloned();
    entries.into_iter().flatten().filter_map(resource).collect()
}

/// `name` may begin with a title.
fn is_called(person: &Value, name: &str) -> bool {
    let part = |path: &str| person.pointer(path).and_then(Value::as_str);
    let (Some(given), Some(family)) = (part("/name/0/given/0"), part("/name/0/family")) else {
        return false;
    };
    let plain = format!("{given} {family}");
    name == plain || name.ends_with(&format!(" {plain}"))
}
