//! The sections of a plan and, for the rail, how each stands in a word or two.

use leptos::prelude::*;

use crate::domain::contacts::people;
use crate::domain::crisis;
use crate::domain::plan::{self, Outline};
use crate::domain::questionnaire::{Questionnaire, anchor};
use crate::domain::section::Section as Written;
use crate::domain::team::members;
use crate::domain::{Facts, Topic};
use crate::pages::patient::opened::Opened;
use crate::pages::patient::said;
use crate::present::date;
use crate::present::panel::{PanelWords, Phase};
use crate::routes::Section;
use crate::store::forms::{self, Forms, Stands};
use crate::ui::SectionLink;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How the plan stands: always in sight first, so that the rail does not lead there.
    Head,
    AboutMe,
    Goals,
    Crisis,
    Risks,
    Team,
    Carers,
    Legal,
    Needs,
    SocialCare,
    Others,
    /// What a locality adds.
    Form(&'static Questionnaire),
    Live,
}

impl Part {
    pub const ALL: [Self; 11] = [
        Self::AboutMe,
        Self::Goals,
        Self::Crisis,
        Self::Risks,
        Self::Team,
        Self::Carers,
        Self::Legal,
        Self::Needs,
        Self::SocialCare,
        Self::Others,
        Self::Live,
    ];

    /// Its anchor.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Head => "patient-plan",
            Self::AboutMe => "about-me",
            Self::Goals => "goals",
            Self::Crisis => "crisis",
            Self::Risks => "risks",
            Self::Team => "team",
            Self::Carers => "carers",
            Self::Legal => "legal",
            Self::Needs => "needs",
            Self::SocialCare => "social-care",
            Self::Others => "other-plans",
            Self::Form(form) => form.anchor,
            Self::Live => "record",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        let own = Self::ALL.into_iter().find(|it| it.id() == id);
        own.or_else(|| forms::at(id).map(Self::Form))
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Head => "Patient plan",
            Self::AboutMe => "About me",
            Self::Goals => "Needs, goals, actions",
            Self::Crisis => "Crisis and contingency",
            Self::Risks => "Risks",
            Self::Team => "Team and specialist services",
            Self::Carers => "Carers and next of kin",
            Self::Legal => "Legal and end of life",
            Self::Needs => "Individual needs",
            Self::SocialCare => "Social care",
            Self::Others => "Other plans and history",
            Self::Form(form) => form.title,
            Self::Live => "From the shared record",
        }
    }

    /// What it is made of.
    pub const fn topics(self) -> &'static [Topic] {
        match self {
            Self::Head | Self::AboutMe | Self::Others | Self::Form(_) => &[Topic::Plans],
            Self::Crisis => &[Topic::Plans, Topic::Legal],
            Self::Goals => &[Topic::Plans, Topic::Problems],
            Self::Risks => &[Topic::Alerts, Topic::Risk],
            Self::Team => &[Topic::Team],
            Self::Carers => &[Topic::Contacts],
            Self::Legal => &[Topic::Legal],
            Self::Needs => &[Topic::Identity, Topic::Alerts, Topic::Problems],
            Self::SocialCare => &[Topic::SocialCare],
            Self::Live => &[Topic::Medicines, Topic::Allergies, Topic::Results],
        }
    }
}

/// Whether this is the anchor of a part; that of a form, also while the form is not here.
pub fn is_part(id: &str) -> bool {
    let is_awaited = || {
        let forms = use_context::<Forms>();
        let own = |it: &String| anchor(it) == id;
        forms.is_some_and(|it| it.wanted.with_value(|all| all.iter().any(own)))
    };
    Part::from_id(id).is_some() || is_awaited()
}

/// The anchor of the part in which a section is written.
pub const fn part_of(section: Written) -> &'static str {
    let part = match section {
        Written::Crisis => Part::Crisis,
        Written::Plan => Part::Head,
        Written::AboutMe => Part::AboutMe,
        Written::Goal | Written::Action => Part::Goals,
        Written::Carer => Part::Carers,
        Written::Team => Part::Team,
        Written::Alert => Part::Risks,
        Written::Adjustment => Part::Needs,
        Written::Cpr | Written::Wish | Written::Consent => Part::Legal,
        Written::Form(form) => Part::Form(form),
    };
    part.id()
}

/// The rail, with the section that the address names as the current one.
pub fn links(it: Opened, forms: Forms) -> Signal<Vec<SectionLink>> {
    let place = it.store.place;
    let plan = said::link_to(it, Section::Plan);
    let panels = Part::ALL.map(|part| (part, it.panel(part.topics())));
    let plans = it.panel(&[Topic::Plans]);
    Memo::new(move |_| {
        let current = place.with(|it| Part::from_id(&it.fragment));
        let link = |(part, words): &(Part, Signal<PanelWords>)| SectionLink {
            text: part.title().to_owned(),
            href: format!("{plan}#{}", part.id()),
            current: current == Some(*part),
            state: words.with(|words| state(it, *part, &words.phase)),
        };
        let mut all: Vec<SectionLink> = panels.iter().map(link).collect();
        let wanted = forms.wanted.get_value().into_iter().enumerate();
        let added = wanted.map(|(at, address)| match forms.get(&address) {
            Some(form) => link(&(Part::Form(form), plans)),
            None => SectionLink {
                text: super::forms::UNNAMED.to_owned(),
                href: format!("{plan}#{}", anchor(&address)),
                current: place.with(|it| it.fragment == anchor(&address)),
                state: Some(match forms.stands(at) {
                    Stands::Waits => "loading".to_owned(),
                    _ => "unavailable".to_owned(),
                }),
            },
        });
        let added: Vec<SectionLink> = added.collect();
        // Before what is live from the record.
        let last = all.len().saturating_sub(1);
        all.splice(last..last, added);
        all
    })
    .into()
}

/// "not loaded", "not recorded" and "not reached" are different words.
fn state(it: Opened, part: Part, phase: &Phase) -> Option<String> {
    match phase {
        Phase::Loading => Some("loading".to_owned()),
        Phase::Failed(_) => Some("unavailable".to_owned()),
        Phase::Withheld(_) => Some("withheld".to_owned()),
        Phase::Empty | Phase::Content => {
            let words = it.facts.with(|facts| said(it, facts, part))?;
            let is_none = matches!(words.as_str(), "none" | "not recorded");
            let unasked = part == Part::AboutMe
                && it.facts.with(|facts| {
                    facts
                        .unasked
                        .iter()
                        .any(|it| it.kind == plan::AboutMe::KIND)
                });
            let known = !is_none || (it.missing(part.topics()).is_empty() && !unasked);
            Some(if known { words } else { "not known".to_owned() })
        }
    }
}

fn said(it: Opened, facts: &Facts, part: Part) -> Option<String> {
    let now = it.now();
    Some(match part {
        Part::Head => return None,
        Part::AboutMe => answered(super::about_me::shown(facts).first()),
        Part::Form(form) => answered(super::forms::shown(facts, form).first()),
        Part::Goals => {
            let Some(plan) = plan::plans(facts, now).current else {
                return Some("none".to_owned());
            };
            let outline = Outline::of(facts, &plan, true);
            let open = outline.all_steps().filter(|it| it.is_open()).count();
            let overdue = outline.all_steps().filter(|it| it.is_overdue(now)).count();
            if overdue > 0 {
                format!("{overdue} overdue")
            } else {
                format!("{open} open")
            }
        }
        Part::Crisis => match crisis::plans(facts, now).first() {
            Some(plan) if plan.overdue => "overdue".to_owned(),
            Some(plan) => plan
                .when
                .as_ref()
                .map_or_else(|| "undated".to_owned(), date::when_day),
            None => "none".to_owned(),
        },
        Part::Risks => {
            count(facts.alerts.iter().filter(|it| it.is_current(now)).count() + facts.risks.len())
        }
        Part::Team => count(members(facts, now).iter().filter(|it| !it.former).count()),
        Part::Carers => count(people(facts, now).len()),
        Part::Legal => legal(facts, now),
        Part::Needs => count(super::needs::found(facts, now).len()),
        Part::SocialCare => count(facts.packages.len()),
        Part::Others => {
            let plans = plan::plans(facts, now);
            count(plans.others.len() + plans.drafts.len() + plans.past.len())
        }
        Part::Live => "live".to_owned(),
    })
}

fn answered(newest: Option<&plan::AboutMe>) -> String {
    match newest {
        Some(form) => form
            .authored
            .as_ref()
            .map_or_else(|| "undated".to_owned(), date::when_day),
        None => "not recorded".to_owned(),
    }
}

fn legal(facts: &Facts, now: chrono::DateTime<chrono::Utc>) -> String {
    match crisis::cpr(facts, now) {
        Some(cpr) if cpr.disagree => "records disagree".to_owned(),
        _ => count(
            facts.cpr.len()
                + facts.consents.len()
                + facts.statements.iter().filter(|it| !it.is_error()).count(),
        ),
    }
}

fn count(number: usize) -> String {
    if number == 0 {
        "none".to_owned()
    } else {
        number.to_string()
    }
}
