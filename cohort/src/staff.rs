//! The 900 registered users: sixty multidisciplinary teams of fifteen.
//!
//! Who somebody is follows from the number alone: `number / 15` is the team, `number % 15` the place in it.

use crate::{
    chance::Chance,
    demo,
    names::{STAFF_FAMILIES, YOUNGER_MEN, YOUNGER_WOMEN},
    places::AREAS,
    programme::Options,
};

/// How many people a multidisciplinary team has.
pub(crate) const TEAM_SIZE: usize = 15;

/// Who employs a member of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Employer {
    Community,
    Practice,
    Council,
    Trust,
    MentalHealth,
}

/// A place in a team.
pub(crate) struct Post {
    pub role: &'static str,
    pub specialty: &'static str,
    pub employer: Employer,
    /// `gmc`, `nmc`, `hcpc`, `gphc`, or empty where no register applies.
    pub register: &'static str,
    /// Per cent of people whose own team has somebody of this post.
    pub share: u32,
}

pub(crate) const POSTS: [Post; TEAM_SIZE] = [
    Post {
        role: "Care coordinator",
        specialty: "Care coordination",
        employer: Employer::Community,
        register: "",
        share: 95,
    },
    Post {
        role: "District nurse",
        specialty: "Community nursing",
        employer: Employer::Community,
        register: "nmc",
        share: 75,
    },
    Post {
        role: "General practitioner",
        specialty: "General practice",
        employer: Employer::Practice,
        register: "gmc",
        share: 100,
    },
    Post {
        role: "Social worker",
        specialty: "Adult social care",
        employer: Employer::Council,
        register: "",
        share: 50,
    },
    Post {
        role: "Community matron",
        specialty: "Long-term conditions",
        employer: Employer::Community,
        register: "nmc",
        share: 45,
    },
    Post {
        role: "Physiotherapist",
        specialty: "Physiotherapy",
        employer: Employer::Community,
        register: "hcpc",
        share: 35,
    },
    Post {
        role: "Occupational therapist",
        specialty: "Occupational therapy",
        employer: Employer::Council,
        register: "hcpc",
        share: 30,
    },
    Post {
        role: "Clinical pharmacist",
        specialty: "Medicines review",
        employer: Employer::Practice,
        register: "gphc",
        share: 25,
    },
    Post {
        role: "Heart failure nurse",
        specialty: "Heart failure",
        employer: Employer::Trust,
        register: "nmc",
        share: 0,
    },
    Post {
        role: "Respiratory nurse",
        specialty: "Respiratory",
        employer: Employer::Trust,
        register: "nmc",
        share: 0,
    },
    Post {
        role: "Community psychiatric nurse",
        specialty: "Mental health",
        employer: Employer::MentalHealth,
        register: "nmc",
        share: 0,
    },
    Post {
        role: "Consultant geriatrician",
        specialty: "Geriatric medicine",
        employer: Employer::Trust,
        register: "gmc",
        share: 15,
    },
    Post {
        role: "Dietitian",
        specialty: "Dietetics",
        employer: Employer::Community,
        register: "hcpc",
        share: 10,
    },
    Post {
        role: "Palliative care nurse",
        specialty: "Palliative care",
        employer: Employer::Community,
        register: "nmc",
        share: 7,
    },
    Post {
        role: "Social prescribing link worker",
        specialty: "Social prescribing",
        employer: Employer::Practice,
        register: "",
        share: 20,
    },
];

/// A registered user.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub number: usize,
    pub given: String,
    pub family: String,
    pub prefix: &'static str,
    pub role: &'static str,
    pub phone: String,
    pub email: String,
    pub sds_user_id: String,
    pub registration: String,
}

impl Member {
    pub fn of(options: &Options, number: usize) -> Self {
        let mut chance = Chance::of(options.seed, "staff", number);
        let post = post(number);
        let woman = chance.percent(68);
        let given = chance.word(if woman { YOUNGER_WOMEN } else { YOUNGER_MEN });
        let family = chance.word(STAFF_FAMILIES);
        let (given, family) = demo::renamed(options, number).unwrap_or((given, family));
        let doctor = post.register == "gmc";
        Self {
            number,
            given: given.to_owned(),
            family: family.to_owned(),
            prefix: if doctor { "Dr" } else { "" },
            role: demo::other_role(options, number).unwrap_or(post.role),
            phone: if number == 2 * TEAM_SIZE + 1 {
                "0161 496 0101".to_owned()
            } else {
                format!("0161 496 {:04}", 100 + number % 900)
            },
            email: format!(
                "{}.{}{}@example.nhs.uk",
                ascii(given),
                ascii(family),
                number
            ),
            sds_user_id: format!("5559{:08}", 10_000_000 + number * 7919 % 80_000_000),
            registration: registration(post.register, number),
        }
    }

    /// `Dr Sana Ahmed`, `Tom Achebe`.
    pub fn name(&self) -> String {
        if self.prefix.is_empty() {
            format!("{} {}", self.given, self.family)
        } else {
            format!("{} {} {}", self.prefix, self.given, self.family)
        }
    }

    pub fn team(&self) -> usize {
        self.number / TEAM_SIZE
    }
}

pub(crate) fn post(number: usize) -> &'static Post {
    let [first, ..] = &POSTS;
    POSTS.get(number % TEAM_SIZE).unwrap_or(first)
}

/// `North 3 team`, and the area's place in [`AREAS`].
pub(crate) fn team_name(options: &Options, team: usize) -> String {
    let per_area = options.teams_per_area();
    let area = AREAS.get(team / per_area).map_or("North", |area| area.name);
    format!("{area} {} team", team % per_area + 1)
}

fn registration(register: &str, number: usize) -> String {
    match register {
        "gmc" => format!("79{:05}", number * 37 % 100_000),
        "nmc" => format!("99A{:04}E", number % 10_000),
        "hcpc" => format!("PH9{number:05}"),
        "gphc" => format!("29{number:05}"),
        _ => String::new(),
    }
}

fn ascii(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_lowercase()
}
