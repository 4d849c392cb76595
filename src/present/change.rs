//! What happened, in one line: "Admitted as an emergency to Wythenshawe, ward F7 — yesterday 23:40, Wythenshawe".

use chrono::{DateTime, Utc};

use super::phrase::{Names, count, join, lower_first};
use super::words::{label, named, unique};
use super::{activity, date, medicine, result, whereabouts};
use crate::domain::activity::{Encounter, Place, Urgency};
use crate::domain::appointment::Appointment;
use crate::domain::change::{Change, Happening};
use crate::domain::document::Document;
use crate::domain::medicine::MedicineStep;
use crate::domain::plan::{Plan, PlanKind};
use crate::domain::{Concept, Party, When};

/// What happened, and when according to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeWords {
    pub what: String,
    /// "yesterday 23:40, Wythenshawe"; "recorded …" when the date is only that of the record's last update.
    pub when: String,
    /// The same with its date, for paper: "28-Nov-2026 23:40, Wythenshawe".
    pub on: String,
}

pub fn words(change: &Change, names: Names<'_>, now: DateTime<Utc>) -> ChangeWords {
    let recorded = if change.by_update { "recorded " } else { "" };
    let source = names(change.source());
    let said = |when: String| format!("{recorded}{when}, {source}");
    ChangeWords {
        what: what(&change.what, names, now),
        when: said(date::relative(&change.when, now)),
        on: said(date::when(&change.when)),
    }
}

/// The happening alone.
pub fn what(happening: &Happening, names: Names<'_>, now: DateTime<Utc>) -> String {
    match happening {
        Happening::ArrivedInEd(it) => {
            with_reason(format!("Arrived in ED, {}", first_place(it, names)), it)
        }
        Happening::LeftEd(it) => left(it, "Left ED", names),
        Happening::Admitted(it) => {
            with_reason(format!("{} {}", admitted(it), first_place(it, names)), it)
        }
        Happening::MovedWard { place, .. } => moved(place),
        Happening::Discharged(it) => left(it, "Discharged", names),
        Happening::Died(it) => format!("Died in hospital, {}", whereabouts::place(it, names)),
        Happening::Attended(it) => attended(it, now),
        Happening::DidNotAttend(_, it) => said("Did not attend", it, false),
        Happening::Booked(it) => said("Appointment booked", it, true),
        Happening::Rescheduled { appointment, moved } => {
            let times = format!("{} to {}", date::when(&moved.from), date::when(&moved.to));
            said(
                &format!("Appointment moved from {times}"),
                appointment,
                false,
            )
        }
        Happening::Cancelled(it) => cancelled(it),
        Happening::Abnormal(it) => result::brief(it),
        Happening::Reported(it) => result::report(it),
        // A result without a range cannot be called normal.
        Happening::NormalResults(number) => {
            format!(
                "{}, none marked out of range",
                count(*number, "other result", "other results")
            )
        }
        Happening::Medicine { product, step } => medicine_step(product, step),
        Happening::PlanReviewed { plan, by } => {
            by_whom(format!("{} reviewed", plan_name(plan)), by)
        }
        Happening::PlanWritten(it) => {
            let alone = |name| Party {
                name: Some(name),
                reference: None,
            };
            let by = match &it.written {
                Some(written) => written.by.clone().map(alone),
                None => it.author.clone(),
            };
            by_whom(format!("{} written", plan_name(it)), by.as_slice())
        }
        Happening::NewAlert(it) => {
            format!(
                "Alert: {}",
                label(&it.what).unwrap_or_else(|| "not named".to_owned())
            )
        }
        Happening::NewDocument(it) => new_document(it),
    }
}

fn cancelled(it: &Appointment) -> String {
    let why = it.cancelled_because.as_ref().and_then(label);
    let why = why.map(|it| lower_first(&it));
    join([Some(said("Appointment cancelled", it, true)), why], ", ")
}

fn new_document(it: &Document) -> String {
    let kind = it.kind.as_ref().and_then(label);
    let description = super::phrase::filled(it.description.as_ref());
    let about = unique([kind, description].into_iter().flatten()).join(", ");
    if about.is_empty() {
        "New document".to_owned()
    } else {
        format!("Document: {about}")
    }
}

fn admitted(it: &Encounter) -> &'static str {
    match it.urgency() {
        Some(Urgency::Emergency) => "Admitted as an emergency to",
        Some(Urgency::Elective) => "Admitted as planned to",
        Some(Urgency::Maternity) => "Admitted for maternity care to",
        None => "Admitted to",
    }
}

/// Where the visit began, not where the person is now.
fn first_place(it: &Encounter, names: Names<'_>) -> String {
    let mut first = it.clone();
    first.places.retain(|it| !it.is_to_come());
    first.places.truncate(1);
    whereabouts::place(&first, names)
}

fn with_reason(words: String, it: &Encounter) -> String {
    join(
        [
            Some(words),
            it.reasons.iter().find_map(label).map(|it| lower_first(&it)),
        ],
        ": ",
    )
}

fn moved(place: &Place) -> String {
    format!(
        "Moved to {}",
        named(&place.location).unwrap_or_else(|| "another ward, not named".to_owned())
    )
}

/// "Discharged to usual place of residence, Wythenshawe, after 6 days"; hours below a day.
fn left(it: &Encounter, plain: &str, names: Names<'_>) -> String {
    let how = activity::discharge(it).unwrap_or_else(|| plain.to_owned());
    let how = how
        .strip_prefix("Discharged")
        .map_or(how.clone(), |rest| format!("{plain}{rest}"));
    let both = it.began().zip(it.ended()).filter(|(from, to)| from < to);
    let has_times = matches!(
        (&it.period.start, &it.period.end),
        (Some(When::At(_)), Some(When::At(_)))
    );
    let after = both.and_then(|(from, to)| {
        if has_times {
            return activity::lasted(from, to);
        }
        let day = |at| crate::domain::time::london(at).date();
        let days = (day(to) - day(from)).num_days();
        (days > 0).then(|| super::words::count(days, "day", "days"))
    });
    let after = after.map(|it| format!("after {it}"));
    join([Some(how), Some(names(&it.origin.source)), after], ", ")
}

fn attended(it: &Encounter, now: DateTime<Utc>) -> String {
    let headline = activity::headline(it, now);
    let specialty = it
        .specialty
        .as_ref()
        .and_then(label)
        .map(|it| lower_first(&it));
    let specialty = specialty.filter(|it| !headline.to_lowercase().contains(&it.to_lowercase()));
    join([Some(headline), specialty, activity::place(it)], ", ")
}

/// "Appointment booked: Heart failure clinic, 03-Dec-2026 10:20, Wythenshawe".
fn said(what: &str, it: &Appointment, has_date: bool) -> String {
    let about = super::phrase::filled(it.description.as_ref())
        .or_else(|| it.service.as_ref().and_then(label))
        .or_else(|| it.specialty.as_ref().and_then(label));
    let start = it.start.as_ref().filter(|_| has_date).map(date::when);
    let place = it.places.iter().find_map(named);
    let rest = join([about, start, place], ", ");
    if rest.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {rest}")
    }
}

/// "Furosemide 40 mg tablets: dose changed, 40 mg once a day → 40 mg twice a day".
fn medicine_step(product: &Concept, step: &MedicineStep) -> String {
    let product = medicine::product(product);
    match step {
        MedicineStep::Started => format!("{product} started"),
        MedicineStep::Stopped => format!("{product} stopped"),
        MedicineStep::DoseChanged { from, to } => {
            match (medicine::doses(from), medicine::doses(to)) {
                (Some(from), Some(to)) => format!("{product}: dose changed, {from} → {to}"),
                (None, Some(to)) => format!("{product}: dose changed, now {to}"),
                _ => format!("{product}: dose changed"),
            }
        }
    }
}

fn plan_name(plan: &Plan) -> String {
    match (plan.kind, super::phrase::filled(plan.title.as_ref())) {
        (PlanKind::Main, _) => "Plan".to_owned(),
        (PlanKind::Crisis, _) => "Crisis plan".to_owned(),
        (PlanKind::Other, title) => title.unwrap_or_else(|| "Plan".to_owned()),
    }
}

fn by_whom(words: String, by: &[Party]) -> String {
    let names = unique(by.iter().filter_map(named));
    if names.is_empty() {
        words
    } else {
        format!("{words} by {}", super::phrase::list(&names))
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
