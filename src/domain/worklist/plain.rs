//! A plan, a team and a score as nearly everybody's are kept ([`super::kept`]), without the room for what they lack: a third
//! of the memory of a list of thousands. Each is used only where the whole can be made from it again, exactly. That of
//! which nothing is news is not known by its id ([`Origin::nameless`]).

use crate::domain::plan::{Plan, PlanKind, PlanStatus, Review, Written};
use crate::domain::risk::{Prediction, Risk};
use crate::domain::team::{Member, Team};
use crate::domain::{Coded, Concept, Origin, Period, SourceId, When};

/// A plan in force that a row says nothing of but when it was and will be reviewed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainPlan {
    source: SourceId,
    period: Option<Box<Period>>,
    created: Option<When>,
    reviews: Box<[Review]>,
    written: Option<When>,
}

impl PlainPlan {
    /// `None` where the plan says more.
    pub fn of(plan: &Plan) -> Option<Self> {
        let it = Self {
            source: plan.origin.source.clone(),
            period: boxed(&plan.period),
            created: plan.created.clone(),
            reviews: plan.reviews.clone().into(),
            written: plan.written.as_ref().and_then(|it| it.at.clone()),
        };
        (it.whole() == *plan).then_some(it)
    }

    pub fn whole(&self) -> Plan {
        Plan {
            origin: Origin::nameless(self.source.clone(), "CarePlan"),
            kind: PlanKind::Main,
            status: Some(Coded::Known(PlanStatus::Active)),
            categories: Vec::new(),
            title: None,
            description: None,
            period: self.period.as_deref().cloned().unwrap_or_default(),
            created: self.created.clone(),
            author: None,
            needs: Vec::new(),
            goals: Vec::new(),
            actions: Vec::new(),
            part_of: None,
            reviews: self.reviews.to_vec(),
            teams: Vec::new(),
            supporting: Vec::new(),
            notes: Vec::new(),
            written: self.written.clone().map(|at| Written {
                at: Some(at),
                ..Written::default()
            }),
        }
    }
}

/// An active team of which the key worker is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainTeam {
    source: SourceId,
    members: Box<[Member]>,
    period: Option<Box<Period>>,
}

impl PlainTeam {
    /// `None` where the team says more.
    pub fn of(team: &Team) -> Option<Self> {
        let it = Self {
            source: team.origin.source.clone(),
            members: team.members.clone().into(),
            period: boxed(&team.period),
        };
        (it.whole() == *team).then_some(it)
    }

    pub fn whole(&self) -> Team {
        Team {
            origin: Origin::nameless(self.source.clone(), "CareTeam"),
            name: None,
            status: Some("active".to_owned()),
            categories: Vec::new(),
            subject: None,
            members: self.members.to_vec(),
            organisations: Vec::new(),
            telecoms: Vec::new(),
            period: self.period.as_deref().cloned().unwrap_or_default(),
        }
    }
}

/// A final score.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainRisk {
    source: SourceId,
    at: Option<When>,
    method: Option<Concept>,
    predictions: Box<[Prediction]>,
}

impl PlainRisk {
    /// `None` where the score says more.
    pub fn of(risk: &Risk) -> Option<Self> {
        let it = Self {
            source: risk.origin.source.clone(),
            at: risk.at.clone(),
            method: risk.method.clone(),
            predictions: risk.predictions.clone().into(),
        };
        (it.whole() == *risk).then_some(it)
    }

    pub fn whole(&self) -> Risk {
        Risk {
            origin: Origin::nameless(self.source.clone(), "RiskAssessment"),
            status: Some("final".to_owned()),
            at: self.at.clone(),
            method: self.method.clone(),
            performer: None,
            mitigation: None,
            predictions: self.predictions.to_vec(),
        }
    }
}

fn boxed(period: &Period) -> Option<Box<Period>> {
    (*period != Period::default()).then(|| Box::new(period.clone()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::sample::{self, member, origin, party, when};

    fn nameless(kind: &'static str) -> Origin {
        Origin::nameless(SourceId::new("shared"), kind)
    }

    /// As most are, after pruning.
    fn plan() -> Plan {
        let mut it = sample::plan(PlanKind::Main);
        it.origin = nameless("CarePlan");
        it.title = None;
        it.author = None;
        it.period = sample::period("2026-01-01", "");
        it.created = when("2026-01-01");
        it.reviews = vec![Review::Due {
            on: when("2027-01-01"),
            by: Vec::new(),
        }];
        it
    }

    #[test]
    fn a_plan_that_says_no_more_is_kept_plain_and_one_that_does_is_kept_whole() {
        let plain = plan();
        assert_eq!(PlainPlan::of(&plain).unwrap().whole(), plain);
        assert!(size_of::<PlainPlan>() * 2 < size_of::<Plan>());
        let changes: [fn(&mut Plan); 6] = [
            |it| it.origin = origin("shared", "CarePlan", "1"),
            |it| it.kind = PlanKind::Crisis,
            |it| it.status = Some(Coded::Known(PlanStatus::Draft)),
            |it| it.title = Some("Plan".to_owned()),
            |it| it.notes.push("Agreed".to_owned()),
            |it| {
                it.written = Some(Written {
                    by: Some("Ann".to_owned()),
                    at: when("2026-01-01"),
                    ..Written::default()
                });
            },
        ];
        for change in changes {
            let mut it = plan();
            change(&mut it);
            assert_eq!(PlainPlan::of(&it), None, "{it:?}");
        }
    }

    #[test]
    fn a_team_is_kept_plain_where_only_its_key_worker_is_known() {
        let ann = member(party("Ann", "Practitioner", "1"), &["Key worker"]);
        let mut team = sample::team("shared", "North 3", vec![ann]);
        team.origin = nameless("CareTeam");
        team.name = None;
        team.subject = None;
        team.status = Some("active".to_owned());
        assert_eq!(PlainTeam::of(&team).unwrap().whole(), team);
        team.name = Some("North 3".to_owned());
        assert_eq!(PlainTeam::of(&team), None);
    }

    #[test]
    fn a_final_score_is_kept_plain() {
        let mut risk = Risk {
            origin: nameless("RiskAssessment"),
            status: Some("final".to_owned()),
            at: when("2026-10-01"),
            method: None,
            performer: None,
            mitigation: None,
            predictions: vec![Prediction {
                outcome: None,
                probability: None,
                qualitative: Some(Concept::from_text("High")),
                horizon: Some("12 months".to_owned()),
            }],
        };
        assert_eq!(PlainRisk::of(&risk).unwrap().whole(), risk);
        risk.status = Some("preliminary".to_owned());
        assert_eq!(PlainRisk::of(&risk), None);
    }
}
