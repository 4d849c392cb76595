//! Everything in a record that happened at some time.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Change;
use crate::domain::activity::{Encounter, Place, Setting, whole_stays};
use crate::domain::alert::Alert;
use crate::domain::appointment::{Appointment, AppointmentStatus, Moved};
use crate::domain::document::Document;
use crate::domain::medicine::{self, MedicineLine, MedicineStep};
use crate::domain::plan::{Plan, Review};
use crate::domain::result::{Finding, Report};
use crate::domain::{Coded, Concept, Facts, Origin, Party, When};

/// What happened, with the fact that says so.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Happening {
    ArrivedInEd(Arc<Encounter>),
    LeftEd(Arc<Encounter>),
    Admitted(Arc<Encounter>),
    MovedWard {
        encounter: Arc<Encounter>,
        place: Box<Place>,
    },
    Discharged(Arc<Encounter>),
    Died(Arc<Encounter>),
    Attended(Arc<Encounter>),
    DidNotAttend(Option<Concept>, Box<Appointment>),
    Booked(Box<Appointment>),
    Rescheduled {
        appointment: Box<Appointment>,
        moved: Moved,
    },
    Cancelled(Box<Appointment>),
    Abnormal(Box<Finding>),
    /// A report that says something beside its findings.
    Reported(Box<Report>),
    NormalResults(usize),
    Medicine {
        product: Concept,
        step: MedicineStep,
    },
    PlanReviewed {
        plan: Box<Plan>,
        by: Vec<Party>,
    },
    PlanWritten(Box<Plan>),
    NewAlert(Box<Alert>),
    NewDocument(Box<Document>),
}

/// Everything that has happened by `now`, in no order. Normal results are not in it.
pub fn all(facts: &Facts, now: DateTime<Utc>) -> Vec<Change> {
    let mut found = Vec::new();
    let stays = whole_stays(&facts.encounters);
    let visits = || {
        let all = stays.iter();
        all.filter(|it| !it.is_error() && !it.is_called_off())
    };
    for it in visits() {
        visit(it, now, &mut found);
    }
    // Who was admitted from ED did not leave it for home: the admission tells.
    found.retain(|it| match &it.what {
        Happening::LeftEd(left) => !visits().any(|stay| followed(left, stay)),
        _ => true,
    });
    for it in &facts.appointments {
        booking(it, &mut found);
    }
    for it in facts
        .findings
        .iter()
        .filter(|it| !it.is_error() && it.is_abnormal())
    {
        push_or_updated(
            &mut found,
            reported(it).map(|(when, _)| when),
            &it.origin,
            Happening::Abnormal(Box::new(it.clone())),
        );
    }
    let reports = facts.reports.iter();
    for it in reports.filter(|it| !it.is_error() && it.says_something()) {
        let when = it.issued.as_ref().filter(|it| it.earliest().is_some());
        let when = when.or(it.taken.as_ref());
        let what = Happening::Reported(Box::new(it.clone()));
        push_or_updated(&mut found, when, &it.origin, what);
    }
    for line in medicine::lines(&facts.medicines, now) {
        steps(&line, &mut found);
    }
    for it in facts.plans.iter().filter(|it| !it.is_error()) {
        plan(it, &mut found);
    }
    for it in facts
        .alerts
        .iter()
        .filter(|it| it.status.as_deref() != Some("entered-in-error"))
    {
        let what = Happening::NewAlert(Box::new(it.clone()));
        push_or_updated(&mut found, it.period.start.as_ref(), &it.origin, what);
    }
    for it in facts.documents.iter().filter(|it| !it.is_error()) {
        let what = Happening::NewDocument(Box::new(it.clone()));
        push_or_updated(&mut found, it.date.as_ref(), &it.origin, what);
    }
    found.retain(|it| it.at <= now);
    found
}

/// When the result reached the record: issued, else taken.
pub fn reported(finding: &Finding) -> Option<(&When, DateTime<Utc>)> {
    let when = finding
        .issued
        .as_ref()
        .filter(|it| it.earliest().is_some())
        .or(finding.taken.as_ref())?;
    Some((when, when.earliest()?))
}

fn push(found: &mut Vec<Change>, when: Option<&When>, origin: &Origin, what: Happening) {
    if let Some((when, at)) = when.and_then(|it| Some((it, it.earliest()?))) {
        found.push(Change {
            when: when.clone(),
            at,
            by_update: false,
            origin: origin.clone(),
            what,
        });
    }
}

/// The record's last update stands in where it is the only date.
fn push_or_updated(found: &mut Vec<Change>, when: Option<&When>, origin: &Origin, what: Happening) {
    let dated = when.filter(|it| it.earliest().is_some());
    match (dated, origin.updated) {
        (Some(_), _) => push(found, dated, origin, what),
        (None, Some(at)) => {
            found.push(Change {
                when: When::At(at),
                at,
                by_update: true,
                origin: origin.clone(),
                what,
            });
        }
        (None, None) => {}
    }
}

fn visit(it: &Arc<Encounter>, now: DateTime<Utc>, found: &mut Vec<Change>) {
    // It is over when the source says so.
    let end = it.period.end.as_ref().filter(|_| !it.expects_end());
    let start = it.period.start.as_ref();
    // Somebody who has arrived has not done so later than now: that clock is wrong.
    let is_past = |at: &&When| !it.is_open() || at.earliest().is_none_or(|at| at <= now);
    let start = start.filter(is_past);
    let own = || Arc::clone(it);
    // Somebody came, whenever that was: without any time, when the source said so is the nearest.
    let began = |found: &mut Vec<Change>, what| match end {
        None => push_or_updated(found, start, &it.origin, what),
        Some(_) => push(found, start, &it.origin, what),
    };
    match &it.setting {
        Coded::Known(Setting::Inpatient) => {
            began(found, Happening::Admitted(own()));
            for place in it.places.iter().filter(|place| is_move(place, start)) {
                let what = Happening::MovedWard {
                    encounter: own(),
                    place: Box::new(place.clone()),
                };
                push(found, place.period.start.as_ref(), &it.origin, what);
            }
            let left = if it.ended_in_death() {
                Happening::Died(own())
            } else {
                Happening::Discharged(own())
            };
            push(found, end, &it.origin, left);
        }
        Coded::Known(Setting::Emergency) => {
            began(found, Happening::ArrivedInEd(own()));
            let left = if it.ended_in_death() {
                Happening::Died(own())
            } else {
                Happening::LeftEd(own())
            };
            push(found, end, &it.origin, left);
        }
        _ => began(found, Happening::Attended(own())),
    }
}

fn followed(left: &Encounter, stay: &Encounter) -> bool {
    let near =
        |(end, start): (DateTime<Utc>, DateTime<Utc>)| (start - end).num_minutes().abs() <= 60;
    let part = left.part_of.as_ref() == Some(&stay.origin.resource);
    stay.is(Setting::Inpatient)
        && stay.origin.source == left.origin.source
        && (part || left.ended().zip(stay.began()).is_some_and(near))
}

/// The first place is where the person was admitted to.
fn is_move(place: &Place, admitted: Option<&When>) -> bool {
    let at = place.began();
    let from = admitted.and_then(When::earliest);
    !place.is_to_come() && at.zip(from).is_some_and(|(at, from)| at > from)
}

fn booking(it: &Appointment, found: &mut Vec<Change>) {
    use AppointmentStatus as S;
    let own = || Box::new(it.clone());
    if it.status == Some(Coded::Known(S::EnteredInError)) {
        return;
    }
    for moved in &it.moves {
        let what = Happening::Rescheduled {
            appointment: own(),
            moved: moved.clone(),
        };
        push(found, Some(&When::At(moved.at)), &it.origin, what);
    }
    match &it.status {
        // The start may be far ahead; when it was cancelled only the record's update can tell.
        Some(Coded::Known(S::Cancelled)) => {
            push_or_updated(found, None, &it.origin, Happening::Cancelled(own()));
        }
        Some(Coded::Known(S::NoShow)) => {
            let what = Happening::DidNotAttend(it.specialty.clone(), own());
            push(found, it.start.as_ref(), &it.origin, what);
        }
        Some(Coded::Known(S::Waitlist | S::Proposed)) => {}
        _ => push(
            found,
            it.created.as_ref(),
            &it.origin,
            Happening::Booked(own()),
        ),
    }
}

fn steps(line: &MedicineLine, found: &mut Vec<Change>) {
    let Some(product) = line.product() else {
        return;
    };
    for change in medicine::changes(&line.entries) {
        let origin = line
            .entries
            .iter()
            .find(|it| it.origin.source == change.source)
            .map(|it| &it.origin);
        if let Some(origin) = origin {
            let what = Happening::Medicine {
                product: product.clone(),
                step: change.what,
            };
            push(found, Some(&change.on), origin, what);
        }
    }
}

fn plan(it: &Plan, found: &mut Vec<Change>) {
    for review in &it.reviews {
        if let Review::Done { on, by } = review {
            let what = Happening::PlanReviewed {
                plan: Box::new(it.clone()),
                by: by.clone(),
            };
            push(found, on.as_ref(), &it.origin, what);
        }
    }
    let written = it.written.as_ref().and_then(|it| it.at.as_ref());
    let when = written.or(it.created.as_ref());
    push_or_updated(
        found,
        when,
        &it.origin,
        Happening::PlanWritten(Box::new(it.clone())),
    );
}
