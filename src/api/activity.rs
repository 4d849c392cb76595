//! What happens in a hospital, for many people at once: everything of the last days, or what was written since.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};

use serde_json::Value;

use super::client::Reach;
use super::lists::one;
use super::questions::Who;
use super::rows::{OPEN, split};
use super::{ApiError, Client, Search, Transport};
use crate::domain::appointment::Moved;
use crate::domain::time::start_of_day;
use crate::domain::{Facts, NhsNumber, PatientId, ResourceRef};
use crate::fhir;

/// Facts of each person, with the source's own patient first among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happened {
    pub people: Vec<Facts>,
    /// There was more than was read.
    pub partial: bool,
    /// Kinds of record of which the source says that it could not give something.
    pub failed: Vec<&'static str>,
}

/// People in one question: more make addresses that servers refuse.
const TOGETHER: usize = 50;
/// Resources read for one search.
const MOST: usize = 5000;
/// The same for what was written since; more is said to be more, and asked for when it is calm again.
const MOST_NEW: usize = 1000;
/// In pages of so many: to read more at once is felt on a slow tablet, and seldom is there more.
const PAGE_NEW: usize = 50;
/// So many are converted at once; then the screen may be drawn.
const STEP: usize = 100;

/// What is asked: what happened since a day, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// In Greater Manchester.
    pub since: NaiveDate,
    pub read: Read,
}

/// How much of what happened. What was deleted is in none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// The newest, one page.
    Newest,
    Everything,
    /// What was written at or after a time of the source (`_lastUpdated`:
    /// <https://hl7.org/fhir/R4/search.html#lastUpdated>).
    WrittenSince(DateTime<Utc>),
}

/// A result may be reported this many days after it was taken.
pub const REPORTED_LATE_DAYS: i64 = 14;

/// Appointments whose earlier versions are read, the latest changed.
const MOST_MOVED: usize = 50;

/// What happened to these people.
pub async fn happened<T: Transport>(
    client: &Client<T>,
    people: &[NhsNumber],
    span: Span,
) -> Result<Happened, ApiError> {
    // The newest first: when there is more than is read, that is what counts.
    let page = |kind| match span.read {
        Read::WrittenSince(at) => {
            let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
            Search::new(kind)
                .with("_lastUpdated", format!("ge{at}"))
                .with("_sort", "-_lastUpdated")
                .count(PAGE_NEW)
        }
        Read::Newest | Read::Everything => Search::new(kind).with("_sort", "-date").count(250),
    };
    let reach = match span.read {
        Read::Newest => Reach::FirstPage,
        Read::Everything => Reach::UpTo(MOST),
        Read::WrittenSince(_) => Reach::UpTo(MOST_NEW),
    };
    let from = |kind, day: NaiveDate| page(kind).with("date", format!("ge{day}"));
    let taken = span.since - TimeDelta::days(REPORTED_LATE_DAYS);
    // The same questions for changes as for everything: what one finds the other would find.
    let mut searches = vec![
        from("Encounter", span.since),
        page("Encounter").with("status", OPEN),
        from("Appointment", span.since),
        from("Observation", taken),
        from("DiagnosticReport", taken),
    ];
    if client.can_ask_what_is_missing() {
        let written = match span.read {
            Read::WrittenSince(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
            Read::Newest | Read::Everything => span.since.to_string(),
        };
        searches.extend(UNDATED.map(|kind| undated(kind, &written)));
    }
    let question = Question {
        searches,
        reach,
        since: start_of_day(span.since).unwrap_or(DateTime::<Utc>::MIN_UTC),
    };
    ask(client, people, &question).await
}

/// Kinds of which some bear no date by which they could be found: a result that says only when it was issued, a stay
/// that is over and does not say when it was.
const UNDATED: [&str; 4] = [
    "Encounter",
    "Appointment",
    "Observation",
    "DiagnosticReport",
];

/// What has no date and was written since. Servers need not know the modifier (HAPI does when it is switched on).
fn undated(kind: &'static str, since: &str) -> Search {
    Search::new(kind)
        .with("date:missing", "true")
        .with("_lastUpdated", format!("ge{since}"))
        .count(100)
        .optional()
}

/// Whether it would be found by its date: a source that tells of such has not looked at what it was asked.
fn bears_date(it: &Value) -> bool {
    const DATES: [&str; 5] = [
        "period",
        "start",
        "effectiveDateTime",
        "effectivePeriod",
        "effectiveInstant",
    ];
    DATES.iter().any(|name| it.get(name).is_some())
}

/// What is asked of people, whoever they are.
struct Question {
    searches: Vec<Search>,
    reach: Reach,
    /// Appointments that were written again since then may have been moved.
    since: DateTime<Utc>,
}

impl Question {
    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.searches.iter().map(Search::kind)
    }
}

async fn ask<T: Transport>(
    client: &Client<T>,
    people: &[NhsNumber],
    question: &Question,
) -> Result<Happened, ApiError> {
    let mut happened = Happened::default();
    for some in people.chunks(TOGETHER) {
        let answer = together(client, some.to_vec(), question).await?;
        happened.people.extend(answer.people);
        happened.partial |= answer.partial;
        happened.failed.extend(answer.failed);
    }
    Ok(happened)
}

/// By NHS number in one round trip; where the source does not understand that, by its own ids, which are looked up.
async fn together<T: Transport>(
    client: &Client<T>,
    people: Vec<NhsNumber>,
    question: &Question,
) -> Result<Happened, ApiError> {
    let who = Who::Numbers(people);
    if client.can_chain() {
        let mut answer = once(client, &who, question).await;
        // What the source can do is read first, and it is asked once more.
        if is_misunderstood(&answer) && client.find_out().await {
            answer = once(client, &who, question).await;
        }
        if !is_misunderstood(&answer) {
            return answer;
        }
    }
    let found = one(client, &who.identity(), Reach::UpTo(MOST)).await?;
    let ids: Vec<PatientId> = found
        .resources
        .iter()
        .filter_map(fhir::patient_id)
        .collect();
    let mut answer = Happened::default();
    if !ids.is_empty() {
        answer = once(client, &Who::Ids(ids), question).await?;
        client.note_chain_refused();
    }
    // Of who is there without an id nothing can be asked.
    let is_nameless =
        |it: &Value| fhir::kind(it) == Some("Patient") && fhir::patient_id(it).is_none();
    if found.is_cut() || found.resources.iter().any(is_nameless) {
        answer.failed.extend(question.kinds());
    }
    Ok(answer)
}

fn is_misunderstood(answer: &Result<Happened, ApiError>) -> bool {
    matches!(answer, Err(ApiError::Refused(_) | ApiError::WrongPerson))
}

/// Who is there at all is asked along: the facts are sorted by the source's own patients. A kind of record that the
/// source does not have is no failure.
async fn once<T: Transport>(
    client: &Client<T>,
    who: &Who,
    question: &Question,
) -> Result<Happened, ApiError> {
    let restricted = question.searches.iter().map(|it| who.restrict(it.clone()));
    let questions: Vec<Search> = std::iter::once(who.identity()).chain(restricted).collect();
    let (mut resources, mut partial, mut failed) = (Vec::new(), false, Vec::new());
    let (mut withheld, mut not_offered, mut kept_back) = (0, 0, None);
    let answers = client.ask(&questions, question.reach).await;
    for (index, (asked, answer)) in questions.iter().zip(answers).enumerate() {
        match answer {
            Ok(found) => {
                if asked.is_optional() && found.resources.iter().any(bears_date) {
                    client.note_missing_refused();
                }
                // Of whom it does not say that they are there, nothing is known.
                if index == 0 && found.is_cut() {
                    failed.extend(question.kinds());
                }
                partial |= found.partial;
                failed.extend((!found.remarks.is_empty()).then(|| asked.kind()));
                resources.extend(found.resources);
            }
            Err(ApiError::NotOffered) if index > 0 => not_offered += 1,
            Err(ApiError::Refused(_)) if asked.is_optional() => {
                client.note_missing_refused();
            }
            // What is kept back of one kind keeps nothing of the others back.
            Err(error @ (ApiError::Withheld | ApiError::Failed(_))) if index > 0 => {
                kept_back = Some(error);
                withheld += 1;
                failed.push(asked.kind());
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(error) = kept_back
        && withheld + not_offered + 1 == questions.len()
    {
        return Err(error);
    }
    client.breathe().await;
    let (groups, nobodys) = split(who, resources)?;
    let is_one = |it: &Value, kind: &str| fhir::kind(it) == Some(kind);
    // What a patient without an id is said to have, nobody finds.
    let is_nobodys = |kind: &&str| {
        nobodys
            .iter()
            .any(|it| is_one(it, kind) || is_one(it, "Patient"))
    };
    failed.extend(question.kinds().filter(is_nobodys));
    client.breathe().await;
    let moves = moves(client, &groups, question.since).await;
    let people = read(client, &groups, &moves).await;
    Ok(Happened {
        people,
        partial,
        failed,
    })
}

/// The facts of each, in steps between which the screen may be drawn.
async fn read<T: Transport>(
    client: &Client<T>,
    groups: &[Vec<Value>],
    moves: &HashMap<ResourceRef, Vec<Moved>>,
) -> Vec<Facts> {
    let source = &client.source().id;
    let (mut people, mut read) = (Vec::new(), 0);
    for group in groups {
        let mut facts = fhir::convert::activity_facts(source, group);
        for it in &mut facts.appointments {
            it.moves = moves.get(&it.origin.resource).cloned().unwrap_or_default();
        }
        people.push(facts);
        read += group.len();
        if read >= STEP {
            read = 0;
            client.breathe().await;
        }
    }
    people
}

/// How appointments were moved: only their earlier versions tell. A source that does not give them is taken at its word
/// of now.
async fn moves<T: Transport>(
    client: &Client<T>,
    groups: &[Vec<Value>],
    since: DateTime<Utc>,
) -> HashMap<ResourceRef, Vec<Moved>> {
    let resources = groups.iter().flatten();
    let mut changed: Vec<ResourceRef> = resources
        .filter_map(|it| fhir::changed_appointment(it, since))
        .collect();
    // Those of a group are among each of them.
    let mut seen = HashSet::new();
    changed.retain(|it| seen.insert(it.clone()));
    changed.truncate(MOST_MOVED);
    if changed.is_empty() {
        return HashMap::new();
    }
    let versions = client.versions(&changed).await;
    let told = changed.into_iter().zip(versions);
    told.filter_map(|(of, versions)| {
        let moves = fhir::moves(&of, &versions.ok()?);
        Some((of, moves))
    })
    .collect()
}
