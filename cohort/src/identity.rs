//! Who a person is: name, birth, number, address. Made alone and cheaply, so that a list of two
//! thousand people costs two thousand names and nothing else.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{
    chance::Chance,
    mock,
    names::{COMMUNITIES, Community},
    nhs_number::nhs_number,
    places::{DISTRICTS, STREETS},
    programme::Options,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Gender {
    pub fn code(self) -> &'static str {
        match self {
            Gender::Female => "female",
            Gender::Male => "male",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub family: String,
    pub given: String,
    pub middle: Option<String>,
    pub prefix: String,
    pub nickname: Option<String>,
    pub gender: Gender,
    pub birth: NaiveDate,
    pub nhs_number: String,
    pub ethnicity: (&'static str, &'static str),
    /// Spoken at home, and whether an interpreter is needed.
    pub language: Option<(&'static str, &'static str, bool)>,
    pub street: String,
    pub district: &'static str,
    pub postcode: String,
    pub phone: String,
    pub mobile: Option<String>,
}

impl Identity {
    pub fn of(options: &Options, n: usize, area: usize) -> Self {
        let mut chance = Chance::of(options.seed, "identity", n);
        let community = community(&mut chance);
        let gender = if chance.percent(56) {
            Gender::Female
        } else {
            Gender::Male
        };
        let given = given_name(&mut chance, community, gender);
        let middle = chance
            .percent(45)
            .then(|| given_name(&mut chance, community, gender))
            .filter(|middle| *middle != given);
        let birth = birth(&mut chance, options);
        let district = chance.pick(
            DISTRICTS
                .get(area)
                .copied()
                .unwrap_or(&[("Manchester", "M99")]),
        );
        let family = feminine(chance.word(community.families), gender, community);
        let mut identity = Self {
            prefix: prefix(&mut chance, gender).to_owned(),
            nickname: nickname(&mut chance, &given),
            family,
            given,
            middle,
            gender,
            birth,
            nhs_number: nhs_number(options.seed, n),
            ethnicity: community.ethnicity,
            language: community.language.and_then(|(code, name)| {
                chance.percent(55).then(|| (code, name, chance.percent(60)))
            }),
            street: format!("{} {}", chance.between(1, 240), chance.word(STREETS)),
            district: district.0,
            postcode: format!(
                "{} {}{}{}",
                district.1,
                chance.between(0, 9),
                letter(&mut chance),
                letter(&mut chance)
            ),
            phone: format!("0161 496 0{:03}", chance.between(200, 999)),
            mobile: chance
                .percent(60)
                .then(|| format!("07700 900 {:03}", chance.between(0, 999))),
        };
        mock::rename(n, &mut identity);
        identity
    }

    /// `Smith, Jane (Mrs)` with the family name in capitals, as lists write it.
    pub fn listed(&self) -> String {
        format!(
            "{}, {} ({})",
            self.family.to_uppercase(),
            self.given,
            self.prefix
        )
    }

    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// What the person is called by: the nickname, else the given name.
    pub fn called(&self) -> &str {
        self.nickname.as_deref().unwrap_or(&self.given)
    }
}

fn community(chance: &mut Chance) -> &'static Community {
    let mut at = u32::try_from(chance.below(1000)).unwrap_or(0);
    for community in COMMUNITIES {
        if at < community.share {
            return community;
        }
        at -= community.share;
    }
    chance.pick(COMMUNITIES)
}

fn given_name(chance: &mut Chance, community: &Community, gender: Gender) -> String {
    let names = if gender == Gender::Female {
        community.women
    } else {
        community.men
    };
    chance.word(names).to_owned()
}

/// Polish family names in -ski have a form for women.
fn feminine(family: &str, gender: Gender, community: &Community) -> String {
    let polish = community.language.is_some_and(|(code, _)| code == "pl");
    match family.strip_suffix('i') {
        Some(stem) if polish && gender == Gender::Female => format!("{stem}a"),
        _ => family.to_owned(),
    }
}

/// Mostly people between 70 and 90, with some younger and a few very old.
fn birth(chance: &mut Chance, options: &Options) -> NaiveDate {
    let age = if chance.percent(18) {
        chance.between(38, 64)
    } else {
        62 + (chance.between(0, 18) + chance.between(0, 18))
    };
    options.today.date() - TimeDelta::days(age * 365 + age / 4 + chance.between(0, 364))
}

fn prefix(chance: &mut Chance, gender: Gender) -> &'static str {
    if chance.permille(12) {
        return "Dr";
    }
    match gender {
        Gender::Male => "Mr",
        Gender::Female => chance.word(&["Mrs", "Mrs", "Mrs", "Miss", "Ms"]),
    }
}

fn nickname(chance: &mut Chance, given: &str) -> Option<String> {
    const SHORT: &[(&str, &str)] = &[
        ("Margaret", "Peggy"),
        ("Patricia", "Pat"),
        ("Kathleen", "Kath"),
        ("William", "Bill"),
        ("Robert", "Bob"),
        ("Thomas", "Tommy"),
        ("Dorothy", "Dot"),
        ("James", "Jim"),
        ("Kenneth", "Ken"),
        ("Christine", "Chris"),
        ("Raymond", "Ray"),
        ("Winifred", "Winnie"),
        ("Elsie", "Els"),
        ("Mohammed", "Mo"),
        ("Stanley", "Stan"),
        ("Patrick", "Paddy"),
        ("Susan", "Sue"),
        ("Stanisław", "Stan"),
    ];
    let (_, short) = SHORT.iter().find(|(long, _)| *long == given)?;
    chance.percent(70).then(|| (*short).to_owned())
}

fn letter(chance: &mut Chance) -> char {
    *chance.pick(&[
        'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X',
        'Y', 'Z',
    ])
}

/// Whole years lived on a day.
pub(crate) fn age(birth: NaiveDate, on: NaiveDate) -> i32 {
    let years = on.year() - birth.year();
    if (on.month(), on.day()) < (birth.month(), birth.day()) {
        years - 1
    } else {
        years
    }
}
