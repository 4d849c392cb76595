//! Facts in no more room than they take: a list keeps some of thousands of people, of a few kinds each.

use std::sync::Arc;

use super::plain::{PlainPlan, PlainRisk, PlainTeam};
use crate::domain::Facts;
use crate::domain::activity::Encounter;
use crate::domain::alert::Alert;
use crate::domain::medicine::Medicine;
use crate::domain::plan::Plan;
use crate::domain::result::{Finding, Report};
use crate::domain::risk::Risk;
use crate::domain::team::Team;

/// A few facts. [`Facts`] has a list for each kind that there is, which is most of its room where these are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Few {
    facts: Box<[Fact]>,
    /// Whether these are all that the source has.
    pub is_whole: bool,
}

/// What rows are made from, and the rest, where there is any.
#[derive(Clone, Debug, PartialEq)]
enum Fact {
    Medicine(Box<Medicine>),
    Finding(Box<Finding>),
    Report(Box<Report>),
    Encounter(Arc<Encounter>),
    Plan(Box<Plan>),
    Team(Box<Team>),
    Alert(Box<Alert>),
    Risk(Box<Risk>),
    /// What nearly everybody has one of, where it is as most are kept.
    PlainPlan(Box<PlainPlan>),
    PlainTeam(Box<PlainTeam>),
    PlainRisk(Box<PlainRisk>),
    Rest(Box<Facts>),
}

fn each<T>(of: &mut Vec<T>, fact: impl FnMut(T) -> Fact, all: &mut Vec<Fact>) {
    all.extend(std::mem::take(of).into_iter().map(fact));
}

/// In its plain form where that loses nothing.
fn plainly<W, P>(
    whole: W,
    plain: fn(&W) -> Option<P>,
    as_plain: fn(Box<P>) -> Fact,
    as_whole: fn(Box<W>) -> Fact,
) -> Fact {
    match plain(&whole) {
        Some(it) => as_plain(Box::new(it)),
        None => as_whole(Box::new(whole)),
    }
}

impl Few {
    pub fn new(mut facts: Facts, is_whole: bool) -> Self {
        let mut all = Vec::new();
        each(
            &mut facts.medicines,
            |it| Fact::Medicine(Box::new(it)),
            &mut all,
        );
        each(
            &mut facts.findings,
            |it| Fact::Finding(Box::new(it)),
            &mut all,
        );
        each(
            &mut facts.reports,
            |it| Fact::Report(Box::new(it)),
            &mut all,
        );
        each(&mut facts.encounters, Fact::Encounter, &mut all);
        let plan = |it| plainly(it, PlainPlan::of, Fact::PlainPlan, Fact::Plan);
        each(&mut facts.plans, plan, &mut all);
        let team = |it| plainly(it, PlainTeam::of, Fact::PlainTeam, Fact::Team);
        each(&mut facts.teams, team, &mut all);
        each(&mut facts.alerts, |it| Fact::Alert(Box::new(it)), &mut all);
        let risk = |it| plainly(it, PlainRisk::of, Fact::PlainRisk, Fact::Risk);
        each(&mut facts.risks, risk, &mut all);
        if facts != Facts::default() {
            all.push(Fact::Rest(Box::new(facts)));
        }
        Self {
            facts: all.into(),
            is_whole,
        }
    }

    /// Adds a copy to what is known already.
    pub fn add_to(&self, facts: &mut Facts) {
        for fact in &self.facts {
            match fact {
                Fact::Medicine(it) => facts.medicines.push((**it).clone()),
                Fact::Finding(it) => facts.findings.push((**it).clone()),
                Fact::Report(it) => facts.reports.push((**it).clone()),
                Fact::Encounter(it) => facts.encounters.push(Arc::clone(it)),
                Fact::Plan(it) => facts.plans.push((**it).clone()),
                Fact::Team(it) => facts.teams.push((**it).clone()),
                Fact::Alert(it) => facts.alerts.push((**it).clone()),
                Fact::Risk(it) => facts.risks.push((**it).clone()),
                Fact::PlainPlan(it) => facts.plans.push(it.whole()),
                Fact::PlainTeam(it) => facts.teams.push(it.whole()),
                Fact::PlainRisk(it) => facts.risks.push(it.whole()),
                Fact::Rest(it) => facts.absorb((**it).clone()),
            }
        }
    }
}
