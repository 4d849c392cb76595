//! What a locality asks beside the standard's sections: each form with its answers.

use leptos::prelude::*;

use super::about_me::{form as answered, newest};
use super::part;
use super::state::Part;
use super::write::{Begin, Desk, Written, can_write};
use crate::domain::plan::AboutMe;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::section::Section;
use crate::domain::{Facts, Topic};
use crate::pages::patient::opened::opened;
use crate::pages::patient::said;
use crate::present::problem;
use crate::store::forms::{self, Missing};
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
    let group = |it: &(&'static str, &'static str)| (it.0 == link_id).then_some(it.1);
    let mut groups = form.questions.iter().flat_map(|it| &it.groups);
    let own = form.question(link_id).map(|it| it.text);
    own.or_else(|| groups.find_map(group))
}

#[component]
pub fn Forms() -> impl IntoView {
    let it = opened();
    let forms = use_context::<forms::Forms>();
    let all = move || forms.map(|it| it.all.get()).unwrap_or_default();
    let missing = move || {
        let missing = forms.map(|it| it.missing.get()).unwrap_or_default();
        let line = |missing: &Missing| {
            let words = why(
                missing,
                &it.store.shared_name(),
                it.store.now.get_untracked(),
            );
            view! { <p>{words}</p> }
        };
        let again = move |_| {
            if let Some(forms) = forms {
                forms::ask(it.store, forms);
            }
        };
        (!missing.is_empty()).then(|| {
            view! {
                <div class="app-notice app-notice--failed" role="status">
                    {missing.iter().map(line).collect_view()}
                    <p><button type="button" class="nhsuk-link" on:click=again>"Try again"</button></p>
                </div>
            }
        })
    };
    view! {
        <For each=all key=|it| std::ptr::from_ref(*it) as usize let:form>
            <part::Part at=Part::Form(form)><Form form/></part::Part>
        </For>
        {missing}
    }
}

fn why(it: &Missing, source: &str, now: chrono::DateTime<chrono::Utc>) -> String {
    match it {
        Missing::Config(place, what) => format!("config.json, {place}: {what}."),
        Missing::Failed(why, since) => format!(
            "The forms of this locality are not shown. {}",
            problem::words(source, why, *since, None, now)
        ),
        Missing::NotThere(url) => {
            format!("A form of this locality is not shown: {source} has none in force at {url}.")
        }
    }
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
            lines=4
        >
            <Written desk>
                {body}
                <Begin desk section topic=Topic::Plans label="Answer this form" about=form.title wanted=none/>
            </Written>
        </Panel>
    }
}
