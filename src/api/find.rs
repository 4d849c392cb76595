//! Looks for people in the shared record.

use super::client::Reach;
use super::lists::{Cursor, PeoplePage, one, read};
use super::search::escape;
use super::{ApiError, Client, Search, Transport};
use crate::domain::{NhsNumber, nhs_number};

/// What was asked of the finder, as far as a record API can be asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub number: Option<NhsNumber>,
    /// `YYYY-MM-DD`, or a part of it.
    pub birth: Option<String>,
    pub names: Vec<String>,
}

/// Looks for people in the shared record. At most `limit`.
pub async fn find<T: Transport>(
    client: &Client<T>,
    wanted: &Wanted,
    limit: usize,
) -> Result<PeoplePage, ApiError> {
    let mut search = Search::new("Patient").count(limit);
    if let Some(number) = &wanted.number {
        search = search.with(
            "identifier",
            format!("{}|{}", nhs_number::SYSTEM, escape(number.as_str())),
        );
    }
    if let Some(birth) = &wanted.birth {
        search = search.with("birthdate", birth.clone());
    }
    for name in &wanted.names {
        search = search.with("name", escape(name));
    }
    let found = one(client, &search, Reach::FirstPage).await?;
    Ok(PeoplePage {
        patients: read(client, &found.resources),
        next: found.next.map(Cursor::Link),
        total: found.total,
        ..PeoplePage::default()
    })
}
