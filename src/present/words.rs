//! Small things that all words are made of: labels, names of parties, lists.

use super::name::shown;
use crate::domain::{Concept, Party, letters};

/// A concept's label, safe to show.
pub fn label(it: &Concept) -> Option<String> {
    it.label().and_then(shown)
}

/// The labels of several, without repeating any.
pub fn labels<'a>(all: impl IntoIterator<Item = &'a Concept>) -> Vec<String> {
    unique(all.into_iter().filter_map(label))
}

/// Each once, in order, whatever its case.
pub fn unique(all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for it in all {
        let lower = letters::lower(&it);
        if !kept.iter().any(|own| letters::lower(own) == lower) {
            kept.push(it);
        }
    }
    kept
}

/// The label; when the source sent a code alone, our words for it, else the code.
pub fn coded(it: &Concept, table: &[(&str, &str)]) -> Option<String> {
    let said = label(it)?;
    let is_bare = it
        .codings
        .iter()
        .any(|own| own.code.as_deref().map(str::trim) == Some(said.as_str()));
    let known = table.iter().find(|(code, _)| *code == said);
    Some(match known {
        Some((_, words)) if is_bare => (*words).to_owned(),
        _ => said,
    })
}

/// Somebody's name, or that the source gives none.
pub fn party(it: &Party) -> String {
    named(it).unwrap_or_else(|| "name not given".to_owned())
}

/// Somebody's name where there is one.
pub fn named(it: &Party) -> Option<String> {
    it.name.as_deref().and_then(shown)
}

/// The parts that there are, joined by commas; `None` when there are none.
pub fn joined(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 day`, `3 days`.
pub fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// With a capital at the beginning; the rest stays.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next()
        .map(|first| {
            std::iter::once(letters::capital(first))
                .chain(rest)
                .collect()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Coding;

    #[test]
    fn a_bare_code_is_told_in_words_and_an_unknown_one_is_kept() {
        let bare = |code: &str| {
            Concept::new(
                None,
                vec![Coding {
                    code: Some(code.to_owned()),
                    ..Coding::default()
                }],
            )
        };
        let table = [("19", "usual place of residence")];
        assert_eq!(
            coded(&bare("19"), &table).as_deref(),
            Some("usual place of residence")
        );
        assert_eq!(coded(&bare("77"), &table).as_deref(), Some("77"));
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(unique(["Carer".to_owned(), "carer".to_owned()]), ["Carer"]);
    }
}
