//! Names of people, and what makes any received text safe to stand on a line.

use crate::domain::Patient;
use crate::domain::letters;
use crate::domain::patient::PersonName;

/// What stands for a name nobody recorded.
pub const NOT_RECORDED: &str = "Name not recorded";

/// Text that cannot break or reorder the line it stands on: control characters and line breaks become spaces;
/// direction overrides, isolates and marks and invisible spaces go. Joiners stay: names in Persian and Hindi need
/// them.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|it| !is_invisible(*it))
        .map(|it| match it {
            '\u{2028}' | '\u{2029}' => ' ',
            it if it.is_control() => ' ',
            it => it,
        })
        .collect()
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2060}' | '\u{feff}'
    )
}

/// Cleaned and trimmed; `None` when nothing is left to show.
pub fn shown(text: &str) -> Option<String> {
    let text = clean(text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Text of several lines, each cleaned, without blank ones.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().filter_map(shown).collect()
}

/// `SMITH, Jane (Mrs)`; parts that are missing are left out, a name that is only text stays as it is.
pub fn formal(name: &PersonName) -> String {
    let family = name.family.as_deref().and_then(shown);
    let (given, prefix) = (joined(&name.given), joined(&name.prefix));
    let base = match (family.map(|it| letters::upper(&it)), given) {
        (Some(family), Some(given)) => format!("{family}, {given}"),
        (Some(family), None) => family,
        (None, Some(given)) => given,
        (None, None) => return as_text(name),
    };
    match prefix {
        Some(prefix) => format!("{base} ({prefix})"),
        None => base,
    }
}

/// `Jane Smith`.
pub fn plain(name: &PersonName) -> String {
    let family = name.family.as_deref().and_then(shown);
    match (joined(&name.given), family) {
        (Some(given), Some(family)) => format!("{given} {family}"),
        (Some(given), None) => given,
        (None, Some(family)) => match joined(&name.prefix) {
            Some(prefix) => format!("{prefix} {family}"),
            None => family,
        },
        (None, None) => as_text(name),
    }
}

/// `AR` for `Asha Rahman`, where there is no room for more.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|it| it.chars().next());
    letters
        .next()
        .into_iter()
        .chain(letters.next_back())
        .collect()
}

fn as_text(name: &PersonName) -> String {
    name.text
        .as_deref()
        .and_then(shown)
        .unwrap_or_else(|| NOT_RECORDED.to_owned())
}

fn joined(parts: &[String]) -> Option<String> {
    let parts: Vec<String> = parts.iter().filter_map(|it| shown(it)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The name of a person as the banner shows it.
pub fn of_patient(patient: &Patient) -> String {
    patient
        .name()
        .map_or_else(|| NOT_RECORDED.to_owned(), formal)
}

/// The person's other names: `JONES, Jane (maiden name)`.
pub fn also_known(patient: &Patient) -> Vec<String> {
    let mut known = vec![of_patient(patient)];
    let mut others = Vec::new();
    for name in &patient.names {
        let words = formal(name);
        if words == NOT_RECORDED || known.contains(&words) {
            continue;
        }
        known.push(words.clone());
        others.push(match usage(name.usage.as_deref()) {
            Some(usage) => format!("{words}, {usage}"),
            None => words,
        });
    }
    others
}

fn usage(code: Option<&str>) -> Option<String> {
    Some(match code? {
        "usual" => "usual name".to_owned(),
        "official" => "official name".to_owned(),
        "nickname" => "known as".to_owned(),
        "maiden" => "maiden name".to_owned(),
        "old" => "former name".to_owned(),
        "temp" => "temporary name".to_owned(),
        "anonymous" => "made-up name".to_owned(),
        other => return shown(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(prefix: &[&str], given: &[&str], family: &str) -> PersonName {
        let owned = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
        PersonName {
            family: (!family.is_empty()).then(|| family.to_owned()),
            given: owned(given),
            prefix: owned(prefix),
            ..PersonName::default()
        }
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        for (name, said) in [
            ("Asha Rahman", "AR"),
            ("Mary Ann  O\u{2019}Brien", "MO"),
            ("Cher", "C"),
            ("", ""),
        ] {
            assert_eq!(initials(name), said);
        }
    }

    #[test]
    fn pab_0049_the_family_name_is_first_and_in_capitals() {
        assert_eq!(
            formal(&name(&["Mrs"], &["Jane"], "Smith")),
            "SMITH, Jane (Mrs)"
        );
        assert_eq!(
            formal(&name(&[], &["Siân", "Eleri"], "Ó Briain-Þórsdóttir")),
            "Ó BRIAIN-ÞÓRSDÓTTIR, Siân Eleri"
        );
        assert_eq!(plain(&name(&["Mrs"], &["Jane"], "Smith")), "Jane Smith");
    }

    #[test]
    fn pab_0019_missing_parts_are_left_out_and_never_a_question_mark() {
        assert_eq!(formal(&name(&["Dr"], &[], "Ahmed")), "AHMED (Dr)");
        assert_eq!(formal(&name(&[], &["Madonna", " "], "")), "Madonna");
        assert_eq!(formal(&PersonName::default()), "Name not recorded");
        assert_eq!(plain(&name(&["Dr"], &[], "Ahmed")), "Dr Ahmed");
    }

    #[test]
    fn a_name_that_is_only_text_stays_as_it_is() {
        let only = PersonName {
            text: Some("Jane van der Berg".to_owned()),
            ..PersonName::default()
        };
        assert_eq!(formal(&only), "Jane van der Berg");
        assert_eq!(plain(&only), "Jane van der Berg");
    }

    #[test]
    fn received_text_cannot_reorder_or_break_a_line() {
        assert_eq!(clean("evil\u{202e}gpj.exe\u{2069}"), "evilgpj.exe");
        assert_eq!(clean("two\nlines\tand\u{7}"), "two lines and ");
        assert_eq!(clean("\u{feff}a\u{200b}b\u{200f}"), "ab");
        assert_eq!(
            clean("علی\u{200c}رضا"),
            "علی\u{200c}رضا",
            "a joiner is part of the name"
        );
        let spoofed = name(&[], &["Jane\u{202e}"], "Smi\u{2066}th");
        assert_eq!(formal(&spoofed), "SMITH, Jane");
        assert_eq!(lines("one\r\n\r\n two"), ["one", "two"]);
    }
}
