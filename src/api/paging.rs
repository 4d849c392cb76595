//! Where the next page is, whatever form the server gives its `next` link.

/// The URL of a `next` link under the base that this page uses.
///
/// Servers write it absolute, relative, with their inner host name behind a proxy, or without their path prefix.
/// Only its last path segment (a resource type, or none) and its query are believed, so that a link can never send
/// a request, or a token, to another host. `None` when there is nothing to follow.
pub fn next_url(base: &str, link: &str) -> Option<String> {
    let link = link.split_once('#').map_or(link, |(url, _)| url);
    let (path, query) = link.split_once('?')?;
    if query.is_empty() {
        return None;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_type = last.starts_with(|it: char| it.is_ascii_uppercase())
        && last.bytes().all(|b| b.is_ascii_alphabetic());
    let base = base.trim_end_matches('/');
    Some(if is_type {
        format!("{base}/{last}?{query}")
    } else {
        format!("{base}?{query}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_links_of_every_form_stay_with_our_base() {
        let base = "/fhir/rw3";
        for (link, expected) in [
            (
                "http://inner:8080/rw3/Patient?_cursor=a%2Fb",
                Some("/fhir/rw3/Patient?_cursor=a%2Fb"),
            ),
            ("Patient?page=2", Some("/fhir/rw3/Patient?page=2")),
            ("/Patient?page=2", Some("/fhir/rw3/Patient?page=2")),
            (
                "https://hapi.example/fhir?_getpages=7&_getpagesoffset=20",
                Some("/fhir/rw3?_getpages=7&_getpagesoffset=20"),
            ),
            ("?_page=2", Some("/fhir/rw3?_page=2")),
            ("http://elsewhere.example/", None),
            ("", None),
        ] {
            assert_eq!(next_url(base, link).as_deref(), expected, "{link}");
        }
    }
}
