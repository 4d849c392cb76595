//! One patient's overview as it stands on screen: the five questions, then actions and a part that failed.

use leptos::prelude::*;

use super::sample::{allergies, good, jane, note, panel};
use crate::{
    present::panel::{Phase, Standing},
    ui::{
        AlertsChip, AllergyStrip, AllergyTitle, Badge, BadgeTone, Banner, CallLink, Panel,
        PanelGrid, PanelKind, PanelSpan, PatientHead, SectionLink, SectionRail, WithRail,
    },
};

#[component]
pub fn Overview() -> impl IntoView {
    let alerts = vec!["Key safe".to_owned(), "Oxygen at home".to_owned()];
    view! {
        <PatientHead>
            <Banner words=Signal::derive(|| Some(jane()))>
                <a class="app-banner__step" href="#overview">"‹ 1 of 47 ›"</a>
            </Banner>
            <AllergyStrip words=Signal::derive(|| allergies(AllergyTitle::Known))>
                <AlertsChip alerts=Signal::derive(move || Some(alerts.clone()))/>
            </AllergyStrip>
        </PatientHead>
        <div class="app-main">
            <h2 class="nhsuk-u-visually-hidden">"Overview"</h2>
            <WithRail rail=rail>
                <PanelGrid>
                    <Now/>
                    <Crisis/>
                    <Ring/>
                    <Matters/>
                    <Changed/>
                    <Actions/>
                    <Down/>
                </PanelGrid>
            </WithRail>
        </div>
    }
}

fn rail() -> impl IntoView {
    let names = [
        "Overview",
        "Plan",
        "Team and contacts",
        "Medicines and allergies",
        "Results",
        "Activity",
        "Documents",
        "Timeline",
    ];
    let sections = names
        .iter()
        .enumerate()
        .map(|(at, text)| SectionLink {
            text: (*text).to_owned(),
            href: "#overview".to_owned(),
            current: at == 0,
            state: None,
        })
        .collect::<Vec<_>>();
    view! { <SectionRail label="Sections of the record" sections=Signal::derive(move || sections.clone())/> }
}

#[component]
fn Now() -> impl IntoView {
    view! {
        <Panel title="Now" words=Signal::derive(|| good("Wythenshawe")) empty="No current stay">
            <div>
                <Badge tone=BadgeTone::Alert text="In hospital"/>
                " Wythenshawe, ward F7, respiratory"
            </div>
            <div>
                "Admitted as an " <b>"emergency"</b> " " <span class="app-num">"21-Nov-2026 23:40"</span>
                <br/> "Chest infection · Dr L Fenn"
            </div>
            <div class="app-quiet">
                "Next: Heart failure clinic, " <span class="app-num">"03-Dec-2026 10:20"</span>
                ", Wythenshawe (may clash with this stay)"
            </div>
        </Panel>
    }
}

#[component]
fn Crisis() -> impl IntoView {
    view! {
        <Panel
            title="If it goes wrong"
            kind=PanelKind::Crisis
            words=Signal::derive(|| good("Shared record"))
            empty="No crisis plan"
            more=|| view! { <a class="nhsuk-link" href="#overview">"Open"</a> }
        >
            <ul class="app-lines">
                <li><b>"Triggers"</b> " more breathless than usual, sleeping in the chair, ankles up a shoe size"</li>
                <li><b>"Do"</b> " one extra furosemide 40 mg, ring the heart failure nurse the same day"</li>
                <li><b>"Call"</b> " J Patel, heart failure nurse · then GP"</li>
            </ul>
            <div>
                <b>"CPR"</b> " for attempted resuscitation, reviewed " <span class="app-num">"12-Oct-2026"</span>
            </div>
        </Panel>
    }
}

#[component]
fn Ring() -> impl IntoView {
    view! {
        <Panel
            title="Who to ring"
            words=Signal::derive(|| good("Shared record"))
            empty="Nobody is recorded"
            more=|| view! { <a class="nhsuk-link" href="#overview">"All 9"</a> }
        >
            <div class="app-row">
                <span>
                    <b>"Tom Achebe"</b> ", key worker" <br/>
                    <span class="app-quiet">"District nurse, North team"</span>
                </span>
                <CallLink number="0161 496 0101" who="Tom Achebe"/>
            </div>
            <div class="app-row">
                <span>
                    <b>"Carol Smith"</b> ", daughter" <br/>
                    <span class="app-quiet">"carer, next of kin, holds the key"</span>
                </span>
                <CallLink number="07700 900 113" who="Carol Smith"/>
            </div>
        </Panel>
    }
}

#[component]
fn Matters() -> impl IntoView {
    view! {
        <Panel
            title="What matters to me"
            words=Signal::derive(|| good("Shared record"))
            empty="Not recorded"
            more=|| view! { <a class="nhsuk-link" href="#overview">"About me"</a> }
        >
            <blockquote class="app-quote">
                "“Being home with Bess, my dog. I don’t want to be moved at night.”"
            </blockquote>
        </Panel>
    }
}

#[component]
fn Changed() -> impl IntoView {
    let words = || {
        let notes = vec![
            note("3 sources", Standing::UpToDate, "as at 14:05"),
            note(
                "Central Manchester",
                Standing::Failed,
                "not reached since 13:48",
            ),
        ];
        panel(Phase::Content, notes)
    };
    view! {
        <Panel
            title="Changed since you last looked"
            span=PanelSpan::Two
            words=Signal::derive(words)
            on_retry=|()| ()
            empty="Nothing new"
            head=|| view! { <Badge tone=BadgeTone::New text="3"/> }
        >
            <ul class="app-lines">
                <li><b>"Admitted as an emergency"</b> " to Wythenshawe, ward F7 — " <span class="app-num">"yesterday 23:40"</span></li>
                <li>
                    "CRP " <b class="app-abnormal">"112 mg/L, above range"</b>
                    " (0–5) — " <span class="app-num">"today 06:15"</span>
                </li>
                <li>"Furosemide changed, 40 mg once a day → " <b>"twice a day"</b> " — " <span class="app-num">"today 09:02"</span>", GP"</li>
            </ul>
        </Panel>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <Panel
            title="Open actions"
            span=PanelSpan::Two
            words=Signal::derive(|| good("Shared record"))
            empty="No open actions"
            more=|| view! { <a class="nhsuk-link" href="#overview">"Open the plan"</a> }
        >
            <div class="app-row">
                <span>"Chair-based exercise referral"</span>
                <span class="app-quiet">"Priya Nair · due " <span class="app-num">"28-Nov-2026"</span></span>
            </div>
            <div class="app-row">
                <span>"Home oxygen check"</span>
                <span class="app-quiet">
                    <Badge tone=BadgeTone::Warn text="Overdue"/> " Tom Achebe · " <span class="app-num">"15-Nov-2026"</span>
                </span>
            </div>
        </Panel>
    }
}

#[component]
fn Down() -> impl IntoView {
    let words = || {
        panel(
            Phase::Failed(
                "Not reached since 13:48. What was known then is under Activity.".to_owned(),
            ),
            vec![note(
                "Central Manchester",
                Standing::Failed,
                "not reached since 13:48",
            )],
        )
    };
    view! {
        <Panel title="Appointments at Central Manchester" words=Signal::derive(words) on_retry=|()| () empty="None">
            ""
        </Panel>
    }
}
