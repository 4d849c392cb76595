//! An admission, attendance or contact in words.

mod codes;
mod discharge;
mod length;

use chrono::{DateTime, Utc};

pub use self::discharge::discharge;
pub use self::length::{lasted, span};

use self::codes::{METHODS, OUTCOMES, PLACES, ROLES};
use self::length::length;
use super::words::{self, coded, label, named};
use super::{date, name};
use crate::domain::activity::{Encounter, EncounterStatus, Place, Setting, Urgency};
use crate::domain::{Coded, Concept, Party, Period};

/// How it stands; cancelled, planned and in error never look like something that happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    Now,
    #[default]
    Over,
    Planned,
    Cancelled,
    Missed,
    Error,
}

/// One line of the activity with its details.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityWords {
    pub standing: Standing,
    /// `Admitted as an emergency`, `Did not attend`, `Cancelled: outpatient attendance`.
    pub headline: String,
    /// `21-Nov-2026 23:40`, `from 18-Nov-2026 10:05 to 21-Nov-2026 14:00`.
    pub when: String,
    /// `Ward F7, South Manchester FT`.
    pub place: Option<String>,
    /// Every ward with its time, when there was more than one.
    pub moves: Vec<String>,
    pub specialty: Option<String>,
    /// `Dr L Fenn`, the one who has or had the person.
    pub consultant: Option<String>,
    /// The other professionals, `Dr A Khan, admitted`.
    pub others: Vec<String>,
    pub reasons: Option<String>,
    /// `3 days`, `5 h`, `2 days so far`.
    pub length: Option<String>,
    /// Admission method and source.
    pub method: Option<String>,
    /// `Discharged to usual place of residence`.
    pub discharge: Option<String>,
    pub outcome: Option<String>,
    /// The status when it is not plain from the headline: `on leave`, `triaged`.
    pub status: Option<String>,
}

/// Everything about one encounter.
pub fn words(it: &Encounter, now: DateTime<Utc>) -> ActivityWords {
    let standing = standing(it, now);
    let consultant = consultant(it);
    ActivityWords {
        standing,
        headline: headline(it, now),
        when: span(&it.period),
        place: place(it),
        moves: moves(it),
        specialty: it.specialty.as_ref().and_then(label),
        others: others(it, consultant),
        consultant: consultant.map(words::party),
        reasons: words::joined(words::labels(&it.reasons).into_iter().map(Some)),
        length: length(&it.period, standing, now),
        method: words::joined([
            it.admission_method.as_ref().and_then(method),
            it.admission_source
                .as_ref()
                .and_then(|it| coded(it, &PLACES))
                .map(|it| format!("from {it}")),
        ]),
        discharge: discharge(it),
        outcome: it.outcome.as_ref().and_then(|it| coded(it, &OUTCOMES)),
        status: status(it),
    }
}

/// `Admitted as an emergency`; what did not happen says so first.
pub fn headline(it: &Encounter, now: DateTime<Utc>) -> String {
    let happened = happened(it);
    let mut letters = happened.chars();
    // "A&E attendance" keeps its capitals.
    let is_word = happened.chars().nth(1).is_some_and(char::is_lowercase);
    let inside = match letters.next().filter(|_| is_word) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => happened.clone(),
    };
    match standing(it, now) {
        Standing::Now | Standing::Over => happened,
        Standing::Planned => format!("Planned: {inside}"),
        Standing::Cancelled => format!("Cancelled: {inside}"),
        Standing::Error => format!("Entered in error: {inside}"),
        Standing::Missed => match it.specialty.as_ref().and_then(label) {
            Some(specialty) => format!("Did not attend: {specialty}"),
            None => "Did not attend".to_owned(),
        },
    }
}

fn happened(it: &Encounter) -> String {
    match (&it.setting, it.urgency()) {
        (Coded::Known(Setting::Inpatient), Some(Urgency::Emergency)) => "Admitted as an emergency",
        (Coded::Known(Setting::Inpatient), Some(Urgency::Elective)) => "Elective admission",
        (Coded::Known(Setting::Inpatient), Some(Urgency::Maternity)) => "Maternity admission",
        (Coded::Known(Setting::Inpatient), None) => "Admission to hospital",
        (Coded::Known(Setting::Emergency), _) => "A&E attendance",
        (Coded::Known(Setting::Ambulatory), _) => "Outpatient attendance",
        (Coded::Known(Setting::Home), _) => "Home visit",
        (Coded::Known(Setting::Virtual), _) => "Telephone or video contact",
        (Coded::Known(Setting::Field), _) => "Seen outside hospital",
        (Coded::Unknown(class), _) => {
            let kind = it.types.iter().find_map(label);
            return kind.unwrap_or_else(|| match name::shown(class).as_deref() {
                None | Some("not given") => "Hospital contact, kind not given".to_owned(),
                Some(class) => format!("Hospital contact ({class})"),
            });
        }
    }
    .to_owned()
}

/// How it stands at `now`.
pub fn standing(it: &Encounter, now: DateTime<Utc>) -> Standing {
    use EncounterStatus as S;
    match &it.status {
        Some(Coded::Known(S::EnteredInError)) => Standing::Error,
        _ if is_missed(it) => Standing::Missed,
        Some(Coded::Known(S::Cancelled)) => Standing::Cancelled,
        Some(Coded::Known(S::Planned)) => Standing::Planned,
        _ if it.goes_on(now) => Standing::Now,
        _ => Standing::Over,
    }
}

fn is_missed(it: &Encounter) -> bool {
    let outcome = it.outcome.as_ref();
    let says = |words: &str| {
        outcome
            .and_then(Concept::label)
            .is_some_and(|it| it.to_lowercase().contains(words))
    };
    says("did not attend") || says("not attended") || outcome.is_some_and(|it| it.says("DNA"))
}

fn status(it: &Encounter) -> Option<String> {
    use EncounterStatus as S;
    Some(match it.status.as_ref()? {
        Coded::Known(S::OnLeave) => "on leave".to_owned(),
        Coded::Known(S::Arrived) => "arrived".to_owned(),
        Coded::Known(S::Triaged) => "triaged".to_owned(),
        Coded::Known(S::Unknown) => "status not known".to_owned(),
        Coded::Unknown(code) => format!("status: {}", name::shown(code)?),
        Coded::Known(_) => return None,
    })
}

/// `Ward F7, South Manchester FT`: where the person is or was last, and whose it is.
pub fn place(it: &Encounter) -> Option<String> {
    let at = it.place().and_then(|it| named(&it.location));
    let provider = it.provider.as_ref().and_then(named);
    match (at, provider) {
        (Some(at), Some(provider)) if !at.contains(&provider) => Some(format!("{at}, {provider}")),
        (at, provider) => at.or(provider),
    }
}

fn moves(it: &Encounter) -> Vec<String> {
    if it.places.len() < 2 {
        return Vec::new();
    }
    it.places.iter().map(ward).collect()
}

fn ward(it: &Place) -> String {
    let mut text = words::party(&it.location);
    if it.status.as_deref() == Some("planned") {
        text.push_str(" (planned)");
    }
    if it.status.as_deref() == Some("reserved") {
        text.push_str(" (reserved)");
    }
    if it.period != Period::default() {
        text.push_str(", ");
        let time = match (&it.period.start, &it.period.end) {
            (Some(start), None) => format!("from {}", date::when(start)),
            _ => span(&it.period),
        };
        text.push_str(&time);
    }
    text
}

/// The consultant, else whoever attends, else the one professional that there is.
fn consultant(it: &Encounter) -> Option<&Party> {
    let with = |wanted: &[&str]| {
        let role = |it: &Option<Concept>| {
            it.as_ref().is_some_and(|it| {
                it.codings
                    .iter()
                    .any(|it| it.code.as_deref().is_some_and(|it| wanted.contains(&it)))
                    || wanted.iter().any(|word| it.says(word))
            })
        };
        it.professionals.iter().find(|(it, _)| role(it))
    };
    let one = match it.professionals.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    with(&["CON", "consultant"])
        .or_else(|| with(&["ATND", "attender"]))
        .or_else(|| with(&["PPRF", "primary performer"]))
        .or(one)
        .map(|(_, who)| who)
}

fn others(it: &Encounter, consultant: Option<&Party>) -> Vec<String> {
    let mut all = Vec::new();
    for (role, who) in &it.professionals {
        if Some(who) == consultant {
            continue;
        }
        let role = role.as_ref().and_then(|it| coded(it, &ROLES));
        all.extend(words::joined([Some(words::party(who)), role]));
    }
    words::unique(all)
}

fn method(it: &Concept) -> Option<String> {
    coded(it, &METHODS)
}

#[cfg(test)]
mod tests;
