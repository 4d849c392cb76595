//! States that are rare in life: who has died, what is unknown, late, withheld, empty or down.

use leptos::prelude::*;

use super::sample::{allergies, jane, note, panel};
use crate::{
    present::panel::{PanelWords, Phase, Standing},
    ui::{
        AlertsChip, AllergyStrip, AllergyTitle, Banner, BannerWords, DayHeading, Panel, PanelGrid,
        Stream, StreamEvent, Waiting,
    },
};

#[component]
pub fn States() -> impl IntoView {
    view! {
        <div class="app-main">
            <h1>"States"</h1>
            <h2>"Banners"</h2>
            <Banners/>
            <h2>"Allergies"</h2>
            <Strips/>
            <h2>"Panels"</h2>
            <Panels/>
            <h2>"Stream"</h2>
            <Events/>
        </div>
    }
}

#[component]
fn Banners() -> impl IntoView {
    let deceased = BannerWords {
        born: "14-Jul-1945".to_owned(),
        died: Some(("03-Mar-2026".to_owned(), "80y".to_owned())),
        ..jane()
    };
    let unknown = BannerWords {
        name: "Name not recorded".to_owned(),
        born: "Not recorded".to_owned(),
        died: None,
        gender: "Unknown".to_owned(),
        nhs_number: "Not recorded".to_owned(),
        warnings: vec![
            "Wythenshawe has another date of birth (14-Jul-1954) for this NHS number: not merged"
                .to_owned(),
        ],
    };
    let long = BannerWords {
        name: "FEATHERSTONEHAUGH-CHOLMONDELEY-WRIOTHESLEY, Maximiliana Persephone (Professor Dame)"
            .to_owned(),
        ..jane()
    };
    view! {
        <Banner label="Patient who died" words=Signal::derive(move || Some(deceased.clone()))/>
        <Banner label="Patient of whom little is known" words=Signal::derive(move || Some(unknown.clone()))/>
        <Banner label="Patient with a long name" words=Signal::derive(move || Some(long.clone()))/>
        <Banner label="Patient, loading" words=Signal::derive(|| None::<BannerWords>)/>
    }
}

#[component]
fn Strips() -> impl IntoView {
    [
        AllergyTitle::Known,
        AllergyTitle::NoneKnown,
        AllergyTitle::NotRecorded,
        AllergyTitle::Unavailable,
        AllergyTitle::Loading,
    ]
    .into_iter()
    .map(|title| {
        let alerts = (title != AllergyTitle::Loading).then(Vec::<String>::new);
        view! {
            <AllergyStrip label=format!("Allergies: {}", title.words()) words=Signal::derive(move || allergies(title))>
                <AlertsChip alerts=Signal::derive(move || alerts.clone())/>
            </AllergyStrip>
        }
    })
    .collect_view()
}

#[component]
fn Panels() -> impl IntoView {
    let good = || vec![note("Wythenshawe", Standing::UpToDate, "as at 14:05")];
    let loading = panel(
        Phase::Loading,
        vec![note("Wythenshawe", Standing::Loading, "loading")],
    );
    let empty = panel(Phase::Empty, good());
    let down = vec![note(
        "Wythenshawe",
        Standing::Failed,
        "not reached since 13:48",
    )];
    let failed = panel(
        Phase::Failed("Wythenshawe has not been reached since 13:48.".to_owned()),
        down,
    );
    let withheld = panel(
        Phase::Withheld("Wythenshawe keeps these results back.".to_owned()),
        vec![note("Wythenshawe", Standing::Withheld, "withheld")],
    );
    let stale = panel(
        Phase::Content,
        vec![note(
            "Wythenshawe",
            Standing::Stale,
            "not reached since 13:48; shown as at 13:40",
        )],
    );
    let refreshing = panel(
        Phase::Content,
        vec![note(
            "Wythenshawe",
            Standing::Refreshing,
            "as at 14:02, refreshing",
        )],
    );
    let warned = PanelWords {
        warnings: vec![
            "2 items are withheld at the source".to_owned(),
            "1 record could not be shown".to_owned(),
        ],
        ..panel(Phase::Content, good())
    };
    view! {
        <PanelGrid>
            {[
                ("Loading", loading),
                ("Empty", empty),
                ("Failed", failed),
                ("Withheld", withheld),
                ("Stale", stale),
                ("Refreshing", refreshing),
                ("Partly withheld", warned),
            ]
                .into_iter()
                .map(|(title, words)| {
                    view! {
                        <Panel
                            title=title
                            level=3
                            words=Signal::derive(move || words.clone())
                            empty="No appointments to come"
                            on_retry=|()| ()
                        >
                            <p>"Heart failure clinic, " <span class="app-num">"03-Dec-2026 10:20"</span></p>
                        </Panel>
                    }
                })
                .collect_view()}
        </PanelGrid>
    }
}

#[component]
fn Events() -> impl IntoView {
    view! {
        <Stream label="Hospital activity">
            <Waiting text="4 new, show" on_show=|()| ()/>
            <DayHeading day="Today, 22-Nov-2026"/>
            <ol class="app-stream__list">
                <StreamEvent time="12:52" place="Central, MRI" hot=true end=|| view! { <a href="#states">"Open"</a> }>
                    <b>"Arrived in ED"</b> " by ambulance · OKAFOR, Emeka (Mr)"
                </StreamEvent>
                <StreamEvent time="11:31" place="North Manchester" end=|| view! { <a href="#states">"Open"</a> }>
                    "Potassium 6.1 mmol/L, " <b class="app-abnormal">"above range"</b> " (3.5–5.3) · HUSSAIN, Nasreen (Mrs)"
                </StreamEvent>
            </ol>
        </Stream>
    }
}
