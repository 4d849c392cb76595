//! The facts about one person, decided before anybody writes them down as FHIR.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use crate::{
    activity::{self, Booking, Episode},
    allergies::{ALLERGENS, Allergies, Known},
    chance::{Chance, opaque_id},
    conditions::{CONDITIONS, Condition},
    contacts::{self, Contact},
    demo,
    identity::{Identity, age},
    legal::{self, Legal},
    medicines::{Medicine, medicine},
    mock,
    plan::{self, Plan},
    programme::Options,
    source::Source,
    special,
    staff::{POSTS, TEAM_SIZE},
};

/// A problem of the problem list.
pub(crate) struct Problem {
    pub condition: &'static Condition,
    /// As the GP wrote it: `2019`, `2019-04` or a day.
    pub since: String,
    pub recorded: NaiveDate,
}

/// A medicine of the GP's list.
pub(crate) struct Taken {
    pub medicine: &'static Medicine,
    /// Which of the medicine's doses the GP has.
    pub dose: usize,
    /// Which one a hospital wrote on its last discharge, if any did.
    pub hospital_dose: Option<usize>,
    pub status: &'static str,
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// When the dose last changed.
    pub changed: Option<NaiveDate>,
    pub problem: Option<usize>,
}

/// Somebody of the person's own team.
pub(crate) struct Carer {
    pub member: usize,
    pub since: NaiveDate,
    pub key_worker: bool,
}

/// Something everybody should know before knocking.
pub(crate) struct Alert {
    pub code: &'static str,
    pub words: String,
    pub category: &'static str,
    pub active: bool,
    pub since: NaiveDate,
}

pub(crate) struct Person {
    pub n: usize,
    /// Everything is recorded; else the least that lists need.
    pub full: bool,
    pub area: usize,
    pub team_number: usize,
    pub practice: usize,
    pub identity: Identity,
    pub problems: Vec<Problem>,
    pub allergies: Allergies,
    pub medicines: Vec<Taken>,
    pub team: Vec<Carer>,
    pub contacts: Vec<Contact>,
    /// Per cent, of an emergency admission within twelve months.
    pub risk: i64,
    pub risk_on: NaiveDate,
    pub plan: Option<Plan>,
    pub alerts: Vec<Alert>,
    pub legal: Legal,
    /// Words and since when; the council's.
    pub package: Option<(String, NaiveDate)>,
    pub episodes: Vec<Episode>,
    pub bookings: Vec<Booking>,
    pub mental_health: bool,
    pub call_outs: i64,
    pub died: Option<NaiveDateTime>,
}

impl Person {
    pub fn of(options: &Options, n: usize) -> Self {
        let area = options.area_of(n);
        let full = n < options.detailed();
        let identity = Identity::of(options, n, area);
        let mut chance = Chance::of(options.seed, "person", n);
        let problems = problems(options, n, full, &identity);
        let team = team(options, n, full, &problems);
        let mut person = Self {
            n,
            full,
            area,
            team_number: options.team_of(n),
            practice: area * options.practices_per_area()
                + chance.below(options.practices_per_area()),
            allergies: allergies(&mut chance, options, full),
            medicines: medicines(options, n, full, &problems),
            contacts: contacts::of(options, n, full, &identity),
            risk: 14 + chance.between(0, 28) + chance.between(0, 28),
            risk_on: options
                .today
                .date()
                .with_day(1)
                .unwrap_or(options.today.date()),
            plan: None,
            alerts: alerts(&mut chance, options, full, &problems),
            legal: legal::of(options, n, full, &identity),
            package: package(&mut chance, options),
            episodes: Vec::new(),
            bookings: Vec::new(),
            mental_health: problems
                .iter()
                .any(|problem| problem.condition.specialist == Some(10))
                && chance.percent(34),
            call_outs: if chance.percent(10) {
                chance.between(1, if full { 4 } else { 2 })
            } else {
                0
            },
            died: None,
            identity,
            problems,
            team,
        };
        person.plan = plan::of(options, &person);
        (person.episodes, person.bookings) = activity::of(options, &person);
        if n >= demo::TEAMS * demo::CRAFTED_PER_TEAM && chance.permille(5) {
            person
                .die(options.today - TimeDelta::days(chance.between(1, 20)) - TimeDelta::hours(5));
        }
        mock::shape(options, &mut person);
        person
    }

    /// The person dies: nothing is open or to come afterwards.
    pub fn die(&mut self, at: NaiveDateTime) {
        self.died = Some(at);
        self.bookings.clear();
        self.episodes
            .retain(|episode| episode.start < at && episode.end.is_some_and(|end| end < at));
    }

    /// Makes medicines and plan anew, for problems and a team decided by hand. There is always a plan.
    pub fn retreat(&mut self, options: &Options) {
        self.medicines = medicines(options, self.n, self.full, &self.problems);
        self.plan = Some(plan::make(options, self));
    }

    /// The opaque id of one of this person's resources in a source.
    pub fn id(&self, options: &Options, source: Source, kind: &str, key: &str) -> String {
        resource_id(options, source, kind, self.n, key)
    }

    pub fn patient_id(&self, options: &Options, source: Source) -> String {
        self.id(options, source, "Patient", "")
    }

    /// The member of the team with this post, else the general practitioner, else the first.
    pub fn member_with(&self, post: usize) -> usize {
        let has = |wanted: usize| {
            self.team
                .iter()
                .map(|carer| carer.member)
                .find(|member| member % TEAM_SIZE == wanted)
        };
        has(post)
            .or_else(|| has(2))
            .or_else(|| self.team.first().map(|carer| carer.member))
            .unwrap_or(self.team_number * TEAM_SIZE + 2)
    }
}

pub(crate) fn resource_id(
    options: &Options,
    source: Source,
    kind: &str,
    n: usize,
    key: &str,
) -> String {
    opaque_id(
        options.seed,
        &format!("{}/{kind}/person-{n}/{key}", source.id()),
    )
}

fn problems(options: &Options, n: usize, full: bool, identity: &Identity) -> Vec<Problem> {
    let mut chance = Chance::of(options.seed, "problems", n);
    let least = if full { 4 } else { 3 };
    let most = if full { 7 } else { 3 };
    let years = age(identity.birth, options.today.date());
    let mut found: Vec<&'static Condition> = Vec::new();
    // Two passes over the table in a random order: the shares decide who gets in first.
    for _ in 0..4 {
        for condition in chance.some(CONDITIONS, CONDITIONS.len()) {
            let too_young = years < 62
                && matches!(
                    condition.key,
                    "dementia" | "frailty" | "amd" | "osteoporosis"
                );
            if found.len() < most
                && !too_young
                && !found.iter().any(|had| had.key == condition.key)
                && chance.permille(condition.share / 2)
            {
                found.push(condition);
            }
        }
        if found.len() >= least {
            break;
        }
    }
    found
        .into_iter()
        .map(|condition| problem(&mut chance, options, condition))
        .collect()
}

pub(crate) fn problem(
    chance: &mut Chance,
    options: &Options,
    condition: &'static Condition,
) -> Problem {
    let (low, high) = condition.since;
    let began = options.today.date() - TimeDelta::days(chance.between(low * 365, high * 365));
    let since = match chance.below(4) {
        0 => began.format("%Y-%m-%d").to_string(),
        1 => began.format("%Y-%m").to_string(),
        _ => began.format("%Y").to_string(),
    };
    Problem {
        condition,
        since,
        recorded: began + TimeDelta::days(chance.between(0, 20)),
    }
}

fn allergies(chance: &mut Chance, options: &Options, full: bool) -> Allergies {
    let fate = chance.below(100);
    let year = options.today.year();
    match fate {
        0..=8 => Allergies::NotRecorded,
        9..=58 => Allergies::NoneKnown,
        _ => {
            let count = if full { 1 + chance.below(2) } else { 1 };
            let mut found = chance.some(ALLERGENS, count);
            found.dedup_by_key(|allergen| allergen.name);
            let mut known = |allergen| Known {
                allergen,
                year: year - i32::try_from(chance.between(1, 40)).unwrap_or(1),
                in_gp: true,
                in_trust: chance.percent(60),
            };
            Allergies::Known(found.into_iter().map(&mut known).collect())
        }
    }
}

fn medicines(options: &Options, n: usize, full: bool, problems: &[Problem]) -> Vec<Taken> {
    let mut chance = Chance::of(options.seed, "medicines", n);
    let most = if full { 11 } else { 3 };
    let mut taken: Vec<Taken> = Vec::new();
    for (at, problem) in problems.iter().enumerate() {
        let per_problem = if full { 3 } else { 2 };
        for key in problem.condition.medicines.iter().take(per_problem) {
            let had = taken.iter().any(|other| other.medicine.key == *key);
            if let Some(medicine) = medicine(key).filter(|_| !had && taken.len() < most) {
                taken.push(course(&mut chance, options, medicine, Some(at)));
            }
        }
    }
    if full {
        for key in ["amoxicillin", "doxycycline", "prednisolone"] {
            if let Some(medicine) = medicine(key).filter(|_| chance.percent(30)) {
                let start = options.today.date() - TimeDelta::days(chance.between(30, 500));
                taken.push(Taken {
                    medicine,
                    dose: 0,
                    hospital_dose: None,
                    status: "completed",
                    start,
                    end: Some(start + TimeDelta::days(5)),
                    changed: None,
                    problem: None,
                });
            }
        }
    }
    taken
}

fn course(
    chance: &mut Chance,
    options: &Options,
    medicine: &'static Medicine,
    problem: Option<usize>,
) -> Taken {
    let today = options.today.date();
    let start = today - TimeDelta::days(chance.between(60, 2400));
    let dose = if chance.percent(75) {
        0
    } else {
        chance.below(medicine.doses.len())
    };
    let fate = chance.below(100);
    let (status, end) = match fate {
        0..=5 => (
            "stopped",
            Some(today - TimeDelta::days(chance.between(2, 300))),
        ),
        6..=8 => ("on-hold", None),
        _ => ("active", None),
    };
    let changed = (status == "active" && chance.percent(12))
        .then(|| today - TimeDelta::days(chance.between(1, 27)));
    let hospital_dose = if chance.percent(85) {
        Some(dose)
    } else {
        Some(chance.below(medicine.doses.len()))
    };
    let end = end.filter(|end| *end > start);
    Taken {
        medicine,
        dose,
        hospital_dose,
        status,
        start,
        end,
        changed,
        problem,
    }
}

fn team(options: &Options, n: usize, full: bool, problems: &[Problem]) -> Vec<Carer> {
    let mut chance = Chance::of(options.seed, "team", n);
    let team = options.team_of(n);
    let nth = if n < demo::TEAMS * demo::CRAFTED_PER_TEAM {
        n % demo::CRAFTED_PER_TEAM
    } else {
        n / demo::TEAMS
    };
    let wanted: Vec<usize> = problems
        .iter()
        .filter_map(|problem| problem.condition.specialist)
        .collect();
    let mut members: Vec<usize> = Vec::new();
    for (place, post) in POSTS.iter().enumerate() {
        let member = team * TEAM_SIZE + place;
        let share = if full {
            post.share
        } else {
            post.share / 2 + if place == 2 { 50 } else { 0 }
        };
        let by_chance = chance.percent(share) || wanted.contains(&place);
        let listed = if n < demo::LISTED {
            demo::looks_after(options, member, nth)
        } else {
            Some(false).filter(|_| demo::renamed(options, member).is_some())
        };
        if listed.unwrap_or(by_chance) {
            members.push(member);
        }
    }
    if special::is_special(n) {
        members.push(demo::safety_officer(options));
        members.dedup();
    }
    let leads: Vec<usize> = members
        .iter()
        .copied()
        .filter(|member| matches!(member % TEAM_SIZE, 0 | 1 | 3 | 4))
        .collect();
    let lead = if leads.is_empty() || chance.percent(5) {
        None
    } else {
        Some(*chance.pick(&leads))
    };
    let mut since = || options.today.date() - TimeDelta::days(chance.between(40, 900));
    members
        .into_iter()
        .map(|member| Carer {
            member,
            since: since(),
            key_worker: Some(member) == lead,
        })
        .collect()
}

fn alerts(chance: &mut Chance, options: &Options, full: bool, problems: &[Problem]) -> Vec<Alert> {
    let has = |key: &str| problems.iter().any(|problem| problem.condition.key == key);
    let mut alerts = Vec::new();
    let since = options.today.date() - TimeDelta::days(chance.between(30, 700));
    let mut alert = |code, words: &str, category| {
        alerts.push(Alert {
            code,
            words: words.to_owned(),
            category,
            active: true,
            since,
        })
    };
    if chance.percent(if full { 35 } else { 12 }) {
        alert(
            "",
            "Key safe by the back door; ask the care coordinator for the number",
            "Access",
        );
    }
    if has("copd") && chance.percent(25) {
        alert("", "Oxygen at home: no smoking, no naked flame", "Safety");
    }
    if (has("falls") || has("frailty")) && full && chance.percent(45) {
        alert("129839007", "At risk of falls", "Safety");
    }
    if full && chance.percent(12) {
        alert("", "Dog in the house; ring first", "Safety");
    }
    if has("hearing") && full {
        alert(
            "1108111000000107",
            "Requires reasonable adjustments: face the person, speak clearly, write numbers down",
            "Reasonable adjustments",
        );
    }
    if full && chance.percent(10) {
        let (from, until) = (since, "Pressure ulcer risk");
        alerts.push(Alert {
            code: "",
            words: until.to_owned(),
            category: "Safety",
            active: false,
            since: from,
        });
    }
    alerts
}

fn package(chance: &mut Chance, options: &Options) -> Option<(String, NaiveDate)> {
    const PACKAGES: &[&str] = &[
        "Home care package, 4 calls a day",
        "Home care package, 2 calls a day",
        "Home care package, 1 call a day",
        "Day centre, Tuesdays and Thursdays",
        "Meals at home, 7 days",
        "Reablement, 6 weeks",
        "Respite, 4 weeks a year",
        "Telecare pendant and falls sensor",
        "Direct payment, 12 hours a week",
    ];
    chance.percent(28).then(|| {
        (
            chance.word(PACKAGES).to_owned(),
            options.today.date() - TimeDelta::days(chance.between(20, 1200)),
        )
    })
}
