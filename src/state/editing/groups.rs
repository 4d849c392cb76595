//! What is written together: a member of a team, one time that a group of a form is answered.

use super::{Editing, Names};
use crate::domain::questionnaire::{Question, Questionnaire};
use crate::domain::section::{Entry, EntryId, Part};

impl Editing {
    /// Blank entries under these headings that belong together; what they are called.
    pub fn add_together(&mut self, parts: &[Part]) -> String {
        let group = self.name();
        let new = parts.iter().map(|part| Entry {
            id: EntryId::of(&group, *part),
            part: *part,
            text: String::new(),
        });
        self.mine.extend(new);
        group
    }

    /// A group of a form is to be answered once more, with what the form suggests; what it is called.
    pub fn add_instance(&mut self, form: &'static Questionnaire, many: &str) -> String {
        let is_its =
            |it: &&Question| it.is_asked() && it.many().is_some_and(|it| it.link_id == many);
        let own = || form.questions.iter().filter(is_its);
        let single: Vec<Part> = own().filter(|it| !it.repeats).map(Part::Asked).collect();
        let group = self.add_together(&single);
        for question in own() {
            self.suggest(question, Some(&group));
        }
        group
    }

    /// What a form itself suggests is as if it were typed.
    pub fn suggest(&mut self, question: &'static Question, group: Option<&str>) {
        for text in &question.initial {
            let id = if question.repeats {
                self.add_in(group, Part::Asked(question))
            } else {
                EntryId::within(group, question.link_id)
            };
            self.write(&id, text);
        }
    }

    /// What is written together is taken away as a whole: what the record has of it goes when this is saved.
    pub fn take_away(&mut self, group: &str) {
        let known = |it: &Entry| self.base.iter().any(|own| own.id == it.id);
        self.mine
            .retain(|it| it.group() != Some(group) || known(it));
        let own = self.mine.iter_mut().filter(|it| it.group() == Some(group));
        own.for_each(|it| it.text.clear());
        self.changed();
    }

    /// It is as the record has it again.
    pub fn put_back(&mut self, group: &str) {
        let own = self.mine.iter_mut().filter(|it| it.group() == Some(group));
        for it in own {
            let before = self.base.iter().find(|own| own.id == it.id);
            it.text = before.map(|it| it.text.clone()).unwrap_or_default();
        }
        self.changed();
    }

    pub(super) fn group_of(&self, id: &EntryId) -> Option<String> {
        let own = self.mine.iter().find(|it| it.id == *id);
        own.and_then(Entry::group).map(str::to_owned)
    }

    /// Of this writing and of no other.
    pub(super) fn name(&mut self) -> String {
        self.begun += 1;
        format!("{}-{}", self.name, self.begun)
    }

    /// A name of its own for something that is new from now on. What belongs together stays so, and with what is `there`
    /// of it.
    pub(super) fn fresh(&mut self, it: &Entry, names: &mut Names, there: &[Entry]) -> EntryId {
        let Some(group) = it.group() else {
            return EntryId(self.name());
        };
        let is_several = matches!(it.part, Part::Asked(question) if question.repeats);
        if is_several && there.iter().any(|it| it.group() == Some(group)) {
            return EntryId::within(Some(group), &self.name());
        }
        let known = names.get(group).cloned();
        let new = known.unwrap_or_else(|| self.name());
        let id = if is_several {
            EntryId::within(Some(&new), &self.name())
        } else {
            EntryId::of(&new, it.part)
        };
        names.insert(group.to_owned(), new);
        id
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::questionnaire::{Holder, Holds, Kind};
    use crate::domain::section::Section;

    fn form() -> &'static Questionnaire {
        let question = |link_id, order, repeats, initial| Question {
            link_id,
            text: link_id,
            holders: vec![Holder {
                link_id: "rooms",
                title: "Room",
                is: Holds::Many,
                required: false,
            }],
            order,
            kind: Kind::Line,
            leads: false,
            repeats,
            required: false,
            rules: Vec::new(),
            least: None,
            most: None,
            longest: None,
            initial,
        };
        Box::leak(Box::new(Questionnaire {
            url: "https://example.org/rooms",
            version: None,
            title: "Rooms",
            anchor: "form-rooms",
            questions: vec![
                question("room", 0, false, vec!["Kitchen"]),
                question("risk", 1, true, vec!["Rug", "Step"]),
            ],
            json: "{}",
        }))
    }

    fn said(it: &Editing, group: &str) -> Vec<String> {
        let own = it.entries().iter().filter(|it| it.group() == Some(group));
        own.map(|it| it.text.clone()).collect()
    }

    #[test]
    fn an_instance_begins_with_what_the_form_suggests_and_goes_as_a_whole() {
        let form = form();
        let mut it = Editing::open(Section::Form(form), Vec::new(), "w");
        let first = it.add_instance(form, "rooms");
        let second = it.add_instance(form, "rooms");
        assert_ne!(first, second);
        assert_eq!(said(&it, &first), ["Kitchen", "Rug", "Step"]);
        it.take_away(&first);
        assert!(said(&it, &first).is_empty(), "the record has nothing of it");
        assert_eq!(said(&it, &second).len(), 3);
        let base = it.entries().to_vec();
        let mut it = Editing::open(Section::Form(form), base, "v");
        it.add_in(Some(&second), Part::Asked(&form.questions[1]));
        it.take_away(&second);
        assert_eq!(
            said(&it, &second),
            ["", "", ""],
            "blank places say what goes"
        );
        assert!(it.is_changed());
        it.put_back(&second);
        assert!(!it.is_changed());
    }

    #[test]
    fn what_comes_back_stands_in_its_instance_where_that_is_there() {
        let form = form();
        let mut then = Editing::open(Section::Form(form), Vec::new(), "w");
        let group = then.add_instance(form, "rooms");
        let all = then.entries().to_vec();
        let mut now = Editing::open(Section::Form(form), all[..2].to_vec(), "v");
        now.bring_back(&all);
        assert_eq!(said(&now, &group), ["Kitchen", "Rug", "Step"]);
        let mut none = Editing::open(Section::Form(form), Vec::new(), "v");
        none.bring_back(&all);
        let groups = crate::domain::questionnaire::instances(none.entries(), "rooms");
        assert_eq!(groups.len(), 1, "together");
        assert_eq!(said(&none, groups[0]), ["Kitchen", "Rug", "Step"]);
    }
}
