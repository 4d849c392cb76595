//! How somebody is reached: telephone numbers and e-mail addresses in use, the one to try first first.

use super::entry;
use crate::domain::patient::Telecom;
use crate::domain::{Facts, Origin, Party};

/// Telephone numbers in use, the one to try first first.
pub fn phones(telecoms: &[Telecom]) -> Vec<Telecom> {
    let looks_dialable = |it: &Telecom| {
        it.value.chars().filter(char::is_ascii_digit).count() >= 3 && !it.value.contains('@')
    };
    of_kind(telecoms, |it| match it.system.as_deref() {
        Some("phone" | "sms") => true,
        None => looks_dialable(it),
        _ => false,
    })
}

/// E-mail addresses in use, by rank.
pub fn emails(telecoms: &[Telecom]) -> Vec<Telecom> {
    of_kind(telecoms, |it| it.system.as_deref() == Some("email"))
}

fn of_kind(telecoms: &[Telecom], kind: impl Fn(&Telecom) -> bool) -> Vec<Telecom> {
    let in_use = |it: &&Telecom| {
        kind(it) && it.usage.as_deref() != Some("old") && !it.value.trim().is_empty()
    };
    let mut all: Vec<Telecom> = telecoms.iter().filter(in_use).cloned().collect();
    all.sort_by_key(|it| it.rank.unwrap_or(u32::MAX));
    all
}

/// The directory's entry for the one who wrote or holds something.
pub fn reach(facts: &Facts, origin: &Origin, party: &Party) -> Vec<Telecom> {
    let own = entry(facts, &origin.source, party.reference.as_ref());
    let person = own.and_then(|it| {
        entry(
            facts,
            &origin.source,
            it.practitioner.as_ref()?.reference.as_ref(),
        )
    });
    let place = own.and_then(|it| {
        entry(
            facts,
            &origin.source,
            it.organisation.as_ref()?.reference.as_ref(),
        )
    });
    [own, person, place]
        .into_iter()
        .flatten()
        .map(|it| phones(&it.telecoms))
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}
