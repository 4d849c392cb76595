//! What happens in a hospital, for many people at once: everything of the last days, or what was written since.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};

use super::client::Reach;
use super::lists::one;
use super::questions::Who;
use super::rows::{OPEN, split};
use super::{ApiError, Client, Search, Transport};
use crate::domain::{Facts, NhsNumber, PatientId};
use crate::fhir;

/// Facts of each person, with the source's own patient first among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happened {
    pub people: Vec<Facts>,
    /// There was more than was read.
    pub partial: bool,
}

/// People in one question: more make addresses that servers refuse.
const TOGETHER: usize = 50;
/// Resources read for one search.
const MOST: usize = 5000;
/// The same for what was written since; more is said to be more, and asked for when it is calm again.
const MOST_NEW: usize = 1000;
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
const REPORTED_LATE_DAYS: i64 = 14;

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
                .count(100)
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
    let searches = [
        from("Encounter", span.since),
        page("Encounter").with("status", OPEN),
        from("Appointment", span.since),
        from("Observation", taken),
    ];
    ask(client, people, &searches, reach).await
}

async fn ask<T: Transport>(
    client: &Client<T>,
    people: &[NhsNumber],
    searches: &[Search],
    reach: Reach,
) -> Result<Happened, ApiError> {
    let mut happened = Happened::default();
    for some in people.chunks(TOGETHER) {
        let answer = together(client, some.to_vec(), searches, reach).await?;
        happened.people.extend(answer.people);
        happened.partial |= answer.partial;
    }
    Ok(happened)
}

/// By NHS number in one round trip; where the source does not understand that, by its own ids, which are looked up.
async fn together<T: Transport>(
    client: &Client<T>,
    people: Vec<NhsNumber>,
    searches: &[Search],
    reach: Reach,
) -> Result<Happened, ApiError> {
    let who = Who::Numbers(people);
    if client.can_chain() {
        let mut answer = once(client, &who, searches, reach).await;
        // What the source can do is read first, and it is asked once more.
        if is_misunderstood(&answer) && client.find_out().await {
            answer = once(client, &who, searches, reach).await;
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
    if ids.is_empty() {
        return Ok(Happened::default());
    }
    let answer = once(client, &Who::Ids(ids), searches, reach).await?;
    client.note_chain_refused();
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
    searches: &[Search],
    reach: Reach,
) -> Result<Happened, ApiError> {
    let restricted = searches.iter().map(|it| who.restrict(it.clone()));
    let questions: Vec<Search> = std::iter::once(who.identity()).chain(restricted).collect();
    let (mut resources, mut partial) = (Vec::new(), false);
    let answers = client.ask(&questions, reach).await;
    for (index, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(found) => {
                partial |= found.partial;
                resources.extend(found.resources);
            }
            Err(ApiError::NotOffered) if index > 0 => {}
            Err(error) => return Err(error),
        }
    }
    let source = &client.source().id;
    let groups = split(who, resources)?;
    let (mut people, mut read) = (Vec::new(), 0);
    for group in &groups {
        people.push(fhir::convert::activity_facts(source, group));
        read += group.len();
        if read >= STEP {
            read = 0;
            client.breathe().await;
        }
    }
    Ok(Happened { people, partial })
}
