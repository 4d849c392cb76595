//! What a source can do: what it says, and what was learned by asking.

use super::{Client, Found, Method};
use crate::api::abilities::{self, Abilities};
use crate::api::{ApiError, Search, Transport};

impl<T: Transport> Client<T> {
    pub fn learn(&self, abilities: Abilities) {
        self.inner.abilities.replace(Some(abilities));
    }

    pub fn knows_abilities(&self) -> bool {
        self.inner.abilities.borrow().is_some()
    }

    /// Reads what the source can do, where that is not known yet: a question was misunderstood. Returns whether
    /// asking again makes sense.
    pub async fn find_out(&self) -> bool {
        if self.knows_abilities() {
            return false;
        }
        let abilities = self.fetch_abilities().await;
        abilities.map(|it| self.learn(it)).is_ok()
    }

    /// Whether this can be asked for one person, as far as the source's abilities are known.
    pub fn offers(&self, kind: &'static str) -> bool {
        self.fit(&Search::new(kind).with("patient", "1")).is_some()
    }

    pub fn can_chain(&self) -> bool {
        !self.inner.refuses_chain.get()
    }

    pub fn note_chain_refused(&self) {
        self.inner.refuses_chain.set(true);
    }

    /// Whether it can be asked for what has no value (<https://hl7.org/fhir/R4/search.html#modifiers>).
    pub fn can_ask_what_is_missing(&self) -> bool {
        !self.inner.refuses_missing.get()
    }

    pub fn note_missing_refused(&self) {
        self.inner.refuses_missing.set(true);
    }

    /// Reads the `CapabilityStatement`, for later questions.
    pub async fn fetch_abilities(&self) -> Result<Abilities, ApiError> {
        let response = self.send(Method::Get, self.url("metadata"), None).await?;
        let statement = self.read(response.body, abilities::trimmed).await?;
        Abilities::of(&statement)
            .ok_or_else(|| ApiError::Unreadable("CapabilityStatement".to_owned()))
    }

    pub(super) fn fit(&self, search: &Search) -> Option<Search> {
        let fitted = match self.inner.abilities.borrow().as_ref() {
            Some(abilities) => abilities.fit(search)?,
            None => search.clone(),
        };
        let plain = fitted.plain().filter(|_| self.inner.refuses_beside.get());
        Some(plain.unwrap_or(fitted))
    }

    /// The answer to a question that was refused, without what it asked beside the facts: some refuse that and say nothing
    /// of it. Who has said what it offers is asked so from then on.
    pub(super) fn taken_plainly(&self, answer: Result<Found, ApiError>) -> Result<Found, ApiError> {
        let mut found = answer?;
        if self.knows_abilities() {
            self.inner.refuses_beside.set(true);
        }
        found.is_plain = true;
        Ok(found)
    }

    /// Whether who wrote what a search finds comes along with it.
    pub fn gives_signatures(&self, search: &Search) -> bool {
        let fitted = self.fit(search);
        fitted.is_some_and(|it| {
            it.parameters()
                .iter()
                .any(|(name, _)| *name == "_revinclude")
        })
    }

    /// Who takes transactions has a place to send bundles to: some that take batches too say only the one, and what is
    /// refused is remembered.
    pub(super) fn can_batch(&self) -> bool {
        let said = self
            .inner
            .abilities
            .borrow()
            .as_ref()
            .is_none_or(|it| it.batch || it.transaction);
        said && !self.inner.refuses_batch.get()
    }

    pub(super) fn can_transact(&self) -> bool {
        let said = self
            .inner
            .abilities
            .borrow()
            .as_ref()
            .is_none_or(|it| it.transaction);
        said && !self.inner.refuses_transaction.get()
    }
}
