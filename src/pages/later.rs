//! Parts of the page that are not in its first bytes: each is a WebAssembly file of its own in the release build
//! (`cfg(split)`) and loads when it is first opened. A part that cannot be loaded says so, and can be tried again.
//!
//! The splitter cuts at the functions that `parts!` makes; what only they reach moves out of the main file with them.
//! Calls across that cut are `extern`, the only `unsafe` code of the project, and the macro of the splitter's own
//! library writes it.
#![allow(unsafe_code)]

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use super::{frame, hospital, later_styles, patient, start, worklist};
use crate::ui::{LaterFailed, Skeleton};

/// Makes a part's content, once its code is there.
pub type Content = fn() -> AnyView;

/// The code could not be loaded: no network, or a newer version of the page is on the web server.
#[cfg(split)]
pub type NotLoaded = leptos::wasm_split::SplitLoaderError;
#[cfg(not(split))]
pub type NotLoaded = std::convert::Infallible;

type Loading = Pin<Box<dyn Future<Output = Result<Content, NotLoaded>>>>;

/// A part: asking for it loads its code, once.
pub type Part = fn() -> Loading;

/// Parts that are opened together are one file. What two files share is a third one, and each costs a request: so the
/// sections reach everything of a person's page ([`reaching`]), after which they come anyway.
macro_rules! parts {
    ($($(#[$about:meta])* $part:ident, $cut:ident, $file:ident $after:expr, $component:path;)*) => {$(
        $(#[$about])*
        pub fn $part() -> Loading {
            Box::pin(async {
                if PLAIN.contains(&stringify!($part)) {
                    return $cut().await;
                }
                // Side by side.
                let code: Loading = Box::pin($cut());
                futures::future::join(later_styles::load(), code).await.1
            })
        }

        #[cfg(split)]
        #[leptos::wasm_split::wasm_split($file, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $cut() -> Result<Content, NotLoaded> {
            reaching(&$after);
            Ok(|| view! { <$component/> }.into_any())
        }

        #[cfg(not(split))]
        async fn $cut() -> Result<Content, NotLoaded> {
            Ok(|| view! { <$component/> }.into_any())
        }
    )*};
}

/// What is reached by the file before.
#[cfg(split)]
#[inline(never)]
fn reaching(before: &[Content]) {
    std::hint::black_box(before);
}

/// A person's page: what it shares with the sections is one file, whatever else uses it.
#[cfg(split)]
const RECORD: [Content; 2] = [
    || view! { <patient::PatientPage/> }.into_any(),
    || view! { <patient::overview::Overview/> }.into_any(),
];

parts! {
    /// What sources tell of the people of a list.
    told, cut_told, told [], worklist::ToldPart;
    /// Other lists.
    picker, cut_picker, told [], worklist::PickerPart;
    /// Finds people for what is typed.
    find, cut_find, told [], frame::FindPart;
    /// Who is reading, before anybody is.
    pick_reader, cut_pick_reader, told [], start::PickReader;
    /// A person: banner, allergies, the way to the sections.
    record, cut_record, record [], patient::PatientPage;
    overview, cut_overview, record [], patient::overview::Overview;
    plan, cut_plan, sections RECORD, patient::plan::PlanSection;
    team, cut_team, sections RECORD, patient::team::TeamSection;
    medicines, cut_medicines, sections RECORD, patient::medicines::MedicinesSection;
    results, cut_results, sections RECORD, patient::results::ResultsSection;
    activity, cut_activity, sections RECORD, patient::activity::ActivitySection;
    documents, cut_documents, sections RECORD, patient::documents::DocumentsSection;
    timeline, cut_timeline, sections RECORD, patient::timeline::TimelineSection;
    /// What happens in hospitals.
    hospital, cut_hospital, sections RECORD, hospital::HospitalPage;
    /// What goes on beside every page.
    beside, cut_beside, sections RECORD, frame::Beside;
    /// How up to date each source is.
    sources, cut_sources, sections RECORD, frame::SourcesPart;
    /// A section of the plan, to be written.
    plan_editor, cut_plan_editor, sections RECORD, patient::plan::Editor;
    /// Who the reader is, and what they can choose.
    who_i_am, cut_who_i_am, sections RECORD, frame::WhoIAmPart;
    /// The keys, explained.
    keys, cut_keys, sections RECORD, frame::KeysPart;
}

/// Parts that need no more styles than the first screen has.
const PLAIN: [&str; 2] = ["told", "picker"];

/// One part of each file that a reader may need next. Loaded while nobody waits, so that a network lost later costs
/// nothing.
const FILES: [Part; 2] = [record, plan];

/// Loads what is not there yet, one after the other. What fails now is asked for again when it is opened.
pub async fn load_rest() {
    for part in FILES {
        let _ = part().await;
    }
}

/// The place of a part: quiet lines while its code loads (hardly ever longer than a moment), then the part.
#[component]
pub fn Later(part: Part, #[prop(default = 6)] lines: usize) -> impl IntoView {
    let loaded = RwSignal::new_local(None::<Result<Content, ()>>);
    let load = move || {
        leptos::task::spawn_local(async move {
            let outcome = part().await.map_err(|_| ());
            loaded.try_set(Some(outcome));
        });
    };
    load();
    let again = Callback::new(move |()| {
        loaded.set(None);
        load();
    });
    move || match loaded.get() {
        None => view! { <div aria-busy="true"><Skeleton lines/></div> }.into_any(),
        Some(Ok(content)) => content(),
        Some(Err(())) => view! { <LaterFailed on_retry=again/> }.into_any(),
    }
}
