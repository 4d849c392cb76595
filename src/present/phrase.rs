//! How facts are put into phrases: what joins them, how they are counted.

use super::name::shown;
pub use super::words::label;
use crate::domain::letters::{capital, small};
use crate::domain::{Concept, SourceId};

/// " — ", between a name and its attributes (`MEDi-018`).
pub const DASH: &str = " — ";
/// " · ", between facts of equal weight.
pub const DOT: &str = " · ";

/// What a source is called.
pub type Names<'a> = &'a dyn Fn(&SourceId) -> String;

/// The words of the first of several that says anything.
pub fn first_label(concepts: &[Concept]) -> Option<String> {
    concepts.iter().find_map(label)
}

/// Received text, safe on a line. `None` when it is missing or blank.
pub fn filled(text: Option<&String>) -> Option<String> {
    shown(text?)
}

/// What is there, joined.
pub fn join(parts: impl IntoIterator<Item = Option<String>>, between: &str) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(between)
}

/// "1 person", "6,000 people".
pub fn count(number: usize, one: &str, many: &str) -> String {
    let word = if number == 1 { one } else { many };
    format!("{} {word}", super::amount::whole(number))
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "Wythenshawe and GP".
pub fn sources(sources: &[SourceId], names: Names<'_>) -> String {
    let each: Vec<String> = sources.iter().map(names).collect();
    list(&each)
}

/// The sources of which the same is said, in the order of the first.
pub fn alike(all: &[SourceId], say: Names<'_>) -> Vec<(String, Vec<SourceId>)> {
    let mut groups: Vec<(String, Vec<SourceId>)> = Vec::new();
    for source in all {
        let words = say(source);
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, same)) => same.push(source.clone()),
            None => groups.push((words, vec![source.clone()])),
        }
    }
    groups
}

/// First letter in upper case.
pub fn sentence(text: &str) -> String {
    changed(text, capital)
}

/// First letter in lower case, unless the word is an abbreviation ("ECG") or has capitals inside.
pub fn lower_first(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or("");
    let own = word.chars().skip(1).any(char::is_uppercase);
    if own {
        text.to_owned()
    } else {
        changed(text, small)
    }
}

fn changed(text: &str, change: fn(char) -> char) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(change);
    first.into_iter().collect::<String>() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_like_sentences() {
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(count(1, "person", "people"), "1 person");
        assert_eq!(count(6000, "person", "people"), "6,000 people");
        assert_eq!(lower_first("ECG of the heart"), "ECG of the heart");
        assert_eq!(lower_first("Chest infection"), "chest infection");
    }
}
