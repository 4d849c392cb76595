//! Words from `present` in which dates, times and NHS numbers do not break across lines.

use leptos::prelude::*;

/// `<Words text="Reviewed 12-Oct-2026, next 12-Jan-2027"/>`: the text is unchanged, also when it is copied.
#[component]
pub fn Words(#[prop(into)] text: String) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|(together, words)| {
            if together {
                view! { <span class="app-num">{words}</span> }.into_any()
            } else {
                words.into_any()
            }
        })
        .collect_view()
}

/// The text in pieces, each with whether it must stay together.
fn pieces(text: &str) -> Vec<(bool, String)> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let mut rest = text;
    while let Some((from, to)) = next(rest) {
        let (before, after) = rest.split_at(from);
        let (kept, after) = after.split_at(to - from);
        if !before.is_empty() {
            pieces.push((false, before.to_owned()));
        }
        pieces.push((true, kept.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push((false, rest.to_owned()));
    }
    pieces
}

/// Where the next date is, with a time that follows it: `12-Oct-2026`, `12-Oct-2026 14:05`.
fn next(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let from = (0..bytes.len()).find(|at| {
        let starts_a_word = *at == 0 || !bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
        starts_a_word && bytes.get(*at..at + 11).is_some_and(is_date)
    })?;
    let with_time = bytes.get(from + 11..from + 17).is_some_and(is_time);
    Some((from, from + if with_time { 17 } else { 11 }))
}

fn is_date(word: &[u8]) -> bool {
    let shape = |(at, byte): (usize, &u8)| match at {
        2 | 6 => *byte == b'-',
        3..=5 => byte.is_ascii_alphabetic(),
        _ => byte.is_ascii_digit(),
    };
    word.iter().enumerate().all(shape)
}

fn is_time(word: &[u8]) -> bool {
    let shape = |(at, byte): (usize, &u8)| match at {
        0 => *byte == b' ',
        3 => *byte == b':',
        _ => byte.is_ascii_digit(),
    };
    word.iter().enumerate().all(shape)
}
