//! Capitals and small letters of the scripts that names and clinical words are written in here: Latin, Greek, Cyrillic and
//! Armenian. The standard library knows all scripts, with tables that do not compress and are a fiftieth of the page's
//! first bytes. Letters of other scripts stay as they are; most have only one case.

/// Small letters `from..=to`, each `step`th of them, whose capital is `down` places before.
struct Row {
    from: u32,
    to: u32,
    step: u32,
    down: u32,
}

const fn row(from: u32, to: u32, step: u32, down: u32) -> Row {
    Row {
        from,
        to,
        step,
        down,
    }
}

const ROWS: [Row; 27] = [
    row(0xe0, 0xf6, 1, 0x20),
    row(0xf8, 0xfe, 1, 0x20),
    row(0x101, 0x12f, 2, 1),
    row(0x133, 0x137, 2, 1),
    row(0x13a, 0x148, 2, 1),
    row(0x14b, 0x177, 2, 1),
    row(0x17a, 0x17e, 2, 1),
    row(0x1ce, 0x1dc, 2, 1),
    row(0x1df, 0x1ef, 2, 1),
    row(0x1f5, 0x1f5, 1, 1),
    row(0x1f9, 0x21f, 2, 1),
    row(0x223, 0x233, 2, 1),
    row(0x3ac, 0x3ac, 1, 0x26),
    row(0x3ad, 0x3af, 1, 0x25),
    row(0x3b1, 0x3c1, 1, 0x20),
    row(0x3c3, 0x3cb, 1, 0x20),
    row(0x3cc, 0x3cc, 1, 0x40),
    row(0x3cd, 0x3ce, 1, 0x3f),
    row(0x430, 0x44f, 1, 0x20),
    row(0x450, 0x45f, 1, 0x50),
    row(0x461, 0x481, 2, 1),
    row(0x48b, 0x4bf, 2, 1),
    row(0x4c2, 0x4ce, 2, 1),
    row(0x4d1, 0x52f, 2, 1),
    row(0x561, 0x586, 1, 0x30),
    row(0x1e01, 0x1e95, 2, 1),
    row(0x1ea1, 0x1eff, 2, 1),
];

/// In capitals.
pub fn upper(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ß' => out.push_str("SS"),
            'ŉ' => out.push_str("ʼN"),
            _ => out.push(capital(letter)),
        }
    }
    out
}

/// In small letters.
pub fn lower(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The capital of a letter, where it is one letter.
pub fn capital(letter: char) -> char {
    match letter {
        'ÿ' => return 'Ÿ',
        'ı' => return 'I',
        'ſ' => return 'S',
        'ς' => return 'Σ',
        'ǝ' => return 'Ǝ',
        'ӏ' => return 'Ӏ',
        _ => {}
    }
    let code = u32::from(letter);
    let of =
        |it: &&Row| (it.from..=it.to).contains(&code) && (code - it.from).is_multiple_of(it.step);
    let found = ROWS
        .iter()
        .find(of)
        .and_then(|it| char::from_u32(code - it.down));
    found.unwrap_or_else(|| letter.to_ascii_uppercase())
}

/// The small letter of a capital.
pub fn small(letter: char) -> char {
    match letter {
        'Ÿ' => return 'ÿ',
        'ẞ' => return 'ß',
        'Ǝ' => return 'ǝ',
        'Ӏ' => return 'ӏ',
        _ => {}
    }
    let code = u32::from(letter);
    let of = |it: &&Row| {
        let small = code + it.down;
        (it.from..=it.to).contains(&small) && (small - it.from).is_multiple_of(it.step)
    };
    let found = ROWS
        .iter()
        .find(of)
        .and_then(|it| char::from_u32(code + it.down));
    found.unwrap_or_else(|| letter.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Latin with accents, Greek, Cyrillic, Armenian, Latin for Vietnamese and Welsh.
    fn letters() -> impl Iterator<Item = char> {
        let ranges = [
            0x20..=0x17f,
            0x1cd..=0x233,
            0x386..=0x3ce,
            0x400..=0x586,
            0x1e00..=0x1eff,
        ];
        ranges.into_iter().flatten().filter_map(char::from_u32)
    }

    #[test]
    fn capitals_are_those_of_the_standard_library() {
        // The sign for micro is no letter of a word; the others are of transcriptions, and of sounds written as two.
        let odd = ['µ', 'ǰ', 'ǲ', 'ǳ', 'ΐ', 'ΰ', 'ẖ', 'ẗ', 'ẘ', 'ẙ', 'ẚ', 'ẛ'];
        for it in letters().filter(|it| !odd.contains(it)) {
            let exact: String = it.to_uppercase().collect();
            assert_eq!(upper(&it.to_string()), exact, "{it} {:x}", u32::from(it));
        }
    }

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        let odd = ['İ', 'Ƕ', 'Ƿ', 'Ƞ', 'Ǳ', 'ǲ'];
        for it in letters().filter(|it| !odd.contains(it)) {
            let exact: String = it.to_lowercase().collect();
            assert_eq!(lower(&it.to_string()), exact, "{it} {:x}", u32::from(it));
        }
    }

    #[test]
    fn names_are_written_in_capitals() {
        for (name, capitals) in [
            ("Łuczak", "ŁUCZAK"),
            ("Strauß", "STRAUSS"),
            ("O’Brien-Ødegård", "O’BRIEN-ØDEGÅRD"),
            ("Nguyễn", "NGUYỄN"),
            ("Şahin", "ŞAHIN"),
            ("Παπαδόπουλος", "ΠΑΠΑΔΌΠΟΥΛΟΣ"),
            ("Ковальчук", "КОВАЛЬЧУК"),
            ("السيد", "السيد"),
            ("王", "王"),
        ] {
            assert_eq!(upper(name), capitals);
        }
    }
}
