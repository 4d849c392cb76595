//! The patient banner. The order, the quiet labels and the look of a deceased person's are rules of clinical-ux.md
//! (PAB-0016, 0042, 0046, 0049 … 0060); the words come from `present`.

use leptos::prelude::*;

/// What the banner says. Unknown is a word ("Unknown", "Not recorded"), never "?" (PAB-0019).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BannerWords {
    /// "SMITH, Jane (Mrs)".
    pub name: String,
    /// "14-Jul-1945 (81y)"; without the age for a person who has died.
    pub born: String,
    /// "03-Mar-2026" and the age then ("80y"); None while alive.
    pub died: Option<(String, String)>,
    pub gender: String,
    /// "999 012 3456", or what is said when there is none.
    pub nhs_number: String,
    /// "Sources disagree on the date of birth": above the fold, never hidden.
    pub warnings: Vec<String>,
}

/// Banner and allergy strip, fixed together at the top: `<PatientHead><Banner …/><AllergyStrip …/></PatientHead>`.
#[component]
pub fn PatientHead(children: Children) -> impl IntoView {
    view! { <div class="app-patient">{children()}</div> }
}

/// `words` is None while the person is loading; the place is kept. Children stand at the end: "1 of 47", next.
#[component]
pub fn Banner(
    #[prop(into)] words: Signal<Option<BannerWords>>,
    /// The landmark's name, where there are two banners.
    #[prop(default = "Patient".to_owned(), into)]
    label: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let deceased =
        Memo::new(move |_| words.with(|it| it.as_ref().is_some_and(|it| it.died.is_some())));
    let class = move || {
        if deceased.get() {
            "app-banner app-banner--deceased"
        } else {
            "app-banner"
        }
    };
    let busy = move || {
        if words.with(Option::is_none) {
            "true"
        } else {
            "false"
        }
    };
    view! {
        <section class=class aria-label=label aria-busy=busy>
            {move || match words.get() {
                Some(words) => view! { <Identity words/> }.into_any(),
                None => {
                    view! {
                        <h1 class="app-banner__name">
                            <span class="nhsuk-u-visually-hidden">"Loading"</span>
                            <span class="app-skeleton__line app-skeleton__line--inline"></span>
                        </h1>
                    }
                        .into_any()
                }
            }}
            {children.map(|it| view! { <div class="app-banner__end">{it()}</div> })}
        </section>
    }
}

#[component]
fn Identity(words: BannerWords) -> impl IntoView {
    let BannerWords {
        name,
        born,
        died,
        gender,
        nhs_number,
        warnings,
    } = words;
    let mark = died.is_some().then_some("Deceased");
    let died = died.map(|(on, age)| {
        view! {
            <Value label="Died" value=on/>
            <Value label="Age at death" value=age/>
        }
    });
    view! {
        <h1 class="app-banner__name" data-mark=mark>{name}</h1>
        <dl class="app-banner__facts">
            <Value label="Born" value=born/>
            {died}
            <Value label="Gender" value=gender/>
            <Value label="NHS No." value=nhs_number/>
        </dl>
        {warnings
            .into_iter()
            .map(|it| view! { <p class="app-banner__warning">{it}</p> })
            .collect_view()}
    }
}

#[component]
fn Value(label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="app-banner__fact">
            <dt class="app-banner__label">{label}</dt>
            <dd class="app-banner__value">{value}</dd>
        </div>
    }
}
