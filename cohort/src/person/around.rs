//! The person's own team, alerts and care package.

use chrono::{NaiveDate, TimeDelta};

use super::{Alert, Carer, Problem};
use crate::{
    chance::Chance,
    demo,
    programme::Options,
    special,
    staff::{POSTS, TEAM_SIZE},
};

pub(super) fn team(options: &Options, n: usize, full: bool, problems: &[Problem]) -> Vec<Carer> {
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

pub(super) fn alerts(
    chance: &mut Chance,
    options: &Options,
    full: bool,
    problems: &[Problem],
) -> Vec<Alert> {
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
        });
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

pub(super) fn package(chance: &mut Chance, options: &Options) -> Option<(String, NaiveDate)> {
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
