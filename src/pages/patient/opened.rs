//! The open person, as every section of the page sees them: all sources side by side, somebody else's facts left out.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::domain::answer::Answer;
use crate::domain::person::{self, Conflict, Person};
use crate::domain::{Facts, Patient, PatientId, SourceId, Topic};
use crate::present::panel::{self, PanelWords, Phase};
use crate::present::problem;
use crate::state::{Part, Problem};
use crate::store::{Store, chart, looked};

/// Found by every section with [`opened`].
#[derive(Clone, Copy)]
pub struct Opened {
    pub store: Store,
    pub id: StoredValue<PatientId>,
    /// Everything about this person, from every source that is about the same person.
    pub facts: Memo<Arc<Facts>>,
    /// Sources that know somebody else under this NHS number: their facts are left out, and this is said.
    pub conflicts: Memo<Vec<Conflict>>,
    /// The person, once the shared record (or the list one came from) has said who it is.
    pub person: Memo<Option<Arc<Person>>>,
    /// Since when something is news.
    pub since: Signal<DateTime<Utc>>,
    /// Whether the reader has looked at this person before this visit.
    pub looked_before: bool,
}

impl Opened {
    pub fn new(store: Store, id: &PatientId) -> Self {
        let listed = chart::listed(store, id);
        let wanted = id.clone();
        let split = Memo::new(move |_| {
            let facts = store.chart().with(|chart| {
                if chart.id() == Some(&wanted) {
                    chart.facts()
                } else {
                    Facts::default()
                }
            });
            let known = facts.patients.iter().find(|it| it.id == wanted).cloned();
            let known = known.map(Arc::new).or_else(|| listed.clone());
            match known {
                Some(known) => {
                    let (facts, conflicts) = person::split(facts, &known);
                    (Arc::new(facts), conflicts, Some(known))
                }
                None => (Arc::new(facts), Vec::new(), None::<Arc<Patient>>),
            }
        });
        let facts = Memo::new(move |_| split.with(|it| Arc::clone(&it.0)));
        let person = Memo::new(move |_| {
            split.with(|(facts, _, known)| {
                known
                    .as_ref()
                    .map(|known| Arc::new(Person::of(known, facts, store.now.get_untracked())))
            })
        });
        let looked = store.looked().with_untracked(|it| it.last(id));
        let before = store.looked().with_untracked(|it| it.before_this_visit(id));
        let at = store.now.get_untracked();
        let same_visit = looked.is_some_and(|it| (at - it).num_minutes() < 30);
        let since = if same_visit { before } else { looked };
        Self {
            store,
            id: StoredValue::new(id.clone()),
            facts,
            conflicts: Memo::new(move |_| split.with(|it| it.1.clone())),
            person,
            since: Signal::stored(since.unwrap_or_else(|| looked::never_looked(at))),
            looked_before: since.is_some(),
        }
    }

    pub fn now(self) -> DateTime<Utc> {
        self.store.now.get()
    }

    /// The words around a panel about these topics.
    pub fn panel(self, topics: &'static [Topic]) -> Signal<PanelWords> {
        let store = self.store;
        Memo::new(move |_| {
            store.chart().with(|chart| {
                let strangers = self.strangers();
                let (left_out, meant): (Vec<_>, Vec<_>) = chart
                    .about(topics)
                    .map(|part| (store.source_name(&part.source), part))
                    .partition(|(_, part)| strangers.contains(&part.source));
                let mut names: Vec<String> = left_out.into_iter().map(|it| it.0).collect();
                names.dedup();
                panel::leaving_out(panel::words(&meant, topics, store.now.get()), &names)
            })
        })
        .into()
    }

    /// The same for a panel whose body has words of its own for "none": it shows them instead of being empty.
    pub fn panel_always(self, topics: &'static [Topic]) -> Signal<PanelWords> {
        let words = self.panel(topics);
        Signal::derive(move || {
            let mut words = words.get();
            if words.phase == Phase::Empty {
                words.phase = Phase::Content;
            }
            words
        })
    }

    /// "Try again" for these topics.
    pub fn retry(self, topics: &'static [Topic]) -> Callback<()> {
        Callback::new(move |()| chart::retry(self.store, topics))
    }

    /// Sources that know somebody else under this person's NHS number: everything of them is left out.
    pub fn strangers(self) -> Vec<SourceId> {
        let Some(person) = self.person.get() else {
            return Vec::new();
        };
        self.conflicts.with(|all| {
            let whole = all.iter().filter(|it| it.is_whole_source(&person.main));
            whole.map(|it| it.patient.origin.source.clone()).collect()
        })
    }

    /// How each source that provides a topic has answered, for rules that must know before they say "none".
    pub fn answers(self, topic: Topic) -> Vec<(SourceId, Answer)> {
        let strangers = self.strangers();
        self.store.chart().with(|chart| {
            let answer = |part: &Part| match (&part.data, part.data.problem()) {
                (data, _) if data.seen().is_some_and(|it| !it.value.is_whole()) => {
                    Some(Answer::InPart)
                }
                (data, _) if data.seen().is_some() => Some(Answer::Answered),
                (_, Some((Problem::Withheld, _))) => Some(Answer::Withheld),
                (_, Some((Problem::Unnumbered, _))) => Some(Answer::Unasked),
                (_, Some(_)) => Some(Answer::Failed),
                _ => Some(Answer::Loading),
            };
            let parts = chart.parts().iter().filter(|it| it.topic == topic);
            parts
                .filter_map(|it| Some((it.source.clone(), answer(it)?)))
                .map(|(source, answer)| {
                    let meant = !strangers.contains(&source);
                    (source, if meant { answer } else { Answer::LeftOut })
                })
                .collect()
        })
    }

    /// What a panel says instead of content: the words for "none" only when every source has answered.
    pub fn none(self, topics: &'static [Topic], words: &str) -> String {
        self.unless_silent(&self.missing(topics), words)
    }

    fn unless_silent(self, silent: &[SourceId], words: &str) -> String {
        let silent: Vec<String> = silent.iter().map(|id| self.source_name(id)).collect();
        if silent.is_empty() {
            words.to_owned()
        } else {
            format!(
                "{words} in what has answered; not known from {}",
                silent.join(", ")
            )
        }
    }

    /// How many there are; that there may be more, where a source says nothing on these topics: 0 would be "none".
    pub fn counted(self, topics: &'static [Topic], number: usize) -> String {
        if self.missing(topics).is_empty() {
            number.to_string()
        } else {
            format!("{number}+")
        }
    }

    /// The same for one kind of record of a topic, about which a source may not be able to answer although it
    /// answers on the topic.
    pub fn none_of_kind(self, topics: &'static [Topic], kind: &'static str, words: &str) -> String {
        let mut silent = self.missing(topics);
        self.facts.with(|facts| {
            let unasked = facts.unasked.iter().filter(|it| it.kind == kind);
            silent.extend(unasked.map(|it| it.source.clone()));
        });
        self.unless_silent(&silent, words)
    }

    /// Sources that say nothing on these topics now.
    pub fn missing(self, topics: &'static [Topic]) -> Vec<SourceId> {
        let strangers = self.strangers();
        self.store.chart().with(|chart| {
            let mut missing = chart.missing(topics);
            let left_out = chart.about(topics).map(|it| &it.source);
            for source in left_out.filter(|it| strangers.contains(it)) {
                if !missing.contains(source) {
                    missing.push(source.clone());
                }
            }
            missing
        })
    }

    /// Sources that have not answered on a topic yet.
    pub fn awaited(self, topic: Topic) -> Vec<SourceId> {
        let answers = self.answers(topic).into_iter();
        let awaited = answers.filter(|(_, it)| *it == Answer::Loading);
        awaited.map(|(source, _)| source).collect()
    }

    /// What went wrong with a source on a topic, in the words of the panels: "too busy to answer".
    pub fn why(self, topic: Topic, source: &SourceId) -> String {
        self.store.chart().with(|chart| {
            let mut parts = chart.parts().iter();
            let part = parts.find(|it| it.topic == topic && it.source == *source);
            let problem = part.and_then(|it| it.data.problem());
            problem::short(problem.map_or(&Problem::Unreachable, |(it, _)| it))
        })
    }

    pub fn source_name(self, source: &SourceId) -> String {
        self.store.source_name(source)
    }
}

/// The open person.
///
/// # Panics
/// Outside a person's page, which provides it before any section.
#[expect(
    clippy::expect_used,
    reason = "a section only exists inside a person's page"
)]
pub fn opened() -> Opened {
    use_context::<Opened>().expect("a person's page provides who is open")
}
