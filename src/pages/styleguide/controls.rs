//! NHS components as we use them, badges, facts.

use leptos::prelude::*;

use crate::ui::{
    Badge, BadgeTone, CallLink, Fact, Facts, SourceTags,
    nhs::{
        ActionLink, Button, ButtonVariant, Card, Details, ErrorItem, ErrorSummary, FieldWords,
        Head, Input, InsetText, NotificationBanner, PageLink, Pagination, SummaryList, SummaryRow,
        Table, Tag, TagColour, WarningCallout,
    },
};

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <div class="app-main">
            <h1>"Controls"</h1>
            <Said/>
            <Fields/>
            <Notices/>
            <Lists/>
        </div>
    }
}

#[component]
fn Said() -> impl IntoView {
    view! {
        <h2>"Badges, tags, calls"</h2>
        <p class="app-head">
            <Badge tone=BadgeTone::Alert text="In hospital"/>
            <Badge tone=BadgeTone::Warn text="In ED"/>
            <Badge tone=BadgeTone::Warn text="Review overdue"/>
            <Badge tone=BadgeTone::Good text="Complete"/>
            <Badge tone=BadgeTone::Info text="Planned"/>
            <Badge tone=BadgeTone::New text="3"/>
            <Badge tone=BadgeTone::Quiet text="Home"/>
            <Badge text="Suspended"/>
            <Tag>"Default"</Tag>
            <Tag colour=TagColour::Green>"Complete"</Tag>
            <Tag colour=TagColour::Yellow>"In draft"</Tag>
            <SourceTags names=Signal::derive(|| vec!["GP".to_owned(), "Wythenshawe".to_owned()])/>
            <CallLink number="0161 496 0101" who="Tom Achebe"/>
        </p>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let phone = RwSignal::new("0161".to_owned());
    let errors = || {
        vec![ErrorItem {
            text: "Enter a whole phone number".to_owned(),
            href: Some("#phone".to_owned()),
        }]
    };
    let words = FieldWords {
        hint: Some("With the area code".to_owned()),
        ..FieldWords::new("phone", "Phone number")
    };
    view! {
        <h2>"Fields and buttons"</h2>
        <ErrorSummary errors=Signal::derive(errors)/>
        <Input
            words
            value=phone
            on_input=move |it| phone.set(it)
            error=Signal::derive(|| Some("Enter a whole phone number".to_owned()))
            kind="tel"
        />
        <p class="app-head">
            <Button>"Save"</Button>
            <Button variant=ButtonVariant::Secondary>"Edit"</Button>
            <Button variant=ButtonVariant::Warning>"Discard"</Button>
            <Button disabled=true>"Saved"</Button>
            <ActionLink href="#controls">"Open the plan"</ActionLink>
        </p>
    }
}

#[component]
fn Notices() -> impl IntoView {
    view! {
        <h2>"Notices"</h2>
        <NotificationBanner id="changed">"Tom Achebe changed this section at 14:05"</NotificationBanner>
        <InsetText><p>"Shown as at 09:14: prepared before the round."</p></InsetText>
        <WarningCallout heading="Doses differ"><p>"GP 40 mg once a day, Wythenshawe 40 mg twice a day"</p></WarningCallout>
        <Card heading="Heart failure clinic"><p class="nhsuk-card__description">"Every three months"</p></Card>
        <Details summary="Past medicines (14)">"Amlodipine — stopped " <span class="app-num">"12-Mar-2025"</span></Details>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let head = vec![
        Head {
            text: "Test".to_owned(),
            numeric: false,
            ..Head::default()
        },
        Head {
            text: "Value".to_owned(),
            numeric: true,
            ..Head::default()
        },
        Head {
            text: "Usual range".to_owned(),
            numeric: true,
            ..Head::default()
        },
    ];
    let rows = || {
        [
            ("Potassium", "6.1 mmol/L, above range", "3.5–5.3"),
            ("Sodium", "138 mmol/L", "133–146"),
        ]
        .into_iter()
        .map(|(test, value, range)| vec![test.into_any(), value.into_any(), range.into_any()])
        .collect::<Vec<_>>()
    };
    view! {
        <h2>"Lists and tables"</h2>
        <Facts>
            <Fact label="Ward">"F7, respiratory"</Fact>
            <Fact label="Consultant">"Dr L Fenn"</Fact>
        </Facts>
        <SummaryList>
            <SummaryRow label="Key worker" action=|| view! { <a class="nhsuk-link" href="#controls">"Change"</a> }>
                "Tom Achebe, district nurse"
            </SummaryRow>
            <SummaryRow label="Consent">"Shares with everyone who cares for her"</SummaryRow>
        </SummaryList>
        <Table caption="Blood, 22-Nov-2026" head rows/>
        <Pagination
            previous=PageLink { href: "#controls".to_owned(), label: "OKAFOR, Emeka (Mr)".to_owned() }
            next=PageLink { href: "#controls".to_owned(), label: "JONES, Alun (Mr)".to_owned() }
        />
    }
}
