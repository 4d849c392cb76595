//! Arrivals, admissions, ward moves and discharges.

use serde_json::{Value, json};

use super::{
    Day, Event,
    trust::{Hospital, Inside, as_patient},
};
use crate::{
    activity::{EMERGENCY_METHOD, Episode, HOME, Kind, attendance},
    emergency::{COMMON, reason},
    hospital::encounter,
    load::LoadError,
    person::Person,
    places::{WARDS, ward},
    wire::{SNOMED, coding, extension, instant, period, push, set, uk_codes, uk_definition},
};

type Happened = Result<Option<Event>, LoadError>;

pub(super) fn arrive(day: &mut Day, hospital: &mut Hospital) -> Happened {
    let n = day.somebody();
    let person = Person::of(hospital.options, n);
    if person.died.is_some() || day.everywhere.contains(&n) {
        return Ok(None);
    }
    let fitting: Vec<&str> = person
        .problems
        .iter()
        .flat_map(|problem| problem.condition.admissions.iter().copied())
        .collect();
    let why = reason(if fitting.is_empty() {
        day.chance.word(COMMON)
    } else {
        day.chance.word(&fitting)
    });
    let key = hospital.key(day.now);
    let mut episode = attendance(&person, hospital.source, why, day.now, &key);
    episode.by_ambulance = day.chance.percent(60);
    let patient = hospital.patient(&person)?;
    let written = encounter::write(hospital.options, &person, &episode);
    let stored = hospital.create(
        written,
        &as_patient(hospital.options, &person, hospital.source, &patient),
    )?;
    hospital.inside.push(Inside {
        person: n,
        encounter: stored,
        class: "EMER".to_owned(),
    });
    let how = if episode.by_ambulance {
        " by ambulance"
    } else {
        ""
    };
    Ok(Some(hospital.event(
        &person,
        day.now,
        format!(
            "Arrived in ED{how}, {}: {}",
            episode.site.name,
            why.name.to_lowercase()
        ),
    )))
}

/// Takes somebody of a class out of those who are in.
fn one_inside(day: &mut Day, hospital: &mut Hospital, class: &str) -> Option<Inside> {
    let places: Vec<usize> = hospital
        .inside
        .iter()
        .enumerate()
        .filter(|(_, inside)| inside.class == class)
        .map(|(at, _)| at)
        .collect();
    if places.is_empty() {
        return None;
    }
    let at = *day.chance.pick(&places);
    Some(hospital.inside.remove(at))
}

/// Ends an emergency attendance.
fn finish_attendance(day: &Day, hospital: &Hospital, inside: &Inside) -> Result<(), LoadError> {
    let now = instant(day.now);
    let done = json!({ "coding": [coding(SNOMED, "182992009", "Treatment completed")] });
    hospital.change(&inside.encounter, |attendance| {
        set(attendance, &["status"], "finished".into());
        set(attendance, &["period", "end"], now.as_str().into());
        end_last_location(attendance, &now);
        let status = extension(
            &uk_definition("Extension-UKCore-EmergencyCareDischargeStatus"),
            "CodeableConcept",
            done,
        );
        push(attendance, "extension", status);
    })
}

fn end_last_location(encounter: &mut Value, now: &str) {
    if let Some(last) = encounter
        .get_mut("location")
        .and_then(Value::as_array_mut)
        .and_then(|locations| locations.last_mut())
    {
        set(last, &["status"], "completed".into());
        set(last, &["period", "end"], now.into());
    }
}

pub(super) fn admit(day: &mut Day, hospital: &mut Hospital) -> Happened {
    let Some(inside) = one_inside(day, hospital, "EMER") else {
        return Ok(None);
    };
    finish_attendance(day, hospital, &inside)?;
    let person = Person::of(hospital.options, inside.person);
    let key = hospital.key(day.now);
    let before = attendance(&person, hospital.source, reason("chest"), day.now, &key);
    let why = person
        .problems
        .iter()
        .flat_map(|problem| problem.condition.admissions)
        .next()
        .map_or(before.reason, |key| reason(key));
    let ward = ward(before.site, why.specialty).to_owned();
    let episode = Episode {
        kind: Kind::Admission,
        reason: why,
        specialty: why.specialty,
        method: EMERGENCY_METHOD,
        moves: vec![(ward.clone(), day.now)],
        ..before
    };
    let patient = hospital.patient(&person)?;
    let stored = hospital.create(
        encounter::write(hospital.options, &person, &episode),
        &as_patient(hospital.options, &person, hospital.source, &patient),
    )?;
    hospital.inside.push(Inside {
        person: inside.person,
        encounter: stored,
        class: "IMP".to_owned(),
    });
    Ok(Some(hospital.event(
        &person,
        day.now,
        format!("Admitted as an emergency, {}, {ward}", episode.site.name),
    )))
}

pub(super) fn move_ward(day: &mut Day, hospital: &mut Hospital) -> Happened {
    let Some(inside) = one_inside(day, hospital, "IMP") else {
        return Ok(None);
    };
    let person = Person::of(hospital.options, inside.person);
    let site = crate::places::main_site(hospital.source);
    let wards: Vec<&str> = WARDS
        .iter()
        .filter(|(key, _, _)| *key == site.key)
        .map(|(_, name, _)| *name)
        .collect();
    let ward = day.chance.word(&wards);
    let id = crate::organisations::location_id(
        hospital.options,
        hospital.source,
        &format!("{}/{ward}", site.key),
    );
    let since = period(day.now, None);
    let now = instant(day.now);
    let display = format!("{}, {ward}", site.name);
    hospital.change(&inside.encounter, |stay| {
        end_last_location(stay, &now);
        let next = json!({ "location": { "reference": format!("Location/{id}"), "display": display }, "status": "active", "period": since });
        push(stay, "location", next);
    })?;
    hospital.inside.push(inside);
    Ok(Some(hospital.event(
        &person,
        day.now,
        format!("Moved to {}, {ward}", site.name),
    )))
}

pub(super) fn discharge(day: &mut Day, hospital: &mut Hospital) -> Happened {
    // The longest stay first; the last one or two stay.
    let mut stays = hospital
        .inside
        .iter()
        .enumerate()
        .filter(|(_, inside)| inside.class == "IMP")
        .map(|(at, _)| at);
    let (Some(longest), Some(_), Some(_)) = (stays.next(), stays.next(), stays.next()) else {
        return Ok(None);
    };
    let inside = hospital.inside.remove(longest);
    let person = Person::of(hospital.options, inside.person);
    let now = instant(day.now);
    let (code, words) = HOME;
    let method = json!({ "coding": [coding(&uk_codes("UKCore-DischargeMethodEngland"), "1", "Patient discharged on clinical advice or with clinical consent")] });
    hospital.change(&inside.encounter, |stay| {
        set(stay, &["status"], "finished".into());
        set(stay, &["period", "end"], now.as_str().into());
        end_last_location(stay, &now);
        set(stay, &["hospitalization", "extension"], json!([extension(&uk_definition("Extension-UKCore-DischargeMethod"), "CodeableConcept", method)]));
        set(stay, &["hospitalization", "dischargeDisposition"], json!({ "coding": [coding(&uk_codes("UKCore-DischargeDestinationEngland"), code, words)] }));
    })?;
    Ok(Some(hospital.event(
        &person,
        day.now,
        "Discharged to the usual place of residence".to_owned(),
    )))
}

/// Home from the emergency department.
pub(super) fn leave(day: &mut Day, hospital: &mut Hospital) -> Happened {
    let Some(inside) = one_inside(day, hospital, "EMER") else {
        return Ok(None);
    };
    finish_attendance(day, hospital, &inside)?;
    let person = Person::of(hospital.options, inside.person);
    Ok(Some(hospital.event(
        &person,
        day.now,
        "Left ED for home".to_owned(),
    )))
}
