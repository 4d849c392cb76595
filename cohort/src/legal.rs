//! Consent, capacity, powers of attorney and wishes at the end of life.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    chance::Chance,
    identity::{Identity, age},
    programme::Options,
};

#[derive(Default)]
pub(crate) struct Legal {
    /// Whether resuscitation is to be attempted, since when, and where the paper is.
    pub resuscitation: Option<Resuscitation>,
    pub shares: Option<NaiveDate>,
    pub advance_decision: Option<NaiveDate>,
    pub attorney: Option<NaiveDate>,
    pub capacity: Option<(&'static str, NaiveDate)>,
    pub place_of_care: Option<(&'static str, NaiveDate)>,
    pub place_of_death: Option<(&'static str, NaiveDate)>,
}

pub(crate) struct Resuscitation {
    pub attempt: bool,
    pub decided: NaiveDate,
    pub paper: &'static str,
}

pub(crate) fn of(options: &Options, n: usize, full: bool, identity: &Identity) -> Legal {
    let mut chance = Chance::of(options.seed, "legal", n);
    if !full {
        return Legal::default();
    }
    let old = age(identity.birth, options.today.date()) > 78;
    let mut legal = Legal::default();
    let on = |chance: &mut Chance| options.today.date() - TimeDelta::days(chance.between(10, 600));
    legal.shares = chance.percent(85).then(|| on(&mut chance));
    if chance.percent(if old { 55 } else { 20 }) {
        let attempt = chance.percent(30);
        let paper = chance.word(&[
            "Yellow folder on the hall table",
            "Inside the front door",
            "With the daughter",
            "Kitchen drawer, left of the cooker",
            "Care home office",
        ]);
        legal.resuscitation = Some(Resuscitation {
            attempt,
            decided: on(&mut chance),
            paper,
        });
    }
    legal.advance_decision = chance.percent(7).then(|| on(&mut chance));
    legal.attorney = chance.percent(18).then(|| on(&mut chance));
    legal.capacity = chance.percent(25).then(|| {
        let words = chance.word(&[
            "Has capacity for decisions about care and treatment",
            "Lacks capacity for decisions about where to live; best-interests decision recorded",
            "Capacity changes through the day; ask in the morning",
        ]);
        (words, on(&mut chance))
    });
    if old {
        legal.place_of_care = chance.percent(45).then(|| {
            (
                chance.word(&[
                    "Own home",
                    "Own home with the daughter",
                    "Care home",
                    "No preference",
                ]),
                on(&mut chance),
            )
        });
        legal.place_of_death = chance.percent(30).then(|| {
            (
                chance.word(&[
                    "Own home",
                    "Hospice",
                    "Care home",
                    "Not ready to talk about it",
                ]),
                on(&mut chance),
            )
        });
    }
    legal
}
