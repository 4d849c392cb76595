//! A group of a form that is answered as often as there is something to say: each time with its questions, and the way to
//! take it away again.

use leptos::prelude::*;

use super::asked::{Sheet, groups};
use super::entry::field_id;
use super::focus;
use crate::domain::questionnaire::{Holder, Holds, Question, instances};
use crate::domain::section::{Entry, EntryId, Part};

#[component]
pub fn Instances(
    sheet: Sheet,
    many: &'static Holder,
    questions: &'static [Question],
) -> impl IntoView {
    let all = Memo::new(move |_| {
        sheet.with(|all, _| {
            let all = instances(all, many.link_id).into_iter();
            all.map(str::to_owned).collect::<Vec<_>>()
        })
    });
    // Whether one more would be asked anything.
    let can_add = Memo::new(move |_| {
        sheet.with(|all, _| {
            let mut asked = questions.iter().filter(|it| it.is_asked());
            asked.any(|it| sheet.form.is_enabled(it, Some(""), all))
        })
    });
    let place = field_id(&add_id(many));
    let add = move |_| {
        let first = questions.iter().find(|it| it.is_asked() && !it.repeats);
        let new = sheet.writing.add_instance(sheet.form, many.link_id);
        if let (Some(group), Some(first)) = (new, first) {
            let field = field_id(&EntryId::of(&group, Part::Asked(first)));
            request_animation_frame(move || focus(&format!("#{field}")));
        }
    };
    let title = above(questions, many);
    let label = title.clone();
    let first = move || all.with(Vec::is_empty);
    view! {
        <div class="app-write__group" role="group" aria-label=label>
            <p class="app-write__title">{title}</p>
            <For each=move || all.get() key=Clone::clone let:group>
                <Instance sheet many questions group all/>
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

/// Of the button that adds one, as if it were an entry.
pub fn add_id(many: &Holder) -> EntryId {
    EntryId(format!("add-{}", many.link_id))
}

/// Its title, with those of the groups that it is in.
fn above(questions: &[Question], many: &Holder) -> String {
    let holders = questions.first().map(|it| it.holders.as_slice());
    let outer = holders.unwrap_or_default().iter();
    let outer = outer
        .take_while(|it| it.is != Holds::Many)
        .map(|it| it.title);
    outer.chain([many.title]).collect::<Vec<_>>().join(": ")
}

#[component]
fn Instance(
    sheet: Sheet,
    many: &'static Holder,
    questions: &'static [Question],
    group: String,
    all: Memo<Vec<String>>,
) -> impl IntoView {
    let own = StoredValue::new(group.clone());
    let nth = Memo::new(move |_| {
        all.with(|all| {
            own.with_value(|own| all.iter().position(|it| it == own))
                .unwrap_or(0)
        })
    });
    let title = move || format!("{} {}", many.title, nth.get() + 1);
    let is_known = sheet.with_base(|all, _| {
        all.iter()
            .any(|it| it.group() == Some(&group) && !it.is_blank())
    });
    // Said to go, until something is said in it again.
    let gone = RwSignal::new(false);
    let is_gone = Memo::new(move |_| {
        let blank = sheet.with(|all, _| {
            let mut its = all
                .iter()
                .filter(|it| own.with_value(|own| it.group() == Some(own)));
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
            let next = if is_known {
                keep_id.clone()
            } else {
                field_id(&add_id(many))
            };
            request_animation_frame(move || focus(&format!("#{next}")));
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
                {groups(sheet, questions)}
                <p>
                    <button type="button" class="nhsuk-link" on:click=take_away.clone()>
                        "Take away " {title}
                    </button>
                </p>
            </fieldset>
        </Show>
    }
}
