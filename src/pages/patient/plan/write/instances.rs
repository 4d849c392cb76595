//! What is answered in a form as often as there is something to say: a group, or a question with others under each of its
//! answers. Each time with its questions, what repeats in it again, and the way to take it away.

use leptos::prelude::*;

use super::asked::{Sheet, together};
use super::entry::field_id;
use super::focus;
use crate::domain::questionnaire::{Holder, Holds, Question, instances};
use crate::domain::section::{Entry, EntryId};
use crate::present::writing as words;

#[component]
pub fn Instances(
    sheet: Sheet,
    many: &'static Holder,
    questions: &'static [Question],
    level: usize,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        sheet.with(|all, own| {
            let all = instances(all, many.link_id, own).into_iter();
            all.map(str::to_owned).collect::<Vec<_>>()
        })
    });
    // Whether one more would be asked anything.
    let can_add = Memo::new(move |_| {
        sheet.with(|all, own| {
            let new = EntryId::within(own, "").0;
            let mut asked = questions.iter().filter(|it| it.is_asked());
            asked.any(|it| sheet.form.is_enabled(it, Some(&new), all))
        })
    });
    let add_id = sheet
        .instance
        .with_value(|own| EntryId::within(own.as_deref(), many.link_id));
    let place = field_id(&add_id);
    let add = move |_| {
        let new = sheet
            .instance
            .with_value(|own| sheet.writing.add_instance(sheet.form, many, own.as_deref()));
        let first = new.and_then(|new| {
            sheet.with_untracked(|all| {
                let first = all.iter().find(|it| it.is_of(&new));
                first.map(|it| field_id(&it.id))
            })
        });
        if let Some(field) = first {
            request_animation_frame(move || focus(&format!("#{field}")));
        }
    };
    let title = above(questions, many);
    let label = title.clone();
    let first = move || all.with(Vec::is_empty);
    let next = StoredValue::new(place.clone());
    let wrong = move || {
        let own = sheet.errors.with(|all| {
            let mut all = all.iter().map(|it| &it.1);
            all.find(|it| it.id.as_ref() == Some(&add_id))
                .map(words::error)
        });
        own.map(|it| view! { <p class="nhsuk-error-message">{it}</p> })
    };
    view! {
        <div class="app-write__group" role="group" aria-label=label>
            <p class="app-write__title">{title}</p>
            {wrong}
            <For each=move || all.get() key=Clone::clone let:group>
                <Instance sheet many questions level group all next/>
            </For>
            <Show when=move || can_add.get()>
                <p>
                    <button type="button" class="nhsuk-link" id=place.clone() on:click=add>
                        {move || if first() { "Add the first: " } else { "Add another: " }} {many.title}
                    </button>
                </p>
            </Show>
        </div>
    }
}

/// Its title, with those of the groups that it is in.
fn above(questions: &[Question], many: &Holder) -> String {
    let holders = questions.first().map(|it| it.holders.as_slice());
    let holders = holders.unwrap_or_default();
    let own = holders.iter().position(|it| it == many);
    let above = holders.get(..own.unwrap_or(0)).unwrap_or_default();
    let outer = above.iter().rev().take_while(|it| !it.repeats());
    let groups = outer.filter(|it| it.is == Holds::Group);
    let outer = groups
        .map(|it| it.title)
        .collect::<Vec<_>>()
        .into_iter()
        .rev();
    outer.chain([many.title]).collect::<Vec<_>>().join(": ")
}

#[component]
fn Instance(
    sheet: Sheet,
    many: &'static Holder,
    questions: &'static [Question],
    level: usize,
    group: String,
    all: Memo<Vec<String>>,
    next: StoredValue<String>,
) -> impl IntoView {
    let own = StoredValue::new(group.clone());
    let nth = Memo::new(move |_| {
        all.with(|all| {
            own.with_value(|own| all.iter().position(|it| it == own))
                .unwrap_or(0)
        })
    });
    let title = move || format!("{} {}", many.title, nth.get() + 1);
    let is_known =
        sheet.with_base(|all, _| all.iter().any(|it| it.is_of(&group) && !it.is_blank()));
    // Said to go, until something is said in it again.
    let gone = RwSignal::new(false);
    let is_gone = Memo::new(move |_| {
        let blank = sheet.with(|all, _| {
            let mut its = all.iter().filter(|it| own.with_value(|own| it.is_of(own)));
            its.all(Entry::is_blank)
        });
        gone.get() && blank
    });
    let sheet = Sheet {
        instance: StoredValue::new(Some(group)),
        ..sheet
    };
    let keep_id = own.with_value(|own| field_id(&EntryId(format!("keep-{own}"))));
    let take_away = {
        let keep_id = keep_id.clone();
        move |_| {
            gone.set(true);
            own.with_value(|own| sheet.writing.take_away(own));
            let place = if is_known {
                keep_id.clone()
            } else {
                next.get_value()
            };
            request_animation_frame(move || focus(&format!("#{place}")));
        }
    };
    let put_back = move |_| {
        gone.set(false);
        own.with_value(|own| sheet.writing.put_back(own));
    };
    view! {
        <Show
            when=move || !is_gone.get()
            fallback=move || {
                view! {
                    <p>
                        {title} ": taken away when you save. "
                        <button type="button" class="nhsuk-link" id=keep_id.clone() on:click=put_back>
                            "Keep " {title}
                        </button>
                    </p>
                }
            }
        >
            <fieldset class="nhsuk-fieldset app-member">
                <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{title}</legend>
                {together(sheet, questions, level + 1)}
                <p>
                    <button type="button" class="nhsuk-link" on:click=take_away.clone()>
                        "Take away " {title}
                    </button>
                </p>
            </fieldset>
        </Show>
    }
}
