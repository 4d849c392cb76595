//! In which words a record is asked for a name. Servers compare the beginning of each name as it was written (FHIR's
//! string search): accents and apostrophes often count, and of `Kwok Wing` the second word is no beginning.

use crate::domain::folding::fold;

const TITLES: [&str; 14] = [
    "mr",
    "mrs",
    "miss",
    "ms",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "lady",
    "lord",
    "rev",
    "reverend",
    "fr",
];
/// `o Brien`, `al Sayed`, `van Dyk`.
const SHORT: usize = 3;

/// Whether this is how somebody is addressed.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).as_str())
}

/// Each word that was typed, in the ways in which it may be written; initials are left out where there is more to ask
/// by.
pub fn spellings(typed: &[String]) -> Vec<Vec<String>> {
    let words: Vec<&str> = typed.iter().map(|it| it.trim_matches('.')).collect();
    let is_name = |it: &&&str| it.chars().count() > 1;
    let names: Vec<&str> = words.iter().filter(is_name).copied().collect();
    // Before a name a letter may be a part of it.
    let before = |name: &str| {
        let at = words.iter().position(|it| *it == name)?;
        let short = words.get(at.checked_sub(1)?)?;
        (short.chars().count() <= SHORT).then_some(*short)
    };
    if names.is_empty() {
        return words.iter().map(|it| vec![(*it).to_owned()]).collect();
    }
    let ways = |name: &&str| {
        let mut ways = ways(name);
        if let Some(short) = before(name) {
            ways.extend(["", "'", "\u{2019}", "-", " "].map(|it| format!("{short}{it}{name}")));
        }
        ways
    };
    names.iter().map(ways).collect()
}

fn ways(name: &str) -> Vec<String> {
    let is_apostrophe = |it: char| {
        matches!(
            it,
            '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}'
        )
    };
    let mut ways = vec![name.to_owned()];
    let mut add = |way: String| {
        if !ways.contains(&way) {
            ways.push(way);
        }
    };
    if name.contains(is_apostrophe) {
        for mark in ["'", "\u{2019}", ""] {
            add(name.split(is_apostrophe).collect::<Vec<_>>().join(mark));
        }
        return ways;
    }
    // `obrien`, `dalmeida`, `alsayed`.
    let mut letters = name.chars();
    let first = letters.next().map(|it| it.to_ascii_lowercase());
    let rest = letters.as_str();
    if matches!(first, Some('o' | 'd')) && rest.len() > SHORT {
        let first = name.split_at(name.len() - rest.len()).0;
        for mark in ["'", "\u{2019}"] {
            add(format!("{first}{mark}{rest}"));
        }
    }
    let is_article = name.is_ascii() && matches!(&*fold(name.get(..2).unwrap_or("")), "al" | "el");
    if is_article && name.len() > 2 + SHORT {
        let (article, rest) = name.split_at(2);
        for mark in ["-", " "] {
            add(format!("{article}{mark}{rest}"));
        }
    }
    ways
}

/// Of each word the longest run of plain letters, by which a record can be asked for what is in a name, wherever
/// (`name:contains`).
pub fn fragments(typed: &[String]) -> Vec<String> {
    let longest = |word: &String| {
        let runs = word.split(|letter: char| !letter.is_ascii_alphabetic());
        runs.max_by_key(|it| it.len()).map(str::to_owned)
    };
    let all = typed.iter().filter_map(longest);
    all.filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> Vec<Vec<String>> {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        spellings(&words)
    }

    #[test]
    fn a_name_is_asked_for_as_it_may_be_written() {
        let all = |ways: &[&[&str]]| -> Vec<Vec<String>> {
            let owned = |it: &&[&str]| it.iter().map(|it| (*it).to_owned()).collect();
            ways.iter().map(owned).collect()
        };
        assert_eq!(asked("smith"), all(&[&["smith"]]));
        assert_eq!(
            asked("O`Brien"),
            all(&[&["O`Brien", "O'Brien", "O\u{2019}Brien", "OBrien"]])
        );
        assert_eq!(
            asked("obrien"),
            all(&[&["obrien", "o'brien", "o\u{2019}brien"]])
        );
        assert_eq!(
            asked("alsayed"),
            all(&[&["alsayed", "al-sayed", "al sayed"]])
        );
        let apart: &[&str] = &[
            "brien",
            "obrien",
            "o'brien",
            "o\u{2019}brien",
            "o-brien",
            "o brien",
        ];
        assert_eq!(asked("o brien"), all(&[apart]));
        assert_eq!(asked("J. Smith").concat()[0], "Smith");
        assert_eq!(asked("j"), all(&[&["j"]]), "all there is to ask by");
        assert_eq!(asked("Zo\u{eb}"), all(&[&["Zo\u{eb}"]]));
        assert_eq!(asked("\u{5f20}"), all(&[&["\u{5f20}"]]));
    }

    #[test]
    fn what_no_name_begins_with_is_asked_for_by_its_longest_plain_letters() {
        let of = |it: &str| {
            let words: Vec<String> = it.split(' ').map(str::to_owned).collect();
            fragments(&words).join(" ")
        };
        assert_eq!(of("Szyma\u{144}ska-Featherstonehaugh"), "Featherstonehaugh");
        assert_eq!(of("Zo\u{eb} kwok wing"), "Zo kwok wing");
        assert_eq!(of("\u{5f20}"), "");
    }
}
