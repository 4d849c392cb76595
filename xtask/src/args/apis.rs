//! `shared=http://…,rw3=https://…`: which record API is where.

use crate::{
    config::Config,
    problem::{Outcome, Problem},
};

/// Pairs of source id and base URL. A URL alone is the shared record's; one with `{source}` in it is every source's.
pub fn read(text: &str) -> Outcome<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for part in text.split(',') {
        if part.contains("{source}") {
            for id in Config::read()?.sources() {
                pairs.push(pair(part, &id, &part.replace("{source}", &id))?);
            }
        } else if part.starts_with("http://") || part.starts_with("https://") {
            pairs.push(pair(part, "shared", part)?);
        } else {
            let (id, url) = part.split_once('=').unwrap_or((part, ""));
            pairs.push(pair(part, id, url)?);
        }
    }
    Ok(pairs)
}

/// These end in a configuration of nginx, so nothing that means something there goes through.
fn pair(part: &str, id: &str, url: &str) -> Outcome<(String, String)> {
    let is_id = !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let is_url = (url.starts_with("http://") || url.starts_with("https://"))
        && !url
            .contains(|c: char| c.is_whitespace() || c.is_control() || ";{}\"'$\\?#".contains(c));
    if is_id && is_url {
        return Ok((id.to_owned(), url.trim_end_matches('/').to_owned()));
    }
    Err(Problem::new(format!(
        "`{part}` is not ID=URL, as in shared=http://localhost:8080/fhir"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apis_are_pairs_of_an_id_and_an_address() {
        let given =
            read("shared=http://localhost:8080/fhir/,rw3=https://a.example/r4").expect("two");
        assert_eq!(
            given[0],
            ("shared".into(), "http://localhost:8080/fhir".into())
        );
        assert_eq!(given[1].0, "rw3");
    }

    #[test]
    fn an_address_alone_is_the_shared_record() {
        let given = read("http://localhost:8080/fhir").expect("one");
        assert_eq!(
            given,
            [("shared".into(), "http://localhost:8080/fhir".into())]
        );
    }

    #[test]
    fn an_address_with_a_place_for_the_source_is_every_source() {
        let given = read("http://localhost:8080/{source}").expect("all");
        assert!(given.contains(&("rx7".into(), "http://localhost:8080/rx7".into())));
        assert_eq!(
            given.len(),
            Config::read().expect("the delivered file").sources().len()
        );
    }

    #[test]
    fn an_address_cannot_carry_configuration() {
        for bad in [
            "shared",
            "shared=localhost",
            "sh ared=http://x",
            "a=http://x; } server {",
            "a=http://x/$uri",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
