//! Text in pieces of which some do not break across lines: dates, times, ranges, and numbers with their units.

/// The text in pieces, each with whether it must stay together.
pub fn pieces(text: &str) -> Vec<(bool, String)> {
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

/// Where the next date or amount is: `12-Oct-2026`, `12-Oct-2026 14:05`, `1,500 mg`.
fn next(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let starts_a_word = |at: usize| {
        let before = at.checked_sub(1).and_then(|it| bytes.get(it));
        !before.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b','))
    };
    let digits = (0..bytes.len()).filter(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit));
    digits.filter(|at| starts_a_word(*at)).find_map(|at| {
        let rest = text.get(at..)?;
        let long = date(bytes.get(at..)?);
        let long = long.or_else(|| amount(rest)).or_else(|| range(rest))?;
        Some((at, at + long))
    })
}

/// How long the date is that this begins with, and a time that follows it.
fn date(bytes: &[u8]) -> Option<usize> {
    bytes.get(..11).filter(|it| is_date(it))?;
    let with_time = bytes.get(11..17).is_some_and(is_time);
    Some(if with_time { 17 } else { 11 })
}

/// Units that medicines and results are measured in, before what follows a `/`.
const UNITS: [&str; 31] = [
    "mg",
    "g",
    "kg",
    "microgram",
    "micrograms",
    "mcg",
    "nanogram",
    "nanograms",
    "mL",
    "ml",
    "L",
    "mmol",
    "micromol",
    "unit",
    "units",
    "%",
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "ng",
    "pg",
    "fL",
    "µmol",
    "nmol",
    "pmol",
    "mmHg",
    "kPa",
    "×10⁹",
    "×10¹²",
    "°C",
];

/// How long the amount is that this begins with: `40 mg`, `10 mg/5`.
fn amount(text: &str) -> Option<usize> {
    let number = text.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | ','))?;
    let unit = text.get(number..)?.strip_prefix(' ')?;
    let long = unit.find([' ', ',', ';', ')', '.']).unwrap_or(unit.len());
    let base = unit.get(..long)?.split('/').next()?;
    UNITS.contains(&base).then_some(number + 1 + long)
}

/// How long the range is that this begins with: `133–146`, `3.5–5.3`.
fn range(text: &str) -> Option<usize> {
    let number = |it: &str| it.find(|it: char| !it.is_ascii_digit() && it != '.');
    let low = number(text)?;
    let high = text.get(low..)?.strip_prefix('–')?;
    let long = number(high).unwrap_or(high.len());
    (long > 0).then_some(low + '–'.len_utf8() + long)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn together(text: &str) -> Vec<String> {
        let all = pieces(text).into_iter();
        all.filter(|it| it.0).map(|it| it.1).collect()
    }

    #[test]
    fn dates_and_numbers_with_their_units_stay_on_one_line_and_no_word_is_lost() {
        for (text, kept) in [
            ("since 07-Aug-2017", vec!["07-Aug-2017"]),
            ("Booked 12-Oct-2026 14:05.", vec!["12-Oct-2026 14:05"]),
            ("co-codamol 30 mg/500 mg tablets", vec!["30 mg/500"]),
            (
                "metformin 1,500 mg, then 2.5 mL",
                vec!["1,500 mg", "2.5 mL"],
            ),
            ("Take 2 tablets; 3 days", vec!["2 tablets"]),
            ("furosémide 40 mg — oral", vec!["40 mg"]),
            (
                "platelets 210 ×10⁹/L, systolic 153 mmHg",
                vec!["210 ×10⁹/L", "153 mmHg"],
            ),
            ("below range (133–146)", vec!["133–146"]),
            ("0.5–1.25, 7 – 8", vec!["0.5–1.25"]),
            ("vitamin B12 mg 5", vec![]),
        ] {
            assert_eq!(together(text), kept, "{text}");
            let all: String = pieces(text).into_iter().map(|it| it.1).collect();
            assert_eq!(all, text);
        }
    }
}
