//! Drafts that this device keeps: their names, what is in them, who may see them.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::outgoing::{changed, vault_of};
use crate::api::session::Reader;
use crate::api::writing::{Held, KeptDraft};
use crate::domain::section::Section;
use crate::domain::{PatientId, ResourceRef};
use crate::state::Problem;
use crate::state::editing::{Draft, Editing};
use crate::store::Store;
use crate::transport::vault::Vault;
use crate::transport::windows;

/// A draft that this device has kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub name: String,
    pub section: Section,
    /// `None`: of something that the record does not have.
    pub of: Option<ResourceRef>,
    pub at: DateTime<Utc>,
    /// Since when it waits to be saved to the record, where that was asked.
    pub asked: Option<DateTime<Utc>>,
    /// It does not go by itself: its writer has to decide.
    pub is_stopped: bool,
}

pub(super) fn owner(reader: &Reader) -> String {
    format!("{}{}", reader.role_id, reader.practitioner_id)
}

/// The drafts that this device has kept for the reader of a person's plans, the newest first.
pub async fn drafts(store: Store, patient: &PatientId) -> Vec<Offered> {
    let Some(reader) = store.reader.try_get_untracked().flatten() else {
        return Vec::new();
    };
    let owner = owner(&reader);
    match vault_of(&owner).await {
        Some(vault) => kept(&vault, &owner, patient).await,
        None => Vec::new(),
    }
}

/// The same, of a vault that is open.
pub(super) async fn kept(vault: &Vault, owner: &str, patient: &PatientId) -> Vec<Offered> {
    let of_person = format!("{owner}/{}/", patient.as_str());
    let mut found = Vec::new();
    for name in vault.names().await.unwrap_or_default() {
        if !name.starts_with(&of_person) {
            continue;
        }
        let text = vault.load(&name).await.unwrap_or_default();
        if let Some(draft) = KeptDraft::from_text(&text).filter(|it| it.section.is_about(patient)) {
            found.push(Offered {
                name,
                section: draft.section.section(),
                of: draft.section.reference(),
                at: draft.at,
                is_stopped: draft.asked.as_ref().is_some_and(|it| it.is_stopped),
                asked: draft.asked.map(|it| it.at),
            });
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.at));
    found
}

/// Throws a draft away, unless another window has it open, or is sending it. Whether it is gone.
pub async fn discard(store: Store, name: &str) -> bool {
    if let Some(reader) = store.reader.try_get_untracked().flatten()
        && let Some(_turn) = windows::free_turn(&turn_of(name)).await
        && let Some(vault) = vault_of(&owner(&reader)).await
    {
        vault.remove(name).await;
        changed();
        return true;
    }
    false
}

/// Whose a draft of this writer is, by its name.
pub(super) fn patient_of(owner: &str, name: &str) -> Option<PatientId> {
    let rest = name.strip_prefix(owner)?.strip_prefix('/')?;
    PatientId::parse(rest.split('/').next()?).ok()
}

/// Which section of the record it was begun from, by its name.
pub(super) fn place_of(owner: &str, name: &str) -> Option<(Section, ResourceRef)> {
    let mut rest = name.strip_prefix(owner)?.split('/').skip(2);
    let (which, section) = (rest.next()?, Section::of(rest.next()?)?);
    (which != "new").then(|| (section, ResourceRef::new(section.kind(), which)))
}

/// One window, or one task of it, has a draft at a time: the name of its turn.
pub(super) fn turn_of(name: &str) -> String {
    format!("alongside.draft.{name}")
}

pub(super) fn draft_name(owner: &str, patient: &PatientId, plan: &Held, name: &str) -> String {
    let which = plan.reference().map_or_else(|| "new".into(), |it| it.id);
    let version = plan.version();
    format!(
        "{owner}/{}/{which}/{}/{version}/{name}",
        patient.as_str(),
        plan.section().key()
    )
}

pub(super) fn text(plan: Held, draft: Draft, at: DateTime<Utc>) -> String {
    let Draft {
        mine,
        clashes,
        sent,
        asked,
    } = draft;
    let kept = KeptDraft {
        section: plan,
        mine,
        clashes,
        sent,
        asked,
        at,
    };
    kept.to_text()
}

pub(super) async fn restored(
    vault: Option<&Vault>,
    draft: &str,
    patient: &PatientId,
    name: &str,
) -> Result<(Held, Editing), Problem> {
    let lost = || Problem::Unreadable("the draft on this device".to_owned());
    let text = vault.ok_or_else(lost)?.load(draft).await.ok_or_else(lost)?;
    let kept = KeptDraft::from_text(&text).ok_or_else(lost)?;
    if !kept.section.is_about(patient) {
        return Err(Problem::WrongPerson);
    }
    Ok(going_on(kept, name))
}

/// The section that a draft goes on with.
pub(super) fn going_on(kept: KeptDraft, name: &str) -> (Held, Editing) {
    let draft = Draft {
        mine: kept.mine,
        clashes: kept.clashes,
        sent: kept.sent,
        asked: kept.asked,
    };
    let editing = Editing::restore(
        kept.section.section(),
        kept.section.entries(),
        draft,
        name,
        kept.at,
    );
    (kept.section, editing)
}
