//! A sentence with dates in it: a date and its time never break across lines.

use leptos::prelude::*;

/// `<Dated text="AMU, from 21-Nov-2026 23:40"/>`.
#[component]
pub fn Dated(#[prop(into)] text: String) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .enumerate()
        .map(|(at, (date, words))| {
            let space = if at == 0 { "" } else { " " };
            let class = if date { "app-num" } else { "" };
            view! { {space} <span class=class>{words}</span> }
        })
        .collect_view()
}

/// Dates (with the time behind them) and what stands between.
fn pieces(text: &str) -> Vec<(bool, String)> {
    let mut all: Vec<(bool, String)> = Vec::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(|it: char| !it.is_ascii_alphanumeric());
        let follows = all.last().is_some_and(|(date, _)| *date);
        let date = is_date(bare) || (follows && is_time(bare));
        match all.last_mut().filter(|(last, _)| *last == date) {
            Some((_, words)) => {
                words.push(' ');
                words.push_str(word);
            }
            None => all.push((date, word.to_owned())),
        }
    }
    all
}

/// `21-Nov-2026` or `Nov-2026`.
fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |it: &str, len: usize| it.len() == len && it.bytes().all(|b| b.is_ascii_digit());
    let month = |it: &str| it.len() == 3 && it.bytes().all(|b| b.is_ascii_alphabetic());
    match parts.as_slice() {
        [day, name, year] => digits(day, 2) && month(name) && digits(year, 4),
        [name, year] => month(name) && digits(year, 4),
        _ => false,
    }
}

/// `23:40`.
fn is_time(word: &str) -> bool {
    word.len() == 5
        && word.bytes().enumerate().all(|(at, b)| {
            if at == 2 {
                b == b':'
            } else {
                b.is_ascii_digit()
            }
        })
}
