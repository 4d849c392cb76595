//! One element of received JSON, with everything needed to say where it is when it cannot be read.
//!
//! Each reader takes what it was asked for or leaves an issue; none panics, none guesses.

use std::cell::RefCell;

use serde_json::Value;

use crate::domain::{Issue, IssueOf, SourceId};

use super::link::Lookup;
use super::path::locate;

/// More issues of a kind than this tell nobody more; refused records are always counted.
const ENOUGH_ISSUES: usize = 200;

/// One reading of an answer: its source, what references can lead to, and what was found wrong.
pub struct Reading<'a> {
    pub source: &'a SourceId,
    pub lookup: Lookup<'a>,
    issues: RefCell<Vec<Issue>>,
    /// Of the refused records, which may be thousands.
    refused: RefCell<Vec<Issue>>,
}

impl<'a> Reading<'a> {
    pub fn new(source: &'a SourceId, resources: &[&'a Value]) -> Self {
        Self {
            source,
            lookup: Lookup::over(resources),
            issues: RefCell::default(),
            refused: RefCell::default(),
        }
    }

    pub fn root(&'a self, resource: &'a Value) -> Element<'a> {
        Element {
            value: resource,
            root: resource,
            reading: self,
        }
    }

    pub fn into_issues(self) -> Vec<Issue> {
        let mut issues = self.issues.into_inner();
        issues.extend(self.refused.into_inner());
        issues
    }

    /// The same element may be read twice (a Medication named by two requests): it is said once.
    fn report(&self, issue: Issue) {
        if issue.of == IssueOf::Record {
            return self.refused.borrow_mut().push(issue);
        }
        let mut issues = self.issues.borrow_mut();
        let alike = issues.iter().filter(|it| it.of == issue.of).count();
        if alike < ENOUGH_ISSUES && !issues.contains(&issue) {
            issues.push(issue);
        }
    }
}

/// A place in a resource.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    value: &'a Value,
    root: &'a Value,
    reading: &'a Reading<'a>,
}

impl<'a> Element<'a> {
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// The resource that it is in (the outer one for a contained resource).
    pub fn root(self) -> Self {
        Self {
            value: self.root,
            ..self
        }
    }

    pub fn reading(self) -> &'a Reading<'a> {
        self.reading
    }

    /// An element of another resource, which speaks for itself when something is wrong with it.
    pub fn visiting(self, root: &'a Value, value: &'a Value) -> Self {
        Self {
            value,
            root,
            ..self
        }
    }

    fn inside(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }

    /// `resourceType` of this very element.
    pub fn kind(self) -> &'a str {
        raw_text(self.value, "resourceType").unwrap_or("")
    }

    /// Says what is wrong with this element.
    pub fn wrong(self, what: &str) {
        self.say(locate(self.root, self.value), what, IssueOf::Element);
    }

    /// Says that another kind of JSON stands here than belongs: what it means is not known. JSON `null` means nothing.
    pub fn unread(self, wanted: &str) {
        let of = if self.value.is_null() {
            IssueOf::Element
        } else {
            IssueOf::Unread
        };
        let what = expected(wanted, self.value);
        self.say(locate(self.root, self.value), &what, of);
    }

    /// Says what is wrong with something in the same resource.
    pub fn saying(self, at: &Value, what: &str) {
        self.say(locate(self.root, at), what, IssueOf::Element);
    }

    /// Says what is wrong with (or missing from) a child.
    pub fn wrong_at(self, name: &str, what: &str) {
        self.say(
            format!("{}.{name}", locate(self.root, self.value)),
            what,
            IssueOf::Element,
        );
    }

    /// Says that the whole record cannot be shown.
    pub fn refuse(self, name: &str, what: &str) {
        let path = locate(self.root, self.value);
        let path = if name.is_empty() {
            path
        } else {
            format!("{path}.{name}")
        };
        self.say(path, what, IssueOf::Record);
    }

    fn say(self, path: String, what: &str, of: IssueOf) {
        let part = |name| raw_text(self.root, name);
        let resource = match (part("resourceType"), part("id")) {
            (Some(kind), Some(id)) => format!("{kind}/{id}"),
            (Some(kind), None) => kind.to_owned(),
            (None, Some(id)) => id.to_owned(),
            (None, None) => String::new(),
        };
        self.reading.report(Issue {
            resource,
            path,
            what: what.to_owned(),
            of,
        });
    }

    /// A child that is there. JSON `null` is not a FHIR value: it is said, then taken as absent.
    pub fn at(self, name: &str) -> Option<Self> {
        let child = self.inside(self.value.get(name)?);
        if child.value.is_null() {
            child.wrong("is null");
            return None;
        }
        Some(child)
    }

    /// A choice of types such as `value[x]`: the type's name (`Quantity`) and the element.
    pub fn choice(self, stem: &str) -> Option<(&'a str, Self)> {
        let mut found = None;
        for (name, value) in self.value.as_object()? {
            let Some(kind) = name.strip_prefix(stem) else {
                continue;
            };
            if !kind.starts_with(|it: char| it.is_ascii_uppercase()) {
                continue;
            }
            let child = self.inside(value);
            if value.is_null() {
                child.wrong("is null");
            } else if found.is_some() {
                child.wrong("is a second value where one is allowed");
            } else {
                found = Some((kind, child));
            }
        }
        found
    }

    pub fn as_object(self) -> Option<Self> {
        if self.value.is_object() {
            Some(self)
        } else {
            self.unread("an object");
            None
        }
    }

    pub fn object(self, name: &str) -> Option<Self> {
        self.at(name)?.as_object()
    }

    /// Every item of a list. One value where a list belongs is taken as a list of one, and said.
    pub fn items(self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        let child = self.at(name);
        let items: &'a [Value] = match child {
            None => &[],
            Some(Self {
                value: Value::Array(items),
                ..
            }) => items,
            Some(other) => {
                other.wrong(&expected("a list", other.value));
                std::slice::from_ref(other.value)
            }
        };
        items.iter().map(move |it| self.inside(it))
    }

    /// Objects of a list; anything else in it is said and left out.
    pub fn list(self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.items(name).filter_map(Self::as_object)
    }
}

/// Reads a text without saying anything: for names and ids that are looked at in passing.
pub fn raw_text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().filter(|it| !it.trim().is_empty())
}

/// What is wrong when one kind of JSON stands where another belongs. Never its content: it may be about a person.
fn expected(what: &str, found: &Value) -> String {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    format!("expected {what}, found {found}")
}
