//! Stays that are parts of another: an admission with an episode for each consultant is one stay.

use std::sync::Arc;

use super::{Encounter, Place};
use crate::domain::lookup::Lookup;
use crate::domain::{Party, ResourceRef, SourceId};

/// Parts of parts go no deeper; what does goes round in a circle.
const DEEPEST: usize = 8;

/// All stays, and where each is.
struct Known<'a> {
    all: &'a [Arc<Encounter>],
    places: Lookup,
}

/// Every stay once: what is part of another of its kind, which the source tells as well, is told by that one.
pub fn whole_stays(all: &[Arc<Encounter>]) -> Vec<Arc<Encounter>> {
    let mut known = Known {
        all,
        places: Lookup::default(),
    };
    for (at, it) in all.iter().enumerate() {
        let name = name(&it.origin.source, &it.origin.resource);
        known.places.add(name, at, usize::MAX);
    }
    let (mut stays, mut parts) = (Vec::with_capacity(all.len()), Vec::new());
    for it in all {
        match whole(it, &known) {
            Some(whole) => parts.push((&whole.origin, Arc::as_ref(it))),
            None => stays.push(Arc::clone(it)),
        }
    }
    if parts.is_empty() {
        return stays;
    }
    parts.retain(|(_, it)| !it.is_error() && !it.is_called_off());
    parts.sort_by_key(|(_, it)| it.began());
    let mut of = Lookup::default();
    for (at, (whole, _)) in parts.iter().enumerate() {
        of.add(name(&whole.source, &whole.resource), at, usize::MAX);
    }
    for stay in &mut stays {
        let own = of.get(&name(&stay.origin.source, &stay.origin.resource));
        let own = own.iter().filter_map(|at| parts.get(*at));
        let own = own.filter(|(whole, _)| **whole == stay.origin);
        let own: Vec<&Encounter> = own.map(|(_, part)| *part).collect();
        if !own.is_empty() {
            *stay = Arc::new(with(stay, &own));
        }
    }
    stays
}

fn name(source: &SourceId, resource: &ResourceRef) -> String {
    format!("{} {resource}", source.as_str())
}

/// The outermost stay that this is a part of.
fn whole<'a>(it: &Encounter, known: &Known<'a>) -> Option<&'a Encounter> {
    let mut whole = None;
    for _ in 0..DEEPEST {
        match parent(whole.unwrap_or(it), known) {
            None => return whole,
            further => whole = further,
        }
    }
    None
}

/// A ward stay is no part of the attendance in ED that led to it: both are told. What tells nothing of itself, or not
/// since when, does not stand for its parts.
fn parent<'a>(part: &Encounter, known: &Known<'a>) -> Option<&'a Encounter> {
    let of = part.part_of.as_ref().filter(|_| part.is_stay())?;
    let tells = |it: &&Encounter| !it.is_error() && !it.is_called_off() && it.began().is_some();
    let places = known.places.get(&name(&part.origin.source, of)).iter();
    let mut named = places.filter_map(|at| known.all.get(*at).map(Arc::as_ref));
    named.find(|it| it.setting == part.setting).filter(tells)
}

/// The stay, with what it does not say itself from its parts, which come in order of time.
fn with(stay: &Encounter, parts: &[&Encounter]) -> Encounter {
    let mut whole = stay.clone();
    let taken = stay.places.iter().filter(|it| !it.is_to_come());
    let named: Vec<&Party> = taken.map(|it| &it.location).collect();
    whole.places.sort_by_key(Place::began);
    for part in parts {
        add_places(&mut whole.places, &named, part);
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

/// Only places that the stay does not name: of the others it knows itself when they were. They are in order of time.
fn add_places(places: &mut Vec<Place>, named: &[&Party], part: &Encounter) {
    let before = places.len();
    for place in part.places.iter().filter(|it| !it.is_to_come()) {
        if named.contains(&&place.location) {
            continue;
        }
        let mut new = place.clone();
        // Nobody is in a part that is over.
        let over = |it: &String| it == "active" && !part.is_open();
        new.status = new.status.filter(|it| !over(it));
        new.period.start = new.period.start.or_else(|| part.period.start.clone());
        let is_same = |it: &&mut Place| it.location == place.location && !it.is_to_come();
        match places.last_mut().filter(is_same) {
            // Another consultant, and the same bed.
            Some(last) => (last.status, last.period.end) = (new.status, new.period.end),
            None => places.push(new),
        }
    }
    // Parts come in order, too: hardly ever is one of them out of its place.
    let added = places.get(before.saturating_sub(1)..).unwrap_or_default();
    if !added.is_sorted_by_key(Place::began) {
        places.sort_by_key(Place::began);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Setting;
    use super::*;
    use crate::domain::Coded;
    use crate::domain::sample::{encounter, place};

    fn stay(id: usize, part_of: Option<usize>, start: &str) -> Arc<Encounter> {
        let name = |it: usize| ResourceRef::new("Encounter", &it.to_string());
        let mut it = encounter("rm2", Setting::Inpatient, start, "");
        it.origin.resource = name(id);
        it.part_of = part_of.map(name);
        it.places = vec![place(&format!("Ward {id}"), "", "")];
        Arc::new(it)
    }

    fn wards(it: &Encounter) -> Vec<&str> {
        let names = it.places.iter().map(|it| it.location.name.as_deref());
        names.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn ten_thousand_stays_with_a_part_each_and_one_with_ten_thousand_are_told_once_each() {
        let start = |it: usize| format!("{:04}-01-01", 1000 + it % 8000);
        let pairs = |it: usize| stay(it, it.checked_sub(5_000), &start(it % 5_000));
        let all: Vec<_> = (0..10_000).rev().map(pairs).collect();
        let whole = whole_stays(&all);
        assert_eq!(whole.len(), 5_000);
        assert_eq!(wards(&whole[0]), ["Ward 4999", "Ward 9999"]);
        let parts = (1..10_000).map(|it| stay(it, Some(0), &start(9_999 - it)));
        let all: Vec<_> = parts.chain([stay(0, None, "1000-01-01")]).collect();
        let whole = whole_stays(&all);
        let (wards, first) = (wards(&whole[0]), ["Ward 0", "Ward 1999", "Ward 9999"]);
        assert_eq!(
            (whole.len(), wards.len(), &wards[..3]),
            (1, 10_000, &first[..])
        );
    }

    #[test]
    fn of_two_stays_that_a_source_calls_the_same_the_first_of_the_kind_has_the_parts() {
        let mut emergency = Encounter::clone(&stay(0, None, "2026-11-18"));
        emergency.setting = Coded::Known(Setting::Emergency);
        emergency.origin.updated = Some(crate::domain::sample::now());
        let (one, two) = (stay(0, None, "2026-11-19"), stay(0, None, "2026-11-20"));
        let mut error = Encounter::clone(&one);
        error.status = Some(Coded::Known(super::super::EncounterStatus::EnteredInError));
        let part = stay(1, Some(0), "2026-11-21");
        let of = |all: &[&Arc<Encounter>]| {
            let all: Vec<_> = all.iter().map(|it| Arc::clone(it)).collect();
            whole_stays(&all)
                .iter()
                .map(|it| it.places.len())
                .collect::<Vec<_>>()
        };
        let (emergency, error) = (Arc::new(emergency), Arc::new(error));
        assert_eq!(
            of(&[&emergency, &one, &two, &part]),
            [1, 2, 2],
            "of one name and time of change"
        );
        assert_eq!(
            of(&[&error, &one, &part]),
            [1, 1, 1],
            "the first is an error"
        );
    }

    #[test]
    fn what_is_part_of_itself_or_of_what_did_not_come_stands_for_itself() {
        let circle = [
            stay(0, Some(1), "2026-11-18"),
            stay(1, Some(0), "2026-11-18"),
        ];
        assert_eq!(whole_stays(&circle).len(), 2);
        assert_eq!(whole_stays(&[stay(0, Some(7), "2026-11-18")]).len(), 1);
    }
}
