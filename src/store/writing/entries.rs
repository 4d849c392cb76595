//! What the writer does to the entries: nothing of it is sent before it is to be saved.

use leptos::prelude::*;

use super::Writing;
use crate::domain::questionnaire::{Holder, Questionnaire};
use crate::domain::section::{EntryId, Part};
use crate::state::editing::Choice;
use crate::transport::letters;

impl Writing {
    pub fn type_into(self, id: &EntryId, text: &str) {
        let text = letters::composed(text);
        self.change(|it| it.write(id, &text));
    }

    /// A new, blank entry.
    pub fn add(self, part: Part) -> Option<EntryId> {
        let added = self.editing.try_update(|it| Some(it.as_mut()?.add(part)));
        added.flatten()
    }

    /// The same in one of several that are written together.
    pub fn add_in(self, group: Option<&str>, part: Part) -> Option<EntryId> {
        let added = self
            .editing
            .try_update(|it| Some(it.as_mut()?.add_in(group, part)));
        added.flatten()
    }

    /// A group of a form is to be answered once more.
    pub fn add_instance(
        self,
        form: &'static Questionnaire,
        many: &Holder,
        inside: Option<&str>,
    ) -> Option<String> {
        let added = self
            .editing
            .try_update(|it| Some(it.as_mut()?.add_instance(form, many, inside)));
        added.flatten()
    }

    pub fn take_away(self, group: &str) {
        self.change(|it| it.take_away(group));
    }

    pub fn put_back(self, group: &str) {
        self.change(|it| it.put_back(group));
    }

    pub fn decide(self, id: &EntryId, choice: Choice) {
        self.change(|it| it.decide(id, choice));
    }
}
