//! A page of answers: <https://hl7.org/fhir/R4/bundle.html>.
//!
//! Tolerant: null entries, entries without a resource and outcomes among the matches are all told apart, never an
//! error of the page as a whole.

use serde_json::Value;

use super::element::raw_text;
use super::outcome::OperationOutcome;

/// Why an entry is in a searchset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Match,
    Include,
    Outcome,
}

/// A view on a `Bundle`.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a>(&'a Value);

impl<'a> Bundle<'a> {
    /// `None` when it is another kind of resource.
    pub fn of(value: &'a Value) -> Option<Self> {
        (raw_text(value, "resourceType") == Some("Bundle")).then_some(Self(value))
    }

    /// `searchset`, `batch-response`, `transaction-response`, `history` …
    pub fn kind(self) -> Option<&'a str> {
        raw_text(self.0, "type")
    }

    /// How many match, where the server counts. Never trusted for paging.
    pub fn total(self) -> Option<u64> {
        self.0.get("total")?.as_u64()
    }

    /// The URL of the next page.
    pub fn next(self) -> Option<&'a str> {
        self.link("next")
    }

    pub fn link(self, relation: &str) -> Option<&'a str> {
        let links = self.0.get("link")?.as_array()?;
        links
            .iter()
            .find(|it| raw_text(it, "relation") == Some(relation))
            .and_then(|it| raw_text(it, "url"))
    }

    /// Entries in order, null ones included (as entries without anything), so that the answers of a batch stay
    /// beside its requests.
    pub fn entries(self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let entries = self.0.get("entry").and_then(Value::as_array);
        entries.into_iter().flatten().map(Entry)
    }

    /// Matches and includes: every resource but outcomes.
    pub fn resources(self) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.entries()
            .filter_map(Entry::resource)
            .filter(|it| OperationOutcome::of(it).is_none())
    }

    /// What the server says about the search itself, among its matches.
    pub fn outcomes(self) -> impl Iterator<Item = OperationOutcome<'a>> + use<'a> {
        self.entries().filter_map(Entry::outcome)
    }
}

/// A view on a `Bundle.entry`.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a>(&'a Value);

impl<'a> Entry<'a> {
    pub fn full_url(self) -> Option<&'a str> {
        raw_text(self.0, "fullUrl")
    }

    /// `None` when it has none, or something that is not a resource.
    pub fn resource(self) -> Option<&'a Value> {
        let resource = self.0.get("resource")?;
        raw_text(resource, "resourceType").map(|_| resource)
    }

    /// An entry without a mode is a match.
    pub fn mode(self) -> Mode {
        let mode = self.0.get("search").and_then(|it| raw_text(it, "mode"));
        match mode {
            Some("include") => Mode::Include,
            Some("outcome") => Mode::Outcome,
            _ => Mode::Match,
        }
    }

    /// The HTTP status in front of `response.status`, e.g. 412 of `412 Precondition Failed`.
    pub fn status(self) -> Option<u16> {
        let status = self.response("status")?;
        status.split_whitespace().next()?.parse().ok()
    }

    pub fn etag(self) -> Option<&'a str> {
        self.response("etag")
    }

    pub fn location(self) -> Option<&'a str> {
        self.response("location")
    }

    /// `response.outcome`, or a resource that is an outcome.
    pub fn outcome(self) -> Option<OperationOutcome<'a>> {
        let response = self.0.get("response").and_then(|it| it.get("outcome"));
        response
            .and_then(OperationOutcome::of)
            .or_else(|| self.resource().and_then(OperationOutcome::of))
    }

    fn response(self, name: &str) -> Option<&'a str> {
        raw_text(self.0.get("response")?, name)
    }
}
