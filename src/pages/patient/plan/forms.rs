//! What a locality asks beside the standard's sections: each form with its answers.

use leptos::prelude::*;

use super::about_me::{form as answered, newest};
use super::part;
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
use crate::ui::nhs::Details;
use crate::ui::{Panel, Skeleton};

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

/// A form that the configuration names has its place from the start, whenever it comes.
#[component]
fn Place(forms: forms::Forms, at: usize, address: String) -> impl IntoView {
    let own = address.clone();
    // The same form in another version is another one here.
    let form = Memo::new_with_compare(
        move |_| forms.get(&own),
        |a, b| {
            a.copied().flatten().map(std::ptr::from_ref)
                != b.copied().flatten().map(std::ptr::from_ref)
        },
    );
    move || match form.get() {
        Some(form) => {
            view! { <part::Part at=Part::Form(form)><Form form/></part::Part> }.into_any()
        }
        None => view! { <Awaited forms at address=address.clone()/> }.into_any(),
    }
}

/// What is called so until its own title is known.
pub const UNNAMED: &str = "A form of this locality";

/// While a form is not here: what was answered says its own questions.
#[component]
fn Awaited(forms: forms::Forms, at: usize, address: String) -> impl IntoView {
    let it = opened();
    let topics = [Topic::Plans].as_slice();
    let id = questionnaire::anchor(&address);
    let url = address.split('|').next().unwrap_or_default().to_owned();
    let found = Memo::new(move |_| {
        let own = |it: &AboutMe| it.canonical.as_deref() == Some(&url);
        it.facts.with(|facts| newest(facts, own))
    });
    let again = move |_| forms::ask(it.store, forms);
    let why = move || {
        let source = it.store.shared_name();
        let words = match forms.stands(at) {
            Stands::Waits => {
                return view! { <div aria-busy="true"><Skeleton lines=1/></div> }.into_any();
            }
            Stands::Failed(why, since) => {
                let now = it.store.now.get_untracked();
                let why = problem::words(&source, &why, since, None, now);
                format!("The questions of this form are not here. {why}")
            }
            Stands::NotThere => format!(
                "A form of this locality is not shown: {source} has none in force at {address}."
            ),
        };
        view! {
            <div class="app-notice app-notice--failed" role="status">
                <p>{words}</p>
                <p><button type="button" class="nhsuk-link" on:click=again>"Try again"</button></p>
            </div>
        }
        .into_any()
    };
    let why = StoredValue::new(why);
    let body = move || {
        let newest = found.with(|all| all.first().cloned());
        newest.map(|it| answered(&it, None))
    };
    view! {
        <div class="app-plan__part" id=id>
            <Panel
                title=UNNAMED
                level=3
                words=it.panel_always(topics)
                on_retry=it.retry(topics)
                empty="Nobody has answered this yet"
                lines=LINES
            >
                {body}
                {move || why.with_value(|why| why())}
            </Panel>
        </div>
    }
}

/// Of an answered form, about.
const LINES: usize = 8;

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
            return said::none_of_kind(topics, AboutMe::KIND, "Nobody has answered this yet");
        };
        let earlier: Vec<AnyView> = all.map(|it| answered(&it, None)).collect();
        let count = earlier.len();
        view! {
            {answered(&first, Some((desk, section)))}
            {(count > 0)
                .then(|| view! { <Details summary=format!("Earlier answers ({count})")>{earlier}</Details> })}
        }
        .into_any()
    };
    view! {
        <Panel
            title=form.title
            level=3
            words=it.panel_always(topics)
            on_retry=it.retry(topics)
            empty="Nobody has answered this yet"
            lines=LINES
        >
            <Written desk>
                {body}
                <Begin desk section topic=Topic::Plans label="Answer this form" about=form.title wanted=none/>
            </Written>
        </Panel>
    }
}
