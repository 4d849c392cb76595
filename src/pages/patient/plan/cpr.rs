//! The CPR decision: what it says, since when, by whom, where the paper is; and loudly, when records disagree.

use leptos::prelude::*;

use crate::domain::Topic;
use crate::domain::crisis::CprStanding;
use crate::domain::legal::Cpr;
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::{crisis, date};
use crate::ui::nhs::WarningCallout;

pub fn standing(standing: Option<&CprStanding>) -> AnyView {
    let Some(standing) = standing else {
        return said::lacking(&[Topic::Legal], crisis::NO_CPR);
    };
    let all = std::iter::once(&standing.newest)
        .chain(&standing.others)
        .map(one)
        .collect_view();
    if standing.disagree {
        view! {
            <WarningCallout heading="Records disagree about CPR" level=4>
                <p>"Nothing is decided here. Ask who made the decisions, and look at the paper."</p>
                {all}
            </WarningCallout>
        }
        .into_any()
    } else {
        all.into_any()
    }
}

fn one(cpr: &Cpr) -> AnyView {
    let decision = crisis::decision(cpr.decision);
    let by = opened()
        .facts
        .with(|facts| said::everybody(facts, &cpr.origin.source, &cpr.by));
    let review = cpr.period.end.as_ref();
    let status = cpr
        .status
        .as_deref()
        .filter(|it| !matches!(*it, "final" | "active"));
    let paper = match said::list(&cpr.notes) {
        Some(notes) => notes,
        None => view! { <p class="app-quiet">"Where the paper is: not recorded"</p> }.into_any(),
    };
    view! {
        <div class="app-cpr">
            <p><b>"CPR: " {decision}</b></p>
            {said::quiet([
                cpr.on.as_ref().map(|it| said::num(date::when(it))).or_else(|| said::part("date not recorded")),
                by.and_then(said::part),
                said::dated("until", review),
                status.and_then(said::part),
                Some(said::source(&cpr.origin.source)),
            ])}
            {paper}
        </div>
    }
    .into_any()
}
