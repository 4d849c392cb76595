//! What to do if it goes wrong, in words: sections in order, people to ring, the CPR decision. No score and no traffic
//! light.

use super::contact::{self, Link};
use super::name::{lines, shown};
use super::words::{self, named};
use super::{date, name, plan};
use crate::domain::crisis::{CprStanding, Crisis, CrisisContact};
use crate::domain::legal::{Cpr, CprDecision};
use crate::domain::{SourceId, When};

/// One heading with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub lines: Vec<String>,
}

/// One crisis or contingency plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrisisWords {
    pub title: String,
    /// In the order in which they are needed: triggers, what to do, whom to call … Empty ones are left out, but a
    /// plan without triggers says so.
    pub sections: Vec<Section>,
    /// `J Patel` with the numbers, in the plan's order.
    pub contacts: Vec<(String, Vec<Link>)>,
    /// `Dr S Ahmed, GP, 12-Oct-2026`.
    pub author: Option<String>,
    /// `Crisis plan, reviewed 01-Mar-2026, overdue`.
    pub standing: String,
    pub overdue: bool,
    pub source: SourceId,
}

/// Everything in one crisis plan.
pub fn words(it: &Crisis) -> CrisisWords {
    let title = it.title.as_deref().and_then(shown);
    let title = title.unwrap_or_else(|| "Crisis plan".to_owned());
    CrisisWords {
        standing: standing(&title, it.when.as_ref(), it.overdue),
        sections: sections(it),
        contacts: it.contacts.iter().map(callee).collect(),
        author: it
            .written
            .as_ref()
            .and_then(plan::written)
            .or_else(|| it.author.as_deref().and_then(shown)),
        overdue: it.overdue,
        source: it.origin.source.clone(),
        title,
    }
}

fn standing(title: &str, when: Option<&When>, overdue: bool) -> String {
    let when = when.map_or_else(
        || "review date not recorded".to_owned(),
        |it| format!("last reviewed or written {}", date::when_day(it)),
    );
    let late = if overdue { ", review overdue" } else { "" };
    format!("{title}, {when}{late}")
}

fn sections(it: &Crisis) -> Vec<Section> {
    let mut all = Vec::new();
    let mut add = |heading: &str, texts: &[String]| {
        let lines: Vec<String> = texts.iter().flat_map(|it| lines(it)).collect();
        if !lines.is_empty() {
            all.push(Section {
                heading: heading.to_owned(),
                lines,
            });
        }
    };
    let none = ["Not recorded".to_owned()];
    let triggers = it.triggers.as_slice();
    add(
        "Triggers",
        if triggers.is_empty() { &none } else { triggers },
    );
    add("Do", &it.to_do);
    add("Call", &it.contact_words);
    add("What helps me cope", &it.coping);
    add("Signs of relapse", &it.relapse);
    add("Medicines and equipment kept ready", &it.anticipatory);
    add("If the carer cannot care", &it.if_carer_cannot);
    add("Advance statement", &it.advance_statement);
    for (heading, text) in &it.others {
        let heading = heading.as_deref().and_then(shown);
        add(
            heading.as_deref().unwrap_or("Also"),
            std::slice::from_ref(text),
        );
    }
    all
}

fn callee(it: &CrisisContact) -> (String, Vec<Link>) {
    let name = it.name.as_deref().and_then(shown);
    (
        name.unwrap_or_else(|| name::NOT_RECORDED.to_owned()),
        it.phones.iter().filter_map(contact::tel).collect(),
    )
}

/// The CPR decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CprWords {
    /// `Not for attempted resuscitation`; `Not recorded` when no source has one.
    pub decision: String,
    /// `decided or reviewed 12-Oct-2026`.
    pub when: Option<String>,
    pub by: Option<String>,
    /// Where the paper is, and other remarks.
    pub notes: Vec<String>,
    /// There are different decisions: said loudly.
    pub warning: Option<String>,
    /// Said differently by others: `For attempted resuscitation, 03-May-2024, Shared record`.
    pub others: Vec<String>,
}

/// What stands when no source has a decision (say it only when every source has answered).
pub const NO_CPR: &str = "CPR decision not recorded";

/// The decision in force with what the other sources hold. `name` gives a source's name.
pub fn cpr(it: &CprStanding, name: impl Fn(&SourceId) -> String) -> CprWords {
    let newest = &it.newest;
    let is_other = |other: &&Cpr| other.decision != newest.decision;
    CprWords {
        decision: decision(newest.decision).to_owned(),
        when: Some(cpr_when(newest).map_or_else(
            || "date not recorded".to_owned(),
            |it| format!("decided or reviewed {it}"),
        )),
        by: words::joined(newest.by.iter().map(named)),
        notes: newest.notes.iter().flat_map(|it| lines(it)).collect(),
        warning: it.disagree.then(|| {
            "Records disagree on the CPR decision. Check the paper form and ask before acting"
                .to_owned()
        }),
        others: it
            .others
            .iter()
            .filter(is_other)
            .filter_map(|it| {
                let source = shown(&name(&it.origin.source));
                words::joined([Some(decision(it.decision).to_owned()), cpr_when(it), source])
            })
            .collect(),
    }
}

/// `For attempted resuscitation` / `Not for attempted resuscitation`.
pub const fn decision(it: CprDecision) -> &'static str {
    match it {
        CprDecision::ForResuscitation => "For attempted resuscitation",
        CprDecision::NotForResuscitation => "Not for attempted resuscitation",
    }
}

fn cpr_when(it: &Cpr) -> Option<String> {
    it.decided().map(date::when_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Origin, Party, Period, ResourceRef};

    fn origin(source: &str) -> Origin {
        Origin {
            source: SourceId::new(source),
            resource: ResourceRef::new("CarePlan", "1"),
            updated: None,
        }
    }

    fn one(decision: CprDecision, source: &str, on: &str) -> Cpr {
        Cpr {
            origin: origin(source),
            decision,
            status: Some("final".to_owned()),
            period: Period::default(),
            on: (!on.is_empty()).then(|| When::parse(on)),
            by: vec![Party {
                name: Some("Dr S Ahmed".to_owned()),
                reference: None,
            }],
            notes: vec!["Form is in the yellow folder\nby the door".to_owned()],
        }
    }

    #[test]
    fn a_crisis_plan_stands_in_the_order_of_need_and_missing_triggers_are_said() {
        let crisis = Crisis {
            origin: origin("shared"),
            title: None,
            triggers: Vec::new(),
            to_do: vec!["one extra furosemide 40 mg".to_owned()],
            contact_words: vec!["heart failure nurse".to_owned()],
            contacts: Vec::new(),
            coping: Vec::new(),
            relapse: Vec::new(),
            anticipatory: Vec::new(),
            advance_statement: Vec::new(),
            if_carer_cannot: Vec::new(),
            others: vec![(None, "lives with a dog".to_owned())],
            author: Some("Dr S Ahmed".to_owned()),
            written: None,
            when: Some(When::parse("2026-03-01")),
            overdue: true,
        };
        let words = words(&crisis);
        let headings: Vec<&str> = words
            .sections
            .iter()
            .map(|it| it.heading.as_str())
            .collect();
        assert_eq!(headings, ["Triggers", "Do", "Call", "Also"]);
        assert_eq!(words.sections[0].lines, ["Not recorded"]);
        assert_eq!(
            words.standing,
            "Crisis plan, last reviewed or written 01-Mar-2026, review overdue"
        );
    }

    #[test]
    fn the_cpr_decision_says_where_the_paper_is_and_that_sources_disagree() {
        let standing = CprStanding {
            newest: one(CprDecision::NotForResuscitation, "rm2", "2026-10-12"),
            others: vec![one(CprDecision::ForResuscitation, "shared", "")],
            disagree: true,
        };
        let words = cpr(&standing, |_| "Shared record".to_owned());
        assert_eq!(words.decision, "Not for attempted resuscitation");
        assert_eq!(
            words.when.as_deref(),
            Some("decided or reviewed 12-Oct-2026")
        );
        assert_eq!(words.notes, ["Form is in the yellow folder", "by the door"]);
        assert!(words.warning.is_some());
        assert_eq!(words.others, ["For attempted resuscitation, Shared record"]);
    }
}
