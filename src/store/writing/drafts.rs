//! Drafts that this device keeps: their names, what is in them, who may see them.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::session::Reader;
use crate::api::writing::{Held, KeptDraft};
use crate::domain::section::Section;
use crate::domain::{PatientId, ResourceRef};
use crate::state::Problem;
use crate::state::editing::{Draft, Editing};
use crate::store::Store;
use crate::transport::vault::Vault;

/// A draft that this device has kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub name: String,
    pub section: Section,
    /// `None`: of something that the record does not have.
    pub of: Option<ResourceRef>,
    pub at: DateTime<Utc>,
}

pub(super) fn owner(reader: &Reader) -> String {
    format!("{}{}", reader.role_id, reader.practitioner_id)
}

/// Drafts are gone from this device when somebody else works at it.
pub fn clear_others(store: Store) {
    if let Some(reader) = store.reader.get_untracked() {
        leptos::task::spawn_local(async move {
            let _ = Vault::open(&owner(&reader)).await;
        });
    }
}

/// The drafts that this device has kept for the reader of a person's plans, the newest first.
pub async fn drafts(store: Store, patient: &PatientId) -> Vec<Offered> {
    let Some(reader) = store.reader.try_get_untracked().flatten() else {
        return Vec::new();
    };
    let owner = owner(&reader);
    let Some(vault) = Vault::open(&owner).await else {
        return Vec::new();
    };
    let of_person = format!("{owner}/{}/", patient.as_str());
    let mut found = Vec::new();
    for name in vault.names().await {
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
            });
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.at));
    found
}

/// Throws a draft away.
pub async fn discard(store: Store, name: &str) {
    if let Some(reader) = store.reader.try_get_untracked().flatten()
        && let Some(vault) = Vault::open(&owner(&reader)).await
    {
        vault.remove(name).await;
    }
}

pub(super) fn draft_name(owner: &str, patient: &PatientId, plan: &Held, name: &str) -> String {
    let which = plan
        .reference()
        .map_or_else(|| "new".to_owned(), |it| it.id);
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
    Ok((kept.section, editing))
}
