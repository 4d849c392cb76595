//! Stays that are parts of another: an admission with an episode for each consultant is one stay.

use std::sync::Arc;

use super::{Encounter, Place};

/// Parts of parts go no deeper; what does goes round in a circle.
const DEEPEST: usize = 8;

/// Every stay once: what is part of another of its kind, which the source tells as well, is told by that one.
pub fn whole_stays(all: &[Arc<Encounter>]) -> Vec<Arc<Encounter>> {
    let (mut stays, mut parts) = (Vec::with_capacity(all.len()), Vec::new());
    for it in all {
        match whole(it, all) {
            Some(whole) => parts.push((&whole.origin, Arc::as_ref(it))),
            None => stays.push(Arc::clone(it)),
        }
    }
    if parts.is_empty() {
        return stays;
    }
    parts.retain(|(_, it)| !it.is_error() && !it.is_called_off());
    parts.sort_by_key(|(_, it)| it.began());
    for stay in &mut stays {
        let own = parts.iter().filter(|(whole, _)| **whole == stay.origin);
        let own: Vec<&Encounter> = own.map(|it| it.1).collect();
        if !own.is_empty() {
            *stay = Arc::new(with(stay, &own));
        }
    }
    stays
}

/// The outermost stay that this is a part of.
fn whole<'a>(it: &Encounter, all: &'a [Arc<Encounter>]) -> Option<&'a Encounter> {
    let mut whole = None;
    for _ in 0..DEEPEST {
        match parent(whole.unwrap_or(it), all) {
            None => return whole,
            further => whole = further,
        }
    }
    None
}

/// A ward stay is no part of the attendance in ED that led to it: both are told. What tells nothing of itself, or not
/// since when, does not stand for its parts.
fn parent<'a>(part: &Encounter, all: &'a [Arc<Encounter>]) -> Option<&'a Encounter> {
    let of = part.part_of.as_ref().filter(|_| part.is_stay())?;
    let is_parent = |it: &&Encounter| {
        let own = &it.origin;
        own.resource == *of && own.source == part.origin.source && it.setting == part.setting
    };
    let tells = |it: &&Encounter| !it.is_error() && !it.is_called_off() && it.began().is_some();
    all.iter().map(Arc::as_ref).find(is_parent).filter(tells)
}

/// The stay, with what it does not say itself from its parts, which come in order of time.
fn with(stay: &Encounter, parts: &[&Encounter]) -> Encounter {
    let mut whole = stay.clone();
    for part in parts {
        add_places(&mut whole, stay, part);
        if whole.admission_method.is_none() {
            whole.admission_method.clone_from(&part.admission_method);
        }
        if whole.reasons.is_empty() {
            whole.reasons.clone_from(&part.reasons);
        }
        // Who has the person now, and how they left.
        if stay.professionals.is_empty() {
            whole.professionals.clone_from(&part.professionals);
        }
        if stay.discharge_method.is_none() && !stay.is_open() {
            whole.discharge_method.clone_from(&part.discharge_method);
        }
    }
    whole
}

/// Only places that the stay does not name: of the others it knows itself when they were.
fn add_places(whole: &mut Encounter, stay: &Encounter, part: &Encounter) {
    for place in part.places.iter().filter(|it| !it.is_to_come()) {
        let is_same = |it: &Place| it.location == place.location && !it.is_to_come();
        if stay.places.iter().any(is_same) {
            continue;
        }
        let mut new = place.clone();
        // Nobody is in a part that is over.
        let over = |it: &String| it == "active" && !part.is_open();
        new.status = new.status.filter(|it| !over(it));
        new.period.start = new.period.start.or_else(|| part.period.start.clone());
        match whole.places.last_mut().filter(|it| is_same(it)) {
            // Another consultant, and the same bed.
            Some(last) => (last.status, last.period.end) = (new.status, new.period.end),
            None => whole.places.push(new),
        }
    }
    whole.places.sort_by_key(Place::began);
}
