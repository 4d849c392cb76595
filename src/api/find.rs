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
    let found = one(client, &search(wanted, limit), Reach::FirstPage).await?;
    Ok(PeoplePage {
        patients: read(client, &found.resources),
        next: found.next.map(Cursor::Link),
        total: found.total,
        ..PeoplePage::default()
    })
}

fn search(wanted: &Wanted, limit: usize) -> Search {
    let mut search = Search::new("Patient").count(limit);
    if let Some(number) = &wanted.number {
        search = search.with(
            "identifier",
            format!("{}|{}", nhs_number::SYSTEM, escape(number.as_str())),
        );
    }
    if let Some(birth) = &wanted.birth {
        search = match within(birth) {
            Some((from, until)) => search
                .with("birthdate", format!("ge{from}"))
                .with("birthdate", format!("lt{until}")),
            None => search.with("birthdate", birth.clone()),
        };
    }
    for name in &wanted.names {
        search = search.with("name", escape(name));
    }
    search
}

/// The first day of a year or a month, and the first after it. Some servers compare days only, and find nobody who was
/// born on `1945`.
fn within(birth: &str) -> Option<(String, String)> {
    let (year, month) = birth.split_once('-').unwrap_or((birth, ""));
    let next = |it: &str| it.parse::<u32>().ok().map(|it| it + 1);
    let after = match month {
        "" | "12" => format!("{}-01-01", next(year)?),
        month => format!("{year}-{:02}-01", next(month)?),
    };
    let month = if month.is_empty() { "01" } else { month };
    Some((format!("{year}-{month}-01"), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_or_a_month_of_birth_is_asked_for_by_its_days() {
        let path = |birth: &str| {
            let wanted = Wanted {
                birth: Some(birth.to_owned()),
                ..Wanted::default()
            };
            search(&wanted, 5).path()
        };
        for (birth, expected) in [
            ("1945", "birthdate=ge1945-01-01&birthdate=lt1946-01-01"),
            ("1945-12", "birthdate=ge1945-12-01&birthdate=lt1946-01-01"),
            ("1945-09", "birthdate=ge1945-09-01&birthdate=lt1945-10-01"),
            ("1945-07-14", "birthdate=1945-07-14"),
        ] {
            assert_eq!(path(birth), format!("Patient?_count=5&{expected}"));
        }
    }
}
