//! What a locality asks beside the standard's sections: each form with its answers.

use leptos::prelude::*;

use super::about_me::{form as answered, newest};
use super::state::Part;
use super::write::{Begin, Desk, Written, can_write};
use crate::domain::plan::AboutMe;
use crate::domain::questionnaire::{self, Questionnaire};
use crate::domain::section::Section;
use crate::domain::{Facts, Topic};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::problem;
use crate::store::forms::{self, Stands};
use crate::ui::Panel;
use crate::ui::nhs::Details;

/// Answers to this form, the newest first. What its items do not say of themselves, the form says.
pub fn shown(facts: &Facts, form: &'static Questionnaire) -> Vec<AboutMe> {
    let mut all = newest(facts, |it| it.canonical.as_deref() == Some(form.url));
    for item in all.iter_mut().flat_map(|it| &mut it.items) {
        if item.heading.is_none() {
            item.heading = heading(form, &item.link_id).map(str::to_owned);
        }
    }
    all
}

fn heading(form: &'static Questionnaire, link_id: &str) -> Option<&'static str> {
    let mut holders = form.questions.iter().flat_map(|it| &it.holders);
    let own = form.question(link_id).map(|it| it.text);
    own.or_else(|| holders.find(|it| it.link_id == link_id).map(|it| it.title))
}

#[component]
pub fn Forms() -> impl IntoView {
    let forms = use_context::<forms::Forms>();
    let places = forms.map(|forms| {
        let wanted = forms.wanted.get_value().into_iter().enumerate();
        wanted
            .map(|(at, address)| view! { <Place forms at address/> })
            .collect_view()
    });
    let wrong = forms.and_then(|it| it.wrong.get_value());
    let wrong = wrong.map(|(place, what)| {
        let words = format!("config.json, {place}: {what}.");
        view! { <div class="app-notice app-notice--failed" role="status"><p>{words}</p></div> }
    });
    view! { {places} {wrong} }
}

/// What is called so until its own title is known.
pub const UNNAMED: &str = "Local form";
const NOBODY: &str = "Nobody has answered this yet";
/// Of an answered form, about.
const LINES: usize = 8;

/// A form that the configuration names has its place from the start, whenever it comes.
#[component]
fn Place(forms: forms::Forms, at: usize, address: String) -> impl IntoView {
    let it = opened();
    let topics: &[Topic] = &[Topic::Plans];
    let id = questionnaire::anchor(&address);
    let own = address.clone();
    let form = Memo::new(move |_| forms.get(&own).map(Version));
    let title = Signal::derive(move || form.get().map_or(UNNAMED, |it| it.0.title).to_owned());
    let address = StoredValue::new(address);
    let body = move || match form.get() {
        Some(Version(form)) => view! { <Form form/> }.into_any(),
        None => view! { <Awaited forms at address/> }.into_any(),
    };
    view! {
        <div class="app-plan__part" id=id>
            <Panel
                title
                level=3
                words=it.panel_always(topics)
                on_retry=it.retry(topics)
                empty=NOBODY
                lines=LINES
            >
                {body}
            </Panel>
        </div>
    }
}

/// The same form in another version is another one here.
#[derive(Clone, Copy)]
struct Version(&'static Questionnaire);

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// While a form is not here: what was answered says its own questions, and takes the room that it will take.
#[component]
fn Awaited(forms: forms::Forms, at: usize, address: StoredValue<String>) -> impl IntoView {
    let it = opened();
    let found = Memo::new(move |_| {
        let own = |it: &AboutMe| {
            let canonical = it.canonical.as_deref();
            canonical.is_some() && address.with_value(|url| url.split('|').next() == canonical)
        };
        it.facts.with(|facts| newest(facts, own))
    });
    let again = move |_| forms::ask(it.store, forms);
    let why = move || {
        let source = it.store.shared_name();
        let words = match forms.stands(at) {
            Stands::Waits => {
                // As tall as what is pressed there later.
                return view! {
                    <p class="app-write__choices app-write__choices--awaited" aria-busy="true">
                        <span class="app-skeleton app-skeleton__line app-skeleton__line--inline"></span>
                    </p>
                }
                .into_any();
            }
            Stands::Failed(why, since) => {
                let now = it.store.now.get_untracked();
                let why = problem::words(&source, &why, since, None, now);
                format!("The questions of this form are not here. {why}")
            }
            Stands::NotThere => address.with_value(|url| {
                format!(
                    "A form of this locality is not shown: {source} has none in force at {url}."
                )
            }),
        };
        view! {
            <div class="app-notice app-notice--failed" role="status">
                <p>{words}</p>
                <p><button type="button" class="nhsuk-link" on:click=again>"Try again"</button></p>
            </div>
        }
        .into_any()
    };
    let newest = move || {
        let newest = found.with(|all| all.first().cloned());
        newest.map_or_else(
            || said::none_of_kind(&[Topic::Plans], AboutMe::KIND, NOBODY),
            |it| answered(&it, None),
        )
    };
    view! { {newest} {why} }
}

#[component]
fn Form(form: &'static Questionnaire) -> impl IntoView {
    let it = opened();
    let topics = Part::Form(form).topics();
    let section = Section::Form(form);
    let found = Memo::new(move |_| it.facts.with(|facts| shown(facts, form)));
    let desk = Desk::new(it, Part::Form(form), &[section]);
    let none = Memo::new(move |_| {
        found.with(|all| !all.iter().any(|answers| can_write(it, &answers.origin)))
    });
    let body = move || {
        let mut all = found.get().into_iter();
        let Some(first) = all.next() else {
            return said::none_of_kind(topics, AboutMe::KIND, NOBODY);
        };
        let earlier: Vec<AnyView> = all.map(|it| answered(&it, None)).collect();
        let count = earlier.len();
        view! {
            {answered(&first, Some((desk, section)))}
            {(count > 0)
                .then(|| view! { <Details summary=format!("Earlier answers ({count})") classes="app-replaced">{earlier}</Details> })}
        }
        .into_any()
    };
    view! {
        <Written desk>
            {body}
            <Begin desk section topic=Topic::Plans label="Answer this form" about=form.title wanted=none/>
        </Written>
    }
}
