//! Everything dated about the person, newest first, by kind.

use std::sync::Arc;

use leptos::prelude::*;

use super::opened::{Opened, opened};
use crate::domain::activity::Urgency;
use crate::domain::change::Happening;
use crate::domain::timeline::{Entry, What, entries};
use crate::domain::{SourceId, Topic};
use crate::pages::listing::{Item, Under, choice, stream};
use crate::present::{date, timeline};
use crate::ui::{Chips, Panel, PanelGrid, PanelSpan, SourceTags, StreamEvent, Words};

const TOPICS: &[Topic] = &[
    Topic::Activity,
    Topic::Appointments,
    Topic::Results,
    Topic::Problems,
    Topic::Medicines,
    Topic::Plans,
    Topic::Alerts,
    Topic::Documents,
];
const STEP: usize = 50;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    All,
    Hospital,
    Appointments,
    Results,
    Problems,
    Medicines,
    Plan,
    Documents,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::All,
        Self::Hospital,
        Self::Appointments,
        Self::Results,
        Self::Problems,
        Self::Medicines,
        Self::Plan,
        Self::Documents,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Hospital => "Hospital",
            Self::Appointments => "Appointments",
            Self::Results => "Results",
            Self::Problems => "Problems",
            Self::Medicines => "Medicines",
            Self::Plan => "Plan and alerts",
            Self::Documents => "Documents",
        }
    }

    fn of(what: &What) -> Self {
        use Happening as H;
        match what {
            What::Coming(_) => Self::Appointments,
            What::Reported(_) => Self::Results,
            What::ProblemBegan(_) => Self::Problems,
            What::Happened(it) => match it {
                H::ArrivedInEd(_)
                | H::LeftEd(_)
                | H::Admitted(_)
                | H::MovedWard { .. }
                | H::Discharged(_)
                | H::Died(_)
                | H::Attended(_) => Self::Hospital,
                H::DidNotAttend(..) | H::Booked(_) | H::Rescheduled { .. } | H::Cancelled(_) => {
                    Self::Appointments
                }
                H::Abnormal(_) | H::Reported(_) | H::NormalResults(_) => Self::Results,
                H::Medicine { .. } => Self::Medicines,
                H::PlanReviewed { .. } | H::PlanWritten(_) | H::NewAlert(_) => Self::Plan,
                H::NewDocument(_) => Self::Documents,
            },
        }
    }
}

#[component]
pub fn TimelineSection() -> impl IntoView {
    let it = opened();
    let all = Memo::new(move |_| it.facts.with(|facts| entries(facts, it.now())));
    let (kind, shown) = (RwSignal::new(Kind::All), RwSignal::new(STEP));
    let rows = Memo::new(move |_| choose(&all.read(), kind.get(), it));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let chips = move || {
        let used = all.with(|all| {
            Kind::ALL.map(|own| {
                let number = all
                    .iter()
                    .filter(|it| own == Kind::All || Kind::of(&it.what) == own)
                    .count();
                (own, number)
            })
        });
        let used = used
            .into_iter()
            .filter(|(own, number)| *number > 0 || *own == Kind::All);
        used.map(|(own, number)| {
            choice(format!("{} {number}", own.words()), own, kind, shown, STEP)
        })
        .collect_view()
    };
    let body = move || {
        view! {
            <div class="app-filters"><Chips label="Kind">{chips}</Chips></div>
            {move || none.get().then(|| view! { <p class="app-panel__empty">"Nothing dated of this kind"</p> })}
            {stream(Under::Panel, ("Timeline", "more"), rows, shown, STEP, row)}
        }
    };
    view! {
        <PanelGrid>
            <Panel
                title="What happened"
                span=PanelSpan::Full
                words=it.panel(TOPICS)
                on_retry=it.retry(TOPICS)
                empty="Nothing dated is recorded"
                lines=10
            >
                {body}
            </Panel>
        </PanelGrid>
    }
}

/// What is to come stands under a heading of its own.
fn choose(all: &[Entry], kind: Kind, it: Opened) -> Vec<Item<Entry>> {
    let now = it.now();
    let wanted = |one: &&Entry| kind == Kind::All || Kind::of(&one.what) == kind;
    all.iter()
        .filter(wanted)
        .map(|one| {
            let mut item = Item::at(Some(&one.when), one.clone());
            if one.at > now {
                "To come".clone_into(&mut item.heading);
            }
            item
        })
        .collect()
}

fn row(one: Arc<Entry>) -> AnyView {
    let it = opened();
    let (time, source, hot) = (
        date::when(&one.when),
        one.origin.source.clone(),
        stands_out(&one.what),
    );
    let names = move |id: &SourceId| it.source_name(id);
    let said = Memo::new(move |_| timeline::words(&one, &names, it.now()).what);
    let tags = move || {
        let source = source.clone();
        view! { <SourceTags names=Signal::derive(move || vec![it.source_name(&source)])/> }
    };
    let class = if hot { "app-strong" } else { "" };
    view! {
        <StreamEvent time place="" hot end=tags>
            <span class=class>{move || view! { <Words text=said.get()/> }}</span>
        </StreamEvent>
    }
    .into_any()
}

/// Nobody planned it, or it is out of range.
fn stands_out(what: &What) -> bool {
    match what {
        What::Happened(Happening::ArrivedInEd(_) | Happening::Abnormal(_) | Happening::Died(_)) => {
            true
        }
        What::Happened(Happening::Admitted(it)) => it.urgency() == Some(Urgency::Emergency),
        _ => false,
    }
}
