//! One person's facts from one source: asked in one batch, believed only when they are about that person.

use std::collections::HashSet;

use serde_json::Value;

use super::client::Reach;
use super::questions::{Who, about};
use super::{ApiError, Client, Found, Search, Transport, directory};
use crate::domain::facts::{Unasked, Withheld};
use crate::domain::{Facts, Issue, IssueOf, NhsNumber, ResourceRef, SourceId, Topic};
use crate::fhir;

/// What a source said on one topic.
pub type TopicAnswer = (Topic, Result<Facts, ApiError>);

/// Asks one source for topics about one person. Every topic gets its own answer. A person whom the source does not
/// know has no facts there, which is an answer and not an error.
pub async fn person<T: Transport>(
    client: &Client<T>,
    who: &Who,
    topics: &[Topic],
    limit: usize,
) -> Vec<TopicAnswer> {
    let chained = matches!(who, Who::Numbers(_));
    if chained && !client.can_chain() {
        return by_ids(client, who, topics, limit).await;
    }
    if !chained {
        return informed(client, who, topics, limit).await;
    }
    let round = ask(client, who, topics, limit).await;
    if round.iter().any(misunderstood) {
        // The source ignored or refused the chain: from now on ids are looked up first.
        client.note_chain_refused();
        return by_ids(client, who, topics, limit).await;
    }
    round
}

const THROWN_AWAY: &str = "a part of the answer was about other people and was thrown away";

fn threw_away(answer: &TopicAnswer) -> bool {
    let issues = answer.1.as_ref().map(|it| it.issues.as_slice());
    issues.is_ok_and(|all| all.iter().any(|it| it.what == THROWN_AWAY))
}

fn misunderstood(answer: &TopicAnswer) -> bool {
    matches!(answer.1, Err(ApiError::Refused(_) | ApiError::WrongPerson))
}

/// Asks; where something was misunderstood, reads first what the source can do and asks once more.
async fn informed<T: Transport>(
    client: &Client<T>,
    who: &Who,
    topics: &[Topic],
    limit: usize,
) -> Vec<TopicAnswer> {
    let round = ask(client, who, topics, limit).await;
    let again = |it: &TopicAnswer| misunderstood(it) || threw_away(it);
    if round.iter().any(again) && client.find_out().await {
        return ask(client, who, topics, limit).await;
    }
    round
}

/// For a source that does not chain: the ids by NHS number, then the facts by id.
async fn by_ids<T: Transport>(
    client: &Client<T>,
    who: &Who,
    topics: &[Topic],
    limit: usize,
) -> Vec<TopicAnswer> {
    let found = client
        .ask(&[who.identity()], Reach::FirstPage)
        .await
        .pop()
        .unwrap_or(Err(ApiError::NotOffered));
    let ids = match found {
        // Somebody else for an answer does not mean that the source knows nothing of this person.
        Ok(found) => all_matching(&found.resources, who).and_then(|people| {
            let ids = people.iter().filter_map(|it| fhir::patient_id(it));
            let ids: Vec<_> = ids.collect();
            // Who is there without an id, or perhaps among what was not given, is not unknown to the source.
            let is_unread = ids.len() < people.len() || ids.is_empty() && found.is_cut();
            if is_unread { Err(unread()) } else { Ok(ids) }
        }),
        Err(error) => Err(error),
    };
    let ids = match ids {
        Ok(ids) => ids,
        Err(error) => return topics.iter().map(|it| (*it, Err(error.clone()))).collect(),
    };
    if ids.is_empty() {
        return topics
            .iter()
            .map(|it| (*it, Ok(Facts::default())))
            .collect();
    }
    informed(client, &Who::Ids(ids), topics, limit).await
}

async fn ask<T: Transport>(
    client: &Client<T>,
    who: &Who,
    topics: &[Topic],
    limit: usize,
) -> Vec<TopicAnswer> {
    // Identity is always asked along: without it nothing can be checked.
    let identity = std::iter::once(Topic::Identity);
    let wanted: Vec<Topic> = identity
        .chain(topics.iter().copied().filter(|it| *it != Topic::Identity))
        .collect();
    let plan: Vec<(Topic, Vec<_>)> = wanted
        .iter()
        .map(|topic| (*topic, about(*topic, who)))
        .collect();
    let searches: Vec<_> = plan
        .iter()
        .flat_map(|(_, searches)| searches.iter().cloned())
        .collect();
    let mut found = client.ask(&searches, Reach::UpTo(limit)).await.into_iter();

    let mut answers = Vec::with_capacity(wanted.len());
    let mut withheld: Vec<Withheld> = Vec::new();
    let mut subjects: Result<HashSet<ResourceRef>, ApiError> = Err(ApiError::NotOffered);
    for (topic, searches) in &plan {
        let parts: Vec<_> = searches
            .iter()
            .filter_map(|it| Some((it, found.next()?)))
            .collect();
        if *topic == Topic::Identity {
            subjects = known_subjects(&parts, who);
        }
        let answer = match &subjects {
            Ok(subjects) => checked(client, *topic, parts, subjects).await,
            Err(error) => Err(error.clone()),
        };
        if *topic == Topic::Identity
            && let Ok(facts) = &answer
        {
            withheld.clone_from(&facts.withheld);
        }
        if topics.contains(topic) {
            answers.push((*topic, answer));
        }
    }
    tell_withheld(&mut answers, &withheld);
    answers
}

/// What a source keeps back is listed apart from the facts: each topic that it is about must know of it.
fn tell_withheld(answers: &mut [TopicAnswer], withheld: &[Withheld]) {
    for (topic, answer) in answers
        .iter_mut()
        .filter(|(topic, _)| *topic != Topic::Identity)
    {
        if let Ok(facts) = answer {
            let about = withheld.iter().filter(|it| it.topic() == Some(*topic));
            facts.withheld.extend(about.cloned());
        }
    }
}

type Part<'a> = (&'a Search, Result<Found, ApiError>);

/// The ids under which the source knows this person.
fn known_subjects(parts: &[Part<'_>], who: &Who) -> Result<HashSet<ResourceRef>, ApiError> {
    let Some((_, first)) = parts.first() else {
        return Err(ApiError::NotOffered);
    };
    let found = first.as_ref().map_err(Clone::clone)?;
    let people = all_matching(&found.resources, who)?;
    if people.is_empty() && matches!(who, Who::Id(_)) {
        return Err(ApiError::Absent("Patient".to_owned()));
    }
    let known: HashSet<ResourceRef> = people
        .iter()
        .filter_map(|it| fhir::reference_to(it))
        .collect();
    if known.is_empty() && !people.is_empty() {
        return Err(unread());
    }
    Ok(known)
}

fn unread() -> ApiError {
    ApiError::Unreadable("the person has no id that can be read".to_owned())
}

/// The patients in an answer, when all of them are the ones asked for.
fn all_matching<'a>(resources: &'a [Value], who: &Who) -> Result<Vec<&'a Value>, ApiError> {
    let given = resources
        .iter()
        .filter(|it| fhir::kind(it) == Some("Patient"));
    let people = matching(resources, who);
    if people.len() < given.count() {
        return Err(ApiError::WrongPerson);
    }
    Ok(people)
}

/// The patients in an answer that are the ones asked for.
fn matching<'a>(resources: &'a [Value], who: &Who) -> Vec<&'a Value> {
    let is_asked = |patient: &Value| match who {
        Who::Id(id) => fhir::patient_id(patient).as_ref() == Some(id),
        Who::Ids(ids) => fhir::patient_id(patient).is_some_and(|id| ids.contains(&id)),
        Who::Numbers(numbers) => has_number(patient, numbers),
    };
    resources
        .iter()
        .filter(|it| fhir::kind(it) == Some("Patient") && is_asked(it))
        .collect()
}

fn has_number(patient: &Value, numbers: &[NhsNumber]) -> bool {
    fhir::nhs_numbers(patient)
        .iter()
        .any(|it| numbers.contains(it))
}

/// Joins the parts of a topic; refuses the whole topic when a resource is about somebody else.
async fn checked<T: Transport>(
    client: &Client<T>,
    topic: Topic,
    parts: Vec<Part<'_>>,
    subjects: &HashSet<ResourceRef>,
) -> Result<Facts, ApiError> {
    let mut resources = Vec::new();
    let mut issues = Vec::new();
    let mut unasked = Vec::new();
    let required = parts.iter().filter(|(it, _)| !it.is_optional()).count();
    let mut not_offered = 0;
    let mut unsigned = false;
    for (search, part) in parts {
        let optional = search.is_optional();
        let unknown = || Unasked {
            source: client.source().id.clone(),
            kind: search.kind(),
        };
        match part {
            Ok(found) => {
                note(&found, &client.source().id, topic, &mut issues);
                unsigned |= search.kind() == "CarePlan"
                    && (found.is_plain || !client.gives_signatures(search));
                match only_about(subjects, found.resources, &mut issues) {
                    Ok(kept) => resources.extend(kept),
                    // A source that does not know the parameter gives everybody's: that part is thrown away, and
                    // what else it said of this person stays.
                    Err(_) if optional => {
                        unasked.push(unknown());
                        issues.push(Issue {
                            resource: client.source().id.as_str().to_owned(),
                            path: topic.code().to_owned(),
                            what: THROWN_AWAY.to_owned(),
                            of: IssueOf::Element,
                        });
                    }
                    Err(error) => return Err(error),
                }
            }
            // One of two kinds of medicine resource may well be missing; both missing is another matter.
            Err(ApiError::NotOffered) => {
                unasked.push(unknown());
                not_offered += usize::from(!optional);
            }
            Err(error) => return Err(error),
        }
    }
    if required > 0 && not_offered == required {
        return Err(ApiError::NotOffered);
    }
    let resources = match topic {
        Topic::Team => directory::complete(client, resources).await,
        _ if unsigned => directory::signed(client, resources).await,
        _ => resources,
    };
    let mut facts = fhir::convert::facts(&client.source().id, &resources);
    facts.issues.extend(issues);
    facts.unasked = unasked;
    Ok(facts)
}

/// Keeps what is about the subjects, and what is about nobody by its nature (organisations, locations).
fn only_about(
    subjects: &HashSet<ResourceRef>,
    resources: Vec<Value>,
    issues: &mut Vec<Issue>,
) -> Result<Vec<Value>, ApiError> {
    let mut kept = Vec::with_capacity(resources.len());
    for resource in resources {
        // A team of professionals that came along with the person's own: its name stands there already.
        if fhir::kind(&resource) == Some("CareTeam") && resource.get("subject").is_none() {
            continue;
        }
        if fhir::is_about_nobody(&resource) {
            kept.push(resource);
            continue;
        }
        match fhir::subjects(&resource).as_slice() {
            [] => issues.push(Issue {
                resource: fhir::reference_to(&resource)
                    .map(|it| it.to_string())
                    .unwrap_or_default(),
                path: "subject".to_owned(),
                what: "does not say whom it is about".to_owned(),
                of: IssueOf::Record,
            }),
            about if about.iter().any(|it| subjects.contains(it)) => kept.push(resource),
            _ => return Err(ApiError::WrongPerson),
        }
    }
    Ok(kept)
}

fn note(found: &Found, source: &SourceId, topic: Topic, issues: &mut Vec<Issue>) {
    let mut say = |of: IssueOf, what: String| {
        issues.push(Issue {
            resource: source.as_str().to_owned(),
            path: topic.code().to_owned(),
            what,
            of,
        });
    };
    if found.partial {
        let read = found.resources.len();
        say(
            IssueOf::Rest,
            format!("only {read} were read; there are more at the source"),
        );
    }
    for remark in &found.remarks {
        say(IssueOf::Remark, format!("the source remarks: {remark}"));
    }
}
