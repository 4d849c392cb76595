//! One person's record while it loads: a part for each source and topic, each in its own state, so that every panel
//! loads, fails and retries alone.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Problem, Remote};
use crate::domain::{Facts, PatientId, SourceId, Topic};

/// What one source says on one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub source: SourceId,
    pub topic: Topic,
    pub data: Remote<Arc<Facts>>,
    /// The question that this part waits for; older answers are not taken.
    asked: u64,
}

/// Stands for one question about one person to one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    person: u64,
    question: u64,
}

/// The open person. Another person drops everything at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    id: Option<PatientId>,
    parts: Vec<Part>,
    person: u64,
    question: u64,
}

/// One source with the topics it provides.
pub type Provider = (SourceId, Vec<Topic>);

impl Chart {
    /// A person is opened. The same person keeps what is known; another one starts from nothing.
    pub fn open(&mut self, id: &PatientId, providers: &[Provider]) {
        if self.id.as_ref() == Some(id) {
            return;
        }
        self.id = Some(id.clone());
        self.person += 1;
        self.parts = providers
            .iter()
            .flat_map(|(source, topics)| topics.iter().map(|topic| (source.clone(), *topic)))
            .map(|(source, topic)| Part {
                source,
                topic,
                data: Remote::Loading,
                asked: 0,
            })
            .collect();
    }

    /// Nobody is open any more.
    pub fn close(&mut self) {
        self.id = None;
        self.person += 1;
        self.parts.clear();
    }

    pub fn id(&self) -> Option<&PatientId> {
        self.id.as_ref()
    }

    /// A source is asked about topics: they wait, showing what they have.
    pub fn ask(&mut self, source: &SourceId, topics: &[Topic]) -> Asked {
        self.question += 1;
        for part in self
            .parts
            .iter_mut()
            .filter(|it| it.source == *source && topics.contains(&it.topic))
        {
            part.asked = self.question;
            part.data = std::mem::take(&mut part.data).asked();
        }
        Asked {
            person: self.person,
            question: self.question,
        }
    }

    /// An answer arrives. Taken only by the parts that still wait for this very question about this very person.
    /// Returns whether any was.
    pub fn settle(
        &mut self,
        asked: Asked,
        source: &SourceId,
        answers: Vec<(Topic, Result<Facts, Problem>)>,
        now: DateTime<Utc>,
    ) -> bool {
        if asked.person != self.person {
            return false;
        }
        let mut taken = false;
        for (topic, result) in answers {
            let waiting = |it: &&mut Part| {
                it.source == *source && it.topic == topic && it.asked == asked.question
            };
            if let Some(part) = self.parts.iter_mut().find(waiting) {
                part.data = std::mem::take(&mut part.data).answered(result.map(Arc::new), now);
                taken = true;
            }
        }
        taken
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts behind a panel.
    pub fn about<'a>(&'a self, topics: &'a [Topic]) -> impl Iterator<Item = &'a Part> {
        self.parts.iter().filter(|it| topics.contains(&it.topic))
    }

    /// Sources whose answer on these topics is missing, or a part of it: failed, not there yet, or not whole.
    pub fn missing(&self, topics: &[Topic]) -> Vec<SourceId> {
        let mut missing: Vec<SourceId> = Vec::new();
        let is_whole = |it: &&Part| it.data.seen().is_some_and(|it| it.value.is_whole());
        for part in self.about(topics).filter(|it| !is_whole(it)) {
            if !missing.contains(&part.source) {
                missing.push(part.source.clone());
            }
        }
        missing
    }

    /// Which topics of a source are due to be asked again: failed in a way that may pass, or older than it is fresh.
    pub fn due(&self, source: &SourceId, fresh_for_seconds: u32, now: DateTime<Utc>) -> Vec<Topic> {
        let old = |at: DateTime<Utc>| (now - at).num_seconds() >= i64::from(fresh_for_seconds);
        let is_due = |part: &&Part| match &part.data {
            Remote::Ready(seen) => old(seen.at),
            Remote::Stale(_, failing) | Remote::Failed(failing) => failing.why.is_passing(),
            Remote::Idle => true,
            Remote::Loading | Remote::Refreshing(_) => false,
        };
        self.parts
            .iter()
            .filter(|it| it.source == *source)
            .filter(is_due)
            .map(|it| it.topic)
            .collect()
    }

    /// Everything known about the person, from all sources, in the order of the configuration. The same resource
    /// from two topics (a CPR decision among the results) counts once.
    pub fn facts(&self) -> Facts {
        let mut all = Facts::default();
        for seen in self.parts.iter().filter_map(|it| it.data.seen()) {
            all.absorb((*seen.value).clone());
        }
        let mut told = std::collections::HashSet::new();
        all.withheld.retain(|it| {
            told.insert((
                it.origin.source.clone(),
                it.origin.resource.clone(),
                it.code.clone(),
            ))
        });
        let mut known = std::collections::HashSet::new();
        all.cpr
            .retain(|it| known.insert((it.origin.source.clone(), it.origin.resource.clone())));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::IssueOf;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn id(raw: &str) -> PatientId {
        PatientId::parse(raw).unwrap()
    }

    fn providers() -> Vec<Provider> {
        vec![
            (
                SourceId::new("shared"),
                vec![Topic::Identity, Topic::Allergies],
            ),
            (SourceId::new("rw3"), vec![Topic::Identity, Topic::Activity]),
        ]
    }

    #[test]
    fn an_answer_about_the_previous_person_is_never_taken() {
        let (shared, mut chart) = (SourceId::new("shared"), Chart::default());
        chart.open(&id("anna"), &providers());
        let asked = chart.ask(&shared, &[Topic::Allergies]);
        chart.open(&id("bert"), &providers());
        assert!(!chart.settle(
            asked,
            &shared,
            vec![(Topic::Allergies, Ok(Facts::default()))],
            at(1)
        ));
        assert!(chart.parts().iter().all(|it| it.data == Remote::Loading));
        chart.open(&id("anna"), &providers());
        assert!(
            !chart.settle(
                asked,
                &shared,
                vec![(Topic::Allergies, Ok(Facts::default()))],
                at(2)
            ),
            "nor when she is back"
        );
    }

    #[test]
    fn a_part_fails_and_recovers_alone() {
        let (rw3, mut chart) = (SourceId::new("rw3"), Chart::default());
        chart.open(&id("anna"), &providers());
        let asked = chart.ask(&rw3, &[Topic::Identity, Topic::Activity]);
        let answers = vec![
            (Topic::Identity, Ok(Facts::default())),
            (Topic::Activity, Err(Problem::TimedOut(25))),
        ];
        assert!(chart.settle(asked, &rw3, answers, at(0)));
        assert_eq!(chart.missing(&[Topic::Activity]), vec![rw3.clone()]);
        assert_eq!(chart.due(&rw3, 60, at(1)), vec![Topic::Activity]);
        let asked = chart.ask(&rw3, &[Topic::Activity]);
        chart.settle(
            asked,
            &rw3,
            vec![(Topic::Activity, Ok(Facts::default()))],
            at(2),
        );
        assert!(chart.missing(&[Topic::Activity]).is_empty());
        assert!(chart.due(&rw3, 60, at(3)).is_empty());
        assert_eq!(chart.due(&rw3, 60, at(61)), vec![Topic::Identity]);
    }

    #[test]
    fn a_source_that_answers_in_part_has_not_said_that_there_is_nothing() {
        let (shared, mut chart) = (SourceId::new("shared"), Chart::default());
        chart.open(&id("anna"), &providers());
        let mut answer = |of: IssueOf| {
            let asked = chart.ask(&shared, &[Topic::Allergies]);
            let mut facts = Facts::default();
            facts.issues.push(crate::domain::Issue {
                resource: "shared".to_owned(),
                path: Topic::Allergies.code().to_owned(),
                what: String::new(),
                of,
            });
            chart.settle(asked, &shared, vec![(Topic::Allergies, Ok(facts))], at(0));
            chart.missing(&[Topic::Allergies])
        };
        for of in [
            IssueOf::Record,
            IssueOf::Unread,
            IssueOf::Rest,
            IssueOf::Remark,
        ] {
            assert_eq!(answer(of), [SourceId::new("shared")], "{of:?}");
        }
        assert_eq!(answer(IssueOf::Element), []);
    }

    /// Ten thousand random orders of opening, asking and answering: what is shown always belongs to the open person.
    #[test]
    fn switching_patients_under_random_timing_never_mixes_a_screen() {
        let sources = [SourceId::new("shared"), SourceId::new("rw3")];
        for seed in 0..10_000_u64 {
            let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let mut next = |below: u64| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                random % below
            };
            let mut chart = Chart::default();
            let mut flying: Vec<(Asked, String, SourceId, Topic)> = Vec::new();
            for step in 0..30 {
                match next(3) {
                    0 => chart.open(&id(&format!("p{}", next(3))), &providers()),
                    1 if chart.id().is_some() => {
                        let source = sources[usize::try_from(next(2)).unwrap()].clone();
                        let topic = [Topic::Identity, Topic::Allergies, Topic::Activity]
                            [usize::try_from(next(3)).unwrap()];
                        let asked = chart.ask(&source, &[topic]);
                        flying.push((
                            asked,
                            chart.id().unwrap().as_str().to_owned(),
                            source,
                            topic,
                        ));
                    }
                    _ if !flying.is_empty() => {
                        let at_random = usize::try_from(next(flying.len() as u64)).unwrap();
                        let (asked, person, source, topic) = flying.swap_remove(at_random);
                        let mut facts = Facts::default();
                        facts.issues.push(crate::domain::Issue {
                            resource: person,
                            path: String::new(),
                            what: String::new(),
                            of: IssueOf::Element,
                        });
                        chart.settle(asked, &source, vec![(topic, Ok(facts))], at(step));
                    }
                    _ => {}
                }
                let open = chart.id().map(|it| it.as_str().to_owned());
                let shown = chart.facts().issues;
                assert!(
                    shown.iter().all(|it| Some(&it.resource) == open.as_ref()),
                    "seed {seed}, step {step}"
                );
            }
        }
    }
}
