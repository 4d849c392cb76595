//! One resource at a time: for what a server answers to a read or a write.

use serde_json::Value;

use crate::domain::plan::{Goal, Plan, Task};
use crate::domain::{Facts, Issue, IssueOf, Patient, SourceId};

use super::facts;

/// A value, and what could not be read in its record.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted<T> {
    pub value: T,
    pub issues: Vec<Issue>,
}

/// `Patient`. Refused when it has no identity, or is another kind of resource.
pub fn patient(source: &SourceId, resource: &Value) -> Result<Converted<Patient>, Issue> {
    single(source, resource, "Patient", |it| it.patients)
}

/// `CarePlan`.
pub fn plan(source: &SourceId, resource: &Value) -> Result<Converted<Plan>, Issue> {
    single(source, resource, "CarePlan", |it| it.plans)
}

/// `Goal`.
pub fn goal(source: &SourceId, resource: &Value) -> Result<Converted<Goal>, Issue> {
    single(source, resource, "Goal", |it| it.goals)
}

/// `Task`.
pub fn task(source: &SourceId, resource: &Value) -> Result<Converted<Task>, Issue> {
    single(source, resource, "Task", |it| it.tasks)
}

fn single<T>(
    source: &SourceId,
    resource: &Value,
    kind: &str,
    pick: fn(Facts) -> Vec<T>,
) -> Result<Converted<T>, Issue> {
    let mut facts = facts(source, [resource]);
    let issues = std::mem::take(&mut facts.issues);
    match pick(facts).into_iter().next() {
        Some(value) => Ok(Converted { value, issues }),
        None => Err(issues
            .into_iter()
            .find(|it| it.of == IssueOf::Record)
            .unwrap_or_else(|| Issue {
                resource: String::new(),
                path: kind.to_owned(),
                what: "is another kind of resource".to_owned(),
                of: IssueOf::Record,
            })),
    }
}
