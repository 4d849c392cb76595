//! What changes the meaning of a record in a way that is not understood here
//! (<https://hl7.org/fhir/R4/extensibility.html#modifierExtension>): it is shown, and said.

use serde_json::Value;

use super::super::element::Element;

pub fn check(it: Element<'_>) {
    if it.text("implicitRules").is_some() {
        it.wrong_at("implicitRules", "follows rules that are not understood");
    }
    look(it, it.value());
}

fn look(it: Element<'_>, at: &Value) {
    match at {
        Value::Object(members) => {
            for (name, value) in members {
                if name == "modifierExtension" {
                    it.saying(value, "has a modifier that is not understood");
                } else {
                    look(it, value);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|value| look(it, value)),
        _ => {}
    }
}
