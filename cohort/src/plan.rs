//! The personalised care and support plan: needs, goals, actions, the crisis plan, the person's words.

#[path = "plan/about.rs"]
mod about;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::{
    chance::Chance,
    conditions::Condition,
    person::Person,
    programme::Options,
    staff::{POSTS, TEAM_SIZE},
};

pub(crate) struct Plan {
    pub created: NaiveDateTime,
    /// Staff number of who wrote it.
    pub author: usize,
    pub reviews: Vec<NaiveDate>,
    pub next_review: Option<NaiveDate>,
    pub reviewer: usize,
    pub goals: Vec<Goal>,
    /// Headings of the crisis plan with the words under each; empty where there is none.
    pub crisis: Vec<(&'static str, String)>,
    /// Staff number of whom the crisis plan says to ring first.
    pub ring: usize,
    /// PRSB headings of About me with the person's words.
    pub about: Vec<(&'static str, String)>,
    /// A few arrive as free activities rather than tasks.
    pub received: Vec<String>,
}

pub(crate) struct Goal {
    pub words: String,
    /// Of ten.
    pub importance: i64,
    pub achievement: (&'static str, &'static str),
    pub lifecycle: &'static str,
    pub start: NaiveDate,
    pub due: NaiveDate,
    /// Place in the person's problems.
    pub problem: usize,
    pub actions: Vec<Action>,
}

pub(crate) struct Action {
    pub words: String,
    pub owner: usize,
    pub status: &'static str,
    pub due: NaiveDate,
    pub asked: NaiveDateTime,
    pub touched: NaiveDateTime,
}

/// About nine in ten people have a plan.
pub(crate) fn of(options: &Options, person: &Person) -> Option<Plan> {
    let mut chance = Chance::of(options.seed, "has-plan", person.n);
    (!chance.percent(9) && !person.team.is_empty()).then(|| make(options, person))
}

/// A plan for the person's problems, by the person's team.
pub(crate) fn make(options: &Options, person: &Person) -> Plan {
    let mut chance = Chance::of(options.seed, "plan", person.n);
    let created = chance.days_before(options.today, 120, 700);
    let author = chance.pick(&person.team).member;
    let (reviews, next_review) = reviews(&mut chance, options, created.date(), person.full);
    let mut goals: Vec<Goal> = Vec::new();
    let most = if person.full { 4 } else { 1 };
    for (at, problem) in person.problems.iter().enumerate().take(most) {
        goals.push(goal(
            &mut chance,
            options,
            person,
            at,
            problem.condition,
            created,
        ));
    }
    let crisis_for = person
        .problems
        .iter()
        .map(|problem| problem.condition)
        .find(|condition| condition.crisis.is_some());
    let crisis_for = crisis_for.filter(|_| person.full || chance.percent(70));
    Plan {
        created,
        author,
        reviews,
        next_review,
        reviewer: person.member_with(2),
        goals,
        crisis: crisis_for
            .map(|condition| crisis(&mut chance, person, condition))
            .unwrap_or_default(),
        ring: crisis_for
            .and_then(|condition| condition.crisis.as_ref())
            .map_or(author, |crisis| person.member_with(crisis.post)),
        about: if person.full {
            about::about(&mut chance, person)
        } else {
            Vec::new()
        },
        received: if person.full && chance.percent(20) {
            vec!["Grab rail fitted by the bath".to_owned()]
        } else {
            Vec::new()
        },
    }
}

/// Reviewed about every three to six months; one plan in six is overdue.
fn reviews(
    chance: &mut Chance,
    options: &Options,
    created: NaiveDate,
    full: bool,
) -> (Vec<NaiveDate>, Option<NaiveDate>) {
    let today = options.today.date();
    let overdue = chance.permille(167);
    let interval = *chance.pick(&[91, 91, 182]);
    let next = if overdue {
        today - TimeDelta::days(chance.between(3, 120))
    } else {
        today + TimeDelta::days(chance.between(4, interval - 4))
    };
    let mut reviews = Vec::new();
    let mut on = next - TimeDelta::days(interval);
    let most = if full { 3 } else { 1 };
    while on >= created && on <= today && reviews.len() < most {
        reviews.push(on);
        on -= TimeDelta::days(interval);
    }
    reviews.reverse();
    (reviews, Some(next))
}

fn goal(
    chance: &mut Chance,
    options: &Options,
    person: &Person,
    problem: usize,
    condition: &'static Condition,
    created: NaiveDateTime,
) -> Goal {
    let achievement = *chance.pick(&[
        ("in-progress", "In Progress"),
        ("in-progress", "In Progress"),
        ("improving", "Improving"),
        ("no-change", "No Change"),
        ("achieved", "Achieved"),
        ("not-achieved", "Not Achieved"),
        ("worsening", "Worsening"),
    ]);
    let lifecycle = match achievement.0 {
        "achieved" => "completed",
        _ => "active",
    };
    let count = if person.full { 3 } else { 1 };
    let actions = condition
        .actions
        .iter()
        .take(count)
        .map(|words| action(chance, options, person, words))
        .collect();
    Goal {
        words: condition.goal.to_owned(),
        importance: chance.between(4, 10),
        achievement,
        lifecycle,
        start: created.date(),
        due: options.today.date() + TimeDelta::days(chance.between(-30, 200)),
        problem,
        actions,
    }
}

fn action(chance: &mut Chance, options: &Options, person: &Person, words: &str) -> Action {
    let asked = chance.days_before(options.today, 10, 110);
    let touched = asked + TimeDelta::days(chance.between(0, 9));
    let status = chance.word(&[
        "requested",
        "requested",
        "accepted",
        "in-progress",
        "in-progress",
        "completed",
        "completed",
        "completed",
        "cancelled",
    ]);
    // Of the open ones about one in five is late.
    let late = chance.percent(20);
    let due = if late || status == "completed" {
        options.today.date() - TimeDelta::days(chance.between(1, 9))
    } else {
        options.today.date() + TimeDelta::days(chance.between(1, 60))
    };
    Action {
        words: words.to_owned(),
        owner: chance.pick(&person.team).member,
        status,
        due,
        asked,
        touched,
    }
}

fn crisis(
    chance: &mut Chance,
    person: &Person,
    condition: &'static Condition,
) -> Vec<(&'static str, String)> {
    let Some(words) = &condition.crisis else {
        return Vec::new();
    };
    let mut items = vec![
        ("Trigger factors", words.triggers.to_owned()),
        ("What should happen", words.response.to_owned()),
        ("Who should be contacted", words.contact.to_owned()),
    ];
    if !person.full {
        return items;
    }
    items.push(("Coping strategies", words.coping.to_owned()));
    items.push(("Relapse indicators", words.relapse.to_owned()));
    items.push((
        "Anticipatory medicines and equipment",
        words.ready.to_owned(),
    ));
    if chance.percent(30) {
        items.push(("Advance statement", "Wishes to be cared for at home for as long as that is possible. The signed copy is in the yellow folder.".to_owned()));
    }
    if let Some(carer) = person
        .contacts
        .iter()
        .find(|contact| contact.uk_roles.contains(&"Carer"))
    {
        let words = format!(
            "If {} cannot come: ring the council’s emergency duty team, who can start home care the same day.",
            carer.full_name()
        );
        items.push(("If the carer cannot care", words));
    }
    items
}

/// The role of a staff number's post.
pub(crate) fn role(member: usize) -> &'static str {
    POSTS.get(member % TEAM_SIZE).map_or("", |post| post.role)
}
