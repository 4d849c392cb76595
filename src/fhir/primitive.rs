//! Primitive values of an element: <https://hl7.org/fhir/R4/datatypes.html#primitive>.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::{Coded, Decimal, When};

use super::element::Element;

impl<'a> Element<'a> {
    pub fn as_text(self) -> Option<&'a str> {
        match self.value() {
            Value::String(text) if text.trim().is_empty() => {
                self.wrong("is empty");
                None
            }
            Value::String(text) => Some(text),
            _ => {
                self.unread("text");
                None
            }
        }
    }

    pub fn as_flag(self) -> Option<bool> {
        let flag = self.value().as_bool();
        if flag.is_none() {
            self.unread("true or false");
        }
        flag
    }

    /// The number's own text: no float in between.
    pub fn as_number(self) -> Option<Decimal> {
        let number = match self.value() {
            Value::Number(number) => Decimal::parse(&number.to_string()),
            _ => None,
        };
        if number.is_none() {
            self.unread("a number");
        }
        number
    }

    /// Kept as text when it is not a date (and said so).
    pub fn as_when(self) -> Option<When> {
        let when = When::parse(self.as_text()?);
        if matches!(when, When::Text(_)) {
            self.wrong("is not a date");
        }
        Some(when)
    }

    pub fn text(self, name: &str) -> Option<&'a str> {
        self.at(name)?.as_text()
    }

    pub fn string(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    pub fn flag(self, name: &str) -> Option<bool> {
        self.at(name)?.as_flag()
    }

    pub fn number(self, name: &str) -> Option<Decimal> {
        self.at(name)?.as_number()
    }

    pub fn when(self, name: &str) -> Option<When> {
        self.at(name)?.as_when()
    }

    pub fn instant(self, name: &str) -> Option<DateTime<Utc>> {
        match self.when(name)? {
            When::At(at) => Some(at),
            _ => None,
        }
    }

    pub fn count(self, name: &str) -> Option<u64> {
        let child = self.at(name)?;
        let count = child.value().as_u64();
        if count.is_none() {
            child.unread("a whole number");
        }
        count
    }

    /// Texts of a list. A null beside an extension (`_given`) is how FHIR writes "absent here".
    pub fn texts(self, name: &str) -> Vec<String> {
        let beside = self
            .value()
            .get(format!("_{name}"))
            .is_some_and(Value::is_array);
        self.items(name)
            .filter(|it| !(beside && it.value().is_null()))
            .filter_map(|it| it.as_text().map(str::to_owned))
            .collect()
    }

    /// A code from a required list. One that is not known is kept.
    pub fn coded<T>(self, name: &str, known: fn(&str) -> Option<T>) -> Option<Coded<T>> {
        let code = self.text(name)?;
        Some(known(code).map_or_else(|| Coded::Unknown(code.to_owned()), Coded::Known))
    }
}
