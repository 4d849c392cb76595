//! An NHS number takes its shape while it is typed (NUM-0001…0015); anything else is left as it is.

use crate::domain::finder::{TypedNumber, understand};

/// `9990123` → `999 012 3`. Only what is digits, spaces and dashes, four digits or more, no date, and not grouped in
/// another way on purpose (`14 07` is the beginning of a date).
pub fn tidy(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_gap = |it: char| it.is_whitespace() || matches!(it, '-' | '\u{2010}'..='\u{2015}');
    let only_number = typed.chars().all(|it| it.is_ascii_digit() || is_gap(it));
    if !only_number || digits.len() < 4 || is_date(typed) {
        return typed.to_owned();
    }
    // Eight digits without gaps may be a birth date that was shaped on its way.
    if digits.len() == 8 && is_date(&digits) {
        return digits;
    }
    let whole = digits.len() == 10;
    let groups: Vec<&str> = typed.split(is_gap).filter(|it| !it.is_empty()).collect();
    let (last, before) = groups.split_last().unwrap_or((&"", &[]));
    let in_shape = before.len() <= 2 && before.iter().all(|it| it.len() == 3);
    let ends_open = typed.ends_with(is_gap) && last.len() < 3 && !whole;
    if whole || (in_shape && !ends_open) {
        grouped(&digits).unwrap_or_else(|| typed.to_owned())
    } else {
        typed.to_owned()
    }
}

/// 3-3-4 as far as the digits go. `None` for anything but one to ten digits.
pub fn grouped(digits: &str) -> Option<String> {
    let fits = (1..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !fits {
        return None;
    }
    let (first, rest) = digits.split_at(digits.len().min(3));
    let (second, third) = rest.split_at(rest.len().min(3));
    let parts = [first, second, third];
    let filled: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    Some(filled.join(" "))
}

/// Any moment after the dates that can be typed would do: whether it is a date, not whether it is past.
fn is_date(typed: &str) -> bool {
    let asked = understand(
        typed,
        chrono::DateTime::<chrono::Utc>::MAX_UTC - chrono::TimeDelta::days(1),
    );
    asked.birth.is_some() && !matches!(asked.number, Some(TypedNumber::Valid(_)))
}
