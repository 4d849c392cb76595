//! How somebody is reached: telephone numbers and e-mail addresses in use, the one to try first first.

use chrono::{DateTime, Utc};

use super::entry;
use crate::domain::patient::Telecom;
use crate::domain::{Facts, Origin, Party};

/// Telephone numbers in use, the one to try first first.
pub fn phones(telecoms: &[Telecom], now: DateTime<Utc>) -> Vec<Telecom> {
    let looks_dialable = |it: &Telecom| {
        it.value.chars().filter(char::is_ascii_digit).count() >= 3 && !it.value.contains('@')
    };
    of_kind(telecoms, now, |it| match it.system.as_deref() {
        Some("phone" | "sms") => true,
        None => looks_dialable(it),
        _ => false,
    })
}

/// E-mail addresses in use, by rank.
pub fn emails(telecoms: &[Telecom], now: DateTime<Utc>) -> Vec<Telecom> {
    of_kind(telecoms, now, |it| it.system.as_deref() == Some("email"))
}

/// Whoever is rung at a number that is over gets somebody else: these are left out.
fn of_kind(
    telecoms: &[Telecom],
    now: DateTime<Utc>,
    kind: impl Fn(&Telecom) -> bool,
) -> Vec<Telecom> {
    let in_use = |it: &&Telecom| {
        let is_over = it.usage.as_deref() == Some("old") || it.period.ended(now);
        kind(it) && !is_over && !it.value.trim().is_empty()
    };
    let mut all: Vec<Telecom> = telecoms.iter().filter(in_use).cloned().collect();
    all.sort_by_key(|it| it.rank.unwrap_or(u32::MAX));
    all
}

/// The directory's entry for the one who wrote or holds something.
pub fn reach(facts: &Facts, origin: &Origin, party: &Party, now: DateTime<Utc>) -> Vec<Telecom> {
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
        .map(|it| phones(&it.telecoms, now))
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{now, period, phone};

    #[test]
    fn a_number_that_is_over_is_not_rung_and_one_that_will_be_still_is() {
        let until = |value: &str, rank: u32, end: &str| Telecom {
            period: period("2020", end),
            ..phone(value, rank)
        };
        let old = until("0161 496 0100", 1, "2026-10-31");
        let new = phone("0161 496 0101", 2);
        let soon = until("0161 496 0102", 3, "2026-12-31");
        let numbers = |all: &[&Telecom]| -> Vec<String> {
            let all: Vec<Telecom> = all.iter().copied().cloned().collect();
            phones(&all, now()).into_iter().map(|it| it.value).collect()
        };
        assert_eq!(
            numbers(&[&old, &soon, &new]),
            ["0161 496 0101", "0161 496 0102"]
        );
        assert_eq!(numbers(&[&old]), Vec::<String>::new());
        let mail = Telecom {
            system: Some("email".to_owned()),
            ..until("a@b.nhs.uk", 1, "2026-10-31")
        };
        assert_eq!(emails(&[mail], now()), []);
    }
}
