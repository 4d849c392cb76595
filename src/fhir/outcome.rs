//! What a server says went wrong: <https://hl7.org/fhir/R4/operationoutcome.html>.

use serde_json::Value;

use super::element::raw_text;

/// `OperationOutcome.issue.severity`, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Information,
    Warning,
    Error,
    Fatal,
}

/// One `OperationOutcome.issue`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeIssue {
    pub severity: Severity,
    /// `IssueType`, e.g. `not-found`, `conflict`, `throttled`; as received.
    pub code: String,
    /// For people: `details.text` or a display.
    pub details: Option<String>,
    /// For programmers.
    pub diagnostics: Option<String>,
    /// Where, as FHIR paths.
    pub expression: Vec<String>,
}

impl OutcomeIssue {
    /// What it says: details for people, else diagnostics, else the bare code.
    pub fn words(&self) -> String {
        let said = self.details.as_ref().or(self.diagnostics.as_ref());
        said.unwrap_or(&self.code).clone()
    }
}

/// A view on an `OperationOutcome`.
#[derive(Clone, Copy, Debug)]
pub struct OperationOutcome<'a>(&'a Value);

impl<'a> OperationOutcome<'a> {
    /// `None` when it is another kind of resource.
    pub fn of(value: &'a Value) -> Option<Self> {
        (raw_text(value, "resourceType") == Some("OperationOutcome")).then_some(Self(value))
    }

    pub fn issues(self) -> impl Iterator<Item = OutcomeIssue> + use<'a> {
        let issues = self.0.get("issue").and_then(Value::as_array);
        issues
            .into_iter()
            .flatten()
            .filter(|it| it.is_object())
            .map(issue)
    }

    /// The first of the worst severity.
    pub fn worst(self) -> Option<OutcomeIssue> {
        self.issues().reduce(|worst, it| {
            if it.severity > worst.severity {
                it
            } else {
                worst
            }
        })
    }

    /// Whether the call failed: an error or worse.
    pub fn is_failure(self) -> bool {
        self.issues().any(|it| it.severity >= Severity::Error)
    }
}

fn issue(wire: &Value) -> OutcomeIssue {
    let text = |name| raw_text(wire, name).map(str::to_owned);
    let details = wire.get("details").and_then(|it| {
        let display = || {
            let codings = it.get("coding")?.as_array()?;
            codings.iter().find_map(|it| raw_text(it, "display"))
        };
        raw_text(it, "text").or_else(display)
    });
    let expression = wire.get("expression").or_else(|| wire.get("location"));
    OutcomeIssue {
        severity: match raw_text(wire, "severity") {
            Some("information") => Severity::Information,
            Some("warning") => Severity::Warning,
            Some("fatal") => Severity::Fatal,
            // An issue whose severity cannot be read is taken as an error: nothing is played down.
            _ => Severity::Error,
        },
        code: text("code").unwrap_or_default(),
        details: details.map(str::to_owned),
        diagnostics: text("diagnostics"),
        expression: expression
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
    }
}
