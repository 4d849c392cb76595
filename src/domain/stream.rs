//! What happens in hospitals, of many people, as one stream: every stay, visit, appointment and result told once, under
//! a key that stays the same when it is corrected.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::activity::Encounter;
use super::appointment::Appointment;
use super::change::{self, Change, Happening};
use super::result::{Finding, Judgement, Report, ResultValue};
use super::{Concept, Facts, Origin, PatientId, ResourceRef, SourceId, When};

/// Which event it is, whatever is said of it now.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventKey {
    pub source: SourceId,
    pub resource: ResourceRef,
    pub step: Step,
    /// Of several of a kind (moves from ward to ward), which.
    pub nth: usize,
}

/// Which step of a stay or an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Began,
    Moved,
    Ended,
    Booked,
    Rescheduled,
    Cancelled,
    Missed,
    Reported,
}

/// One event of one person.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Event {
    pub key: EventKey,
    pub person: PatientId,
    pub change: Change,
    /// Further results that the same source reported at the same moment: one report is one event.
    pub more: Vec<Change>,
}

/// What an event is about, for filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum About {
    #[default]
    Everything,
    /// What nobody had planned: see [`Change::is_unplanned`].
    Unplanned,
    /// Admissions, moves, discharges and attendances.
    Stays,
    Appointments,
    Results,
}

impl Event {
    /// Whether results of this event say something that they did not say before: one more, another value, another
    /// conclusion.
    pub fn tells_more(&self, before: &Self) -> bool {
        let known: Vec<_> = before.results().collect();
        self.results().any(|it| !known.contains(&it))
    }

    fn results(&self) -> impl Iterator<Item = Said<'_>> {
        let all = std::iter::once(&self.change).chain(&self.more);
        all.filter_map(|it| result(&it.what))
    }

    pub fn is_about(&self, about: About) -> bool {
        match about {
            About::Everything => true,
            About::Unplanned => self.change.is_unplanned(),
            About::Stays => matches!(self.key.step, Step::Began | Step::Moved | Step::Ended),
            About::Appointments => {
                use Step as S;
                matches!(
                    self.key.step,
                    S::Booked | S::Rescheduled | S::Cancelled | S::Missed
                )
            }
            About::Results => self.key.step == Step::Reported,
        }
    }
}

/// What a result says, whatever else is said of it.
#[derive(PartialEq)]
enum Said<'a> {
    Value(&'a ResourceRef, &'a ResultValue, Option<Judgement>),
    Conclusion(&'a ResourceRef, Option<&'a str>, &'a [Concept]),
}

fn result(what: &Happening) -> Option<Said<'_>> {
    match what {
        Happening::Abnormal(it) => Some(Said::Value(&it.origin.resource, &it.value, it.judged())),
        Happening::Reported(it) => Some(Said::Conclusion(
            &it.origin.resource,
            it.conclusion.as_deref(),
            &it.conclusions,
        )),
        _ => None,
    }
}

fn step(what: &Happening) -> Option<Step> {
    use Happening as H;
    Some(match what {
        H::ArrivedInEd(_) | H::Admitted(_) | H::Attended(_) => Step::Began,
        H::MovedWard { .. } => Step::Moved,
        H::LeftEd(_) | H::Discharged(_) | H::Died(_) => Step::Ended,
        H::Booked(_) => Step::Booked,
        H::Rescheduled { .. } => Step::Rescheduled,
        H::Cancelled(_) => Step::Cancelled,
        H::DidNotAttend(..) => Step::Missed,
        H::Abnormal(_) | H::Reported(_) => Step::Reported,
        H::NormalResults(_)
        | H::Medicine { .. }
        | H::PlanReviewed { .. }
        | H::PlanWritten(_)
        | H::NewAlert(_)
        | H::NewDocument(_) => return None,
    })
}

/// Everything that has happened to somebody in hospitals between `since` and `now`, in [`order`].
pub fn events(
    person: &PatientId,
    facts: &Facts,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Event> {
    let mut found: Vec<Event> = Vec::new();
    let mut steps: HashMap<EventKey, usize> = HashMap::new();
    let mut reports: BTreeMap<Moment, Vec<Change>> = BTreeMap::new();
    let mut moments: HashMap<ResourceKey, DateTime<Utc>> = HashMap::new();
    for change in change::all(facts, now) {
        let Some(step) = step(&change.what) else {
            continue;
        };
        if step == Step::Reported {
            let source = change.origin.source.clone();
            // A report stands with its findings, which come before it.
            let at = if let Happening::Reported(it) = &change.what {
                let own = |it: &ResourceRef| moments.get(&(source.clone(), it.clone()));
                it.results.iter().find_map(own).copied()
            } else {
                let own = (source.clone(), change.origin.resource.clone());
                moments.insert(own, change.at);
                None
            };
            let moment = (source, at.unwrap_or(change.at));
            reports.entry(moment).or_default().push(change);
            continue;
        }
        let mut key = EventKey {
            source: change.origin.source.clone(),
            resource: change.origin.resource.clone(),
            step,
            nth: 0,
        };
        // Of the others there is one of each resource.
        if matches!(step, Step::Moved | Step::Rescheduled) {
            let same = steps.entry(key.clone()).or_insert(0);
            key.nth = *same;
            *same += 1;
        }
        found.push(Event {
            key,
            person: person.clone(),
            change,
            more: Vec::new(),
        });
    }
    let reports = reports.into_iter();
    found.extend(reports.filter_map(|((source, at), results)| report(person, source, at, results)));
    found.retain(|it| it.change.at >= since);
    found.sort_by(order);
    found
}

type ResourceKey = (SourceId, ResourceRef);

/// When a source reported something.
type Moment = (SourceId, DateTime<Utc>);

/// Results that a source reported at one moment, under a key of their own: more of them may come. What is out of range
/// comes before what a report says of it.
fn report(
    person: &PatientId,
    source: SourceId,
    at: DateTime<Utc>,
    mut results: Vec<Change>,
) -> Option<Event> {
    let order = |it: &Change| (!it.is_abnormal(), it.origin.resource.clone());
    results.sort_by_cached_key(|it| Reverse(order(it)));
    let change = results.pop()?;
    results.reverse();
    let id = format!("{}@{}", person.as_str(), at.timestamp_millis());
    Some(Event {
        key: EventKey {
            source,
            resource: ResourceRef::new("Observation", &id),
            step: Step::Reported,
            nth: 0,
        },
        person: person.clone(),
        change,
        more: results,
    })
}

/// Newest first, by when it happened; the order never depends on what arrived first.
pub fn order(a: &Event, b: &Event) -> Ordering {
    let by_time = Reverse(a.change.at).cmp(&Reverse(b.change.at));
    by_time.then_with(|| a.key.cmp(&b.key))
}

/// Takes over what a source says now into what it said before: a resource that comes again replaces what was said of it,
/// unless an older version comes late.
pub fn renew(known: &mut Facts, newer: Facts) {
    known.patients = newer.patients;
    merge(&mut known.encounters, newer.encounters, |it| &it.origin);
    let mut appointments = newer.appointments;
    keep_moves(&known.appointments, &mut appointments);
    merge(&mut known.appointments, appointments, |it| &it.origin);
    merge(&mut known.findings, newer.findings, |it| &it.origin);
    merge(&mut known.reports, newer.reports, |it| &it.origin);
}

/// Earlier versions never change: what they told stays, should they not have been read this time.
fn keep_moves(known: &[Appointment], newer: &mut [Appointment]) {
    for new in newer.iter_mut().filter(|it| it.moves.is_empty()) {
        let old = known
            .iter()
            .find(|it| it.origin.resource == new.origin.resource);
        if let Some(old) = old {
            new.moves.clone_from(&old.moves);
        }
    }
}

fn merge<T>(known: &mut Vec<T>, newer: Vec<T>, origin: impl Fn(&T) -> &Origin) {
    let mut places: HashMap<ResourceRef, usize> = HashMap::new();
    if !newer.is_empty() {
        let known = known.iter().enumerate();
        places.extend(known.map(|(at, it)| (origin(it).resource.clone(), at)));
    }
    for new in newer {
        let own = origin(&new);
        match places.get(&own.resource).and_then(|at| known.get_mut(*at)) {
            Some(old) if origin(old).updated > own.updated && own.updated.is_some() => {}
            Some(old) => *old = new,
            None => {
                places.insert(own.resource.clone(), known.len());
                known.push(new);
            }
        }
    }
}

/// Forgets what ended first until about `most` resources are left in all; returns how many of each were forgotten. What
/// is to come and who was admitted last stays.
pub fn keep_latest<'a>(all: impl Iterator<Item = &'a mut Facts>, most: usize) -> Vec<usize> {
    let all: Vec<&mut Facts> = all.collect();
    let number = |it: &Facts| {
        it.encounters.len() + it.appointments.len() + it.findings.len() + it.reports.len()
    };
    let total: usize = all.iter().map(|it| number(it)).sum();
    let Some(too_many) = total.checked_sub(most).filter(|it| *it > 0) else {
        return vec![0; all.len()];
    };
    let mut times: Vec<DateTime<Utc>> = Vec::with_capacity(total);
    for it in &all {
        times.extend(it.encounters.iter().map(|it| last_of_stay(it)));
        times.extend(it.appointments.iter().map(last_of_appointment));
        times.extend(it.findings.iter().map(last_of_finding));
        times.extend(it.reports.iter().map(last_of_report));
    }
    let (_, first_kept, _) = times.select_nth_unstable(too_many);
    let first_kept = *first_kept;
    let forget = |facts: &mut Facts| {
        let before = number(facts);
        facts.encounters.retain(|it| last_of_stay(it) >= first_kept);
        facts
            .appointments
            .retain(|it| last_of_appointment(it) >= first_kept);
        facts
            .findings
            .retain(|it| last_of_finding(it) >= first_kept);
        facts.reports.retain(|it| last_of_report(it) >= first_kept);
        before - number(facts)
    };
    all.into_iter().map(forget).collect()
}

fn last_of_stay(it: &Encounter) -> DateTime<Utc> {
    let at = it.ended().or_else(|| it.began());
    at.or(it.origin.updated).unwrap_or_default()
}

fn last_of_appointment(it: &Appointment) -> DateTime<Utc> {
    let at = it.start.as_ref().and_then(When::earliest);
    at.or(it.origin.updated).unwrap_or_default()
}

fn last_of_finding(it: &Finding) -> DateTime<Utc> {
    let at = change::reported(it).map(|(_, at)| at);
    at.or(it.origin.updated).unwrap_or_default()
}

fn last_of_report(it: &Report) -> DateTime<Utc> {
    let at = it.issued.as_ref().and_then(When::earliest);
    let at = at.or_else(|| it.taken.as_ref()?.earliest());
    at.or(it.origin.updated).unwrap_or_default()
}

/// Every resource that is among these.
pub fn resources(facts: &Facts) -> impl Iterator<Item = &ResourceRef> {
    let stays = facts.encounters.iter().map(|it| &it.origin);
    let bookings = facts.appointments.iter().map(|it| &it.origin);
    let results = facts.findings.iter().map(|it| &it.origin);
    let reports = facts.reports.iter().map(|it| &it.origin);
    let all = stays.chain(bookings).chain(results).chain(reports);
    all.map(|it| &it.resource)
}

/// When the newest of these was written, by its source's clock, of what was written by `until`.
pub fn newest(facts: &Facts, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let stays = facts.encounters.iter().map(|it| it.origin.updated);
    let bookings = facts.appointments.iter().map(|it| it.origin.updated);
    let results = facts.findings.iter().map(|it| it.origin.updated);
    let reports = facts.reports.iter().map(|it| it.origin.updated);
    let all = stays.chain(bookings).chain(results).chain(reports);
    all.flatten().filter(|it| *it <= until).max()
}

#[cfg(test)]
#[path = "stream_tests.rs"]
mod tests;
