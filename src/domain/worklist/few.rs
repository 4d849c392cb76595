//! Facts in no more room than they take: a list keeps some of thousands of people, of a few kinds each.

use crate::domain::Facts;
use crate::domain::activity::Encounter;
use crate::domain::alert::Alert;
use crate::domain::medicine::Medicine;
use crate::domain::plan::Plan;
use crate::domain::result::{Finding, Report};
use crate::domain::risk::Risk;
use crate::domain::team::Team;

/// A few facts. [`Facts`] has a list for each kind that there is, which is most of its room where these are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Few(Box<[Fact]>);

/// What rows are made from, and the rest, where there is any.
#[derive(Clone, Debug, PartialEq)]
enum Fact {
    Medicine(Box<Medicine>),
    Finding(Box<Finding>),
    Report(Box<Report>),
    Encounter(Box<Encounter>),
    Plan(Box<Plan>),
    Team(Box<Team>),
    Alert(Box<Alert>),
    Risk(Box<Risk>),
    Rest(Box<Facts>),
}

fn each<T>(of: &mut Vec<T>, fact: fn(Box<T>) -> Fact, all: &mut Vec<Fact>) {
    let taken = std::mem::take(of).into_iter();
    all.extend(taken.map(|it| fact(Box::new(it))));
}

impl From<Facts> for Few {
    fn from(mut facts: Facts) -> Self {
        let mut all = Vec::new();
        each(&mut facts.medicines, Fact::Medicine, &mut all);
        each(&mut facts.findings, Fact::Finding, &mut all);
        each(&mut facts.reports, Fact::Report, &mut all);
        each(&mut facts.encounters, Fact::Encounter, &mut all);
        each(&mut facts.plans, Fact::Plan, &mut all);
        each(&mut facts.teams, Fact::Team, &mut all);
        each(&mut facts.alerts, Fact::Alert, &mut all);
        each(&mut facts.risks, Fact::Risk, &mut all);
        if facts != Facts::default() {
            all.push(Fact::Rest(Box::new(facts)));
        }
        Self(all.into())
    }
}

impl Few {
    /// Adds a copy to what is known already.
    pub fn add_to(&self, facts: &mut Facts) {
        for fact in &self.0 {
            match fact {
                Fact::Medicine(it) => facts.medicines.push((**it).clone()),
                Fact::Finding(it) => facts.findings.push((**it).clone()),
                Fact::Report(it) => facts.reports.push((**it).clone()),
                Fact::Encounter(it) => facts.encounters.push((**it).clone()),
                Fact::Plan(it) => facts.plans.push((**it).clone()),
                Fact::Team(it) => facts.teams.push((**it).clone()),
                Fact::Alert(it) => facts.alerts.push((**it).clone()),
                Fact::Risk(it) => facts.risks.push((**it).clone()),
                Fact::Rest(it) => facts.absorb((**it).clone()),
            }
        }
    }
}
