//! What is written together: a member of a team, one time that a group of a form is answered.

use super::{Editing, Names};
use crate::domain::questionnaire::{Holder, Question, Questionnaire};
use crate::domain::section::{Entry, EntryId, Part, lineage};

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

    /// What repeats in a form is to be answered once more, with what the form suggests, in this instance of what holds it;
    /// what it is called.
    pub fn add_instance(
        &mut self,
        form: &'static Questionnaire,
        many: &Holder,
        inside: Option<&str>,
    ) -> String {
        let group = EntryId::within(inside, &self.name()).0;
        let is_asked = |it: &&Question| it.is_asked();
        let own = || {
            let own = form.questions.iter().filter(is_asked);
            own.filter(|it| it.many() == Some(many))
        };
        for question in own().filter(|it| !it.repeats) {
            self.mine.push(Entry {
                id: EntryId::within(Some(&group), question.link_id),
                part: Part::Asked(question),
                text: String::new(),
            });
        }
        for question in own().filter(|it| !it.opens()) {
            self.suggest(question, Some(&group));
        }
        // One that nothing is said in would be nowhere.
        if self.mine.iter().all(|it| !it.is_of(&group)) {
            let inner = form.questions.iter().filter(is_asked).find_map(|it| {
                let level = it.repeated().position(|it| it == many)?;
                it.repeated().nth(level + 1)
            });
            if let Some(question) = own().next() {
                self.add_in(Some(&group), Part::Asked(question));
            } else if let Some(inner) = inner {
                self.add_instance(form, inner, Some(&group));
            }
        }
        group
    }

    /// A new form, with what it suggests itself; what repeats in it once it is answered.
    pub fn begin(&mut self, form: &'static Questionnaire) {
        for question in &form.questions {
            let mut outside = question
                .repeated()
                .rev()
                .skip(usize::from(question.opens()));
            if outside.next().is_some() {
                continue;
            }
            match question.many() {
                None => self.suggest(question, None),
                Some(each) => {
                    for text in &question.initial {
                        let group = self.add_instance(form, each, None);
                        self.write(&EntryId::within(Some(&group), question.link_id), text);
                    }
                }
            }
        }
    }

    /// What a form itself suggests is as if it were typed.
    fn suggest(&mut self, question: &'static Question, group: Option<&str>) {
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
        self.mine.retain(|it| !it.is_of(group) || known(it));
        let own = self.mine.iter_mut().filter(|it| it.is_of(group));
        own.for_each(|it| it.text.clear());
        self.changed();
    }

    /// It is as the record has it again.
    pub fn put_back(&mut self, group: &str) {
        let own = self.mine.iter_mut().filter(|it| it.is_of(group));
        for it in own {
            let before = self.base.iter().find(|own| own.id == it.id);
            it.text = before.map(|it| it.text.clone()).unwrap_or_default();
        }
        self.changed();
    }

    /// The whole, not in what the record has, that an entry belongs to.
    pub(super) fn group_of(&self, id: &EntryId) -> Option<String> {
        let own = self.mine.iter().find(|it| it.id == *id)?;
        let is_there = |it: &&str| self.base.iter().any(|own| own.is_of(it));
        let group = lineage(own.group()?).find(|it| !is_there(it));
        group.map(str::to_owned)
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
        let Part::Asked(question) = it.part else {
            let new = self.renamed(group, None, names);
            return EntryId::of(&new, it.part);
        };
        let mut new: Option<String> = None;
        for place in lineage(group) {
            let is_there = there.iter().any(|it| it.is_of(place));
            new = Some(match new {
                // What is there is in what is there.
                _ if is_there => place.to_owned(),
                inside => self.renamed(place, inside.as_deref(), names),
            });
        }
        let name = if question.repeats {
            self.name()
        } else {
            question.link_id.to_owned()
        };
        EntryId::within(new.as_deref(), &name)
    }

    fn renamed(&mut self, group: &str, inside: Option<&str>, names: &mut Names) -> String {
        if let Some(known) = names.get(group) {
            return known.clone();
        }
        let new = EntryId::within(inside, &self.name()).0;
        names.insert(group.to_owned(), new.clone());
        new
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
        let rooms = form.questions[0].many().unwrap();
        let first = it.add_instance(form, rooms, None);
        let second = it.add_instance(form, rooms, None);
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
        let group = then.add_instance(form, form.questions[0].many().unwrap(), None);
        let all = then.entries().to_vec();
        let mut now = Editing::open(Section::Form(form), all[..2].to_vec(), "v");
        now.bring_back(&all);
        assert_eq!(said(&now, &group), ["Kitchen", "Rug", "Step"]);
        let mut none = Editing::open(Section::Form(form), Vec::new(), "v");
        none.bring_back(&all);
        let groups = crate::domain::questionnaire::instances(none.entries(), "rooms", None);
        assert_eq!(groups.len(), 1, "together");
        assert_eq!(said(&none, groups[0]), ["Kitchen", "Rug", "Step"]);
    }
}
