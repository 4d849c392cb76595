//! Looks for people in the shared record.

use super::client::Reach;
use super::lists::{one, read};
use super::search::escape;
use super::{ApiError, Client, Search, Transport};
use crate::domain::{NhsNumber, Patient, nhs_number};

/// What was asked of the finder, as far as a record API can be asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub number: Option<NhsNumber>,
    /// `YYYY-MM-DD`, or a part of it.
    pub birth: Option<String>,
    /// Each part of the name, in all the ways in which it may be written.
    pub names: Vec<Vec<String>>,
    /// Letters that are somewhere in the name: asked by when nobody's begins as was typed.
    pub within: Vec<String>,
}

/// Whom the record means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    pub patients: Vec<Patient>,
    /// There are more than it gave.
    pub is_cut: bool,
}

/// More have these letters in their name than fit: each is compared with what was typed.
const MOST_WITHIN: usize = 100;

/// Looks for people in the shared record. At most `limit`, or a few more of whom not each may fit.
pub async fn find<T: Transport>(
    client: &Client<T>,
    wanted: &Wanted,
    limit: usize,
) -> Result<Hits, ApiError> {
    let mut found = one(client, &search(wanted, limit), Reach::FirstPage).await?;
    let nobody = found.resources.is_empty() && !found.partial;
    if nobody && !wanted.within.is_empty() {
        let anywhere = Wanted {
            names: Vec::new(),
            ..wanted.clone()
        };
        let search = wanted
            .within
            .iter()
            .fold(search(&anywhere, MOST_WITHIN), |search, it| {
                search.with("name:contains", escape(it))
            });
        match one(client, &search, Reach::FirstPage).await {
            Ok(wider) => found = wider,
            // It cannot be asked so: then it has said what it can.
            Err(ApiError::Refused(_) | ApiError::NotOffered) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Hits {
        patients: read(client, &found.resources),
        is_cut: found.is_cut(),
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
    for ways in &wanted.names {
        let ways: Vec<String> = ways.iter().map(|it| escape(it)).collect();
        search = search.with("name", ways.join(","));
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
