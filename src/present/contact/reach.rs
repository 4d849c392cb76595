//! Numbers and addresses that are one tap.

use super::Link;
use crate::domain::patient::Telecom;
use crate::present::name::shown;

/// `("tel:01614960101", "0161 496 0101")`. `None` for what is not a number to dial.
pub fn tel(it: &Telecom) -> Option<Link> {
    if !matches!(it.system.as_deref(), None | Some("phone" | "sms")) || it.value.contains('@') {
        return None;
    }
    let value = shown(it.value.trim().trim_start_matches("tel:"))?;
    let number = dialled(&value)?;
    let is_only_digits = value.bytes().all(|b| b.is_ascii_digit());
    let text = if is_only_digits {
        grouped(&value)
    } else {
        value
    };
    Some((format!("tel:{number}"), text))
}

/// The digits of the first number in a text, without "(0)" behind a country code and without an extension.
fn dialled(text: &str) -> Option<String> {
    let text = text.replace("(0)", "");
    let is_end = |c: char| c.is_alphabetic() || matches!(c, '/' | ',' | ';' | '#');
    let candidates = text.split(is_end);
    candidates.into_iter().find_map(|part| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let plus = if part.trim_start().trim_start_matches('(').starts_with('+') {
            "+"
        } else {
            ""
        };
        (digits.len() >= 3).then(|| format!("{plus}{digits}"))
    })
}

/// Eleven digits as numbers in the United Kingdom are read; others as they are.
fn grouped(digits: &str) -> String {
    let cut: &[usize] = match digits.get(..2) {
        _ if digits.len() != 11 => &[],
        Some("02") => &[3, 7],
        Some("03" | "08" | "09") => &[4, 7],
        Some("07") => &[5, 8],
        Some("01") if digits.get(2..3) == Some("1") || digits.get(3..4) == Some("1") => &[4, 7],
        Some("01") => &[5],
        _ => &[],
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if cut.contains(&at) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// `("mailto:a@b.nhs.uk", "a@b.nhs.uk")`. Nothing in the address can add a subject or another receiver.
pub fn mailto(it: &Telecom) -> Option<Link> {
    let value = shown(it.value.trim().trim_start_matches("mailto:"))?;
    let (user, host) = value.split_once('@')?;
    let is_odd = |c: char| c.is_whitespace() || "@<>,;\"()[]".contains(c);
    if user.is_empty() || host.is_empty() || value.chars().filter(|it| is_odd(*it)).count() != 1 {
        return None;
    }
    let mut href = "mailto:".to_owned();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_+'~".contains(&byte) {
            href.push(char::from(byte));
        } else {
            let escaped = format!("%{byte:02X}");
            href.push_str(&escaped);
        }
    }
    Some((href, value))
}

/// `mobile`, `home`, `work`: which of somebody's numbers it is.
pub fn usage(it: &Telecom) -> Option<&'static str> {
    match (it.usage.as_deref(), it.system.as_deref()) {
        (Some("mobile"), _) => Some("mobile"),
        (Some("home"), _) => Some("home"),
        (Some("work"), _) => Some("work"),
        (Some("temp"), _) => Some("for now"),
        (_, Some("sms")) => Some("text messages"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telecom(value: &str) -> Telecom {
        Telecom {
            value: value.to_owned(),
            ..Telecom::default()
        }
    }

    #[test]
    fn a_number_is_one_tap_and_shown_as_it_is_read() {
        for (value, href, text) in [
            ("01614960101", "tel:01614960101", "0161 496 0101"),
            ("07700900113", "tel:07700900113", "07700 900 113"),
            ("0161 496 0101", "tel:01614960101", "0161 496 0101"),
            (
                "+44 (0)161 496 0101",
                "tel:+441614960101",
                "+44 (0)161 496 0101",
            ),
            (
                "0161 496 0101 ext 23",
                "tel:01614960101",
                "0161 496 0101 ext 23",
            ),
            (
                "0161 496 0101 / 0102",
                "tel:01614960101",
                "0161 496 0101 / 0102",
            ),
            ("02079460000", "tel:02079460000", "020 7946 0000"),
            ("tel:111", "tel:111", "111"),
        ] {
            assert_eq!(
                tel(&telecom(value)),
                Some((href.to_owned(), text.to_owned()))
            );
        }
        assert_eq!(tel(&telecom("ask the ward")), None);
        assert_eq!(tel(&telecom("a1234@nhs.net")), None);
    }

    #[test]
    fn a_mail_address_cannot_bring_headers_along() {
        let (href, text) = mailto(&telecom("tom.achebe@example.nhs.uk")).unwrap();
        assert_eq!(
            (href.as_str(), text.as_str()),
            (
                "mailto:tom.achebe@example.nhs.uk",
                "tom.achebe@example.nhs.uk"
            )
        );
        let (href, _) = mailto(&telecom("a@b.uk?bcc=x%40y")).unwrap();
        assert!(!href.contains('?') && !href.contains('='), "{href}");
        assert_eq!(mailto(&telecom("a@b.uk,c@d.uk")), None);
        assert_eq!(mailto(&telecom("0161 496 0101")), None);
    }
}
